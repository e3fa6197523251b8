"""Refunds: an object of their own, never a negative payout."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Refund(TenantOwned, Base):
    """Money of a payout that comes back to the citizen's budget account, for a credit note."""

    __tablename__ = "refund"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("payout_id", "payout"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("approved_by <> requested_by", name="four_eyes"),
        Index("ix_refund_payout", "tenant_id", "payout_id"),
    )

    enrolment_id: Mapped[UUID]
    payout_id: Mapped[UUID]
    amount: Mapped[int]
    credit_note_number: Mapped[str]
    state: Mapped[str]
    requested_by: Mapped[UUID]
    approved_by: Mapped[UUID]
    approved_at: Mapped[datetime] = mapped_column(default=clock.now)
    voucher_number: Mapped[str | None]
    booked_at: Mapped[datetime | None]
