"""Receipts of one case, sent from the phone, and what is missing or waits in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request
from sqlalchemy import select

from raaderum.enrolments.tables import Enrolment
from raaderum.people.service import names_of_citizens
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render
from raaderum.receipts import deciding, sending, stating
from raaderum.receipts.reading import missing_receipts, receipts_of
from raaderum.receipts.rules import (
    ACCEPTED_AS,
    ACTIVITY_ANSWER_NAMES,
    OPEN,
    PAID_BY_NAMES,
    PROOF_NAMES,
    WAITING,
    ActivityAnswer,
)
from raaderum.receipts.seen_before import SEEN_BEFORE_NAMES
from raaderum.receipts.wording import DECLARATION, declaration_digest
from raaderum.web.uploads import attachment

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.audit.actor import Actor
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

LARGEST_UPLOAD: Final = 15_000_000
"""Bytes of one form: above what one file may have, so that a file a little too large is told so in words."""
_FILES: Final = ("photo", "file")
"""The camera and the file chooser are two fields; whichever holds something counts."""


def show_receipts(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show every payment with its proof, what is missing first, and how to send it."""
    return render(
        "receipts.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        found=receipts_of(session, enrolment_id, by=visit.actor),
        proofs=PROOF_NAMES,
        ways=PAID_BY_NAMES,
        answers=ACTIVITY_ANSWER_NAMES,
        seen_before=SEEN_BEFORE_NAMES,
        declaration=DECLARATION,
        digest=declaration_digest(),
        open_states=OPEN,
        waiting_states=WAITING,
        acceptable=ACCEPTED_AS,
    )


def show_missing_receipts(visit: Visit, session: Session) -> str:
    """Show what is overdue or waits to be looked at, in all cases of the visitor."""
    found = missing_receipts(session, by=visit.actor)
    return render(
        "missing_receipts.html",
        visit,
        found=found,
        names=_names(session, {one.enrolment_id for one in found}),
        proofs=PROOF_NAMES,
        ways=PAID_BY_NAMES,
    )


def record_opening(session: Session, *, enrolment_id: UUID, receipt_id: UUID, by: Actor) -> None:
    """Record that somebody fetches a receipt."""
    del enrolment_id
    sending.open_receipt(session, receipt_id, by=by)


def download_receipt(visit: Visit, session: Session, enrolment_id: UUID, receipt_id: UUID) -> Response:
    """Send a receipt, to be saved and never opened as a page."""
    del enrolment_id
    row = sending.find_receipt(session, receipt_id, by=visit.actor)
    return attachment(sending.content_of(session, row), file_name=sending.name_of(session, row))


def send_receipt(visit: Visit, _typed: Typed, enrolment_id: UUID, receipt_due_id: UUID) -> Response:
    """Keep the receipt of one payment."""
    content, file_name = _sent_file()
    with unit_of_work() as session:
        sending.send_receipt_for(
            session, receipt_due_id, content=content, file_name=file_name, by=visit.actor
        )
    return visit.go_to("show_receipts", enrolment_id=enrolment_id)


def send_loose_receipt(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Keep a receipt of which it is not said what it is for."""
    content, file_name = _sent_file()
    amount = typed.amount("amount") if typed.has("amount") else None
    bought_on = typed.day("bought_on")
    with unit_of_work() as session:
        sending.send_receipt(
            session,
            enrolment_id,
            content=content,
            file_name=file_name,
            amount=amount,
            bought_on=bought_on,
            by=visit.actor,
        )
    return visit.go_to("show_receipts", enrolment_id=enrolment_id)


def tie_receipt(visit: Visit, typed: Typed, enrolment_id: UUID, receipt_id: UUID) -> Response:
    """Say which payments a receipt is for."""
    due_ids = typed.ids("receipt_due_id")
    with unit_of_work() as session:
        sending.tie_receipt(session, receipt_id, due_ids=due_ids, by=visit.actor)
    return visit.go_to("show_receipts", enrolment_id=enrolment_id)


def declare_receipt_lost(visit: Visit, typed: Typed, enrolment_id: UUID, receipt_due_id: UUID) -> Response:
    """Declare on one's honour that a receipt is lost."""
    words, digest = typed.text("words"), typed.text("digest")
    with unit_of_work() as session:
        stating.declare_lost(session, receipt_due_id, words=words, digest=digest, by=visit.actor)
    return visit.go_to("show_receipts", enrolment_id=enrolment_id)


def confirm_activity(visit: Visit, typed: Typed, enrolment_id: UUID, receipt_due_id: UUID) -> Response:
    """Tell whether an outing took place."""
    answer, words = typed.choice("answer", ActivityAnswer), typed.text("words")
    with unit_of_work() as session:
        stating.confirm_activity(session, receipt_due_id, answer=answer, words=words, by=visit.actor)
    return visit.go_to("show_receipts", enrolment_id=enrolment_id)


def accept_receipt(visit: Visit, _typed: Typed, enrolment_id: UUID, receipt_due_id: UUID) -> Response:
    """Accept what came in."""
    with unit_of_work() as session:
        deciding.accept_receipt(session, receipt_due_id, by=visit.actor)
    return visit.go_to("show_receipts", enrolment_id=enrolment_id)


def turn_down_receipt(visit: Visit, typed: Typed, enrolment_id: UUID, receipt_due_id: UUID) -> Response:
    """Turn down what came in, and say what to do."""
    because = typed.text("because")
    with unit_of_work() as session:
        deciding.turn_down_receipt(session, receipt_due_id, because=because, by=visit.actor)
    return visit.go_to("show_receipts", enrolment_id=enrolment_id)


def waive_receipt(visit: Visit, typed: Typed, enrolment_id: UUID, receipt_due_id: UUID) -> Response:
    """Let a payment go without a receipt."""
    because = typed.text("because")
    with unit_of_work() as session:
        deciding.waive_receipt(session, receipt_due_id, because=because, by=visit.actor)
    return visit.go_to("show_receipts", enrolment_id=enrolment_id)


def _sent_file() -> tuple[bytes, str]:
    """Return the content and the name of the file that was chosen or just taken; empty where none was."""
    for name in _FILES:
        file = request.files.get(name)
        if file is not None and file.filename:
            return file.read(), file.filename.replace("\x00", "")
    return b"", ""


def _names(session: Session, enrolment_ids: Collection[UUID]) -> dict[UUID, str]:
    rows = session.execute(
        select(Enrolment.id, Enrolment.citizen_id).where(Enrolment.id.in_(enrolment_ids))
    ).all()
    names = names_of_citizens(session, {citizen_id for _, citizen_id in rows})
    return {enrolment_id: names[citizen_id] for enrolment_id, citizen_id in rows}
