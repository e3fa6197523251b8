"""Finding things in an element by local names, whatever the namespace; texts cut to a sane length."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Oere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

LONGEST_TEXT: Final = 500
"""Characters. The schemas allow 140 to 500; what is longer is no text that a bank has written."""
_AMOUNT: Final = re.compile(r"(\d{1,18})(?:\.(\d{1,12}))?", re.ASCII)
_LARGEST: Final = 10**15
"""Of the smallest unit: beyond any municipality, well inside the database's whole numbers."""
_DATE_LENGTH: Final = 10


def name_of(element: _Element) -> str:
    """Return an element's name without its namespace; '' for an entity that was left alone."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: _Element | None, name: str) -> Iterator[_Element]:
    """Go through the children of that name; none where there is no element."""
    return element.iterchildren(f"{{*}}{name}") if element is not None else iter(())


def child(element: _Element | None, *path: str) -> _Element | None:
    """Follow a path of names, each time to the first child so called; None where it ends early."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: _Element | None, *path: str) -> str:
    """Return the text at the end of a path, without blanks around it; '' where there is none."""
    found = child(element, *path)
    return " ".join((found.text or "").split())[:LONGEST_TEXT] if found is not None else ""


def first_text(element: _Element | None, *paths: tuple[str, ...]) -> str:
    """Return the first text that one of the paths leads to."""
    return next((found for path in paths if (found := text_of(element, *path))), "")


def texts_below(element: _Element | None, names: tuple[str, ...]) -> list[str]:
    """Return the texts of all elements of these names inside an element, in order."""
    if element is None:
        return []
    wanted = (f"{{*}}{name}" for name in names)
    found = (" ".join((one.text or "").split()) for one in element.iter(*wanted))
    return [text[:LONGEST_TEXT] for text in found if text]


def minor_units(written: str) -> Oere | None:
    """Read an amount without a sign in whole hundredths; None where it cannot be said exactly."""
    match = _AMOUNT.fullmatch(written.strip())
    if match is None:
        return None
    decimals = (match[2] or "").rstrip("0")
    if len(decimals) > 2:  # noqa: PLR2004 - hundredths
        return None
    amount = int(match[1]) * 100 + int(decimals.ljust(2, "0"))
    return Oere(amount) if amount <= _LARGEST else None


def date_in(element: _Element | None, *path: str) -> date | None:
    """Return the date of a `Dt` or `DtTm` at the end of a path, as the bank wrote it."""
    written = first_text(child(element, *path), ("Dt",), ("DtTm",))
    try:
        return date.fromisoformat(written[:_DATE_LENGTH])
    except ValueError:
        return None
