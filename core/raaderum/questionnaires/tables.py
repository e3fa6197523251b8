"""Questionnaires and outcomes.

Ratings and outcomes stand in clear codes: statistics sum them in the database, and only the wall of
row security lies around them. What was written in words is sealed.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Questionnaire(TenantOwned, Base):
    """What one respondent said at one moment, as it stands now; `rating` is empty where they declined.

    `is_after_sight` where the other's answer could be seen when this one was given.
    """

    __tablename__ = "questionnaire"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        UniqueConstraint("tenant_id", "enrolment_id", "moment", "respondent"),
        CheckConstraint("(state = 'declined') = (rating is null)", name="rating_unless_declined"),
    )

    enrolment_id: Mapped[UUID]
    moment: Mapped[str]
    respondent: Mapped[str]
    state: Mapped[str]
    rating: Mapped[str | None]
    answered_on: Mapped[date]
    version: Mapped[int] = mapped_column(SmallInteger)
    is_after_sight: Mapped[bool]


class QuestionnaireVersion(TenantOwned, Base):
    """One version of what a respondent said; none is ever changed."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (
        within_tenant("questionnaire_id", "questionnaire"),
        UniqueConstraint("tenant_id", "questionnaire_id", "version"),
    )

    questionnaire_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str]
    rating: Mapped[str | None]
    answered_on: Mapped[date]
    comment_sealed: Mapped[bytes]
    how: Mapped[str]
    given_by: Mapped[UUID]
    given_as: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)


class OutcomeRecord(TenantOwned, Base):
    """How one parameter came out at one moment; the highest version counts, none is ever changed."""

    __tablename__ = "outcome_record"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        UniqueConstraint("tenant_id", "enrolment_id", "moment", "parameter", "version"),
    )

    enrolment_id: Mapped[UUID]
    moment: Mapped[str]
    parameter: Mapped[str]
    version: Mapped[int] = mapped_column(SmallInteger)
    outcome: Mapped[str]
    recorded_by: Mapped[UUID]
    recorded_as: Mapped[str]
    recorded_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
