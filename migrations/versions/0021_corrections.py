"""Payments made after all: corrected by two, claimed back; every payment has a code of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "payout_claim": "select, insert, update",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    _let_two_correct()
    _claim_back()
    _tie_movements()
    _note_refunds()
    # Where two payments share a code already this fails on it, and so loses neither.
    op.drop_index("ix_payout_code", table_name="payout")
    op.create_unique_constraint(op.f("uq_payout_tenant_id_code"), "payout", ["tenant_id", "code"])
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _let_two_correct() -> None:
    op.add_column("payout_contradiction", sa.Column("proposed_by", sa.Uuid(), nullable=True))
    op.add_column("payout_contradiction", sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("payout_contradiction", sa.Column("outcome", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_payout_contradiction_four_eyes"),
        "payout_contradiction",
        "outcome is null or outcome = 'noted' or"
        " (proposed_by is not null and settled_by is not null and settled_by <> proposed_by)",
    )


def _claim_back() -> None:
    op.create_table(
        "payout_claim",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("back_reference", sa.Text(), nullable=True),
        sa.Column("because_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payout_claim_amount_positive")),
        sa.CheckConstraint(
            "closed_by is null or closed_by <> made_by", name=op.f("ck_payout_claim_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payout_id"],
            ["payout.tenant_id", "payout.id"],
            name=op.f("fk_payout_claim_payout_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attempt_id"],
            ["payout_attempt.tenant_id", "payout_attempt.id"],
            name=op.f("fk_payout_claim_attempt_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payout_claim")),
        sa.UniqueConstraint("tenant_id", "attempt_id", name=op.f("uq_payout_claim_tenant_id_attempt_id")),
    )
    op.create_index("ix_payout_claim_payout", "payout_claim", ["tenant_id", "payout_id"], unique=False)
    op.create_index(
        "ix_payout_claim_open",
        "payout_claim",
        ["tenant_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'awaited'"),
    )
    op.execute(
        "create trigger stays_final before update on payout_claim "
        "for each row execute function refuse_thaw('back', 'written_off')"
    )


def _tie_movements() -> None:
    """The check of a new foreign key reads all rows, which a forced wall does not let even the owner do."""
    op.add_column("statement_line", sa.Column("claim_id", sa.Uuid(), nullable=True))
    op.execute("alter table statement_line no force row level security")
    op.create_foreign_key(
        op.f("fk_statement_line_claim_id"),
        "statement_line",
        "payout_claim",
        ["tenant_id", "claim_id"],
        ["tenant_id", "id"],
    )
    op.execute("alter table statement_line force row level security")


def _note_refunds() -> None:
    op.add_column("refund", sa.Column("noted_by", sa.Uuid(), nullable=True))
    op.add_column("refund", sa.Column("note_sealed", sa.LargeBinary(), nullable=True))
    op.create_check_constraint(
        op.f("ck_refund_noted_by_another"),
        "refund",
        "noted_by is null or (noted_by <> requested_by and noted_by <> approved_by)",
    )
    op.create_index(
        "ix_refund_unbooked",
        "refund",
        ["tenant_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'approved'"),
    )
