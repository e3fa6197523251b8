"""Credit notes that the accounting system never confirmed: looked into by people, and noted as booked.

The citizen's money has been free since the approval; what is missing is the voucher.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.payouts.decision_rules import check_because, check_four_eyes, check_reference
from raaderum.people.roles import Act, require
from raaderum.persistence.outbox import OutboxWork
from raaderum.persistence.sealed_fields import seal_field
from raaderum.refunds.rules import RefundBooked, RefundState
from raaderum.refunds.service import BOOK
from raaderum.refunds.tables import Refund

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

UNBOOKED_BEFORE_ASKING: Final = timedelta(hours=4)
"""So long the accounting system is asked and waited for, before people are."""


def unbooked_refunds(session: Session, *, by: Actor) -> Sequence[Refund]:
    """Return the refunds that have no voucher hours after their approval, the oldest first."""
    require(by, Act.DECIDE_UNKNOWN_PAYOUT)
    return session.scalars(select_unbooked()).all()


def select_unbooked() -> Select[Refund]:
    """Select them, by the database's clock."""
    return (
        select(Refund)
        .where(
            Refund.state == RefundState.APPROVED,
            Refund.approved_at <= func.now() - UNBOOKED_BEFORE_ASKING,
        )
        .order_by(Refund.id)
    )


def check_unbooked(session: Session, refund_id: UUID, *, by: Actor) -> Refund:
    """Return a refund that has no voucher, locked; raise `NotFound` or `RefundBooked`."""
    require(by, Act.DECIDE_UNKNOWN_PAYOUT)
    refund = session.scalar(select(Refund).where(Refund.id == refund_id).with_for_update())
    if refund is None:
        raise NotFound(where="refund")
    if refund.state == RefundState.BOOKED:
        raise RefundBooked(where="refund", voucher=refund.voucher_number or refund.reference or "")
    return refund


def note_booked(session: Session, refund_id: UUID, *, voucher_number: str, because: str, by: Actor) -> Refund:
    """Note that a refund is booked in the accounting system, under which voucher, and how one knows.

    By another than who asked for the purchase or approved the credit note. No money moves; what was
    parked of it is done. Raises `NotFound`, `RefundBooked`, `PartInPayment`, `ReferenceMissing`,
    `BecauseMissing`.
    """
    refund = check_unbooked(session, refund_id, by=by)
    written = check_because(because)
    voucher = check_reference(voucher_number, was_paid=True)
    check_four_eyes(by.person_id, refund.requested_by, *[one for one in [refund.approved_by] if one])
    seal_field(session, refund, "note", written)
    refund.noted_by, refund.voucher_number = person_of(by), voucher
    refund.state, refund.booked_at = RefundState.BOOKED, clock.now()
    session.execute(
        update(OutboxWork)
        .where(
            OutboxWork.kind == BOOK,
            OutboxWork.subject_id == refund.id,
            OutboxWork.parked_at.is_not(None),
            OutboxWork.done_at.is_(None),
        )
        .values(done_at=func.now())
        .execution_options(synchronize_session=False)
    )
    record(
        session,
        AuditEvent.REFUND_NOTED,
        by=by,
        subject_type="refund",
        subject_id=refund.id,
        enrolment_id=refund.enrolment_id,
        reference=voucher,
    )
    return refund
