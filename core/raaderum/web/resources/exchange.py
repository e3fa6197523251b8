"""Spreadsheets: taken in, tried out first, and handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Response

from raaderum.exchange.exports import FileFormat, SpreadsheetFile, chosen_columns, hand_out, template
from raaderum.exchange.imports import take_in_within
from raaderum.exchange.rules import Kind
from raaderum.kernel.text import Text
from raaderum.people.roles import Act
from raaderum.web.errors import Fault, FieldsInvalid
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.exchange import ExportQuery, ImportAnswer
from raaderum.web.uploads import FORM_CONTENT, ORIGINAL, attachment, uploaded_file

if TYPE_CHECKING:
    from raaderum.exchange.report import ImportReport, RowError

resource = Resource("exchange", __name__, description="Spreadsheets taken in and handed out.")
_SPREADSHEET: Final = {**ORIGINAL, "description": "The spreadsheet, as an attachment."}


class RowsInvalid(FieldsInvalid):
    """A file with rows that are wrong: nothing of it was saved; `errors` lists each of them."""

    code = "rows_invalid"
    text = Text(
        "Intet er gemt: der er {count} fejl i filen. Ret dem, og send filen igen.",
        "Nothing was saved: there are {count} errors in the file. Correct them and send the file again.",
    )


@resource.writes("/imports", act=Act.IMPORT_DATA, answer=ImportAnswer(), status=201, content=FORM_CONTENT)
def import_file(call: WriteCall) -> dict[str, Any]:
    """Take a spreadsheet in.

    An XLSX workbook with a sheet for each kind, or a CSV file of one kind: borgere, forloeb, maal,
    plan, vurderinger, koeb. All of it is saved, or nothing where any row is wrong: the problem's
    `errors` then say which. Rows that are there already are passed over. At most 10 MB.
    """
    report = _taken_in(call, dry_run=False)
    if report.errors:
        raise RowsInvalid([_fault(error) for error in report.errors])
    return _shaped(report)


@resource.writes("/imports/dry-run", act=Act.IMPORT_DATA, answer=ImportAnswer(), content=FORM_CONTENT)
def try_import(call: WriteCall) -> dict[str, Any]:
    """Try a spreadsheet out.

    Does exactly what taking it in does, tells every row that is wrong, and saves nothing.
    """
    return _shaped(_taken_in(call, dry_run=True))


@resource.reads("/imports/template", act=Act.IMPORT_DATA, answer=None, file=_SPREADSHEET)
def download_template(_call: Call) -> Response:
    """Download a workbook to start from.

    With one sheet for each kind, its headers and one example row.
    """
    return _as_attachment(template(None, FileFormat.XLSX))


@resource.reads(
    "/exports",
    act=Act.EXPORT_DATA,
    query=ExportQuery(),
    answer=None,
    file=_SPREADSHEET,
    recorded=True,
)
def export_table(call: Call, query: dict[str, Any]) -> Response:
    """Download a table.

    As things stand now; the file can be taken in again. It is written down who got which columns.
    """
    kind: Kind = query["kind"]
    names = [name for name in query["columns"].split(",") if name.strip()]
    columns = chosen_columns(kind, names)
    return _as_attachment(hand_out(call.session, {kind: columns}, query["format"], by=call.by))


def _taken_in(call: WriteCall, *, dry_run: bool) -> ImportReport:
    content, file_name = uploaded_file()
    return take_in_within(call.session, None, content, file_name=file_name, dry_run=dry_run, by=call.by)


def _shaped(report: ImportReport) -> dict[str, Any]:
    errors = [
        {
            "sheet": error.sheet,
            "row": error.row,
            "column": error.column,
            "reason": error.reason.danish,
            "reason_en": error.reason.english,
            "remedy": error.remedy.danish,
            "remedy_en": error.remedy.english,
        }
        for error in report.errors
    ]
    return {
        "format": report.format,
        "dry_run": report.dry_run,
        "saved": report.saved,
        "counts": report.counts,
        "errors": errors,
        "errors_left_out": report.errors_left_out,
    }


def _fault(error: RowError) -> Fault:
    place = ":".join(part for part in (error.sheet, str(error.row), error.column) if part)
    return Fault(
        place,
        Text(
            f"{error.reason.danish} {error.remedy.danish}", f"{error.reason.english} {error.remedy.english}"
        ),
    )


def _as_attachment(file: SpreadsheetFile) -> Response:
    return attachment(file.content, file_name=file.name)
