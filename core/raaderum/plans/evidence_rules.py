"""What a file that shows a price can be; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import InvalidInput, RuleBroken
from raaderum.kernel.file_kinds import find_kind, safe_file_name
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_EVIDENCE: Final = 10_000_000
"""Bytes of one file."""
MOST_FILES: Final = 10
"""Files of one item."""
_MEGABYTE: Final = 1_000_000
_CONTROL: Final = frozenset(range(32)) - set(b"\t\n\r\f")
_ENCODINGS: Final = ("utf-8", "cp1252")


class EvidenceKind(StrEnum):
    """What a file is, found in its first bytes; its name says nothing. The value is its ending."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    PLAIN_TEXT = "txt"


EVIDENCE_NAMES: Final[Mapping[EvidenceKind, Text]] = {
    EvidenceKind.PDF: Text("PDF", "PDF"),
    EvidenceKind.JPEG: Text("billede (JPEG)", "picture (JPEG)"),
    EvidenceKind.PNG: Text("billede (PNG)", "picture (PNG)"),
    EvidenceKind.PLAIN_TEXT: Text("tekst", "text"),
}


class EvidenceEmpty(InvalidInput):
    """No file, or one without content."""

    code = "evidence_empty"
    text = Text(
        "Filen er tom, eller der er ikke valgt nogen. Vælg en fil med indhold.",
        "The file is empty, or none was chosen. Choose a file that holds something.",
    )


class EvidenceTooLarge(InvalidInput):
    """A file above 10 MB."""

    code = "evidence_too_large"
    text = Text(
        "Filen fylder {size} MB; der er plads til {most} MB. Gem den mindre, eller del den i flere.",
        "The file has {size} MB; there is room for {most} MB. Save it smaller, or split it up.",
    )


class EvidenceKindUnknown(InvalidInput):
    """A file that is none of the four kinds, whatever it is called."""

    code = "evidence_kind_unknown"
    text = Text(
        "Filen er hverken PDF, JPEG, PNG eller ren tekst, uanset hvad den hedder. "
        "Gem den som PDF, eller tag et billede af den.",
        "The file is neither PDF, JPEG, PNG nor plain text, whatever its name. "
        "Save it as PDF, or take a picture of it.",
    )


class TooMuchEvidence(RuleBroken):
    """An eleventh file."""

    code = "too_much_evidence"
    text = Text(
        "En post kan højst have {most} filer. Saml flere i én PDF.",
        "An item can have at most {most} files. Put several into one PDF.",
    )


def kind_of(content: bytes) -> EvidenceKind:
    """Return what a file is; raise `EvidenceEmpty`, `EvidenceTooLarge` or `EvidenceKindUnknown`."""
    if not content:
        raise EvidenceEmpty(where="file")
    if len(content) > LARGEST_EVIDENCE:
        size = f"{len(content) / _MEGABYTE:.1f}".replace(".", ",")
        raise EvidenceTooLarge(where="file", size=size, most=LARGEST_EVIDENCE // _MEGABYTE)
    found = find_kind(content)
    if found is not None and found.value in list(EvidenceKind):
        return EvidenceKind(found.value)
    if _is_text(content):
        return EvidenceKind.PLAIN_TEXT
    raise EvidenceKindUnknown(where="file")


def check_number(files: int) -> None:
    """Raise `TooMuchEvidence` where an item would have more files than it can."""
    if files > MOST_FILES:
        raise TooMuchEvidence(where="evidence", most=MOST_FILES)


def safe_name(given: str, kind: EvidenceKind) -> str:
    """Return the name under which a file is kept: no folders, no invisible signs, the ending of its kind."""
    return safe_file_name(given, endings=_endings(kind), unnamed="bilag")


def _endings(kind: EvidenceKind) -> tuple[str, ...]:
    return ("jpg", "jpeg") if kind is EvidenceKind.JPEG else (kind.value,)


def _is_text(content: bytes) -> bool:
    """Say whether a file reads as text of today, or as Windows writes Danish: no control characters."""
    if not _CONTROL.isdisjoint(content):
        return False
    for encoding in _ENCODINGS:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
