"""Budget plans, each version kept, and their items."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class BudgetPlan(TenantOwned, Base):
    """One version of a citizen's plan. The database refuses that one person both proposes and approves."""

    __tablename__ = "budget_plan"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        UniqueConstraint("tenant_id", "enrolment_id", "version"),
        CheckConstraint("decided_by is null or decided_by <> proposed_by", name="four_eyes"),
        Index(
            "ix_budget_plan_proposed", "tenant_id", "proposed_at", postgresql_where=text("state = 'proposed'")
        ),
        Index(
            "ix_budget_plan_shown_to_team",
            "tenant_id",
            "decided_at",
            postgresql_where=text("colour = 'green'"),
        ),
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
    follow_up_sealed: Mapped[bytes | None]


class PlanItem(TenantOwned, Base):
    """One thing to spend on, in øre, towards one sub-goal. Its words are the citizen's and are sealed."""

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
    description_sealed: Mapped[bytes]
    category: Mapped[str]
    amount: Mapped[int]
    needed_on: Mapped[date | None]
    theory_of_change_sealed: Mapped[bytes]
    who_will_teach_sealed: Mapped[bytes | None]


class EvidenceFile(TenantOwned, Base):
    """A file that shows a price. It is never changed, and read only when somebody asks for it."""

    __tablename__ = "evidence_file"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        CheckConstraint("size > 0", name="size_positive"),
        Index("ix_evidence_file_enrolment", "tenant_id", "enrolment_id"),
        Index("ix_evidence_file_hash", "tenant_id", "content_hash"),
    )

    enrolment_id: Mapped[UUID]
    kind: Mapped[str]
    size: Mapped[int]
    content_hash: Mapped[bytes]
    content_sealed: Mapped[bytes] = mapped_column(deferred=True)
    file_name_sealed: Mapped[bytes]
    added_by: Mapped[UUID]
    added_at: Mapped[datetime] = mapped_column(default=clock.now)


class ItemEvidence(TenantOwned, Base):
    """That a file shows the price of an item: a later version's item can point to the same file."""

    __tablename__ = "item_evidence"
    __table_args__ = (
        within_tenant("plan_item_id", "plan_item"),
        within_tenant("evidence_file_id", "evidence_file"),
        UniqueConstraint("tenant_id", "plan_item_id", "evidence_file_id"),
    )

    plan_item_id: Mapped[UUID]
    evidence_file_id: Mapped[UUID]


class ItemFollowUp(TenantOwned, Base):
    """What was answered when an item had been bought for a while: did it do what was thought?"""

    __tablename__ = "item_follow_up"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("plan_item_id", "plan_item"),
        UniqueConstraint("tenant_id", "plan_item_id", "due_on"),
        Index("ix_item_follow_up_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    plan_item_id: Mapped[UUID]
    due_on: Mapped[date]
    answered_on: Mapped[date]
    outcome: Mapped[str]
    words_sealed: Mapped[bytes]
    answered_by: Mapped[UUID]
