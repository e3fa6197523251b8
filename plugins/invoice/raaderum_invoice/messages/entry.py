"""What one rule means: whether its breach rejects, and what to tell people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule of the catalogue."""

    fatal: bool
    text: Text


MISSING: Final = Text("{what} mangler eller er tom.", "{what} is missing or empty.")
ONLY_ONCE: Final = Text("{what} står mere end én gang.", "{what} is given more than once.")
NOT_ALLOWED: Final = Text("{what} må ikke bruges her.", "{what} may not be used here.")
UNKNOWN_CODE: Final = Text("{what} er ikke en kode fra listen.", "{what} is not a code from the list.")
NO_SUCH_NUMBER: Final = Text("{what} er ikke et gyldigt nummer.", "{what} is not a valid number.")
WRONG: Final = Text("{what} er forkert angivet.", "{what} is not given as it must be.")
WRONG_SUM: Final = Text("Beløbene stemmer ikke: {what}.", "The amounts do not add up: {what}.")
DECIMALS: Final = Text("{what} har mere end to decimaler.", "{what} has more than two decimals.")
NEEDS: Final = Text("Der mangler noget: {what}.", "Something is missing: {what}.")
AS_WRITTEN: Final = Text("{what}.", "{what}.")


def family(sentence: Text, members: Mapping[str, str], *, fatal: bool = True) -> dict[str, Entry]:
    """Return an entry for each rule of `members`: `sentence` about its subject.

    A subject is the Danish and the English wording with a bar between, or one name for both.
    """
    return {rule: Entry(fatal, _about(sentence, subject)) for rule, subject in members.items()}


def _about(sentence: Text, subject: str) -> Text:
    danish, _, english = subject.partition("|")
    return Text(_capital(sentence.danish, danish), _capital(sentence.english, english or danish))


def _capital(sentence: str, subject: str) -> str:
    filled = sentence.replace("{what}", subject)
    return filled[:1].upper() + filled[1:]
