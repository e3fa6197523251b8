"""Receipts: what is due, what came in, what was declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "kept_file": "select, insert",
    "receipt_due": "select, insert, update",
    "receipt": "select, insert, update",
    "receipt_link": "select, insert, update",
    "receipt_statement": "select, insert",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    op.create_table(
        "kept_file",
        *_own("kept_file"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
    )
    _make_dues()
    _make_receipts()
    _make_links()
    _make_statements()
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _make_dues() -> None:
    op.create_table(
        "receipt_due",
        *_own("receipt_due"),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=True),
        sa.Column("card_payment_id", sa.Uuid(), nullable=True),
        sa.Column("paid_by", sa.Text(), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_activity", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        _to("receipt_due", "enrolment_id", "enrolment"),
        _to("receipt_due", "payout_id", "payout"),
        _to("receipt_due", "card_payment_id", "card_payment"),
        sa.UniqueConstraint("tenant_id", "payout_id", name=op.f("uq_receipt_due_tenant_id_payout_id")),
        sa.UniqueConstraint(
            "tenant_id", "card_payment_id", name=op.f("uq_receipt_due_tenant_id_card_payment_id")
        ),
        sa.CheckConstraint(
            "(payout_id is null) <> (card_payment_id is null)", name=op.f("ck_receipt_due_one_payment")
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_receipt_due_amount_not_negative")),
    )
    op.create_index("ix_receipt_due_enrolment", "receipt_due", ["tenant_id", "enrolment_id", "paid_on"])
    op.create_index(
        "ix_receipt_due_open",
        "receipt_due",
        ["tenant_id", "due_on"],
        postgresql_where=sa.text("state in ('due', 'rejected')"),
    )
    op.create_index(
        "ix_receipt_due_waiting",
        "receipt_due",
        ["tenant_id", "enrolment_id"],
        postgresql_where=sa.text("state in ('received', 'declared_lost', 'activity_not_held')"),
    )


def _make_receipts() -> None:
    op.create_table(
        "receipt",
        *_own("receipt"),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("file_name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("original_index", sa.LargeBinary(), nullable=False),
        sa.Column("likeness", postgresql.BIT(256), nullable=True),
        sa.Column("seen_before", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("bought_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("sent_role", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        _to("receipt", "enrolment_id", "enrolment"),
        _to("receipt", "file_id", "kept_file"),
        sa.UniqueConstraint("tenant_id", "file_id", name=op.f("uq_receipt_tenant_id_file_id")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_receipt_amount_positive")),
    )
    op.create_index("ix_receipt_enrolment", "receipt", ["tenant_id", "enrolment_id", "sent_at"])
    op.create_index("ix_receipt_original", "receipt", ["tenant_id", "original_index"])


def _make_links() -> None:
    op.create_table(
        "receipt_link",
        *_own("receipt_link"),
        sa.Column("receipt_id", sa.Uuid(), nullable=False),
        sa.Column("receipt_due_id", sa.Uuid(), nullable=False),
        sa.Column("linked_by", sa.Uuid(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turned_down_at", sa.DateTime(timezone=True), nullable=True),
        _to("receipt_link", "receipt_id", "receipt"),
        _to("receipt_link", "receipt_due_id", "receipt_due"),
        sa.UniqueConstraint(
            "tenant_id",
            "receipt_id",
            "receipt_due_id",
            name=op.f("uq_receipt_link_tenant_id_receipt_id_receipt_due_id"),
        ),
    )
    op.create_index("ix_receipt_link_due", "receipt_link", ["tenant_id", "receipt_due_id"])


def _make_statements() -> None:
    op.create_table(
        "receipt_statement",
        *_own("receipt_statement"),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("receipt_due_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("wording_version", sa.Text(), nullable=True),
        sa.Column("wording_digest", sa.Text(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("stated_by", sa.Uuid(), nullable=False),
        sa.Column("stated_role", sa.Text(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        _to("receipt_statement", "enrolment_id", "enrolment"),
        _to("receipt_statement", "receipt_due_id", "receipt_due"),
        sa.CheckConstraint(
            "(kind = 'lost' and wording_version is not null and wording_digest is not null) "
            "or (kind = 'activity' and answer is not null)",
            name=op.f("ck_receipt_statement_complete"),
        ),
    )
    op.create_index("ix_receipt_statement_due", "receipt_statement", ["tenant_id", "receipt_due_id"])
    op.create_index(
        "ix_receipt_statement_enrolment", "receipt_statement", ["tenant_id", "enrolment_id", "kind"]
    )


def _own(table: str) -> tuple[sa.Column[object] | sa.PrimaryKeyConstraint, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column], [f"{other}.tenant_id", f"{other}.id"], name=op.f(f"fk_{table}_{column}")
    )
