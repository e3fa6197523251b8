"""The families of errors. Every error says what, where and what to do, in two languages.

A room declares its own errors as subclasses with a `code` and a `text`; the web layer
knows only the families and turns them into an HTTP status.
"""

from __future__ import annotations

from typing import ClassVar

from raaderum.kernel.text import Text


class RaaderumError(Exception):
    """Base of every error that Råderum raises on purpose.

    `where` names the field, file or row at fault; `values` fill the text's placeholders
    and are kept for machines. Never pass a CPR number or a name of a citizen.
    """

    code: ClassVar[str] = "error"
    text: ClassVar[Text] = Text("Noget gik galt.", "Something went wrong.")

    def __init__(self, *, where: str | None = None, **values: object) -> None:
        self.where = where
        self.values = values
        self.message = self.text.filled(**values)
        super().__init__(self.message.english)


class InvalidInput(RaaderumError):
    """What was sent cannot be understood or is outside what the field allows."""

    code = "invalid_input"


class RuleBroken(RaaderumError):
    """The request is well formed, but a rule of the programme or the trade forbids it."""

    code = "rule_broken"


class NotAllowed(RaaderumError):
    """The person may not do this."""

    code = "not_allowed"
    text = Text("Det har du ikke adgang til.", "You are not allowed to do this.")


class NotFound(RaaderumError):
    """The thing does not exist, or not for this person; the two are never told apart."""

    code = "not_found"
    text = Text(
        "Det findes ikke, eller du har ikke adgang til det.",
        "It does not exist, or you have no access to it.",
    )


class Conflict(RaaderumError):
    """The thing has moved on since it was read, or the same act was sent with other content."""

    code = "conflict"


class SetupInvalid(RaaderumError):
    """The installation cannot start: a file, setting or plugin is missing or wrong."""

    code = "setup_invalid"
