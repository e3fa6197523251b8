"""Enrolments and their screenings."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Enrolment(TenantOwned, Base):
    """One citizen in one programme, pinned to the version of the rules that it began under."""

    __tablename__ = "enrolment"
    __table_args__ = (
        within_tenant("citizen_id", "citizen"),
        within_tenant("support_person_id", "staff"),
        CheckConstraint("ceiling > 0", name="ceiling_positive"),
        Index(
            "uq_enrolment_open",
            "tenant_id",
            "citizen_id",
            "programme",
            unique=True,
            postgresql_where=text("state not in ('ended', 'rejected', 'declined')"),
        ),
        Index("ix_enrolment_support_person", "tenant_id", "support_person_id"),
    )

    citizen_id: Mapped[UUID]
    programme: Mapped[str]
    rules_from: Mapped[date]
    state: Mapped[str]
    support_person_id: Mapped[UUID]
    ceiling: Mapped[int]
    referred_at: Mapped[datetime] = mapped_column(default=clock.now)
    started_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_because: Mapped[str | None]


class Screening(TenantOwned, Base):
    """How the target group's criteria came out, with answers, reasons and judgement sealed."""

    __tablename__ = "screening"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        Index("ix_screening_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    target_group: Mapped[str]
    screened_by: Mapped[UUID]
    screened_at: Mapped[datetime] = mapped_column(default=clock.now)
    answers_sealed: Mapped[bytes]
    results_sealed: Mapped[bytes]
    judgement_sealed: Mapped[bytes]
