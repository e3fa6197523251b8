"""A payment that was made and came back, as the bank or the provider tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import post
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import locked_payout
from raaderum.persistence.database import insert
from raaderum.refunds.rules import (
    NothingPaid,
    RefundKind,
    RefundState,
    ReturnReferenceReused,
    check_amount,
)
from raaderum.refunds.service import refunded_of
from raaderum.refunds.tables import Refund

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


def book_bank_return(session: Session, payout_id: UUID, *, amount: Oere, reference: str, by: Actor) -> Refund:
    """Give `amount` øre of a paid payout back to the citizen's account, because the money came back.

    The same `reference` (the bank's own of the return) books once. Raises `NotFound`, `NothingPaid`,
    `AmountNotPositive`, `RefundAbovePayment` where all that came back would exceed the payment, and
    `ReturnReferenceReused`. The payout itself stays paid: it was.
    """
    payout = locked_payout(session, payout_id)
    if payout.state != PayoutState.PAID:
        raise NothingPaid(where="payout")
    known = _known(session, payout_id, reference)
    if known is not None:
        if known.amount != amount:
            raise ReturnReferenceReused(where="reference", known=format_kroner(known.amount))
        return known
    check_amount(wanted=amount, paid=payout.amount, refunded=refunded_of(session, payout.id))
    refund = Refund(
        id=new_id(),
        enrolment_id=payout.enrolment_id,
        payout_id=payout.id,
        kind=RefundKind.BANK_RETURN,
        amount=amount,
        reference=reference,
        # The money is here already: there is nothing left to book at the provider.
        state=RefundState.BOOKED,
        requested_by=payout.requested_by,
        booked_at=clock.now(),
    )
    insert(session, refund)
    post(
        session,
        TransactionKind.REFUND,
        Move(
            amount,
            Account(AccountKind.SPENT, payout.enrolment_id),
            Account(AccountKind.AVAILABLE, payout.enrolment_id),
        ),
        key=f"refund:{refund.id}",
        subject_id=refund.id,
    )
    record(
        session,
        AuditEvent.MONEY_RETURNED,
        by=by,
        subject_type="refund",
        subject_id=refund.id,
        enrolment_id=refund.enrolment_id,
        amount=amount,
        payout=str(payout.id),
    )
    return refund


def returned_of_payouts(session: Session, payout_ids: Sequence[UUID]) -> dict[UUID, Oere]:
    """Return what came back from the bank of each of these payouts, in øre, in one query."""
    sums = (
        select(Refund.payout_id, func.sum(Refund.amount))
        .where(Refund.payout_id.in_(payout_ids), Refund.kind == RefundKind.BANK_RETURN)
        .group_by(Refund.payout_id)
    )
    returned = {payout_id: Oere(int(total)) for payout_id, total in session.execute(sums)}
    return {payout_id: returned.get(payout_id, Oere(0)) for payout_id in payout_ids}


def _known(session: Session, payout_id: UUID, reference: str) -> Refund | None:
    return session.scalar(
        select(Refund).where(
            Refund.payout_id == payout_id,
            Refund.kind == RefundKind.BANK_RETURN,
            Refund.reference == reference,
        )
    )
