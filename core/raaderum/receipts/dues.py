"""Opening a due for every payment that may need a receipt, and keeping it true to the payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import exists, func, select

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.cards.tables import CardPayment
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.programmes.installed import rules_of
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import description_of
from raaderum.receipts.rules import OPEN, PaidBy, Proof, is_needed
from raaderum.receipts.tables import ReceiptDue
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from raaderum.programmes.rules import ProgrammeVersion

_AT_ONCE: Final = 500
_TRANSFER: Final = "transfer"


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


def open_receipt_dues() -> int:
    """Open a due for every payment that has none yet, for the current tenant; return how many.

    An e-invoice is its own receipt and gets none. A card payment that came back whole needs none any more.
    """
    opened = 0
    while True:
        with unit_of_work() as session:
            found = [*_paid_transfers(session), *_card_payments(session)]
            for payment in found:
                open_due(session, payment)
            if not found:
                _follow_refunds(session)
                return opened
            opened += len(found)


def open_due(session: Session, payment: PaidForSomething) -> ReceiptDue:
    """Open the due of one payment, by the rules that its enrolment is pinned to."""
    enrolment = session.get_one(Enrolment, (current_tenant_id(), payment.enrolment_id))
    rules = rules_of(enrolment.programme, enrolment.rules_from)
    needed = payment.activity_on is not None or is_needed(
        rules.receipt_rules, payment.amount, earlier_in_month=_earlier_in_month(session, payment)
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
    event = AuditEvent.RECEIPT_DUE_OPENED if needed else AuditEvent.RECEIPT_NOT_NEEDED
    _record(session, event, row)
    return row


def _due_on(rules: ProgrammeVersion, payment: PaidForSomething) -> date:
    """A receipt has the programme's days from the payment; an outing is told of once it was to be held."""
    if payment.activity_on is None:
        return payment.paid_on + timedelta(days=rules.receipt_days)
    pocket_money = rules.small_transfers.pocket_money if rules.small_transfers else None
    days = pocket_money.follow_up_days if pocket_money else rules.receipt_days
    return max(payment.activity_on, payment.paid_on) + timedelta(days=days)


def _earlier_in_month(session: Session, payment: PaidForSomething) -> Oere:
    first = payment.paid_on.replace(day=1)
    total = session.scalar(
        select(func.coalesce(func.sum(ReceiptDue.amount), 0)).where(
            ReceiptDue.enrolment_id == payment.enrolment_id,
            ReceiptDue.paid_on >= first,
            ReceiptDue.paid_on <= payment.paid_on,
        )
    )
    return Oere(int(total or 0))


def _paid_transfers(session: Session) -> Iterator[PaidForSomething]:
    without = (
        select(Payout, Purchase)
        .join(Purchase, Purchase.id == Payout.purchase_id)
        .where(
            Payout.state == PayoutState.PAID,
            Purchase.method == _TRANSFER,
            ~exists().where(ReceiptDue.payout_id == Payout.id),
        )
        .order_by(Payout.paid_at, Payout.id)
        .limit(_AT_ONCE)
    )
    for payout, purchase in session.execute(without):
        yield PaidForSomething(
            enrolment_id=payout.enrolment_id,
            paid_by=PaidBy.TRANSFER,
            payout_id=payout.id,
            card_payment_id=None,
            amount=Oere(payout.amount),
            paid_on=clock.day_of(payout.paid_at or payout.approved_at),
            what=description_of(session, purchase),
            activity_on=purchase.activity_on if purchase.pocket_money_activity_sealed else None,
        )


def _card_payments(session: Session) -> Iterator[PaidForSomething]:
    without = (
        select(CardPayment)
        .where(
            CardPayment.captured > CardPayment.refunded,
            ~exists().where(ReceiptDue.card_payment_id == CardPayment.id),
        )
        .order_by(CardPayment.first_at, CardPayment.id)
        .limit(_AT_ONCE)
    )
    for payment in session.scalars(without):
        yield PaidForSomething(
            enrolment_id=payment.enrolment_id,
            paid_by=PaidBy.CARD,
            payout_id=None,
            card_payment_id=payment.id,
            amount=Oere(payment.captured - payment.refunded),
            paid_on=clock.day_of(payment.first_at),
            what=payment.merchant_name,
        )


def _follow_refunds(session: Session) -> None:
    """A card payment can be captured in parts, and come back: its due follows while it is open."""
    moved = session.execute(
        select(ReceiptDue, CardPayment.captured - CardPayment.refunded)
        .join(CardPayment, CardPayment.id == ReceiptDue.card_payment_id)
        .where(
            ReceiptDue.state.in_(OPEN),
            ReceiptDue.amount != func.greatest(CardPayment.captured - CardPayment.refunded, 0),
        )
        .with_for_update(of=ReceiptDue)
    )
    for row, amount in moved:
        row.amount = max(int(amount), 0)
        if row.amount == 0 and row.locked_at is None:
            row.state, row.settled_at = Proof.NOT_NEEDED, clock.now()
            _record(session, AuditEvent.RECEIPT_NOT_NEEDED, row)


def _record(session: Session, event: AuditEvent, row: ReceiptDue) -> None:
    record(
        session,
        event,
        by=SYSTEM,
        subject_type="receipt_due",
        subject_id=row.id,
        enrolment_id=row.enrolment_id,
        amount=row.amount,
        paid_by=row.paid_by,
        due_on=str(row.due_on),
    )
