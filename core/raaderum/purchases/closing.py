"""Giving up what is open when nobody is left to buy for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel.money import Oere
from raaderum.purchases.parts import left_of
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.service import release_purchase
from raaderum.purchases.tables import Purchase

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


@dataclass(frozen=True, slots=True)
class GivenUp:
    """How many purchases were given up, and how much money that was held is free again, in øre."""

    purchases: int
    released: Oere


def lock_purchases(session: Session, enrolment_id: UUID) -> None:
    """Lock an enrolment's purchases before the enrolment itself, in the order of whoever approves one."""
    in_order = select(Purchase.id).where(Purchase.enrolment_id == enrolment_id).order_by(Purchase.id)
    session.execute(in_order.with_for_update())


def give_up_open_purchases(
    session: Session, enrolment_id: UUID, *, kept: Collection[UUID], by: Actor
) -> GivenUp:
    """Close what awaits a decision, and release what is held for approved purchases.

    Those in `kept` are owed to a supplier already and stay.
    """
    open_ones = (
        select(Purchase)
        .where(
            Purchase.enrolment_id == enrolment_id,
            Purchase.state.in_([PurchaseState.REQUESTED, PurchaseState.APPROVED]),
            Purchase.id.not_in(kept),
        )
        .order_by(Purchase.id)
        .with_for_update()
    )
    closed, released = 0, 0
    for purchase in session.scalars(open_ones).all():
        closed += 1
        if purchase.state == PurchaseState.APPROVED:
            released += left_of(purchase)
            release_purchase(session, purchase.id, by=by)
        else:
            _withdraw(session, purchase, by)
    return GivenUp(closed, Oere(released))


def _withdraw(session: Session, purchase: Purchase, by: Actor) -> None:
    purchase.state = PurchaseState.CLOSED
    record(
        session,
        AuditEvent.PURCHASE_CLOSED,
        by=by,
        subject_type="purchase",
        subject_id=purchase.id,
        enrolment_id=purchase.enrolment_id,
        code=purchase.code,
    )
