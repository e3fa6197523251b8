"""Notes, tasks, messages and group courses."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class CaseNote(TenantOwned, Base):
    """A note on a case. It is never changed: a correction is a note of its own that names it."""

    __tablename__ = "case_note"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("corrects_id", "case_note"),
        UniqueConstraint("tenant_id", "corrects_id"),
        Index("ix_case_note_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    audience: Mapped[str]
    text_sealed: Mapped[bytes]
    written_by: Mapped[UUID]
    written_role: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    corrects_id: Mapped[UUID | None]


class StaffTask(TenantOwned, Base):
    """A task that somebody wrote down; those that follow from the cases themselves are not stored."""

    __tablename__ = "staff_task"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("assigned_to", "staff"),
        Index(
            "ix_staff_task_open",
            "tenant_id",
            "assigned_to",
            "due_on",
            postgresql_where=text("done_at is null"),
        ),
    )

    enrolment_id: Mapped[UUID | None]
    assigned_to: Mapped[UUID]
    title_sealed: Mapped[bytes]
    due_on: Mapped[date]
    written_by: Mapped[UUID]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]


class CaseMessage(TenantOwned, Base):
    """A message between the citizen and those at their side; `read_at` is when the other side opened it."""

    __tablename__ = "case_message"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        Index("ix_case_message_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    text_sealed: Mapped[bytes]
    written_by: Mapped[UUID]
    written_role: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]


class GroupCourse(TenantOwned, Base):
    """A course that several citizens of one programme go to together."""

    __tablename__ = "group_course"

    programme: Mapped[str]
    title: Mapped[str]
    planned_by: Mapped[UUID]
    planned_at: Mapped[datetime] = mapped_column(default=clock.now)


class CourseSession(TenantOwned, Base):
    """One meeting of a group course."""

    __tablename__ = "course_session"
    __table_args__ = (
        within_tenant("course_id", "group_course"),
        UniqueConstraint("tenant_id", "course_id", "position"),
    )

    course_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str]
    held_on: Mapped[date]


class CourseParticipant(TenantOwned, Base):
    """A citizen's enrolment on a group course."""

    __tablename__ = "course_participant"
    __table_args__ = (
        within_tenant("course_id", "group_course"),
        within_tenant("enrolment_id", "enrolment"),
        UniqueConstraint("tenant_id", "course_id", "enrolment_id"),
        Index("ix_course_participant_enrolment", "tenant_id", "enrolment_id"),
    )

    course_id: Mapped[UUID]
    enrolment_id: Mapped[UUID]
    added_by: Mapped[UUID]
    added_at: Mapped[datetime] = mapped_column(default=clock.now)


class CourseAttendance(TenantOwned, Base):
    """Whether one participant came to one meeting, as it was noted last."""

    __tablename__ = "course_attendance"
    __table_args__ = (
        within_tenant("session_id", "course_session"),
        within_tenant("participant_id", "course_participant"),
        UniqueConstraint("tenant_id", "session_id", "participant_id"),
    )

    session_id: Mapped[UUID]
    participant_id: Mapped[UUID]
    mark: Mapped[str]
    noted_by: Mapped[UUID]
    noted_at: Mapped[datetime] = mapped_column(default=clock.now)
