"""The bank's lines: files taken in, and the work queue of what matched nothing by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final, cast

from flask import request
from sqlalchemy import select

from raaderum.kernel.identifiers import find_short_codes
from raaderum.payouts.rules import PAYOUT_STATE_NAMES
from raaderum.payouts.tables import Payout
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.addresses import asked_id
from raaderum.portal.inbox_page import FilesMissing
from raaderum.portal.invoice_page import CodeUnknown
from raaderum.portal.purchase_page import ReasonMissing
from raaderum.portal.rendering import render
from raaderum.reconciliation import deciding, reading
from raaderum.reconciliation.matching import match_lines
from raaderum.reconciliation.rules import (
    BECAUSE_TEXTS,
    LINE_OUTCOME_NAMES,
    OPEN_LINES,
    LineOutcome,
)
from raaderum.reconciliation.taking_in import TAKEN_IN_STATE, take_in_statement

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

LARGEST_UPLOAD: Final = 260_000_000
"""Bytes of one file with its form."""
_MOST_MATCHED_AT_ONCE: Final = 2_000
"""Lines of a larger file are left to the worker: nobody waits for an answer that long."""
_ROWS_A_PAGE: Final = 50


def show_bank(visit: Visit, session: Session) -> str:
    """Show what waits for a person, and the files that came in."""
    before, files_before = asked_id("foer"), asked_id("filer-foer")
    lines = reading.work_queue(session, before, most=_ROWS_A_PAGE + 1, by=visit.actor)
    files = reading.files_before(session, files_before, most=_ROWS_A_PAGE + 1, by=visit.actor)
    shown_lines, shown_files = lines[:_ROWS_A_PAGE], files[:_ROWS_A_PAGE]
    return render(
        "bank.html",
        visit,
        lines=shown_lines,
        files=shown_files,
        statements=reading.statements_of(session, [file.id for file in shown_files]),
        counts=reading.line_counts(session),
        gaps=reading.gaps(session),
        outcomes=LINE_OUTCOME_NAMES,
        becauses=BECAUSE_TEXTS,
        next_before=shown_lines[-1].row.id if len(lines) > len(shown_lines) else None,
        next_files=shown_files[-1].id if len(files) > len(shown_files) else None,
    )


def show_bank_line(visit: Visit, session: Session, bank_line_id: UUID) -> str:
    """Show one line of the bank, and what can be done with it."""
    line = reading.get_line(session, bank_line_id, by=visit.actor)
    outcome = LineOutcome(line.row.outcome)
    is_open = outcome in OPEN_LINES
    return render(
        "bank_line.html",
        visit,
        line=line,
        outcome=outcome,
        outcomes=LINE_OUTCOME_NAMES,
        becauses=BECAUSE_TEXTS,
        states=PAYOUT_STATE_NAMES,
        is_open=is_open,
        candidates=reading.candidates_for(session, line.row) if is_open else (),
    )


def take_in_bank_file(visit: Visit, _typed: Typed) -> Response:
    """Take a file of the bank in, and match its lines at once unless there are very many."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise FilesMissing(where="file")
    with unit_of_work() as session:
        content, name = cast("BinaryIO", file.stream), file.filename.replace("\0", "")
        taken = take_in_statement(session, content, file_name=name, by=visit.actor)
        file_id, state, count = taken.id, taken.state, taken.line_count
    if state == TAKEN_IN_STATE and count <= _MOST_MATCHED_AT_ONCE:
        match_lines(file_id)
    return visit.go_to("show_bank")


def match_bank_line(visit: Visit, typed: Typed, bank_line_id: UUID) -> Response:
    """Say which payment a line is: one of those shown, or the one whose code was typed."""
    with unit_of_work() as session:
        payout_id = _chosen_payout(session, typed)
        note = typed.text("note") if typed.has("note") else ""
        deciding.match_line(session, bank_line_id, payout_id=payout_id, note=note, by=visit.actor)
    return visit.go_to("show_bank_line", bank_line_id=bank_line_id)


def confirm_bank_line(visit: Visit, _typed: Typed, bank_line_id: UUID) -> Response:
    """Confirm what a colleague said a line is."""
    with unit_of_work() as session:
        deciding.confirm_line(session, bank_line_id, by=visit.actor)
    return visit.go_to("show_bank_line", bank_line_id=bank_line_id)


def dismiss_bank_line(visit: Visit, typed: Typed, bank_line_id: UUID) -> Response:
    """Say that a line has nothing to do with the programme."""
    if not typed.has("because"):
        raise ReasonMissing(where="because")
    with unit_of_work() as session:
        deciding.dismiss_line(session, bank_line_id, because=typed.text("because"), by=visit.actor)
    return visit.go_to("show_bank")


def _chosen_payout(session: Session, typed: Typed) -> UUID:
    if typed.has("payout_id"):
        return typed.id("payout_id")
    given = typed.text("code")
    codes = find_short_codes(given)
    found = session.scalar(select(Payout.id).where(Payout.code == codes[0])) if codes else None
    if found is None:
        raise CodeUnknown(where="code", given=given[:40])
    return found
