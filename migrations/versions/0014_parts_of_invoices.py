"""Several invoices for one purchase: parts, fees, prepayments, and our answers to suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "invoice_response": "select, insert, update",
    "reminder_fee": "select, insert, update",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    _let_purchases_come_in_parts()
    _know_more_of_invoices()
    _make_responses()
    _make_fees()
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _let_purchases_come_in_parts() -> None:
    op.add_column(
        "purchase", sa.Column("invoiced", sa.BigInteger(), nullable=False, server_default=sa.text("0"))
    )
    op.create_check_constraint(
        op.f("ck_purchase_invoiced_within"), "purchase", "invoiced between 0 and amount"
    )
    op.add_column(
        "refund", sa.Column("to_purchase", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.execute("drop trigger stays_final on payout")
    op.execute(
        "create trigger stays_final before update on payout "
        "for each row execute function refuse_thaw('paid', 'given_up', 'cancelled')"
    )


def _know_more_of_invoices() -> None:
    for name in ("prepaid", "fee"):
        op.add_column("inbox_invoice", sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column(
        "inbox_invoice",
        sa.Column("is_deposit", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.add_column("inbox_invoice", sa.Column("about_number", sa.Text(), nullable=True))
    op.add_column("inbox_invoice", sa.Column("about_id", sa.Uuid(), nullable=True))
    op.add_column("inbox_invoice", sa.Column("credits_payout_id", sa.Uuid(), nullable=True))
    op.add_column(
        "inbox_invoice", sa.Column("credited", sa.BigInteger(), nullable=False, server_default=sa.text("0"))
    )
    op.create_check_constraint(
        op.f("ck_inbox_invoice_credited_not_negative"), "inbox_invoice", "credited >= 0"
    )
    _refer_to_other_rows()
    op.create_index(
        "ix_inbox_invoice_purchase",
        "inbox_invoice",
        ["tenant_id", "purchase_id"],
        unique=False,
        postgresql_where=sa.text("purchase_id is not null"),
    )
    op.create_index("ix_inbox_invoice_payout", "inbox_invoice", ["tenant_id", "payout_id"], unique=False)
    op.create_index("ix_inbox_invoice_about", "inbox_invoice", ["tenant_id", "about_id"], unique=False)


def _refer_to_other_rows() -> None:
    """The check of a new foreign key reads all rows, which a forced wall does not let even the owner do."""
    for table in ("inbox_invoice", "payout"):
        op.execute(f"alter table {table} no force row level security")
    for column, table in (("about_id", "inbox_invoice"), ("credits_payout_id", "payout")):
        op.create_foreign_key(
            op.f(f"fk_inbox_invoice_{column}"),
            "inbox_invoice",
            table,
            ["tenant_id", column],
            ["tenant_id", "id"],
        )
    for table in ("inbox_invoice", "payout"):
        op.execute(f"alter table {table} force row level security")


def _make_responses() -> None:
    op.create_table(
        "invoice_response",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True),
        _of_invoice("invoice_response"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invoice_response")),
        sa.UniqueConstraint(
            "tenant_id", "invoice_id", "status", name=op.f("uq_invoice_response_tenant_id_invoice_id_status")
        ),
    )


def _make_fees() -> None:
    op.create_table(
        "reminder_fee",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("payee_name", sa.Text(), nullable=False),
        sa.Column("payee_cvr", sa.Text(), nullable=True),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("reminder_number", sa.Text(), nullable=True),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voucher_number", sa.Text(), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_reminder_fee_amount_positive")),
        _of_invoice("reminder_fee"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reminder_fee")),
        sa.UniqueConstraint("tenant_id", "invoice_id", name=op.f("uq_reminder_fee_tenant_id_invoice_id")),
    )
    op.execute(
        "create trigger stays_final before update on reminder_fee "
        "for each row execute function refuse_thaw('booked')"
    )


def _of_invoice(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "invoice_id"],
        ["inbox_invoice.tenant_id", "inbox_invoice.id"],
        name=op.f(f"fk_{table}_invoice_id"),
    )
