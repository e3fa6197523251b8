"""One form as a page shows it: where it goes, and after an error what was typed and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zlib import crc32

from werkzeug.datastructures import MultiDict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.portal.problems import Problem


@dataclass(frozen=True, slots=True)
class Form:
    """A form to fill in. `token` proves later that the page was ours."""

    action: str
    token: str
    is_wrong: bool = False
    message: str = ""
    where: str = ""
    typed: MultiDict[str, str] = field(default_factory=MultiDict)

    def id_of(self, name: str) -> str:
        """Return the id of a field, which no other form of the page has."""
        return f"f{crc32(self.action.encode()):x}-{name}"

    def value(self, name: str, default: object = "") -> str:
        """Return what a field shows: what was typed, before that the `default`."""
        return self.typed.get(name, "") if self.is_wrong else str(default)

    def values(self, name: str, default: Sequence[str] = ()) -> Sequence[str]:
        """Return what is ticked in a field where several can be."""
        return self.typed.getlist(name) if self.is_wrong else default

    def wrong(self, name: str) -> str:
        """Return what is wrong with a field; '' where nothing is."""
        return self.message if self.is_wrong and self.where == name else ""


def form_at(action: str, *, token: str, problem: Problem | None, language: str) -> Form:
    """Return the form that is sent to `action`; filled again if the problem came from it."""
    if problem is None or problem.address != action:
        return Form(action, token)
    message = problem.error.message.in_language(language)
    return Form(
        action, token, is_wrong=True, message=message, where=problem.error.where or "", typed=problem.typed
    )
