"""Reading a table from a text file: which encoding, which separator, which rows.

The encoding is never guessed where the guess could spoil a letter. UTF-8 and UTF-16 prove
themselves. Windows-1252 is believed only where every byte beyond ASCII is a letter there that no
Danish text of another encoding could hold: æ, ø and å of DOS and of old Macs lie elsewhere, and so
do the bytes that UTF-8 writes them with.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING, Final

from raaderum.exchange.columns import COLUMNS
from raaderum.exchange.raw import RawFault, RawRow, RawSheet, RowBudget, check_width
from raaderum.exchange.rules import EncodingUnclear, NotATable, SpreadsheetBroken, plain_name
from raaderum.exchange.safe_cells import without_guard
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATORS: Final = (";", ",", "\t")
_UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WINDOWS_LETTERS: Final = frozenset(
    "æøåÆØÅéÉèÈêÊëËöÖäÄüÜïÏîÎôÔûÛáÁàÀíÍìÌóÓòÒúÚùÙñÑçÇýÝðÐþÞß".encode("cp1252")
)
_HIGHEST_ASCII: Final = 0x7F
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_HEADER: Final = 20_000
_KNOWN_NAMES: Final = frozenset(
    name for columns in COLUMNS.values() for column in columns for name in (column.name, column.english)
)


def read_delimited(content: bytes, *, name: str) -> tuple[RawSheet, str]:
    """Return the table in a text file, and the encoding it was read with.

    Raises an `InvalidInput` for what is no table, for an encoding that cannot be told, and for too
    many rows or columns.
    """
    text, encoding = decoded(content)
    if not text.strip():
        raise NotATable(where="file")
    sheet = RawSheet(name)
    budget = RowBudget()
    separator = _separator(text)
    for number, cells in enumerate(_rows(text, separator), start=1):
        check_width(number, len(cells))
        filled = {place: without_guard(cell) for place, cell in enumerate(cells) if cell.strip()}
        if not filled:
            continue
        if sheet.rows:
            budget.take()
        sheet.faults += [_invisible(number, place) for place, cell in filled.items() if _CONTROL.search(cell)]
        sheet.rows.append(RawRow(number, filled))
    return sheet, encoding


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text and what its encoding is called; raise `EncodingUnclear` rather than guess."""
    if content.startswith(_UTF_16_MARKS) and not content.startswith(codecs.BOM_UTF32_LE):
        return _strictly(content, "utf-16"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    beyond_ascii = {byte for byte in content if byte > _HIGHEST_ASCII}
    if b"\x00" not in content and beyond_ascii <= _WINDOWS_LETTERS:
        return _strictly(content, "cp1252"), "Windows-1252"
    raise EncodingUnclear(where="file")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise EncodingUnclear(where="file") from None


def _separator(text: str) -> str:
    """Return the separator under which the first row has the most headers that we know."""
    start = next((line for line in text[:_LONGEST_HEADER].splitlines() if line.strip()), "")
    known = {separator: _known_headers(start, separator) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda separator: known[separator])
    if known[best]:
        return best
    most = max(_SEPARATORS, key=start.count)
    if not start.count(most) or "\x00" in start:
        raise NotATable(where="file")
    return most


def _known_headers(start: str, separator: str) -> int:
    try:
        headers = next(csv.reader([start], delimiter=separator))
    except (csv.Error, StopIteration):
        return 0
    return sum(plain_name(header) in _KNOWN_NAMES for header in headers)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error:
        place = f"linje/line {reader.line_num}"
        raise SpreadsheetBroken(where="file", place=place) from None


def _invisible(row: int, place: int) -> RawFault:
    return RawFault(
        row,
        place,
        Text("Cellen indeholder et usynligt tegn.", "The cell holds an invisible character."),
        Text("Skriv cellens tekst igen.", "Write the cell's text again."),
    )
