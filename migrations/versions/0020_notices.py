"""Messages to people outside the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "notice": "select, insert, update",
    "citizen_contact": "select, insert, update",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("is_citizen", sa.Boolean(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_notice_enrolment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_notice")),
        sa.UniqueConstraint("tenant_id", "person_id", "key", name=op.f("uq_notice_tenant_id_person_id_key")),
    )
    op.create_index(
        "ix_notice_unread",
        "notice",
        ["tenant_id", "person_id"],
        unique=False,
        postgresql_where=sa.text("read_at is null"),
    )
    op.create_table(
        "citizen_contact",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "citizen_id"],
            ["citizen.tenant_id", "citizen.id"],
            name=op.f("fk_citizen_contact_citizen_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_citizen_contact")),
        sa.UniqueConstraint("tenant_id", "citizen_id", name=op.f("uq_citizen_contact_tenant_id_citizen_id")),
    )
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)
