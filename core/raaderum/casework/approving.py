"""Approving a plan with all that hangs on it: what the card pays and holds follows in the same act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.cards.loading import refresh_card
from raaderum.plans import service

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.plans.rules import Colour
    from raaderum.plans.tables import BudgetPlan


def approve_plan(
    session: Session,
    plan_id: UUID,
    *,
    colour: Colour,
    by: Actor,
    months: int | None = None,
    follow_up: str = "",
) -> BudgetPlan:
    """Approve a plan as `plans.service.approve_plan` does.

    Items of the plan that it replaces leave the card at once, and what is not held of their money.
    """
    plan = service.approve_plan(session, plan_id, colour=colour, by=by, months=months, follow_up=follow_up)
    session.flush()
    refresh_card(session, plan.enrolment_id)
    return plan
