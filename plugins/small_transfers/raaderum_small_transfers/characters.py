"""Texts as they can stand in a payment file: characters XML knows, no longer than the schema allows."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST_IN_A_NAME: Final = 140
_UNWRITABLE: Final = re.compile("[^\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]+")
_GAPS: Final = re.compile(r"\s+")
_PLAIN: Final = re.compile(r"[A-Za-z0-9ÆØÅæøåÉéÜüÖöÄä.,'/+()-]+(?: [A-Za-z0-9ÆØÅæøåÉéÜüÖöÄä.,'/+()-]+)*")


def written(text: str, *, most: int = MOST_IN_A_NAME) -> str:
    """Return `text` on one line, escaped, cut to `most` characters; '' where nothing of it can be written."""
    if len(text) <= most and _PLAIN.fullmatch(text):
        return text
    composed = unicodedata.normalize("NFC", _UNWRITABLE.sub(" ", text))
    return _escaped(_GAPS.sub(" ", composed).strip()[:most].rstrip())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
