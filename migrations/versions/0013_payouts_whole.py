"""Payouts whole: evidence, decisions on unknown outcomes, returns; purchase texts sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "payout_contradiction": "select, insert, update",
    "payout_decision": "select, insert, update",
    "payout_evidence": "select, insert",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    _seal_words()
    _know_more_of_payouts()
    _make_evidence()
    _make_decisions()
    _make_contradictions()
    _let_money_come_back_by_bank()
    op.execute("drop trigger stays_final on payout")
    op.execute(
        "create trigger stays_final before update on payout "
        "for each row execute function refuse_thaw('paid', 'given_up')"
    )
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _seal_words() -> None:
    """Where words stand in the clear already this fails on their being there, and so loses none."""
    op.add_column("purchase", sa.Column("description_sealed", sa.LargeBinary(), nullable=False))
    op.add_column("purchase", sa.Column("refused_because_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("payout", sa.Column("purpose_sealed", sa.LargeBinary(), nullable=False))
    op.drop_column("purchase", "description")
    op.drop_column("purchase", "refused_because")
    op.drop_column("payout", "purpose")


def _know_more_of_payouts() -> None:
    op.add_column("payout", sa.Column("unknown_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("payout_attempt", sa.Column("told_by", sa.Text(), nullable=True))


def _make_evidence() -> None:
    op.create_table(
        "payout_evidence",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _of_payout("payout_evidence"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payout_evidence")),
        sa.UniqueConstraint("tenant_id", "payout_id", name=op.f("uq_payout_evidence_tenant_id_payout_id")),
    )


def _make_decisions() -> None:
    op.create_table(
        "payout_decision",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("was_paid", sa.Boolean(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("because_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'confirmed' or (decided_by is not null and decided_by <> proposed_by)",
            name=op.f("ck_payout_decision_four_eyes"),
        ),
        _of_payout("payout_decision"),
        _of_attempt("payout_decision"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payout_decision")),
    )
    op.create_index(
        "uq_payout_decision_proposed",
        "payout_decision",
        ["tenant_id", "payout_id"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.execute(
        "create trigger stays_final before update on payout_decision "
        "for each row execute function refuse_thaw('confirmed', 'rejected', 'overtaken')"
    )


def _make_contradictions() -> None:
    op.create_table(
        "payout_contradiction",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.Column("told_words", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("because_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        _of_payout("payout_contradiction"),
        _of_attempt("payout_contradiction"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payout_contradiction")),
        sa.UniqueConstraint(
            "tenant_id", "attempt_id", "told", name=op.f("uq_payout_contradiction_tenant_id_attempt_id_told")
        ),
    )
    op.create_index(
        "ix_payout_contradiction_waiting",
        "payout_contradiction",
        ["tenant_id", "payout_id"],
        unique=False,
        postgresql_where=sa.text("settled_at is null"),
    )


def _let_money_come_back_by_bank() -> None:
    op.add_column("refund", sa.Column("kind", sa.Text(), nullable=False, server_default="credit_note"))
    op.alter_column("refund", "kind", server_default=None)
    op.add_column("refund", sa.Column("reference", sa.Text(), nullable=True))
    op.alter_column("refund", "credit_note_number", nullable=True)
    op.alter_column("refund", "approved_by", nullable=True)
    op.create_check_constraint(
        op.f("ck_refund_credit_note_named"),
        "refund",
        "kind <> 'credit_note' or (credit_note_number is not null and approved_by is not null)",
    )
    op.create_check_constraint(
        op.f("ck_refund_otherwise_referenced"), "refund", "kind = 'credit_note' or reference is not null"
    )
    op.create_index(
        "uq_refund_reference",
        "refund",
        ["tenant_id", "payout_id", "kind", "reference"],
        unique=True,
        postgresql_where=sa.text("reference is not null"),
    )


def _of_payout(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "payout_id"],
        ["payout.tenant_id", "payout.id"],
        name=op.f(f"fk_{table}_payout_id"),
    )


def _of_attempt(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "attempt_id"],
        ["payout_attempt.tenant_id", "payout_attempt.id"],
        name=op.f(f"fk_{table}_attempt_id"),
    )
