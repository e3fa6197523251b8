"""Cards, their loads, authorisations and what issuers told us; and the function that answers a shop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import APPLICATION, BOOKS, secure, secure_for_books

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "provider_event": "select, insert, update",
    "card_account": "select, insert, update",
    "card": "select, insert, update",
    "card_item": "select, insert, update",
    "card_payment": "select, insert, update",
    "card_fact": "select, insert",
}
"""What the application may do with each new table."""
_RIGHTS_OF_THE_BOOKS: Final[Mapping[str, str]] = {
    "provider_event": "select, insert, update",
    "card_account": "select, update",
    "card": "select",
    "card_payment": "select, insert, update",
    "card_fact": "select, insert",
    "outbox_work": "insert",
    "enrolment": "select (tenant_id, id, state, started_on, ends_on)",
    "course_change": "select (tenant_id, enrolment_id, kind, from_on, until_on)",
}
"""What the deciding function reads and writes, and no more."""
_DECIDE: Final = (
    "decide_card_authorisation"
    "(uuid, text, text, text, text, bigint, boolean, text, text, text, timestamptz, date, uuid[])"
)


def upgrade() -> None:
    _make_tables()
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)
    for table, rights in _RIGHTS_OF_THE_BOOKS.items():
        op.execute(secure_for_books(table))
        op.execute(f"grant {rights} on {table} to {BOOKS}")
    op.execute("set local row_security = on")  # the function's body is checked as if it were called
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    op.execute(f"grant create on schema raaderum to {BOOKS}")
    op.execute(f"alter function {_DECIDE} owner to {BOOKS}")
    op.execute(f"revoke create on schema raaderum from {BOOKS}")
    op.execute(f"set local role {BOOKS}")
    op.execute(f"grant execute on function {_DECIDE} to {APPLICATION}")
    op.execute("set local role raaderum_owner")
    op.execute("set local row_security = off")


def _make_tables() -> None:
    op.create_table(
        "provider_event",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_provider_event")),
        sa.UniqueConstraint(
            "tenant_id", "provider", "event_id", name=op.f("uq_provider_event_tenant_id_provider_event_id")
        ),
    )
    op.create_index(
        "ix_provider_event_newest", "provider_event", ["tenant_id", "provider", "received_at"], unique=False
    )
    op.create_index(
        "ix_provider_event_waiting",
        "provider_event",
        ["tenant_id", "received_at"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "card_account",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("per_payment", sa.BigInteger(), nullable=True),
        sa.Column("blocked_categories", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("allowed_categories", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("merchant_words", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("drawn_available", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("controls_version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("locked_because", sa.Text(), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("drawn_available >= 0", name=op.f("ck_card_account_drawn_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "id"], ["enrolment.tenant_id", "enrolment.id"], name=op.f("fk_card_account_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_card_account")),
    )
    op.create_table(
        "card",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("wanted_state", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("last_four", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("single_use", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("replacement_reason", sa.Text(), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ordered_by", sa.Uuid(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_because", sa.Text(), nullable=True),
        sa.Column("changes", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_card_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "replaces_id"], ["card.tenant_id", "card.id"], name=op.f("fk_card_replaces_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_card")),
        sa.UniqueConstraint(
            "tenant_id", "issuer", "reference", name=op.f("uq_card_tenant_id_issuer_reference")
        ),
    )
    op.create_index("ix_card_enrolment", "card", ["tenant_id", "enrolment_id"], unique=False)
    op.create_index(
        "uq_card_open",
        "card",
        ["tenant_id", "enrolment_id"],
        unique=True,
        postgresql_where=sa.text("state not in ('closed', 'refused')"),
    )
    op.create_table(
        "card_item",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("plan_item_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("allowed_categories", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("merchant_words", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spent", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(closed_at is null) = (spent is null)", name=op.f("ck_card_item_closed_with_what_was_spent")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_card_item_amount_positive")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_card_item_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_item_id"],
            ["plan_item.tenant_id", "plan_item.id"],
            name=op.f("fk_card_item_plan_item_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_card_item")),
    )
    op.create_index("ix_card_item_enrolment", "card_item", ["tenant_id", "enrolment_id"], unique=False)
    op.create_index(
        "uq_card_item_open",
        "card_item",
        ["tenant_id", "plan_item_id"],
        unique=True,
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_table(
        "card_payment",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("merchant_name", sa.Text(), nullable=False),
        sa.Column("merchant_category", sa.Text(), nullable=False),
        sa.Column("merchant_city", sa.Text(), nullable=False),
        sa.Column("asked", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("approved", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("on_card", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("held", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("captured", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("refunded", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cost", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("dispute_status", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "asked >= 0 and approved >= 0 and held >= 0 and captured >= 0 and refunded >= 0",
            name=op.f("ck_card_payment_amounts_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "card_id"], ["card.tenant_id", "card.id"], name=op.f("fk_card_payment_card_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_card_payment_enrolment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_card_payment")),
        sa.UniqueConstraint(
            "tenant_id", "issuer", "reference", name=op.f("uq_card_payment_tenant_id_issuer_reference")
        ),
    )
    op.create_index(
        "ix_card_payment_enrolment", "card_payment", ["tenant_id", "enrolment_id", "id"], unique=False
    )
    op.create_index(
        "ix_card_payment_held",
        "card_payment",
        ["tenant_id", "last_at"],
        unique=False,
        postgresql_where=sa.text("held > 0"),
    )
    op.create_index(
        "ix_card_payment_problem",
        "card_payment",
        ["tenant_id", "last_at"],
        unique=False,
        postgresql_where=sa.text("state in ('overdrawn', 'refunded_too_much')"),
    )
    op.create_table(
        "card_fact",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("transaction", sa.Text(), nullable=True),
        sa.Column("is_open", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.CheckConstraint("amount >= 0 and cost >= 0", name=op.f("ck_card_fact_amounts_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payment_id"],
            ["card_payment.tenant_id", "card_payment.id"],
            name=op.f("fk_card_fact_payment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_card_fact")),
        sa.UniqueConstraint(
            "tenant_id", "payment_id", "event_id", name=op.f("uq_card_fact_tenant_id_payment_id_event_id")
        ),
    )
    op.create_index("ix_card_fact_transaction", "card_fact", ["tenant_id", "transaction"], unique=False)
