"""Does a text name somebody? Numbers, addresses and the names of those a case is about; pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.guidelines.errors import NotAnonymous
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SHORTEST_NAME: Final = 3
_NAMES_NOTHING: Final = frozenset({"van", "von", "der", "den", "del", "bin", "ibn"})


@dataclass(frozen=True, slots=True)
class _Trace:
    pattern: re.Pattern[str]
    what: Text


_TRACES: Final = (
    _Trace(
        re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE),
        Text("et sagsnummer", "a case's identifier"),
    ),
    _Trace(
        re.compile(r"(?<!\d)\d{6}[\s\-.–]{0,3}\d{4}(?!\d)"),
        Text("noget, der ligner et CPR-nummer", "what looks like a CPR number"),
    ),
    _Trace(
        re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"),
        Text("en e-mail-adresse", "an e-mail address"),
    ),
    _Trace(
        re.compile(r"(?<!\d)(?:\+?45[\s-]?)?\d{2}(?:[\s.-]?\d{2}){3}(?!\d)"),
        Text("noget, der ligner et telefonnummer", "what looks like a phone number"),
    ),
)
_A_NAME: Final = Text("navnet på en, sagen handler om", "the name of somebody whom the case is about")


def check_anonymous(told: Mapping[str, str], names: Iterable[str] = ()) -> None:
    """Raise `NotAnonymous` for the first field that holds a number, an address or a part of a name.

    `names` are of the people of the case it came from; each part of three letters or more counts
    where it stands as a word of its own, also in the genitive.
    """
    patterns = [pattern for name in names for pattern in _patterns_of(name)]
    for field, words in told.items():
        plain = _plain(words)
        for trace in _TRACES:
            if trace.pattern.search(plain):
                raise NotAnonymous(where=field, what=trace.what.danish, what_english=trace.what.english)
        if any(pattern.search(plain) for pattern in patterns):
            raise NotAnonymous(where=field, what=_A_NAME.danish, what_english=_A_NAME.english)


def _patterns_of(name: str) -> list[re.Pattern[str]]:
    parts = re.findall(r"\w+", _plain(name))
    return [
        re.compile(rf"\b{re.escape(part)}(?:s|es|'s)?\b", re.IGNORECASE)
        for part in parts
        if len(part) >= _SHORTEST_NAME and part.casefold() not in _NAMES_NOTHING
    ]


def _plain(words: str) -> str:
    """Return the words with look-alikes made plain (full-width digits and the like), unseen signs gone."""
    composed = unicodedata.normalize("NFKC", words)
    return "".join(sign for sign in composed if unicodedata.category(sign) != "Cf")
