"""Bombs, lies and polyglots, made here in code: what comes in is a receipt, or refused in words."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from PIL import Image

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.file_kinds import FileKind, safe_file_name
from raaderum.receipts.file_rules import (
    LARGEST_RECEIPT,
    PdfRefused,
    ReceiptEmpty,
    ReceiptIsHeic,
    ReceiptKindRefused,
    ReceiptTooLarge,
    check_pdf,
    kind_of_receipt,
)
from raaderum.receipts.pictures import PictureRefused, draw_anew


def pdf(body: bytes = b"1 0 obj <</Type /Catalog>> endobj\n") -> bytes:
    return b"%PDF-1.7\n" + body + b"trailer <</Root 1 0 R>>\n%%EOF\n"


def packed_in_pdf(inside: bytes) -> bytes:
    packed = zlib.compress(inside)
    header = b"2 0 obj <</Type /ObjStm /Filter /FlateDecode /Length %d>>\nstream\n" % len(packed)
    return pdf(header + packed + b"\nendstream endobj\n")


def photo(
    kind: str = "JPEG", size: tuple[int, int] = (300, 400), *, seed: int = 1, **options: object
) -> bytes:
    """Return a picture of dark and light fields, other ones for each `seed`."""
    chance = random.Random(seed)  # noqa: S311 - a picture, not a secret
    fields = Image.frombytes("L", (16, 16), chance.randbytes(256))
    picture = fields.resize(size, Image.Resampling.BICUBIC).convert("RGB")
    written = BytesIO()
    picture.save(written, format=kind, **options)
    return written.getvalue()


def zipped() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("kvittering.txt", b"0" * 100_000)
    return written.getvalue()


def huge_png() -> bytes:
    """Return some hundred bytes that say they are a picture of 50,000 × 50,000 points."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 10_000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"MZ\x90\x00" + b"\0" * 200, id="windows-program"),
        pytest.param(b"\x7fELF\x02\x01\x01" + b"\0" * 200, id="linux-program"),
        pytest.param(b"#!/bin/sh\nrm -rf /\n", id="script"),
        pytest.param(zipped(), id="zip"),
        pytest.param(b"\x1f\x8b\x08" + b"\0" * 50, id="gzip"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", id="svg"),
        pytest.param(b"<!doctype html><script>alert(1)</script>", id="html"),
        pytest.param(b"GIF89a/*\x00*/=1;alert(1)//", id="gif-that-is-a-script"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, id="old-word"),
        pytest.param(b"BM" + b"\0" * 60, id="bitmap"),
        pytest.param(b" %PDF-1.7\n%%EOF", id="pdf-after-a-space"),
        pytest.param(b"RIFF\x00\x00\x00\x00WAVE", id="sound"),
    ],
)
def test_what_is_neither_pdf_nor_picture_is_refused_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(ReceiptKindRefused):
        kind_of_receipt(content)


def test_an_empty_file_a_large_one_and_a_telephones_own_format_are_told_apart() -> None:
    with pytest.raises(ReceiptEmpty):
        kind_of_receipt(b"")
    with pytest.raises(ReceiptTooLarge, match=r"10,0 MB|10\.0"):
        kind_of_receipt(b"%PDF-" + b"0" * LARGEST_RECEIPT)
    with pytest.raises(ReceiptIsHeic):
        kind_of_receipt(b"\x00\x00\x00\x18ftypheic" + b"\0" * 40)


