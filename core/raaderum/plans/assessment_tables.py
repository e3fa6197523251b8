"""Assessments of plans in their rounds, colleagues' comments, the team's decisions, and who saw a green."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class PlanAssessment(TenantOwned, Base):
    """One consultant's assessment of a plan. A later round does not change an earlier one."""

    __tablename__ = "plan_assessment"
    __table_args__ = (
        within_tenant("plan_id", "budget_plan"),
        UniqueConstraint("tenant_id", "plan_id", "round"),
        CheckConstraint("(colour = 'yellow') = (doubt is not null)", name="yellow_says_its_doubt"),
    )

    plan_id: Mapped[UUID]
    round: Mapped[int] = mapped_column(SmallInteger)
    colour: Mapped[str]
    doubt: Mapped[str | None]
    real_change: Mapped[str]
    realistic: Mapped[str]
    means_fit_ends: Mapped[str]
    later_debt: Mapped[str | None]
    future_benefits: Mapped[str | None]
    real_change_sealed: Mapped[bytes]
    realistic_sealed: Mapped[bytes]
    means_fit_ends_sealed: Mapped[bytes]
    guard_sealed: Mapped[bytes]
    assessed_by: Mapped[UUID]
    assessed_at: Mapped[datetime] = mapped_column(default=clock.now)


class PlanComment(TenantOwned, Base):
    """A colleague's words on a yellow, and how they would let it end."""

    __tablename__ = "plan_comment"
    __table_args__ = (
        within_tenant("plan_id", "budget_plan"),
        within_tenant("assessment_id", "plan_assessment"),
        CheckConstraint("advice in ('green', 'red')", name="green_or_red"),
        Index("ix_plan_comment_plan", "tenant_id", "plan_id"),
    )

    plan_id: Mapped[UUID]
    assessment_id: Mapped[UUID]
    advice: Mapped[str]
    words_sealed: Mapped[bytes]
    written_by: Mapped[UUID]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class TeamDecision(TenantOwned, Base):
    """What the whole team decided of a red plan at a meeting, recorded by the team leader."""

    __tablename__ = "team_decision"
    __table_args__ = (
        within_tenant("plan_id", "budget_plan"),
        Index("ix_team_decision_plan", "tenant_id", "plan_id"),
    )

    plan_id: Mapped[UUID]
    held_on: Mapped[date]
    is_approved: Mapped[bool]
    words_sealed: Mapped[bytes]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)


class TeamVote(Base):
    """What one member who was present said."""

    __tablename__ = "team_vote"
    __table_args__ = (within_tenant("decision_id", "team_decision"), within_tenant("staff_id", "staff"))

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    vote: Mapped[str]


class GuidelineReason(TenantOwned, Base):
    """Why an assessor approves what touches a guideline that says it is outside."""

    __tablename__ = "guideline_reason"
    __table_args__ = (
        within_tenant("plan_id", "budget_plan"),
        UniqueConstraint("tenant_id", "plan_id", "guideline"),
    )

    plan_id: Mapped[UUID]
    guideline: Mapped[str]
    words_sealed: Mapped[bytes]
    written_by: Mapped[UUID]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class PlanSeen(Base):
    """A colleague has seen a green plan that was presented to the team."""

    __tablename__ = "plan_seen"
    __table_args__ = (within_tenant("plan_id", "budget_plan"), within_tenant("staff_id", "staff"))

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
