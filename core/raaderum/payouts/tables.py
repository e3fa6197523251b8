"""Payouts and their attempts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Payout(TenantOwned, Base):
    """Money to be paid for a purchase, frozen as it was approved; a paid one can never change.

    `approval_digest` signs payee, amount and purpose: where it no longer fits, the
    approval is void and nothing is sent.
    """

    __tablename__ = "payout"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("purchase_id", "purchase"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("approved_by <> requested_by", name="four_eyes"),
        Index("ix_payout_enrolment", "tenant_id", "enrolment_id"),
        Index("ix_payout_purchase", "tenant_id", "purchase_id"),
        UniqueConstraint("tenant_id", "code"),
        Index("ix_payout_amount", "tenant_id", "amount"),
        Index("ix_payout_open", "tenant_id", "state", postgresql_where=text("state <> 'paid'")),
    )

    enrolment_id: Mapped[UUID]
    purchase_id: Mapped[UUID]
    provider: Mapped[str]
    amount: Mapped[int]
    code: Mapped[str]
    payee_name: Mapped[str]
    payee_cvr: Mapped[str | None]
    payee_kind: Mapped[str | None]
    payee_sealed: Mapped[bytes | None]
    purpose_sealed: Mapped[bytes]
    account: Mapped[str]
    invoice_number: Mapped[str | None]
    due_on: Mapped[date]
    state: Mapped[str]
    requested_by: Mapped[UUID]
    approved_by: Mapped[UUID]
    approved_at: Mapped[datetime] = mapped_column(default=clock.now)
    approval_digest: Mapped[str]
    provider_reference: Mapped[str | None]
    paid_at: Mapped[datetime | None]
    unknown_since: Mapped[datetime | None]


class PayoutAttempt(TenantOwned, Base):
    """One try at a payout. The database allows one open attempt per payout; a finished one is frozen."""

    __tablename__ = "payout_attempt"
    __table_args__ = (
        within_tenant("payout_id", "payout"),
        UniqueConstraint("tenant_id", "payout_id", "number"),
        UniqueConstraint("tenant_id", "idempotency_key"),
        Index(
            "uq_payout_attempt_open",
            "tenant_id",
            "payout_id",
            unique=True,
            postgresql_where=text("state in ('sending', 'accepted', 'unknown')"),
        ),
    )

    payout_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    idempotency_key: Mapped[str]
    state: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]
    provider_reference: Mapped[str | None]
    explanation: Mapped[str | None]
    told_by: Mapped[str | None]


class PayoutEvidence(TenantOwned, Base):
    """What a paid payout was for, frozen with its hash when it was paid. Never changed."""

    __tablename__ = "payout_evidence"
    __table_args__ = (
        within_tenant("payout_id", "payout"),
        UniqueConstraint("tenant_id", "payout_id"),
    )

    payout_id: Mapped[UUID]
    content_sealed: Mapped[bytes]
    content_hash: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class PayoutDecision(TenantOwned, Base):
    """What people say became of a payout that nobody knew of: one proposes, another confirms."""

    __tablename__ = "payout_decision"
    __table_args__ = (
        within_tenant("payout_id", "payout"),
        within_tenant("attempt_id", "payout_attempt"),
        CheckConstraint(
            "state <> 'confirmed' or (decided_by is not null and decided_by <> proposed_by)",
            name="four_eyes",
        ),
        Index(
            "uq_payout_decision_proposed",
            "tenant_id",
            "payout_id",
            unique=True,
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    payout_id: Mapped[UUID]
    attempt_id: Mapped[UUID]
    was_paid: Mapped[bool]
    reference: Mapped[str | None]
    because_sealed: Mapped[bytes]
    state: Mapped[str]
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]


class PayoutContradiction(TenantOwned, Base):
    """Something told about a finished attempt that does not agree with how it ended."""

    __tablename__ = "payout_contradiction"
    __table_args__ = (
        within_tenant("payout_id", "payout"),
        within_tenant("attempt_id", "payout_attempt"),
        UniqueConstraint("tenant_id", "attempt_id", "told"),
        CheckConstraint(
            "outcome is null or outcome = 'noted' or"
            " (proposed_by is not null and settled_by is not null and settled_by <> proposed_by)",
            name="four_eyes",
        ),
        Index(
            "ix_payout_contradiction_waiting",
            "tenant_id",
            "payout_id",
            postgresql_where=text("settled_at is null"),
        ),
    )

    payout_id: Mapped[UUID]
    attempt_id: Mapped[UUID]
    told: Mapped[str]
    told_by: Mapped[str]
    told_words: Mapped[str]
    told_at: Mapped[datetime] = mapped_column(default=clock.now)
    because_sealed: Mapped[bytes | None]
    proposed_by: Mapped[UUID | None]
    proposed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    settled_by: Mapped[UUID | None]
    settled_at: Mapped[datetime | None]


class PayoutClaim(TenantOwned, Base):
    """A payment that was made beside what was owed, to be got back; `amount` in øre."""

    __tablename__ = "payout_claim"
    __table_args__ = (
        within_tenant("payout_id", "payout"),
        within_tenant("attempt_id", "payout_attempt"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("closed_by is null or closed_by <> made_by", name="four_eyes"),
        UniqueConstraint("tenant_id", "attempt_id"),
        Index("ix_payout_claim_payout", "tenant_id", "payout_id"),
        Index("ix_payout_claim_open", "tenant_id", "id", postgresql_where=text("state = 'awaited'")),
    )

    payout_id: Mapped[UUID]
    attempt_id: Mapped[UUID]
    amount: Mapped[int]
    reference: Mapped[str]
    programme: Mapped[str]
    state: Mapped[str]
    made_by: Mapped[UUID]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    back_reference: Mapped[str | None]
    because_sealed: Mapped[bytes | None]
    closed_by: Mapped[UUID | None]
    closed_at: Mapped[datetime | None]
