"""Taking spreadsheets in, tried out first, and handing them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response as FileResponse
from flask import make_response, request

from raaderum.exchange.columns import COLUMNS
from raaderum.exchange.exports import FileFormat, chosen_columns, hand_out, template, usual_columns
from raaderum.exchange.imports import take_in
from raaderum.exchange.rules import KIND_NAMES, SHEET_NAMES, Kind
from raaderum.kernel.errors import NotFound
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.portal.inbox_page import FilesMissing
from raaderum.portal.rendering import render
from raaderum.portal.visits import visit_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.exchange.exports import SpreadsheetFile
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

LARGEST_UPLOAD: Final = 11_000_000
"""Bytes: the largest file, and the form around it."""
_FAULTY: Final = 422


def show_import_form(visit: Visit, _session: Session) -> str:
    """Show where a file is taken in, and the templates."""
    return render("import.html", visit, report=None, **_names())


def import_spreadsheet(visit: Visit, typed: Typed) -> Response:
    """Take a file in, or try it out, and show what came of it."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise FilesMissing(where="file")
    report = take_in(
        typed.choice("kind", Kind) if typed.has("kind") else None,
        file.read(),
        file_name=file.filename.replace("\x00", ""),
        dry_run=typed.has("dry_run"),
        by=visit.actor,
    )
    with reading() as session:
        whole_visit = visit_of(session, visit.signed_in, visit.tenant, address=visit.to("show_import_form"))
    response = make_response(render("import.html", whole_visit, report=report, **_names()))
    response.status_code = _FAULTY if report.errors else 200
    return response


def download_template(_visit: Visit, _session: Session) -> Response:
    """Hand out a file to start from: one kind as CSV where `?ark=` says which, else a workbook with all."""
    name = request.args.get("ark")
    if name is None:
        return _as_attachment(template(None, FileFormat.XLSX))
    kind = next((kind for kind, sheet in SHEET_NAMES.items() if sheet == name), None)
    if kind is None:
        raise NotFound(where="kind")
    return _as_attachment(template(kind, FileFormat.CSV))


def show_export_form(visit: Visit, _session: Session) -> str:
    """Show the tables, each with its columns to choose from."""
    usual = {kind: {column.name for column in usual_columns(kind)} for kind in Kind}
    return render("export.html", visit, columns=COLUMNS, usual=usual, **_names())


def export_spreadsheet(visit: Visit, typed: Typed) -> Response:
    """Hand out a table with the chosen columns."""
    kind, file_format = typed.choice("kind", Kind), typed.choice("format", FileFormat)
    columns = chosen_columns(kind, request.form.getlist("columns"))
    with unit_of_work() as session:
        return _as_attachment(hand_out(session, {kind: columns}, file_format, by=visit.actor))


def _names() -> dict[str, object]:
    return {"kinds": KIND_NAMES, "sheets": SHEET_NAMES}


def _as_attachment(file: SpreadsheetFile) -> Response:
    response = FileResponse(file.content, mimetype=file.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    response.headers["Cache-Control"] = "no-store"
    return response
