"""Locks of the lane, payment runs, and which payouts each run pays."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class TransferLock(TenantOwned, Base):
    """A time during which nobody could ask for a small transfer for a citizen."""

    __tablename__ = "transfer_lock"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        Index(
            "uq_transfer_lock_open",
            "tenant_id",
            "enrolment_id",
            unique=True,
            postgresql_where=text("unlocked_at is null"),
        ),
    )

    enrolment_id: Mapped[UUID]
    because: Mapped[str]
    locked_by: Mapped[UUID | None]
    locked_at: Mapped[datetime] = mapped_column(default=clock.now)
    unlocked_by: Mapped[UUID | None]
    unlocked_at: Mapped[datetime | None]


class PaymentRun(TenantOwned, Base):
    """Transfers of one programme that go out together. The database lets one be under way at a time.

    `count` and `total` (øre) are the control sums of what was sent.
    """

    __tablename__ = "payment_run"
    __table_args__ = (
        CheckConstraint("count > 0 and total > 0", name="pays_something"),
        Index(
            "uq_payment_run_under_way",
            "tenant_id",
            "programme",
            unique=True,
            postgresql_where=text("state in ('ready', 'sending', 'unknown')"),
        ),
    )

    programme: Mapped[str]
    provider: Mapped[str]
    state: Mapped[str]
    count: Mapped[int]
    total: Mapped[int]
    pay_on: Mapped[date]
    started_by: Mapped[UUID]
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    cancelled_by: Mapped[UUID | None]
    cancelled_at: Mapped[datetime | None]
    provider_reference: Mapped[str | None]
    explanation: Mapped[str | None]


class PaymentRunLine(TenantOwned, Base):
    """One attempt at a payout that a run makes; a payout that failed can be in a later run again."""

    __tablename__ = "payment_run_line"
    __table_args__ = (
        within_tenant("run_id", "payment_run"),
        within_tenant("payout_id", "payout"),
        within_tenant("attempt_id", "payout_attempt"),
        UniqueConstraint("tenant_id", "run_id", "payout_id"),
        Index("ix_payment_run_line_payout", "tenant_id", "payout_id"),
    )

    run_id: Mapped[UUID]
    payout_id: Mapped[UUID]
    attempt_id: Mapped[UUID]
