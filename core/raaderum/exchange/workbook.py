"""Reading the sheets of an XLSX workbook, with everything in them that a table may not have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from raaderum.exchange.archive import Archive
from raaderum.exchange.raw import RawFault, RawRow, RawSheet, RowBudget, check_width
from raaderum.exchange.rules import SpreadsheetBroken, shown
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from raaderum.exchange.values import Cell

_WORKBOOK: Final = "xl/workbook.xml"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DAYS_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of the built-in formats that show a day or a time."""
_FIRST_DAY: Final = date(1899, 12, 30)
_FIRST_DAY_OF_OLD_MACS: Final = date(1904, 1, 1)
_LEAP_DAY_THAT_NEVER_WAS: Final = 60
_LAST_SERIAL: Final = 2_958_465
_MOST_SHARED_TEXTS: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets share: their texts, which styles show days, and which day is number 0."""

    texts: Sequence[str]
    day_styles: frozenset[int]
    first_day: date


def read_workbook(content: bytes) -> list[RawSheet]:
    """Return the sheets that have something in them, in order.

    Formulas, merged cells, error values and hidden sheets are faults of the sheet. Raises an
    `InvalidInput` for a file that is no XLSX workbook or is beyond the limits.
    """
    archive = Archive(content)
    places = list(_places(archive))
    book = _Book(_shared_texts(archive), _day_styles(archive), _first_day(archive))
    budget = RowBudget()
    sheets = [_read_sheet(archive, place, book, budget) for place in places]
    return [sheet for sheet in sheets if sheet.rows or sheet.faults]


def _places(archive: Archive) -> Iterator[_Place]:
    targets = archive.targets(_WORKBOOK)
    for element in archive.elements(_WORKBOOK, "sheet"):
        relation = element.get(_RELATION) or element.get(_STRICT_RELATION) or ""
        part = targets.get(relation, "")
        if part not in archive:
            raise SpreadsheetBroken(where="file", place=shown(str(element.get("name", ""))))
        hidden = element.get("state", "visible") != "visible"
        yield _Place(str(element.get("name", "")), part, hidden)


def _first_day(archive: Archive) -> date:
    for element in archive.elements(_WORKBOOK, "workbookPr"):
        if element.get("date1904") in {"1", "true"}:
            return _FIRST_DAY_OF_OLD_MACS
    return _FIRST_DAY


def _shared_texts(archive: Archive) -> list[str]:
    part = "xl/sharedStrings.xml"
    if part not in archive:
        return []
    texts: list[str] = []
    for element in archive.elements(part, "si"):
        texts.append(_text_of(element))
        if len(texts) > _MOST_SHARED_TEXTS:
            raise SpreadsheetBroken(where="file", place=part)
    return texts


def _text_of(element: _Element) -> str:
    """Return the text of a cell: its runs one after the other, without the reading aids of Japanese."""
    pieces = [
        piece.text or ""
        for piece in element.iter("{*}t")
        if piece.getparent() is None or not str(piece.getparent().tag).endswith("}rPh")  # type: ignore[union-attr] # it has a parent
    ]
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(pieces))


def _day_styles(archive: Archive) -> frozenset[int]:
    """Return the numbers of the cell styles whose format shows a day."""
    part = "xl/styles.xml"
    if part not in archive:
        return frozenset()
    formats = {
        _number(element.get("numFmtId"))
        for element in archive.elements(part, "numFmt")
        if _shows_days(str(element.get("formatCode", "")))
    } | _DAYS_FORMATS
    styles: list[int] = []
    for group in archive.elements(part, "cellXfs"):
        styles = [_number(style.get("numFmtId")) for style in group.iter("{*}xf")]
    return frozenset(place for place, number in enumerate(styles) if number in formats)


def _shows_days(code: str) -> bool:
    return bool(re.search("[ymdå]", _QUOTED.sub("", code).casefold())) and code.casefold() != "general"


def _read_sheet(archive: Archive, place: _Place, book: _Book, budget: RowBudget) -> RawSheet:
    sheet = RawSheet(place.name)
    last = 0
    for element in archive.elements(place.part, "row", "mergeCell"):
        if str(element.tag).endswith("}mergeCell"):
            sheet.faults.append(_merged(str(element.get("ref", ""))))
            continue
        last = _number(element.get("r")) or last + 1
        row = _read_row(element, last, book, sheet)
        if row.cells:
            if sheet.rows:
                budget.take()
            sheet.rows.append(row)
    if place.is_hidden and sheet.rows:
        sheet.faults.insert(0, _HIDDEN)
    return sheet


def _read_row(element: _Element, number: int, book: _Book, sheet: RawSheet) -> RawRow:
    cells: dict[int, Cell] = {}
    place = -1
    for cell in element.iterchildren("{*}c"):
        place = _place_of(cell.get("r"), after=place)
        check_width(number, place + 1)
        if cell.find("{*}f") is not None:
            sheet.faults.append(RawFault(number, place, *_FORMULA))
            continue
        if cell.get("t") == "e":
            sheet.faults.append(RawFault(number, place, *_error_value(cell)))
            continue
        value = _read_cell(cell, book)
        if value is None:
            sheet.faults.append(RawFault(number, place, *_UNREADABLE))
        elif value != "":
            cells[place] = value
    return RawRow(number, cells)


def _read_cell(cell: _Element, book: _Book) -> Cell | None:
    """Return what a cell holds, '' where it is empty, None where it cannot be read."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _storable(_text_of(cell))
    written = (cell.findtext("{*}v") or "").strip() if kind != "str" else cell.findtext("{*}v") or ""
    if not written.strip():
        return ""
    if kind == "s":
        index = _number(written)
        return _storable(book.texts[index]) if index < len(book.texts) else None
    if kind == "n":
        return _read_number(written, book, style=_number(cell.get("s")))
    return _storable({"b": "TRUE" if written == "1" else "FALSE", "d": written[:10]}.get(kind, written))


