"""When each scheduled job was last done, and how far the long ones are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "scheduled_run": "select, insert, update",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    op.create_table(
        "scheduled_run",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title_danish", sa.Text(), nullable=False),
        sa.Column("title_english", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.BigInteger(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scheduled_run")),
        sa.UniqueConstraint("tenant_id", "job", "slot", name=op.f("uq_scheduled_run_tenant_id_job_slot")),
    )
    op.create_index("ix_scheduled_run_newest", "scheduled_run", ["tenant_id", "planned_at"], unique=False)
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)
