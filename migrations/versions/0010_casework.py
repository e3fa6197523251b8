"""Support persons over time, notes, attendance and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "support_relation": "select, insert, update",
    "support_wish": "select, insert, update",
    "case_note": "select, insert",
    "staff_task": "select, insert, update",
    "case_message": "select, insert, update",
    "group_course": "select, insert",
    "course_session": "select, insert",
    "course_participant": "select, insert",
    "course_attendance": "select, insert, update",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    op.add_column("staff", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    _create_support()
    _create_words()
    _create_courses()
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _create_support() -> None:
    op.create_table(
        "support_relation",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handover_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("ck_support_relation_ends_after_beginning")),
        sa.CheckConstraint(
            "kind = 'support_person' or ends_on is not null",
            name=op.f("ck_support_relation_substitute_has_an_end"),
        ),
        _key("support_relation", "enrolment_id", "enrolment"),
        _key("support_relation", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_support_relation")),
    )
    op.create_index("ix_support_relation_enrolment", "support_relation", ["tenant_id", "enrolment_id"])
    op.create_index(
        "ix_support_relation_substitute",
        "support_relation",
        ["tenant_id", "staff_id"],
        postgresql_where=sa.text("kind = 'substitute' and ended_at is null"),
    )
    op.create_table(
        "support_wish",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("wished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        _key("support_wish", "enrolment_id", "enrolment"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_support_wish")),
    )
    op.create_index(
        "uq_support_wish_open",
        "support_wish",
        ["tenant_id", "enrolment_id"],
        unique=True,
        postgresql_where=sa.text("settled_at is null"),
    )


def _create_words() -> None:
    op.create_table(
        "case_note",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_role", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        _key("case_note", "enrolment_id", "enrolment"),
        _key("case_note", "corrects_id", "case_note"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_case_note")),
        sa.UniqueConstraint("tenant_id", "corrects_id", name=op.f("uq_case_note_tenant_id_corrects_id")),
    )
    op.create_index("ix_case_note_enrolment", "case_note", ["tenant_id", "enrolment_id"])
    op.create_table(
        "staff_task",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("assigned_to", sa.Uuid(), nullable=False),
        sa.Column("title_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        _key("staff_task", "enrolment_id", "enrolment"),
        _key("staff_task", "assigned_to", "staff"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_staff_task")),
    )
    op.create_index(
        "ix_staff_task_open",
        "staff_task",
        ["tenant_id", "assigned_to", "due_on"],
        postgresql_where=sa.text("done_at is null"),
    )
    op.create_table(
        "case_message",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_role", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        _key("case_message", "enrolment_id", "enrolment"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_case_message")),
    )
    op.create_index("ix_case_message_enrolment", "case_message", ["tenant_id", "enrolment_id"])


def _create_courses() -> None:
    op.create_table(
        "group_course",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_group_course")),
    )
    op.create_table(
        "course_session",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        _key("course_session", "course_id", "group_course"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_course_session")),
        sa.UniqueConstraint(
            "tenant_id", "course_id", "position", name=op.f("uq_course_session_tenant_id_course_id_position")
        ),
    )
    op.create_table(
        "course_participant",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        _key("course_participant", "course_id", "group_course"),
        _key("course_participant", "enrolment_id", "enrolment"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_course_participant")),
        sa.UniqueConstraint(
            "tenant_id",
            "course_id",
            "enrolment_id",
            name=op.f("uq_course_participant_tenant_id_course_id_enrolment_id"),
        ),
    )
    op.create_index("ix_course_participant_enrolment", "course_participant", ["tenant_id", "enrolment_id"])
    op.create_table(
        "course_attendance",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        _key("course_attendance", "session_id", "course_session"),
        _key("course_attendance", "participant_id", "course_participant"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_course_attendance")),
        sa.UniqueConstraint(
            "tenant_id",
            "session_id",
            "participant_id",
            name=op.f("uq_course_attendance_tenant_id_session_id_participant_id"),
        ),
    )


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column], [f"{other}.tenant_id", f"{other}.id"], name=op.f(f"fk_{table}_{column}")
    )
