"""From a file to its tables: each of a known kind, each row with its values read, everything wrong noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from raaderum.exchange.archive import is_workbook
from raaderum.exchange.columns import COLUMNS, Column, find_column
from raaderum.exchange.delimited import read_delimited
from raaderum.exchange.rules import (
    ALL_SHEETS,
    LARGEST_FILE,
    Kind,
    KindUnclear,
    NoSheetToTakeIn,
    NotATable,
    SpreadsheetTooLarge,
    find_kind,
    shown,
)
from raaderum.exchange.values import CellWrong, as_text
from raaderum.exchange.workbook import read_workbook
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.people.cpr import Cpr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from raaderum.exchange.raw import RawRow, RawSheet
    from raaderum.exchange.report import Findings
    from raaderum.exchange.values import Value

_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; a column that is empty or missing has no value."""

    kind: Kind
    sheet: str
    number: int
    values: Mapping[str, Value]

    def text(self, column: str) -> str:
        """Return a text or a code that is always there."""
        value = self.values[column]
        assert isinstance(value, str)  # noqa: S101 - the column's reader says so
        return value

    def find_text(self, column: str) -> str | None:
        """Return a text or a code, if there is one."""
        return self.text(column) if column in self.values else None

    def day(self, column: str) -> date:
        """Return a day that is always there."""
        value = self.values[column]
        assert isinstance(value, date)  # noqa: S101 - the column's reader says so
        return value

    def find_day(self, column: str) -> date | None:
        """Return a day, if there is one."""
        return self.day(column) if column in self.values else None

    def whole(self, column: str, default: int = 0) -> int:
        """Return a whole number; `default` where there is none."""
        value = self.values.get(column, default)
        assert isinstance(value, int)  # noqa: S101 - the column's reader says so
        return value

    def amount(self, column: str) -> Oere:
        """Return an amount in øre; 0 where there is none."""
        return Oere(self.whole(column))

    def cpr(self) -> Cpr:
        """Return the CPR number."""
        value = self.values["cpr"]
        assert isinstance(value, Cpr)  # noqa: S101 - the column's reader says so
        return value

    def codes(self, column: str) -> tuple[str, ...]:
        """Return the codes of a column with several."""
        value = self.values[column]
        assert isinstance(value, tuple)  # noqa: S101 - the column's reader says so
        return value


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one kind that could be read, and the columns that the file has.

    `unread` is what could be read of the others: other rows can point at them.
    """

    kind: Kind
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unread: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read."""

    format: str
    tables: tuple[Table, ...]