def test_a_plain_pdf_is_taken() -> None:
    check_pdf(pdf())
    check_pdf(packed_in_pdf(b"1 0 <</Type /Page /Contents 4 0 R>>"))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"%PDF-1.7\n1 0 obj\n", id="cut-off"),
        pytest.param(
            pdf(b"1 0 obj <</OpenAction <</S /JavaScript /JS (app.alert(1))>>>> endobj\n"), id="script"
        ),
        pytest.param(pdf(b"1 0 obj <</S /J#61vaScript>> endobj\n"), id="script-behind-an-escape"),
        pytest.param(pdf(b"1 0 obj <</S/Launch/F(calc.exe)>> endobj\n"), id="starts-a-program"),
        pytest.param(pdf(b"1 0 obj <</Names <</EmbeddedFiles 3 0 R>>>> endobj\n"), id="attached-file"),
        pytest.param(pdf(b"1 0 obj <</Type /EmbeddedFile>> endobj\n"), id="embedded-file"),
        pytest.param(pdf(b"1 0 obj <</AcroForm <</XFA 3 0 R>>>> endobj\n"), id="xfa"),
        pytest.param(pdf(b"1 0 obj <</Encrypt 5 0 R>> endobj\n"), id="locked"),
        pytest.param(packed_in_pdf(b"1 0 <</S /JavaScript /JS (x)>>"), id="script-among-packed-objects"),
        pytest.param(packed_in_pdf(b"\0" * 30_000_000), id="bomb-of-packed-objects"),
        pytest.param(pdf() + zipped(), id="pdf-and-zip"),
        pytest.param(pdf(zipped()), id="zip-inside"),
    ],
)
def test_a_pdf_that_does_something_or_is_something_else_too_is_refused(content: bytes) -> None:
    with pytest.raises(PdfRefused):
        check_pdf(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_and_loses_all_that_was_not_seen(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Hemmeligt sted"
    exif.get_ifd(0x8825)[2] = (55.0, 40.0, 30.0)
    sent = photo(kind, exif=exif) + b"<script>alert(1)</script>PK\x03\x04"
    drawn = draw_anew(sent, kind_of_receipt(sent))
    assert drawn.content.startswith(b"\xff\xd8\xff")
    assert b"Hemmeligt" in sent
    assert b"Hemmeligt" not in drawn.content
    assert b"script" not in drawn.content
    with Image.open(BytesIO(drawn.content)) as kept:
        assert dict(kept.getexif()) == {}
        assert kept.size == (300, 400)


def test_a_picture_that_lies_on_its_side_is_set_upright_and_a_large_one_made_smaller() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn = draw_anew(photo(size=(4_000, 3_000), exif=exif), FileKind.JPEG)
    with Image.open(BytesIO(drawn.content)) as kept:
        assert kept.width < kept.height <= 2_400


def test_what_is_see_through_becomes_paper() -> None:
    written = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(written, format="PNG")
    with Image.open(BytesIO(draw_anew(written.getvalue(), FileKind.PNG).content)) as kept:
        assert kept.getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(huge_png(), FileKind.PNG, id="bomb"),
        pytest.param(photo()[:900], FileKind.JPEG, id="cut-off"),
        pytest.param(b"\xff\xd8\xff" + b"\0" * 500, FileKind.JPEG, id="no-picture"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 500, FileKind.PNG, id="no-png"),
        pytest.param(b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 80, FileKind.WEBP, id="no-webp"),
        pytest.param(photo("PNG"), FileKind.JPEG, id="another-format-than-it-begins-as"),
    ],
)
def test_a_broken_or_boundless_picture_is_refused_in_words(content: bytes, kind: FileKind) -> None:
    with pytest.raises(PictureRefused):
        draw_anew(content, kind)


def test_the_same_picture_saved_anew_is_alike_and_another_is_not() -> None:
    first = draw_anew(photo(), FileKind.JPEG).likeness
    again = draw_anew(photo(quality=40), FileKind.JPEG).likeness
    as_png = draw_anew(photo("PNG", (600, 800)), FileKind.PNG).likeness
    other = draw_anew(photo(seed=2), FileKind.JPEG).likeness

    def apart(one: str, two: str) -> int:
        return sum(left != right for left, right in zip(one, two, strict=True))

    assert len(first) == 256
    assert apart(first, again) <= 12
    assert apart(first, other) > 12
    assert apart(first, as_png) <= 12


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("kvittering.PDF", "kvittering.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\fakepath\\bon.exe", "bon.exe.pdf"),
        ("bon\u202efdp.exe", "bonfdp.exe.pdf"),
        ("", "kvittering.pdf"),
        ("\x00\r\n", "kvittering.pdf"),
        ("x" * 300 + ".pdf", "x" * 150 + ".pdf"),
        ("ø" * 300 + ".pdf", "ø" * 75 + ".pdf"),
        ("x" + "ø" * 300, "x" + "ø" * 74 + ".pdf"),
    ],
)
def test_a_name_keeps_no_folders_no_invisible_signs_and_no_ending_of_its_own(given: str, kept: str) -> None:
    assert safe_file_name(given, endings=("pdf",), unnamed="kvittering") == kept


def test_every_refusal_says_where_and_what_to_do_in_both_languages() -> None:
    for family in (ReceiptEmpty, ReceiptKindRefused, ReceiptIsHeic, PictureRefused):
        assert issubclass(family, InvalidInput)
        assert family.text.danish != family.text.english
