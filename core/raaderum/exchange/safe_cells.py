"""Texts that a spreadsheet would run as a formula: made harmless on the way out, restored on the way in.

A text that begins with one of the dangerous signs gets an apostrophe in front. So does a text that
begins with apostrophes and then such a sign, so that what was put in front can always be told from
what was written.
"""

from __future__ import annotations

from typing import Final

DANGEROUS: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""The full-width ones too: spreadsheets turn them into the others."""
_GUARD: Final = "'"


def guarded(text: str) -> str:
    """Return `text` so that no spreadsheet runs it."""
    return _GUARD + text if _is_dangerous(text) else text


def without_guard(text: str) -> str:
    """Return what `guarded` was given."""
    return text[1:] if text.startswith(_GUARD) and _is_dangerous(text) else text


def _is_dangerous(text: str) -> bool:
    return text.lstrip(_GUARD)[:1] in DANGEROUS and bool(text.lstrip(_GUARD))