def _read_number(written: str, book: _Book, *, style: int) -> Cell | None:
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    if style not in book.day_styles:
        return number
    if not _LEAP_DAY_THAT_NEVER_WAS < number <= _LAST_SERIAL:
        return None
    try:
        return book.first_day + timedelta(days=int(number))
    except OverflowError:
        return None


def _storable(text: str) -> str | None:
    """Return the text, '' for space alone, None where it holds what no database stores."""
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", text):
        return None
    return text if text.strip() else ""


def _place_of(reference: str | None, *, after: int) -> int:
    """Return the column of `C7`, counted from 0; the next one where a cell does not say."""
    found = _REFERENCE.fullmatch(reference or "")
    if found is None:
        return after + 1
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _number(written: str | None) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,9}", written, re.ASCII) else 0


def _merged(reference: str) -> RawFault:
    found = _REFERENCE.match(reference)
    return RawFault(
        int(found[2]) if found else 1,
        shown(reference),
        Text(
            "Cellerne er flettet, så det ikke kan ses, hvilke rækker værdien gælder for.",
            "The cells are merged, so it cannot be seen which rows the value is for.",
        ),
        Text(
            "Ophæv fletningen, og skriv værdien i hver række.",
            "Unmerge the cells and write the value in each row.",
        ),
    )


def _error_value(cell: _Element) -> tuple[Text, Text]:
    value = shown((cell.findtext("{*}v") or "#").strip())
    return (
        Text(f"Cellen viser fejlen {value}.", f"The cell shows the error {value}."),
        Text("Skriv den rigtige værdi i cellen.", "Write the right value in the cell."),
    )


_FORMULA: Final = (
    Text("Cellen indeholder en formel.", "The cell holds a formula."),
    Text("Kopiér kolonnen, og indsæt den som værdier.", "Copy the column and paste it as values."),
)
_UNREADABLE: Final = (
    Text("Cellen kan ikke læses.", "The cell cannot be read."),
    Text("Skriv cellens indhold igen.", "Write what the cell holds again."),
)
_HIDDEN: Final = RawFault(
    1,
    "",
    Text("Arket er skjult, men indeholder rækker.", "The sheet is hidden, but has rows in it."),
    Text(
        "Vis arket, hvis det skal med; ellers slet det.",
        "Show the sheet if it is to be taken in; else delete it.",
    ),
)
