"""Files from the bank, the statements in them, their lines, and what each came to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class StatementFile(TenantOwned, Base):
    """A file from the bank as it arrived, also one that was refused; its bytes lie sealed in pieces."""

    __tablename__ = "statement_file"
    __table_args__ = (
        Index(
            "uq_statement_file_content",
            "tenant_id",
            "content_hash",
            unique=True,
            postgresql_where=text("state = 'taken_in'"),
        ),
    )

    file_name: Mapped[str]
    content_hash: Mapped[bytes]
    size: Mapped[int]
    reader: Mapped[str | None]
    state: Mapped[str]
    explanation: Mapped[dict[str, Any]] = mapped_column(JSONB)
    faults: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    fault_count: Mapped[int] = mapped_column(default=0)
    line_count: Mapped[int] = mapped_column(default=0)
    received_by: Mapped[UUID | None]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


class StatementFilePart(TenantOwned, Base):
    """A piece of a file, sealed: it holds names of people."""

    __tablename__ = "statement_file_part"
    __table_args__ = (
        within_tenant("file_id", "statement_file"),
        UniqueConstraint("tenant_id", "file_id", "number"),
    )

    file_id: Mapped[UUID]
    number: Mapped[int]
    content_sealed: Mapped[bytes]


class Statement(TenantOwned, Base):
    """One statement or advice. `difference` is opening + lines - closing in øre, None where not told."""

    __tablename__ = "statement"
    __table_args__ = (
        within_tenant("file_id", "statement_file"),
        Index("ix_statement_account", "tenant_id", "account", "until"),
    )

    file_id: Mapped[UUID]
    account: Mapped[str]
    currency: Mapped[str]
    reference: Mapped[str]
    number: Mapped[int | None]
    until: Mapped[date | None]
    is_final: Mapped[bool]
    is_repeat: Mapped[bool] = mapped_column(default=False)
    opening: Mapped[int | None]
    closing: Mapped[int | None]
    line_count: Mapped[int] = mapped_column(default=0)
    line_sum: Mapped[int] = mapped_column(default=0)
    difference: Mapped[int | None]


class StatementLine(TenantOwned, Base):
    """One movement on the account: `amount` in øre, below 0 for money that went out."""

    __tablename__ = "statement_line"
    __table_args__ = (
        within_tenant("file_id", "statement_file"),
        within_tenant("statement_id", "statement"),
        within_tenant("payout_id", "payout"),
        within_tenant("refund_id", "refund"),
        within_tenant("run_id", "payment_run"),
        within_tenant("claim_id", "payout_claim"),
        within_tenant("same_as_id", "statement_line"),
        CheckConstraint("decided_by is null or decided_by <> proposed_by", name="four_eyes"),
        Index(
            "uq_statement_line_identity",
            "tenant_id",
            "identity",
            unique=True,
            postgresql_where=text("outcome <> 'duplicate'"),
        ),
        Index("ix_statement_line_entry", "tenant_id", "entry_identity"),
        Index("ix_statement_line_file", "tenant_id", "file_id", "number"),
        Index("ix_statement_line_booked", "tenant_id", "booked_on"),
        Index(
            "ix_statement_line_open",
            "tenant_id",
            "id",
            postgresql_where=text("outcome in ('waiting', 'suggested', 'unmatched')"),
        ),
        Index(
            "uq_statement_line_payout",
            "tenant_id",
            "payout_id",
            unique=True,
            postgresql_where=text("outcome = 'matched' and payout_id is not null"),
        ),
        Index(
            "uq_statement_line_run",
            "tenant_id",
            "run_id",
            unique=True,
            postgresql_where=text("outcome = 'matched' and run_id is not null"),
        ),
        Index("ix_statement_line_payout", "tenant_id", "payout_id"),
    )

    file_id: Mapped[UUID]
    statement_id: Mapped[UUID]
    number: Mapped[int]
    amount: Mapped[int]
    booked_on: Mapped[date]
    value_on: Mapped[date | None]
    reference: Mapped[str | None]
    end_to_end_id: Mapped[str | None]
    batch_id: Mapped[str | None]
    codes: Mapped[list[str]] = mapped_column(JSONB)
    text_sealed: Mapped[bytes | None]
    counterparty_sealed: Mapped[bytes | None]
    is_reversal: Mapped[bool] = mapped_column(default=False)
    return_reason: Mapped[str | None]
    identity: Mapped[bytes]
    entry_identity: Mapped[bytes | None]
    outcome: Mapped[str]
    because: Mapped[str]
    payout_id: Mapped[UUID | None]
    refund_id: Mapped[UUID | None]
    run_id: Mapped[UUID | None]
    claim_id: Mapped[UUID | None]
    same_as_id: Mapped[UUID | None]
    proposed_payout_id: Mapped[UUID | None]
    proposed_by: Mapped[UUID | None]
    proposed_at: Mapped[datetime | None]
    note_sealed: Mapped[bytes | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]


class ProviderMovementRow(TenantOwned, Base):
    """Money that a provider says it has moved; `gone_at` where a later list no longer has it.

    `amount` in øre, above 0 for money that went out.
    """

    __tablename__ = "provider_movement"
    __table_args__ = (
        within_tenant("payout_id", "payout"),
        within_tenant("refund_id", "refund"),
        UniqueConstraint("tenant_id", "provider", "reference"),
        Index("ix_provider_movement_moved", "tenant_id", "provider", "moved_at"),
        Index("ix_provider_movement_payout", "tenant_id", "payout_id"),
    )

    provider: Mapped[str]
    reference: Mapped[str]
    amount: Mapped[int]
    moved_at: Mapped[datetime]
    idempotency_key: Mapped[str | None]
    code: Mapped[str | None]
    payout_id: Mapped[UUID | None]
    refund_id: Mapped[UUID | None]
    first_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    gone_at: Mapped[datetime | None]


class ProofRun(TenantOwned, Base):
    """One proof of the books over a range of days: its figures and what did not agree, as data."""

    __tablename__ = "proof_run"
    __table_args__ = (Index("ix_proof_run_ran", "tenant_id", "ran_at"),)

    ran_at: Mapped[datetime] = mapped_column(default=clock.now)
    first_day: Mapped[date]
    last_day: Mapped[date]
    holds: Mapped[bool]
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)
    remainders: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
