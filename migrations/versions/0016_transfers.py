"""Small transfers to citizens, and the runs in which they are paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "transfer_lock": "select, insert, update",
    "payment_run": "select, insert, update",
    "payment_run_line": "select, insert",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    _add_to_purchases_and_payouts()
    _make_locks()
    _make_runs()
    _make_lines()
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _add_to_purchases_and_payouts() -> None:
    op.add_column(
        "purchase", sa.Column("method", sa.Text(), nullable=False, server_default=sa.text("'invoice'"))
    )
    op.add_column("purchase", sa.Column("lane", sa.Text(), nullable=True))
    op.add_column("purchase", sa.Column("payee_kind", sa.Text(), nullable=True))
    op.add_column("purchase", sa.Column("payee_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("purchase", sa.Column("pocket_money_activity_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("purchase", sa.Column("activity_on", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("ck_purchase_transfer_has_payee"),
        "purchase",
        "(method = 'transfer') = (payee_kind is not null)",
    )
    op.create_index(
        "ix_purchase_transfers_to_pay",
        "purchase",
        ["tenant_id", "id"],
        unique=False,
        postgresql_where=sa.text("method = 'transfer' and state = 'approved'"),
    )
    op.add_column("payout", sa.Column("payee_kind", sa.Text(), nullable=True))
    op.add_column("payout", sa.Column("payee_sealed", sa.LargeBinary(), nullable=True))


def _make_locks() -> None:
    op.create_table(
        "transfer_lock",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("locked_by", sa.Uuid(), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unlocked_by", sa.Uuid(), nullable=True),
        sa.Column("unlocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_transfer_lock_enrolment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_transfer_lock")),
    )
    op.create_index(
        "uq_transfer_lock_open",
        "transfer_lock",
        ["tenant_id", "enrolment_id"],
        unique=True,
        postgresql_where=sa.text("unlocked_at is null"),
    )


def _make_runs() -> None:
    op.create_table(
        "payment_run",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("pay_on", sa.Date(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_reference", sa.Text(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.CheckConstraint("count > 0 and total > 0", name=op.f("ck_payment_run_pays_something")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payment_run")),
    )
    op.create_index(
        "uq_payment_run_under_way",
        "payment_run",
        ["tenant_id", "programme"],
        unique=True,
        postgresql_where=sa.text("state in ('ready', 'sending', 'unknown')"),
    )


def _make_lines() -> None:
    op.create_table(
        "payment_run_line",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "run_id"],
            ["payment_run.tenant_id", "payment_run.id"],
            name=op.f("fk_payment_run_line_run_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payout_id"],
            ["payout.tenant_id", "payout.id"],
            name=op.f("fk_payment_run_line_payout_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attempt_id"],
            ["payout_attempt.tenant_id", "payout_attempt.id"],
            name=op.f("fk_payment_run_line_attempt_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payment_run_line")),
        sa.UniqueConstraint(
            "tenant_id", "run_id", "payout_id", name=op.f("uq_payment_run_line_tenant_id_run_id_payout_id")
        ),
    )
    op.create_index(
        "ix_payment_run_line_payout", "payment_run_line", ["tenant_id", "payout_id"], unique=False
    )
