"""Group courses, their meetings, and who came."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


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
