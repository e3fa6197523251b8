"""The letter as a PDF of one page, with its typeface inside; the same letter gives the same bytes."""

from __future__ import annotations

import itertools
import unicodedata
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont
from pymupdf_fonts import NotoSans_Bold, NotoSans_Regular

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from raaderum.conditions.letter import Letter

LEFT_OUT: Final = "[…]"
_FONT: Final = "Noto Sans"
_STYLES: Final[Mapping[str, bytes]] = {"": NotoSans_Regular.fontbuffer, "B": NotoSans_Bold.fontbuffer}
_MARGIN, _LINE, _SIZE = 25, 6.5, 11.5
_SIGNATURE_WIDTH: Final = 80


def pdf_of(letter: Letter) -> bytes:
    """Return the letter as a PDF; signs that the typeface lacks are marked, with a note at the foot."""
    page = _blank(letter)
    with _typeface_in(page):
        page.add_page()
        _write_letter(page, letter)
        return bytes(page.output())


def _write_letter(page: FPDF, letter: Letter) -> None:
    lacks: list[bool] = []

    def covered(text: str) -> str:
        shown = as_far_as_covered(text)
        lacks.append(LEFT_OUT in shown)
        return shown

    _write(page, covered(letter.municipality), style="B", size=14)
    _write(page, letter.date_line)
    page.ln(_LINE * 2)
    _write(page, letter.greeting, style="B", size=14)
    page.ln(_LINE / 2)
    for paragraph in letter.paragraphs:
        _write(page, covered(paragraph))
        page.ln(_LINE / 2)
    page.ln(_LINE * 2)
    _write(page, covered(letter.signed))
    page.ln(_LINE * 2.5)
    page.line(page.l_margin, page.get_y(), page.l_margin + _SIGNATURE_WIDTH, page.get_y())
    _write(page, letter.signature, size=9)
    if any(lacks):
        page.ln(_LINE)
        _write(page, letter.left_out.filled(mark=LEFT_OUT).in_language(letter.language), size=9)


def as_far_as_covered(text: str) -> str:
    """Return a text with each run of signs that the typeface lacks in place of one mark.

    Invisible signs, those that turn the direction of writing among them, are taken out.
    """
    return "".join(
        "".join(signs) if is_covered else LEFT_OUT
        for is_covered, signs in itertools.groupby(_visible(text), key=_is_covered)
    )


def _blank(letter: Letter) -> FPDF:
    page = FPDF(format="A4")
    # The day stands for the moment of making: nothing in the file tells two makings of a letter apart.
    page.set_creation_date(datetime.combine(letter.written_on, time.min, UTC))
    page.set_title(letter.greeting)
    page.set_author(letter.municipality)
    page.set_lang(letter.language)
    page.set_margin(_MARGIN)
    page.set_auto_page_break(auto=True, margin=_MARGIN)
    return page


def _write(page: FPDF, text: str, *, style: str = "", size: float = _SIZE) -> None:
    page.set_font(_FONT, style, size)
    page.multi_cell(0, _LINE, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _visible(text: str) -> Iterator[str]:
    """Return the signs composed, so that a letter and its mark are found as one, without invisible ones."""
    for sign in unicodedata.normalize("NFC", text):
        if unicodedata.category(sign) not in {"Cc", "Cf"}:
            yield sign


def _is_covered(sign: str) -> bool:
    return ord(sign) in _coverage()


@cache
def _coverage() -> frozenset[int]:
    page = FPDF()
    with _typeface_in(page):
        page.set_font(_FONT)
        font = page.current_font
        assert isinstance(font, TTFFont)  # noqa: S101 - it was read from a file right before
        return frozenset(font.cmap)


@contextmanager
def _typeface_in(page: FPDF) -> Iterator[None]:
    """Give the page its typeface; the library reads it from files until the page is put out."""
    with TemporaryDirectory() as folder:
        for number, (style, content) in enumerate(_STYLES.items()):
            path = Path(folder) / f"{number}.ttf"
            path.write_bytes(content)
            page.add_font(_FONT, style, path)
        try:
            yield
        finally:
            for font in page.fonts.values():
                if isinstance(font, TTFFont):
                    font.close()
