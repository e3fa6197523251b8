"""Reading what was typed into a form: strict, and each error names its field."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.money import NotAnAmount, Oere, parse_kroner
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from enum import StrEnum
    from typing import TypeVar

    from werkzeug.datastructures import MultiDict

    Member = TypeVar("Member", bound=StrEnum)


class SignNotAllowed(InvalidInput):
    """A character that no keyboard writes and no database stores."""

    code = "sign_not_allowed"
    text = Text(
        "Teksten indeholder et usynligt tegn, der ikke kan gemmes. Skriv den igen i stedet for at indsætte.",
        "The text holds an invisible sign that cannot be stored. Write it again instead of pasting.",
    )


class ChoiceMissing(InvalidInput):
    """Nothing was chosen, or something that was not offered."""

    code = "choice_missing"
    text = Text("Vælg en af mulighederne.", "Choose one of the options.")


class NotADate(InvalidInput):
    """A text that cannot be read as a date."""

    code = "not_a_date"
    text = Text("Skriv datoen som år-måned-dag: 2026-11-30.", "Write the date as year-month-day: 2026-11-30.")


class NotANumber(InvalidInput):
    """A text that cannot be read as a whole number of reasonable size."""

    code = "not_a_number"
    text = Text("Skriv et helt tal, for eksempel 14.", "Write a whole number, for example 14.")


_MOST_DIGITS = 9


class Typed:
    """What was typed into a form, by field. Every method raises an `InvalidInput` naming the field."""

    def __init__(self, form: MultiDict[str, str]) -> None:
        self._form = form

    def text(self, name: str) -> str:
        """Return a text as it was typed; '' where nothing was. Line ends are single line feeds."""
        typed = self._form.get(name, "").replace("\r\n", "\n")
        if "\x00" in typed:
            raise SignNotAllowed(where=name)
        return typed

    def has(self, name: str) -> bool:
        """Say whether anything but space was typed, or the button of this name was pressed."""
        return bool(self._form.get(name, "").strip())

    def amount(self, name: str) -> Oere:
        """Return an amount in øre."""
        try:
            return parse_kroner(self.text(name))
        except NotAnAmount as error:
            raise NotAnAmount(where=name, **error.values) from error

    def day(self, name: str) -> date | None:
        """Return a date, or None where none was typed."""
        if not self.has(name):
            return None
        try:
            return date.fromisoformat(self.text(name).strip())
        except ValueError as error:
            raise NotADate(where=name) from error

    def number(self, name: str) -> int:
        """Return a whole number of at most nine digits."""
        typed = self.text(name).strip()
        if not typed.isascii() or not typed.isdigit() or len(typed) > _MOST_DIGITS:
            raise NotANumber(where=name)
        return int(typed)

    def id(self, name: str) -> UUID:
        """Return the id of what was chosen."""
        try:
            return UUID(self.text(name))
        except ValueError as error:
            raise ChoiceMissing(where=name) from error

    def ids(self, name: str) -> tuple[UUID, ...]:
        """Return the ids of all that were ticked."""
        try:
            return tuple(UUID(value) for value in self._form.getlist(name))
        except ValueError as error:
            raise ChoiceMissing(where=name) from error

    def choice(self, name: str, choices: type[Member]) -> Member:
        """Return the one that was chosen."""
        chosen = self.choices(name, choices)
        if len(chosen) != 1:
            raise ChoiceMissing(where=name)
        return chosen[0]

    def choices(self, name: str, choices: type[Member]) -> list[Member]:
        """Return all that were chosen."""
        try:
            return [choices(value) for value in self._form.getlist(name)]
        except ValueError as error:
            raise ChoiceMissing(where=name) from error
