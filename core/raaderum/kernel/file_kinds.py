"""What a file is by its first bytes, and a name that it can be saved under. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST_NAME: Final = 150
"""Bytes: a letter can take four, and a disk has room for 255 in all."""


class FileKind(StrEnum):
    """A kind of file that people send. The value is its usual ending."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"


_FIRST_BYTES: Final = {
    FileKind.PDF: b"%PDF-",
    FileKind.JPEG: b"\xff\xd8\xff",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
}
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def find_kind(content: bytes) -> FileKind | None:
    """Return what a file is by its first bytes; None for every other kind. Its name says nothing."""
    for kind, first_bytes in _FIRST_BYTES.items():
        if content.startswith(first_bytes):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return FileKind.HEIC
    return None


def safe_file_name(given: str, *, endings: Collection[str], unnamed: str) -> str:
    """Return the name under which a file is kept: no folders, no invisible signs, the first of `endings`.

    Another of its `endings`, in any case, is replaced; any other stays as part of the name.
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    visible = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    stem, dot, ending = visible.rpartition(".")
    if not dot or ending.lower() not in endings:
        stem = visible
    shortened = stem.strip(" .").encode(errors="ignore")[:_LONGEST_NAME].decode(errors="ignore")
    return f"{shortened or unnamed}.{next(iter(endings))}"
