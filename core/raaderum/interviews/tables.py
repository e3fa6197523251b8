"""Interviews, the versions of their summaries, and the consent to follow-up. Words are sealed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Interview(TenantOwned, Base):
    """One of the five interviews of an enrolment, held or declined.

    `held_on` is empty where it was declined; `summary_version` is 0 before a summary is written.
    """

    __tablename__ = "interview"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        UniqueConstraint("tenant_id", "enrolment_id", "kind"),
        CheckConstraint("(state = 'declined') = (held_on is null)", name="held_unless_declined"),
    )

    enrolment_id: Mapped[UUID]
    kind: Mapped[str]
    state: Mapped[str]
    held_on: Mapped[date | None]
    recorded_by: Mapped[UUID]
    recorded_as: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    summary_version: Mapped[int] = mapped_column(SmallInteger)


class InterviewSummary(TenantOwned, Base):
    """One version of a summary, and what the citizen said to it; the words are never changed."""

    __tablename__ = "interview_summary"
    __table_args__ = (
        within_tenant("interview_id", "interview"),
        UniqueConstraint("tenant_id", "interview_id", "version"),
    )

    interview_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str]
    words_sealed: Mapped[bytes]
    written_by: Mapped[UUID]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]
    comment_sealed: Mapped[bytes | None]


class FollowUpConsent(TenantOwned, Base):
    """A yes or no to being contacted after the end; the newest counts, none is ever changed."""

    __tablename__ = "follow_up_consent"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        Index("ix_follow_up_consent_enrolment", "tenant_id", "enrolment_id", "id"),
    )

    enrolment_id: Mapped[UUID]
    is_given: Mapped[bool]
    said_by: Mapped[UUID]
    said_as: Mapped[str]
    said_at: Mapped[datetime] = mapped_column(default=clock.now)
