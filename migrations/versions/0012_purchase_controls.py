"""Small purchases that were approved by rule, and those of them that are looked at afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {"purchase_control": "select, insert, update"}
"""What the application may do with each new table."""


def upgrade() -> None:
    op.create_table(
        "purchase_control",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("controlled_by", sa.Uuid(), nullable=True),
        sa.Column("controlled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "purchase_id"],
            ["purchase.tenant_id", "purchase.id"],
            name=op.f("fk_purchase_control_purchase_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_purchase_control")),
        sa.UniqueConstraint(
            "tenant_id", "purchase_id", name=op.f("uq_purchase_control_tenant_id_purchase_id")
        ),
    )
    op.create_index(
        "ix_purchase_control_waiting",
        "purchase_control",
        ["tenant_id", "drawn_at"],
        unique=False,
        postgresql_where=sa.text("controlled_at is null"),
    )
    op.create_index("ix_purchase_supplier", "purchase", ["tenant_id", "supplier_cvr"], unique=False)
    op.create_index("ix_purchase_plan_item", "purchase", ["tenant_id", "plan_item_id"], unique=False)
    op.create_index("ix_evidence_file_hash", "evidence_file", ["tenant_id", "content_hash"], unique=False)
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)
