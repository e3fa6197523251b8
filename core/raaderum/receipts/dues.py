"""Opening a due for every payment that may need a receipt, and keeping them all true to their payments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import exists, select, text

from raaderum.cards.tables import CardPayment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout
from raaderum.persistence.batches import together_or_apart
from raaderum.persistence.unit_of_work import reading
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import description_of
from raaderum.receipts.following_payments import follow_payment, moved_payments
from raaderum.receipts.opening import PaidForSomething, open_due, paid_by_card
from raaderum.receipts.rules import DuesNotOpened, PaidBy
from raaderum.receipts.tables import ReceiptDue
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

_AT_ONCE: Final = 500
_TRANSFER: Final = "transfer"
_ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(hashtextextended(:dues, 4))")


@dataclass(frozen=True, slots=True)
class PaidThing:
    """A payment whose due is to be opened or brought up to it."""

    paid_by: PaidBy
    id: UUID


def open_receipt_dues() -> int:
    """Open a due for every payment that has none yet, for the current tenant; return how many.

    An e-invoice is its own receipt and gets none. Dues of card payments that have moved are brought up
    to them first. A payment that cannot be read is passed over, and raises `DuesNotOpened` once all
    others are done.
    """
    opened, passed_over = 0, set[UUID]()
    put_off = partial(_pass_over, passed_over)
    with reading() as session:
        moved = [PaidThing(PaidBy.CARD, one) for one in moved_payments(session)]
    together_or_apart(moved, _follow_all, put_off=put_off)
    while found := _without_due(passed_over):
        opened += len(together_or_apart(found, _open_all, put_off=put_off))
    if passed_over:
        raise DuesNotOpened(count=len(passed_over))
    return opened


def _without_due(passed_over: set[UUID]) -> list[PaidThing]:
    transfers = (
        select(Payout.id)
        .join(Purchase, Purchase.id == Payout.purchase_id)
        .where(
            Payout.state == PayoutState.PAID,
            Purchase.method == _TRANSFER,
            Payout.id.not_in(passed_over),
            ~exists().where(ReceiptDue.payout_id == Payout.id),
        )
        .order_by(Payout.paid_at, Payout.id)
        .limit(_AT_ONCE)
    )
    with_card = (
        select(CardPayment.id)
        .where(
            CardPayment.captured > CardPayment.refunded,
            CardPayment.id.not_in(passed_over),
            ~exists().where(ReceiptDue.card_payment_id == CardPayment.id),
        )
        .order_by(CardPayment.first_at, CardPayment.id)
        .limit(_AT_ONCE)
    )
    with reading() as session:
        paid = [PaidThing(PaidBy.TRANSFER, one) for one in session.scalars(transfers)]
        return [*paid, *(PaidThing(PaidBy.CARD, one) for one in session.scalars(with_card))]


def _follow_all(session: Session, moved: Sequence[PaidThing]) -> list[None]:
    for one in moved:
        follow_payment(session, one.id)
    return []


def _open_all(session: Session, found: Sequence[PaidThing]) -> list[UUID]:
    # Of two that open at once, one waits, and then leaves out what the other has opened.
    session.execute(_ONE_AT_A_TIME, {"dues": f"{current_tenant_id()}|receipt dues"})
    wanted = [one.id for one in found]
    opened = {
        id_
        for column in (ReceiptDue.payout_id, ReceiptDue.card_payment_id)
        for id_ in session.scalars(select(column).where(column.in_(wanted)))
    }
    return [open_due(session, _payment(session, one)).id for one in found if one.id not in opened]


def _pass_over(passed_over: set[UUID], _session: Session, one: PaidThing, _because: str) -> None:
    passed_over.add(one.id)


def _payment(session: Session, one: PaidThing) -> PaidForSomething:
    if one.paid_by is PaidBy.CARD:
        return paid_by_card(session.get_one(CardPayment, (current_tenant_id(), one.id)))
    payout = session.get_one(Payout, (current_tenant_id(), one.id))
    purchase = session.get_one(Purchase, (current_tenant_id(), payout.purchase_id))
    return PaidForSomething(
        enrolment_id=payout.enrolment_id,
        paid_by=PaidBy.TRANSFER,
        payout_id=payout.id,
        card_payment_id=None,
        amount=Oere(payout.amount),
        paid_on=clock.day_of(payout.paid_at or payout.approved_at),
        what=description_of(session, purchase),
        activity_on=purchase.activity_on if purchase.pocket_money_activity_sealed else None,
    )
