"""Conditions and their acceptance; pauses, extensions and endings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "condition_acceptance": "select, insert",
    "condition_text": "select, insert",
    "course_change": "select, insert, update",
}
"""What the application may do with each new table."""

_BEFORE_CONDITIONS: Final = (
    "alter table enrolment no force row level security",
    """
update enrolment set accepted_on = (referred_at at time zone 'Europe/Copenhagen')::date
where state in ('run_in', 'active', 'ended')
""",
    "update enrolment set ended_because = null",
    "alter table enrolment force row level security",
)
"""Enrolments from before conditions were kept count as accepted on the day of their referral.

Why they ended stood there in clear text; a code and a sealed note take its place from now on.
"""


def upgrade() -> None:
    _extend_enrolments()
    _make_texts()
    _make_acceptances()
    _make_changes()
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _extend_enrolments() -> None:
    op.add_column("enrolment", sa.Column("accepted_on", sa.Date(), nullable=True))
    op.add_column("enrolment", sa.Column("declined_because_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("enrolment", sa.Column("granted_months", sa.BigInteger(), nullable=True))
    op.add_column("enrolment", sa.Column("ended_note_sealed", sa.LargeBinary(), nullable=True))
    for statement in _BEFORE_CONDITIONS:
        op.execute(statement)
    op.create_check_constraint(
        op.f("ck_enrolment_accepted_before_run_in"),
        "enrolment",
        "accepted_on is not null or state not in ('run_in', 'active', 'ended')",
    )


def _make_texts() -> None:
    op.create_table(
        "condition_text",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("first_shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "digest = encode(sha256(convert_to(words, 'UTF8')), 'hex')",
            name=op.f("ck_condition_text_digest_is_of_the_words"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_condition_text")),
        sa.UniqueConstraint("tenant_id", "digest", name=op.f("uq_condition_text_tenant_id_digest")),
    )


def _make_acceptances() -> None:
    op.create_table(
        "condition_acceptance",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("condition_text_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_condition_acceptance_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "condition_text_id"],
            ["condition_text.tenant_id", "condition_text.id"],
            name=op.f("fk_condition_acceptance_condition_text_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_condition_acceptance")),
        sa.UniqueConstraint(
            "tenant_id", "enrolment_id", name=op.f("uq_condition_acceptance_tenant_id_enrolment_id")
        ),
    )


def _make_changes() -> None:
    op.create_table(
        "course_change",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("days", sa.BigInteger(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'pause') = (from_on is not null and until_on is not null and until_on >= from_on)",
            name=op.f("ck_course_change_pause_has_days"),
        ),
        sa.CheckConstraint(
            "(kind = 'extension') = (days is not null and days > 0)",
            name=op.f("ck_course_change_extension_has_length"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_course_change_enrolment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_course_change")),
    )
    op.create_index(
        "ix_course_change_enrolment", "course_change", ["tenant_id", "enrolment_id"], unique=False
    )
