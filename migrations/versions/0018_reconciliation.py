"""Statements, their lines and what each came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "statement_file": "select, insert, update",
    "statement_file_part": "select, insert",
    "statement": "select, insert, update",
    "statement_line": "select, insert, update",
    "provider_movement": "select, insert, update",
    "proof_run": "select, insert",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    _make_statement_file()
    _make_statement_file_part()
    _make_statement()
    _make_statement_line()
    _make_provider_movement()
    _make_proof_run()
    _find_payouts_faster()
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _make_statement_file() -> None:
    op.create_table(
        "statement_file",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("explanation", JSONB(), nullable=False),
        sa.Column("faults", JSONB(), nullable=False),
        sa.Column("fault_count", sa.BigInteger(), nullable=False),
        sa.Column("line_count", sa.BigInteger(), nullable=False),
        sa.Column("received_by", sa.Uuid(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_statement_file")),
    )
    op.create_index(
        "uq_statement_file_content",
        "statement_file",
        ["tenant_id", "content_hash"],
        unique=True,
        postgresql_where=sa.text("state = 'taken_in'"),
    )


def _make_statement_file_part() -> None:
    op.create_table(
        "statement_file_part",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["statement_file.tenant_id", "statement_file.id"],
            name=op.f("fk_statement_file_part_file_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_statement_file_part")),
        sa.UniqueConstraint(
            "tenant_id", "file_id", "number", name=op.f("uq_statement_file_part_tenant_id_file_id_number")
        ),
    )


def _make_statement() -> None:
    op.create_table(
        "statement",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("is_repeat", sa.Boolean(), nullable=False),
        sa.Column("opening", sa.BigInteger(), nullable=True),
        sa.Column("closing", sa.BigInteger(), nullable=True),
        sa.Column("line_count", sa.BigInteger(), nullable=False),
        sa.Column("line_sum", sa.BigInteger(), nullable=False),
        sa.Column("difference", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["statement_file.tenant_id", "statement_file.id"],
            name=op.f("fk_statement_file_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_statement")),
    )
    op.create_index("ix_statement_account", "statement", ["tenant_id", "account", "until"], unique=False)


def _make_statement_line() -> None:
    op.create_table(
        "statement_line",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("end_to_end_id", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.Text(), nullable=True),
        sa.Column("codes", JSONB(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("counterparty_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_reversal", sa.Boolean(), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("entry_identity", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=True),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("same_as_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_payout_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "decided_by is null or decided_by <> proposed_by", name=op.f("ck_statement_line_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["statement_file.tenant_id", "statement_file.id"],
            name=op.f("fk_statement_line_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payout_id"],
            ["payout.tenant_id", "payout.id"],
            name=op.f("fk_statement_line_payout_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "refund_id"],
            ["refund.tenant_id", "refund.id"],
            name=op.f("fk_statement_line_refund_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "run_id"],
            ["payment_run.tenant_id", "payment_run.id"],
            name=op.f("fk_statement_line_run_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "same_as_id"],
            ["statement_line.tenant_id", "statement_line.id"],
            name=op.f("fk_statement_line_same_as_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "statement_id"],
            ["statement.tenant_id", "statement.id"],
            name=op.f("fk_statement_line_statement_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_statement_line")),
    )
    op.create_index("ix_statement_line_booked", "statement_line", ["tenant_id", "booked_on"], unique=False)
    op.create_index(
        "ix_statement_line_entry", "statement_line", ["tenant_id", "entry_identity"], unique=False
    )
    op.create_index(
        "ix_statement_line_file", "statement_line", ["tenant_id", "file_id", "number"], unique=False
    )
    op.create_index(
        "ix_statement_line_open",
        "statement_line",
        ["tenant_id", "id"],
        unique=False,
        postgresql_where=sa.text("outcome in ('waiting', 'suggested', 'unmatched')"),
    )
    op.create_index("ix_statement_line_payout", "statement_line", ["tenant_id", "payout_id"], unique=False)
    op.create_index(
        "uq_statement_line_identity",
        "statement_line",
        ["tenant_id", "identity"],
        unique=True,
        postgresql_where=sa.text("outcome <> 'duplicate'"),
    )
    op.create_index(
        "uq_statement_line_payout",
        "statement_line",
        ["tenant_id", "payout_id"],
        unique=True,
        postgresql_where=sa.text("outcome = 'matched' and payout_id is not null"),
    )
    op.create_index(
        "uq_statement_line_run",
        "statement_line",
        ["tenant_id", "run_id"],
        unique=True,
        postgresql_where=sa.text("outcome = 'matched' and run_id is not null"),
    )


def _make_provider_movement() -> None:
    op.create_table(
        "provider_movement",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("payout_id", sa.Uuid(), nullable=True),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payout_id"],
            ["payout.tenant_id", "payout.id"],
            name=op.f("fk_provider_movement_payout_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "refund_id"],
            ["refund.tenant_id", "refund.id"],
            name=op.f("fk_provider_movement_refund_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_provider_movement")),
        sa.UniqueConstraint(
            "tenant_id",
            "provider",
            "reference",
            name=op.f("uq_provider_movement_tenant_id_provider_reference"),
        ),
    )
    op.create_index(
        "ix_provider_movement_moved", "provider_movement", ["tenant_id", "provider", "moved_at"], unique=False
    )
    op.create_index(
        "ix_provider_movement_payout", "provider_movement", ["tenant_id", "payout_id"], unique=False
    )


def _make_proof_run() -> None:
    op.create_table(
        "proof_run",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("figures", JSONB(), nullable=False),
        sa.Column("remainders", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_proof_run")),
    )
    op.create_index("ix_proof_run_ran", "proof_run", ["tenant_id", "ran_at"], unique=False)


def _find_payouts_faster() -> None:
    op.create_index("ix_payout_code", "payout", ["tenant_id", "code"], unique=False)
    op.create_index("ix_payout_amount", "payout", ["tenant_id", "amount"], unique=False)
