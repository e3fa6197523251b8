"""Budget plans, each version kept, and their items."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.persistence.database import Base, TenantOwned, within_tenant


class BudgetPlan(TenantOwned, Base):
    """One version of a citizen's plan. The database refuses that one person both proposes and approves."""

    __tablename__ = "budget_plan"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        UniqueConstraint("tenant_id", "enrolment_id", "version"),
        CheckConstraint("decided_by is null or decided_by <> proposed_by", name="four_eyes"),
    )

    enrolment_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str]
    motivation_sealed: Mapped[bytes]
    drafted_by: Mapped[UUID]
    proposed_by: Mapped[UUID | None]
    proposed_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    colour: Mapped[str | None]
    comment_sealed: Mapped[bytes | None]


class PlanItem(TenantOwned, Base):
    """One thing to spend on, in øre, towards one sub-goal."""

    __tablename__ = "plan_item"
    __table_args__ = (
        within_tenant("plan_id", "budget_plan"),
        within_tenant("sub_goal_id", "sub_goal"),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix_plan_item_plan", "tenant_id", "plan_id"),
    )

    plan_id: Mapped[UUID]
    sub_goal_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    description: Mapped[str]
    category: Mapped[str]
    amount: Mapped[int]
    needed_on: Mapped[date | None]
    theory_of_change: Mapped[str]
