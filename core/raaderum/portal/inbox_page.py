"""The invoice inbox: what arrived, what became of it, and taking more in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from raaderum.invoices.rules import OUTCOME_NAMES, InvoiceOutcome
from raaderum.invoices.service import inbox, inbox_counts, take_in
from raaderum.kernel.errors import InvalidInput, RaaderumError
from raaderum.kernel.text import Text
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.addresses import asked_id, asked_member
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.datastructures import FileStorage
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

LARGEST_UPLOAD: Final = 60_000_000
"""Bytes of all files of one upload together."""
_ROWS_A_PAGE: Final = 50


class FilesMissing(InvalidInput):
    """The upload form was sent without a file."""

    code = "files_missing"
    text = Text("Vælg mindst én fil.", "Choose at least one file.")


class FileRefused(InvalidInput):
    """One of several files could not be taken in; those before it were."""

    code = "file_refused"
    text = Text(
        "»{file}« kunne ikke tages ind: {reason} {taken} af de andre filer er taget ind.",
        "“{file}” could not be taken in: {reason_english} {taken} of the other files were taken in.",
    )


def show_inbox(visit: Visit, session: Session) -> str:
    """Show a page of the inbox, newest first, with how many files have each outcome."""
    outcome = asked_member("udfald", InvoiceOutcome)
    before = asked_id("foer")
    rows = inbox(session, by=visit.actor, before=before, outcome=outcome, most=_ROWS_A_PAGE + 1)
    shown = rows[:_ROWS_A_PAGE]
    return render(
        "inbox.html",
        visit,
        invoices=shown,
        counts=inbox_counts(session),
        outcomes=OUTCOME_NAMES,
        outcome=outcome,
        next_before=shown[-1].id if len(rows) > len(shown) else None,
    )


def upload_invoices(visit: Visit, _typed: Typed) -> Response:
    """Take files in, each in a transaction of its own; one alone leads to its page."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        raise FilesMissing(where="files")
    for taken, file in enumerate(files):
        try:
            with unit_of_work() as session:
                row = take_in(session, file.read(), file_name=_name_of(file), by=visit.actor)
        except InvalidInput as error:
            raise _refused(file, error, taken) from error
    if len(files) == 1:
        return visit.go_to("show_invoice", invoice_id=row.id)
    return visit.go_to("show_inbox")


def _name_of(file: FileStorage) -> str:
    return (file.filename or "").replace("\x00", "")


def _refused(file: FileStorage, error: RaaderumError, taken: int) -> FileRefused:
    return FileRefused(
        where="files",
        file=_name_of(file),
        reason=error.message.danish,
        reason_english=error.message.english,
        taken=taken,
    )
