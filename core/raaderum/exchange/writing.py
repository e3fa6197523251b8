"""Writing tables to files: CSV that a Danish spreadsheet opens with a double click, and XLSX.

No text in either is ever run: in CSV it gets an apostrophe in front where it could be, in XLSX its
cell is a text.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from raaderum.exchange.rules import SHEET_NAMES
from raaderum.exchange.safe_cells import guarded
from raaderum.exchange.values import canonical
from raaderum.people.cpr import Cpr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from raaderum.exchange.columns import Column
    from raaderum.exchange.rules import Kind
    from raaderum.exchange.values import Value

    Rows = Iterable[Mapping[str, Value]]

CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BYTE_ORDER_MARK: Final = "\ufeff"
_LONGEST_CELL: Final = 32_767
"""Characters. Of a longer one Excel would show nothing at all."""
_WIDTH: Final = 18


def csv_file(columns: Sequence[Column], rows: Rows) -> bytes:
    """Return a CSV file: UTF-8 with its mark, semicolons, Danish amounts."""
    text = io.StringIO(newline="")
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([_as_written(column, row.get(column.english)) for column in columns] for row in rows)
    return text.getvalue().encode()


def xlsx_file(sheets: Iterable[tuple[Kind, Sequence[Column], Rows]]) -> bytes:
    """Return an XLSX file with one sheet for each kind; rows go to disk as they are written."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        bold, day, amount = (
            book.add_format(how)
            for how in ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "#,##0.00"})
        )
        for kind, columns, rows in sheets:
            sheet = book.add_worksheet(SHEET_NAMES[kind])
            sheet.set_column(0, len(columns) - 1, _WIDTH)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column.name, bold)
            for number, row in enumerate(rows, start=1):
                for place, column in enumerate(columns):
                    _write(sheet, number, place, column, row.get(column.english), day=day, amount=amount)
    return file.getvalue()


def _as_written(column: Column, value: Value | None) -> str:
    if value is None:
        return ""
    if column.is_amount and isinstance(value, int):
        return f"{value // 100},{value % 100:02d}"
    if isinstance(value, int | date):
        return canonical(value)
    return guarded(_text(value))


def _write(  # the library's own objects have no types
    sheet: Any,  # noqa: ANN401 - the library has no types
    number: int,
    place: int,
    column: Column,
    value: Value | None,
    *,
    day: object,
    amount: object,
) -> None:
    if value is None:
        return
    if column.is_amount and isinstance(value, int):
        sheet.write_number(number, place, Decimal(value).scaleb(-2), amount)
    elif isinstance(value, int):
        sheet.write_number(number, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(number, place, value, day)
    else:
        sheet.write_string(number, place, _text(value)[:_LONGEST_CELL])


def _text(value: Value) -> str:
    return f"{value.digits[:6]}-{value.digits[6:]}" if isinstance(value, Cpr) else canonical(value)
