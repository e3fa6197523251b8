"""Notes, tasks and messages."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
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
