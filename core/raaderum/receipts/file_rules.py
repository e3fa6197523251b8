"""Which files a receipt can be, and what makes one refused; pure.

Not looked for: known malware by its signature. A PDF is kept as it came and handed out as an
attachment only; a picture is drawn anew, so that nothing of the sent file is left of it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Final

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.file_kinds import FileKind, find_kind
from raaderum.kernel.text import Text

LARGEST_RECEIPT: Final = 10_000_000
"""Bytes of one file."""
_MEGABYTE: Final = 1_000_000
_END_OF_PDF: Final = b"%%EOF"
_END_LIES_WITHIN: Final = 1_024
_LARGEST_UNPACKED: Final = 20_000_000
"""Bytes of all packed objects of a PDF together."""
_MOST_STREAMS: Final = 5_000
_ACTIVE: Final = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|GoToR)(?![A-Za-z0-9])"
)
_LOCKED: Final = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_STREAM: Final = re.compile(rb"/(?:ObjStm|XRef)\b.{0,400}?stream\r?\n", re.DOTALL)
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


class ReceiptEmpty(InvalidInput):
    """No file, or one without content."""

    code = "receipt_empty"
    text = Text(
        "Filen er tom, eller der er ikke valgt nogen. Tag et billede, eller vælg en fil.",
        "The file is empty, or none was chosen. Take a picture, or choose a file.",
    )


class ReceiptTooLarge(InvalidInput):
    """A file above 10 MB."""

    code = "receipt_too_large"
    text = Text(
        "Filen fylder {size} MB; der er plads til {most} MB. Tag et nyt billede i mindre størrelse.",
        "The file has {size} MB; there is room for {most} MB. Take a new picture of a smaller size.",
    )


class ReceiptKindRefused(InvalidInput):
    """A file that is neither PDF nor picture, whatever it is called."""

    code = "receipt_kind_refused"
    text = Text(
        "Filen er hverken PDF eller et billede (JPEG, PNG, WebP), uanset hvad den hedder. "
        "Tag et billede af kvitteringen, eller gem den som PDF.",
        "The file is neither PDF nor a picture (JPEG, PNG, WebP), whatever its name. "
        "Take a picture of the receipt, or save it as PDF.",
    )


class ReceiptIsHeic(InvalidInput):
    """A picture as some telephones keep it, which most computers cannot show."""

    code = "receipt_heic"
    text = Text(
        "Billedet er i telefonens HEIC-format, som ikke kan vises her. "
        "Tag det igen med knappen på siden, eller del det som JPEG.",
        "The picture is in the phone's HEIC format, which cannot be shown here. "
        "Take it again with the button on the page, or share it as JPEG.",
    )


class PdfRefused(InvalidInput):
    """A PDF that is broken, locked, or holds what a receipt has no use for."""

    code = "receipt_pdf_refused"
    text = Text(
        "PDF-filen kan ikke tages imod: {reason}. Åbn den, og gem eller udskriv den som en ny PDF, "
        "eller tag et billede.",
        "The PDF cannot be taken: {reason_english}. Open it and save or print it as a new PDF, "
        "or take a picture.",
    )


def kind_of_receipt(content: bytes) -> FileKind:
    """Return what a file is by its first bytes; raise for one that no receipt can be."""
    if not content:
        raise ReceiptEmpty(where="file")
    if len(content) > LARGEST_RECEIPT:
        size = f"{len(content) / _MEGABYTE:.1f}".replace(".", ",")
        raise ReceiptTooLarge(where="file", size=size, most=LARGEST_RECEIPT // _MEGABYTE)
    kind = find_kind(content)
    if kind is None:
        raise ReceiptKindRefused(where="file")
    if kind is FileKind.HEIC:
        raise ReceiptIsHeic(where="file")
    return kind


def check_pdf(content: bytes) -> None:
    """Raise `PdfRefused` for a PDF that is cut off, locked, another file as well, or does anything by itself.

    Names are read through their escapes (`/J#61vaScript`), also in objects that are packed together.
    """
    if _END_OF_PDF not in content[-_END_LIES_WITHIN:]:
        raise _refused("den er ikke hel", "it is not whole")
    if zipfile.is_zipfile(BytesIO(content)):
        raise _refused("den er også en ZIP-fil", "it is a ZIP file as well")
    if _LOCKED.search(content):
        raise _refused("den er låst med en adgangskode", "it is locked by a password")
    for part in (content, *_unpacked(content)):
        if _ACTIVE.search(_ESCAPED.sub(_unescaped, part)):
            raise _refused(
                "den indeholder programkode eller vedhæftede filer", "it holds program code or attached files"
            )


def _unpacked(content: bytes) -> list[bytes]:
    """Return the objects that are packed together; raise `PdfRefused` where they unpack to too much."""
    found, room = [], _LARGEST_UNPACKED
    for number, start in enumerate(_STREAM.finditer(content)):
        if number >= _MOST_STREAMS:
            raise _refused("den har for mange dele", "it has too many parts")
        unpacking = zlib.decompressobj()
        try:
            part = unpacking.decompress(content[start.end() :], room + 1)
        except zlib.error:
            continue  # packed in another way, in which no reader of ours looks for actions
        room -= len(part)
        if room < 0:
            raise _refused("den pakker sig ud til alt for meget", "it unpacks to far too much")
        found.append(part)
    return found


def _unescaped(escaped: re.Match[bytes]) -> bytes:
    return bytes([int(escaped[1], 16)])


def _refused(danish: str, english: str) -> PdfRefused:
    return PdfRefused(where="file", reason=danish, reason_english=english)
