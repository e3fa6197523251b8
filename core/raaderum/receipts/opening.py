"""The due of one payment: opened by the rules that its enrolment is pinned to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.cards.tables import CardPayment
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.programmes.installed import rules_of
from raaderum.receipts.rules import PaidBy, Proof, is_needed
from raaderum.receipts.tables import ReceiptDue
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.programmes.rules import ProgrammeVersion


@dataclass(frozen=True, slots=True)
class PaidForSomething:
    """A payment as far as its receipt is concerned. `activity_on` is set for pocket money."""

    enrolment_id: UUID
    paid_by: PaidBy
    payout_id: UUID | None
    card_payment_id: UUID | None
    amount: Oere
    paid_on: date
    what: str
    activity_on: date | None = None


def open_due(session: Session, payment: PaidForSomething) -> ReceiptDue:
    """Open the due of one payment, by the rules that its enrolment is pinned to."""
    enrolment = session.get_one(Enrolment, (current_tenant_id(), payment.enrolment_id))
    rules = rules_of(enrolment.programme, enrolment.rules_from)
    earlier = earlier_in_month(session, payment.enrolment_id, paid_on=payment.paid_on)
    needed = payment.activity_on is not None or is_needed(
        rules.receipt_rules, payment.amount, earlier_in_month=earlier
    )
    row = ReceiptDue(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=payment.enrolment_id,
        payout_id=payment.payout_id,
        card_payment_id=payment.card_payment_id,
        paid_by=payment.paid_by,
        is_activity=payment.activity_on is not None,
        amount=payment.amount,
        paid_on=payment.paid_on,
        due_on=_due_on(rules, payment),
        state=Proof.DUE if needed else Proof.NOT_NEEDED,
    )
    seal_field(session, row, "what", payment.what)
    insert(session, row)
    record_judged(session, row)
    return row


def paid_by_card(payment: CardPayment) -> PaidForSomething:
    """Return a payment with a card as far as its receipt is concerned."""
    return PaidForSomething(
        enrolment_id=payment.enrolment_id,
        paid_by=PaidBy.CARD,
        payout_id=None,
        card_payment_id=payment.id,
        amount=Oere(payment.captured - payment.refunded),
        paid_on=clock.day_of(payment.first_at),
        what=payment.merchant_name,
    )


def earlier_in_month(
    session: Session, enrolment_id: UUID, *, paid_on: date, besides: UUID | None = None
) -> Oere:
    """Return the øre paid in the calendar month until a day, without the due `besides`."""
    total = select(func.coalesce(func.sum(ReceiptDue.amount), 0)).where(
        ReceiptDue.enrolment_id == enrolment_id,
        ReceiptDue.paid_on >= paid_on.replace(day=1),
        ReceiptDue.paid_on <= paid_on,
    )
    if besides is not None:
        total = total.where(ReceiptDue.id != besides)
    return Oere(int(session.scalar(total) or 0))


def record_judged(session: Session, row: ReceiptDue) -> None:
    """Record that a receipt is asked for, or that none is needed."""
    needed = row.state != Proof.NOT_NEEDED
    record(
        session,
        AuditEvent.RECEIPT_DUE_OPENED if needed else AuditEvent.RECEIPT_NOT_NEEDED,
        by=SYSTEM,
        subject_type="receipt_due",
        subject_id=row.id,
        enrolment_id=row.enrolment_id,
        amount=row.amount,
        paid_by=row.paid_by,
        due_on=str(row.due_on),
    )


def _due_on(rules: ProgrammeVersion, payment: PaidForSomething) -> date:
    """A receipt has the programme's days from the payment; an outing is told of once it was to be held."""
    if payment.activity_on is None:
        return payment.paid_on + timedelta(days=rules.receipt_days)
    pocket_money = rules.small_transfers.pocket_money if rules.small_transfers else None
    days = pocket_money.follow_up_days if pocket_money else rules.receipt_days
    return max(payment.activity_on, payment.paid_on) + timedelta(days=days)
