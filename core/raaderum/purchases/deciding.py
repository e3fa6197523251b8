"""Granting a purchase: its money is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import post
from raaderum.purchases.rules import PurchaseState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.purchases.tables import Purchase


def grant_purchase(session: Session, purchase: Purchase, *, by: Actor) -> None:
    """Approve a purchase whose enrolment is locked, and set its money aside; raise `NotEnoughMoney`."""
    decide(purchase, PurchaseState.APPROVED, by)
    post(
        session,
        TransactionKind.COMMIT,
        Move(
            Oere(purchase.amount),
            Account(AccountKind.AVAILABLE, purchase.enrolment_id),
            Account(AccountKind.COMMITTED, purchase.enrolment_id),
        ),
        key=f"commit:{purchase.id}",
        subject_id=purchase.id,
    )
    record(
        session,
        AuditEvent.PURCHASE_APPROVED,
        by=by,
        subject_type="purchase",
        subject_id=purchase.id,
        enrolment_id=purchase.enrolment_id,
        code=purchase.code,
        amount=purchase.amount,
    )


def decide(purchase: Purchase, state: PurchaseState, by: Actor) -> None:
    """Write down how it was decided, by whom and when."""
    purchase.state, purchase.decided_by, purchase.decided_at = state, by.person_id, clock.now()
