"""Refunds: an object of their own, never a negative payout."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Refund(TenantOwned, Base):
    """Money of a payout that comes back to the citizen's budget account: by credit note, bank or card.

    `to_purchase` where the purchase was still open: then it is set aside for that purchase again.
    """

    __tablename__ = "refund"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("payout_id", "payout"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("approved_by <> requested_by", name="four_eyes"),
        CheckConstraint(
            "kind <> 'credit_note' or (credit_note_number is not null and approved_by is not null)",
            name="credit_note_named",
        ),
        CheckConstraint("kind = 'credit_note' or reference is not null", name="otherwise_referenced"),
        CheckConstraint(
            "noted_by is null or (noted_by <> requested_by and noted_by <> approved_by)",
            name="noted_by_another",
        ),
        Index("ix_refund_payout", "tenant_id", "payout_id"),
        Index("ix_refund_unbooked", "tenant_id", "id", postgresql_where=text("state = 'approved'")),
        Index(
            "uq_refund_reference",
            "tenant_id",
            "payout_id",
            "kind",
            "reference",
            unique=True,
            postgresql_where=text("reference is not null"),
        ),
    )

    enrolment_id: Mapped[UUID]
    payout_id: Mapped[UUID]
    kind: Mapped[str]
    amount: Mapped[int]
    credit_note_number: Mapped[str | None]
    reference: Mapped[str | None]
    to_purchase: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    state: Mapped[str]
    requested_by: Mapped[UUID]
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime] = mapped_column(default=clock.now)
    voucher_number: Mapped[str | None]
    booked_at: Mapped[datetime | None]
    noted_by: Mapped[UUID | None]
    note_sealed: Mapped[bytes | None]
