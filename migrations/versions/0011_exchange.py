"""What has been taken in from spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {"imported_row": "select, insert"}
"""What the application may do with each new table."""


def upgrade() -> None:
    op.create_table(
        "imported_row",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key_index", sa.LargeBinary(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("column_digests", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_imported_row")),
        sa.UniqueConstraint(
            "tenant_id", "kind", "key_index", name=op.f("uq_imported_row_tenant_id_kind_key_index")
        ),
    )
    op.create_index("ix_imported_row_made", "imported_row", ["tenant_id", "kind", "row_id"], unique=False)
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)
