"""Questionnaires, interviews and outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "follow_up_consent": "select, insert",
    "interview": "select, insert, update",
    "interview_summary": "select, insert, update",
    "outcome_record": "select, insert",
    "questionnaire": "select, insert, update",
    "questionnaire_version": "select, insert",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    _make_questionnaires()
    _make_outcomes()
    _make_interviews()
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _make_questionnaires() -> None:
    op.create_table(
        "questionnaire",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("is_after_sight", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(state = 'declined') = (rating is null)", name=op.f("ck_questionnaire_rating_unless_declined")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_questionnaire_enrolment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_questionnaire")),
        sa.UniqueConstraint(
            "tenant_id",
            "enrolment_id",
            "moment",
            "respondent",
            name=op.f("uq_questionnaire_tenant_id_enrolment_id_moment_respondent"),
        ),
    )
    op.create_table(
        "questionnaire_version",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("comment_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_as", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "questionnaire_id"],
            ["questionnaire.tenant_id", "questionnaire.id"],
            name=op.f("fk_questionnaire_version_questionnaire_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_questionnaire_version")),
        sa.UniqueConstraint(
            "tenant_id",
            "questionnaire_id",
            "version",
            name=op.f("uq_questionnaire_version_tenant_id_questionnaire_id_version"),
        ),
    )


def _make_outcomes() -> None:
    op.create_table(
        "outcome_record",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("parameter", sa.Text(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_as", sa.Text(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_outcome_record_enrolment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_outcome_record")),
        sa.UniqueConstraint(
            "tenant_id",
            "enrolment_id",
            "moment",
            "parameter",
            "version",
            name=op.f("uq_outcome_record_tenant_id_enrolment_id_moment_parameter_version"),
        ),
    )


def _make_interviews() -> None:
    op.create_table(
        "interview",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_as", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary_version", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "(state = 'declined') = (held_on is null)", name=op.f("ck_interview_held_unless_declined")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_interview_enrolment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_interview")),
        sa.UniqueConstraint(
            "tenant_id", "enrolment_id", "kind", name=op.f("uq_interview_tenant_id_enrolment_id_kind")
        ),
    )
    op.create_table(
        "interview_summary",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "interview_id"],
            ["interview.tenant_id", "interview.id"],
            name=op.f("fk_interview_summary_interview_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_interview_summary")),
        sa.UniqueConstraint(
            "tenant_id",
            "interview_id",
            "version",
            name=op.f("uq_interview_summary_tenant_id_interview_id_version"),
        ),
    )
    op.create_table(
        "follow_up_consent",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_as", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_follow_up_consent_enrolment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_follow_up_consent")),
    )
    op.create_index(
        "ix_follow_up_consent_enrolment",
        "follow_up_consent",
        ["tenant_id", "enrolment_id", "id"],
        unique=False,
    )
