"""Handing data out: the same tables that are taken in, with the columns that somebody chose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.exchange.columns import COLUMNS, Column, find_column
from raaderum.exchange.present import PRESENT
from raaderum.exchange.rules import SHEET_NAMES, Kind, shown
from raaderum.exchange.writing import CSV_TYPE, XLSX_TYPE, csv_file, xlsx_file
from raaderum.kernel import clock
from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.people.roles import Act, require

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

PERSONAL_NUMBER: Final = "cpr"
"""Handed out only where it was chosen by name."""


class FileFormat(StrEnum):
    """How a table is written."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class SpreadsheetFile:
    """A file to be saved."""

    name: str
    media_type: str
    content: bytes


class ColumnNotThere(InvalidInput):
    """A column was chosen that the table does not have."""

    code = "column_not_there"
    text = Text(
        "Tabellen har ingen kolonne »{column}«. Vælg blandt: {allowed}.",
        "The table has no column “{column}”. Choose from: {allowed}.",
    )


def usual_columns(kind: Kind) -> tuple[Column, ...]:
    """Return the columns that are handed out where nobody chose: all but the CPR number."""
    return tuple(column for column in COLUMNS[kind] if column.english != PERSONAL_NUMBER)


def chosen_columns(kind: Kind, names: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns called so, in the order of the table; the usual ones where none is named."""
    if not names:
        return usual_columns(kind)
    wanted: set[str] = set()
    for name in names:
        column = find_column(kind, name)
        if column is None:
            allowed = ", ".join(one.name for one in COLUMNS[kind])
            raise ColumnNotThere(where="columns", column=shown(name), allowed=allowed)
        wanted.add(column.name)
    return tuple(column for column in COLUMNS[kind] if column.name in wanted)


def hand_out(
    session: Session, chosen: Mapping[Kind, Sequence[Column]], file_format: FileFormat, *, by: Actor
) -> SpreadsheetFile:
    """Return a file with the tables as they stand now, and record who got which columns of how many rows.

    A CSV file holds the first of the tables only.
    """
    require(by, Act.EXPORT_DATA)
    kinds = list(chosen) if file_format is FileFormat.XLSX else list(chosen)[:1]
    tables = [(kind, chosen[kind], list(PRESENT[kind](session, None).values())) for kind in kinds]
    for kind, columns, rows in tables:
        record(
            session,
            AuditEvent.DATA_EXPORTED,
            by=by,
            subject_type="export",
            subject_id=new_id(),
            kind=kind,
            format=file_format,
            rows=len(rows),
            columns=" ".join(column.english for column in columns),
        )
    name = SHEET_NAMES[kinds[0]] if len(kinds) == 1 else "raaderum"
    if file_format is FileFormat.CSV:
        _, columns, rows = tables[0]
        return SpreadsheetFile(f"{name}-{clock.today()}.csv", CSV_TYPE, csv_file(columns, rows))
    return SpreadsheetFile(f"{name}-{clock.today()}.xlsx", XLSX_TYPE, xlsx_file(tables))


def template(kind: Kind | None, file_format: FileFormat) -> SpreadsheetFile:
    """Return a file to start from: headers and one example row; None is a workbook with all kinds."""
    kinds = list(Kind) if kind is None else [kind]
    rows = {
        one: [{column.english: column.read(column.example) for column in COLUMNS[one] if column.example}]
        for one in kinds
    }
    name = "raaderum" if kind is None else SHEET_NAMES[kind]
    if file_format is FileFormat.CSV and kind is not None:
        return SpreadsheetFile(f"{name}.csv", CSV_TYPE, csv_file(COLUMNS[kind], rows[kind]))
    sheets = [(one, COLUMNS[one], rows[one]) for one in kinds]
    return SpreadsheetFile(f"{name}.xlsx", XLSX_TYPE, xlsx_file(sheets))
