"""The guidelines that plans touch, and the reasons that assessors have written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from raaderum.persistence.sealed_fields import open_field
from raaderum.plans.assessment_tables import GuidelineReason
from raaderum.plans.guideline_rules import Touched, guidelines_touched
from raaderum.plans.items import opened_items
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class OpenedReason:
    """Why an assessor holds a plan to be right although it touches a guideline."""

    guideline: str
    words: str
    written_by: UUID


def touched_by_plan(session: Session, plan_id: UUID) -> tuple[Touched, ...]:
    """Return the guidelines that one plan touches."""
    return guidelines_touched(opened_items(session, [plan_id])[plan_id], current_tenant().guidelines)


def reasons_of(session: Session, plan_ids: Collection[UUID]) -> dict[UUID, list[OpenedReason]]:
    """Return the reasons written for several plans, by plan, read in one query."""
    found: dict[UUID, list[OpenedReason]] = {plan_id: [] for plan_id in plan_ids}
    rows = select(GuidelineReason).where(GuidelineReason.plan_id.in_(plan_ids)).order_by(GuidelineReason.id)
    for row in session.scalars(rows):
        opened = OpenedReason(row.guideline, open_field(session, row, "words"), row.written_by)
        found[row.plan_id].append(opened)
    return found
