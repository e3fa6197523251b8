"""Evidence of price, sealed words of items, and what follows up a plan's items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "evidence_file": "select, insert",
    "item_evidence": "select, insert",
    "item_follow_up": "select, insert",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    _seal_the_words_of_items()
    _create_evidence()
    _create_follow_ups()
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _seal_the_words_of_items() -> None:
    """Replace the clear columns. A migration has no keys, so it stops where there are items already."""
    op.drop_column("plan_item", "description")
    op.drop_column("plan_item", "theory_of_change")
    op.add_column("plan_item", sa.Column("description_sealed", sa.LargeBinary(), nullable=False))
    op.add_column("plan_item", sa.Column("theory_of_change_sealed", sa.LargeBinary(), nullable=False))
    op.add_column("plan_item", sa.Column("who_will_teach_sealed", sa.LargeBinary(), nullable=True))


def _create_evidence() -> None:
    op.create_table(
        "evidence_file",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("file_name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_evidence_file_size_positive")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_evidence_file_enrolment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_evidence_file")),
    )
    op.create_index("ix_evidence_file_enrolment", "evidence_file", ["tenant_id", "enrolment_id"])
    op.create_table(
        "item_evidence",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_item_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_file_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_item_id"],
            ["plan_item.tenant_id", "plan_item.id"],
            name=op.f("fk_item_evidence_plan_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "evidence_file_id"],
            ["evidence_file.tenant_id", "evidence_file.id"],
            name=op.f("fk_item_evidence_evidence_file_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_item_evidence")),
        sa.UniqueConstraint(
            "tenant_id",
            "plan_item_id",
            "evidence_file_id",
            name=op.f("uq_item_evidence_tenant_id_plan_item_id_evidence_file_id"),
        ),
    )


def _create_follow_ups() -> None:
    op.create_table(
        "item_follow_up",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("plan_item_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_item_follow_up_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_item_id"],
            ["plan_item.tenant_id", "plan_item.id"],
            name=op.f("fk_item_follow_up_plan_item_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_item_follow_up")),
        sa.UniqueConstraint(
            "tenant_id",
            "plan_item_id",
            "due_on",
            name=op.f("uq_item_follow_up_tenant_id_plan_item_id_due_on"),
        ),
    )
    op.create_index("ix_item_follow_up_enrolment", "item_follow_up", ["tenant_id", "enrolment_id"])