def read_file(content: bytes, *, kind: Kind | None, file_name: str, findings: Findings) -> ReadFile:
    """Return the tables of a file, in the order in which they are taken in.

    What is wrong with cells, rows and headers goes to `findings`. Raises an `InvalidInput` where the
    file as a whole cannot be read.
    """
    if len(content) > LARGEST_FILE:
        raise SpreadsheetTooLarge(where="file", most=LARGEST_FILE // _MEGABYTE)
    if not content.strip(b"\x00\r\n\t "):
        raise NotATable(where="file")
    if is_workbook(content):
        return ReadFile("XLSX", tuple(_tables_of_workbook(content, kind, findings)))
    sheet, encoding = read_delimited(content, name=shown(PurePath(file_name).name))
    found = kind or find_kind(PurePath(file_name).stem) or _kind_by_headers(sheet)
    return ReadFile(f"CSV, {encoding}", (_table(found, sheet, findings),))


def _tables_of_workbook(content: bytes, kind: Kind | None, findings: Findings) -> list[Table]:
    sheets = read_workbook(content)
    if kind is not None and len(sheets) == 1:
        return [_table(kind, sheets[0], findings)]
    tables: dict[Kind, Table] = {}
    for sheet in sheets:
        found = find_kind(sheet.name)
        if found is None:
            findings.wrong(kind or Kind.CITIZENS, shown(sheet.name), 1, "", *_UNKNOWN_SHEET)
        elif found in tables:
            findings.wrong(found, shown(sheet.name), 1, "", *_TWICE)
        else:
            tables[found] = _table(found, sheet, findings)
    if not tables and not findings.is_faulty:
        raise NoSheetToTakeIn(where="file", names=ALL_SHEETS)
    return [tables[one] for one in Kind if one in tables]


def _kind_by_headers(sheet: RawSheet) -> Kind:
    """Return the one kind that has all headers of the sheet; raise `KindUnclear`."""
    headers = [as_text(cell) for cell in sheet.rows[0].cells.values()] if sheet.rows else []
    fitting = [
        kind
        for kind, columns in COLUMNS.items()
        if all(find_column(kind, header) for header in headers)
        and {column.name for column in columns if column.required}
        <= {found.name for header in headers if (found := find_column(kind, header))}
    ]
    if len(fitting) != 1:
        raise KindUnclear(where="kind", names=ALL_SHEETS)
    return fitting[0]


def _table(kind: Kind, sheet: RawSheet, findings: Findings) -> Table:
    name = shown(sheet.name)
    columns = _headers(kind, sheet, findings) if sheet.rows else {}
    if not sheet.rows:
        findings.wrong(kind, name, 1, "", *_NO_HEADERS)
    for fault in sheet.faults:
        findings.wrong(kind, name, fault.row, _called(fault.place, columns), fault.reason, fault.remedy)
    if _lacks_columns(kind, columns):
        return Table(kind, tuple(columns.values()), ())
    spoilt = {fault.row for fault in sheet.faults}
    whole: list[Row] = []
    unread: list[Row] = []
    for row, is_whole in _rows(kind, sheet, columns, findings):
        (whole if is_whole and row.number not in spoilt else unread).append(row)
    return Table(kind, tuple(columns.values()), tuple(whole), tuple(unread))


def _headers(kind: Kind, sheet: RawSheet, findings: Findings) -> dict[int, Column]:
    """Return the columns by their place; note those that are unknown, double or missing."""
    name, first = shown(sheet.name), sheet.rows[0]
    columns: dict[int, Column] = {}
    for place, cell in first.cells.items():
        header = as_text(cell)
        column = find_column(kind, header)
        if column is None:
            findings.wrong(kind, name, first.number, header, _UNKNOWN_COLUMN, _allowed(kind))
        elif column in columns.values():
            findings.wrong(kind, name, first.number, header, *_DOUBLE_COLUMN)
        else:
            columns[place] = column
    for column in COLUMNS[kind]:
        if column.required and column not in columns.values():
            findings.wrong(kind, name, first.number, column.name, *_MISSING_COLUMN)
    return columns


def _lacks_columns(kind: Kind, columns: Mapping[int, Column]) -> bool:
    return any(column.required and column not in columns.values() for column in COLUMNS[kind])


def _rows(
    kind: Kind, sheet: RawSheet, columns: Mapping[int, Column], findings: Findings
) -> Iterator[tuple[Row, bool]]:
    """Read each row and say whether all of it could be read; every cell that could not is noted."""
    name = shown(sheet.name)
    defaults = {column.english: column.default for column in COLUMNS[kind] if column.default is not None}
    faulty_cells = {(fault.row, fault.place) for fault in sheet.faults}
    for raw in sheet.rows[1:]:
        values = dict(defaults)
        is_whole = True
        for column, reason, remedy in _read_cells(raw, columns, values, faulty_cells):
            findings.wrong(kind, name, raw.number, column, reason, remedy)
            is_whole = False
        yield Row(kind, name, raw.number, values), is_whole


def _read_cells(
    raw: RawRow,
    columns: Mapping[int, Column],
    values: dict[str, Value],
    faulty_cells: set[tuple[int, int | str]],
) -> Iterator[tuple[str, Text, Text]]:
    for place in raw.cells:
        if place not in columns:
            yield ("", *_NO_HEADER_ABOVE)
    for place, column in columns.items():
        cell = raw.cells.get(place)
        if cell is None:
            if column.required and (raw.number, place) not in faulty_cells:
                yield (column.name, *_EMPTY)
            continue
        try:
            values[column.english] = column.read(cell)
        except CellWrong as error:
            yield column.name, error.reason, error.remedy


def _called(place: int | str, columns: Mapping[int, Column]) -> str:
    if isinstance(place, str):
        return place
    return columns[place].name if place in columns else str(place + 1)


def _allowed(kind: Kind) -> Text:
    names = ", ".join(column.name for column in COLUMNS[kind])
    return Text(
        f"Slet kolonnen, eller kald den en af: {names}.",
        f"Delete the column, or call it one of: {names}.",
    )


_UNKNOWN_COLUMN: Final = Text("Kolonnen kendes ikke.", "The column is unknown.")
_DOUBLE_COLUMN: Final = (
    Text("Kolonnen findes to gange.", "The column is there twice."),
    Text("Slet den ene.", "Delete one of them."),
)
_MISSING_COLUMN: Final = (
    Text("Kolonnen mangler.", "The column is missing."),
    Text("Tilføj kolonnen, og udfyld den i hver række.", "Add the column and fill it in for each row."),
)
_NO_HEADERS: Final = (
    Text("Arket har ingen overskrifter.", "The sheet has no headers."),
    Text("Skriv kolonnernes navne i første række.", "Write the names of the columns in the first row."),
)
_NO_HEADER_ABOVE: Final = (
    Text("Der står noget i en kolonne uden overskrift.", "There is something in a column without a header."),
    Text("Slet det, eller giv kolonnen en overskrift.", "Delete it, or give the column a header."),
)
_EMPTY: Final = (
    Text("Cellen er tom.", "The cell is empty."),
    Text("Udfyld den; den skal altid være der.", "Fill it in; it must always be there."),
)
_UNKNOWN_SHEET: Final = (
    Text("Arkets navn kendes ikke.", "The sheet's name is unknown."),
    Text(
        f"Slet arket, eller kald det en af: {ALL_SHEETS}.",
        f"Delete the sheet, or call it one of: {ALL_SHEETS}.",
    ),
)
_TWICE: Final = (
    Text("Der er to ark af samme slags.", "There are two sheets of the same kind."),
    Text("Saml rækkerne i det ene.", "Put the rows together in one of them."),
)
