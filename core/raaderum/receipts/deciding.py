"""Looking at what came in: accepted, turned down with a reason, or waived."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.text import Text
from raaderum.notices.service import tell_citizen, tell_staff
from raaderum.people.roles import Act, require
from raaderum.persistence.sealed_fields import seal_field
from raaderum.programmes.installed import rules_of
from raaderum.receipts import wording
from raaderum.receipts.locks import open_again
from raaderum.receipts.rules import (
    ACCEPTED_AS,
    OPEN,
    WAITING,
    OwnReceipt,
    PaidBy,
    Proof,
    check_proof,
    check_words,
)
from raaderum.receipts.tables import Receipt, ReceiptDue, ReceiptLink, ReceiptStatement
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment

_WHY_NOT: Final = Text(
    "hvorfor den ikke kan bruges, og hvad borgeren kan gøre",
    "why it cannot be used, and what the citizen can do",
)
_WHY_WAIVED: Final = Text("hvorfor kvitteringen eftergives", "why the receipt is waived")


def accept_receipt(session: Session, due_id: UUID, *, by: Actor) -> ReceiptDue:
    """Accept what came in for a payment: a receipt, or the declaration that it is lost.

    Raises `OwnReceipt` for whoever sent or declared it.
    """
    require(by, Act.DECIDE_RECEIPT)
    row, _ = locked_due(session, due_id, by)
    check_proof(row.state, *ACCEPTED_AS)
    if by.person_id in _senders(session, row.id):
        raise OwnReceipt(where="receipt_due")
    row.state = ACCEPTED_AS[Proof(row.state)]
    _settle(row, by)
    _record(session, AuditEvent.RECEIPT_ACCEPTED, row, by, state=row.state)
    return row


def turn_down_receipt(session: Session, due_id: UUID, *, because: str, by: Actor) -> ReceiptDue:
    """Turn down what came in, and say what to do; there are new days before anything follows."""
    require(by, Act.DECIDE_RECEIPT)
    row, enrolment = locked_due(session, due_id, by)
    check_proof(row.state, *WAITING)
    rules = rules_of(enrolment.programme, enrolment.rules_from).receipt_rules
    seal_field(session, row, "words", check_words(because, what=_WHY_NOT, where="because"))
    row.state = Proof.REJECTED
    row.due_on = max(row.due_on, clock.today() + timedelta(days=rules.days_after_rejection))
    row.reminded_at = row.warned_at = None
    _settle(row, by)
    session.execute(
        update(ReceiptLink)
        .where(ReceiptLink.receipt_due_id == row.id, ReceiptLink.turned_down_at.is_(None))
        .values(turned_down_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    _tell(session, row, enrolment)
    _record(session, AuditEvent.RECEIPT_REJECTED, row, by, due_on=str(row.due_on))
    return row


def waive_receipt(session: Session, due_id: UUID, *, because: str, by: Actor) -> ReceiptDue:
    """Let a payment go without a receipt, for a reason; what it had closed opens at once."""
    require(by, Act.WAIVE_RECEIPT)
    row, _ = locked_due(session, due_id, by)
    check_proof(row.state, *OPEN, *WAITING)
    seal_field(session, row, "words", check_words(because, what=_WHY_WAIVED, where="because"))
    row.state = Proof.WAIVED
    _settle(row, by)
    _record(session, AuditEvent.RECEIPT_WAIVED, row, by)
    open_again(session, row, by=by)
    return row


def locked_due(session: Session, due_id: UUID, by: Actor) -> tuple[ReceiptDue, Enrolment]:
    """Return a due within reach of `by`, its case locked until the act is done; raise `NotFound`."""
    row = session.get(ReceiptDue, (current_tenant_id(), due_id))
    if row is None:
        raise NotFound(where="receipt_due")
    get_enrolment(session, row.enrolment_id, by=by, named="receipt_due")
    enrolment = locked_enrolment(session, row.enrolment_id, by=by, named="receipt_due")
    session.refresh(row)
    return row, enrolment


def _senders(session: Session, due_id: UUID) -> set[UUID]:
    """Return who sent or stated what stands for a payment now."""
    sent = (
        select(Receipt.sent_by)
        .join(ReceiptLink, ReceiptLink.receipt_id == Receipt.id)
        .where(ReceiptLink.receipt_due_id == due_id, ReceiptLink.turned_down_at.is_(None))
    )
    stated = select(ReceiptStatement.stated_by).where(ReceiptStatement.receipt_due_id == due_id)
    return {*session.scalars(sent), *session.scalars(stated)}


def _settle(row: ReceiptDue, by: Actor) -> None:
    row.settled_by, row.settled_at = person_of(by), clock.now()


def _tell(session: Session, row: ReceiptDue, enrolment: Enrolment) -> None:
    what = wording.what_will_happen(PaidBy(row.paid_by), due_on=row.due_on, closing=None)
    words, key = wording.turned_down(what), f"receipt:{row.id}:{row.settled_at}:turned-down"
    tell_citizen(session, enrolment.citizen_id, words, key=key, enrolment_id=enrolment.id)
    tell_staff(session, [enrolment.support_person_id], words, key=key, enrolment_id=enrolment.id)


def _record(
    session: Session, event: AuditEvent, row: ReceiptDue, by: Actor, **detail: str | int | None
) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="receipt_due",
        subject_id=row.id,
        enrolment_id=row.enrolment_id,
        **detail,
    )
