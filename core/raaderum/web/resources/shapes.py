"""Rows as their schemas want them, together with what other tables know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.persistence.sealed_fields import open_field
from raaderum.plans.service import items_of_plans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from raaderum.persistence.database import Base
    from raaderum.plans.tables import BudgetPlan


def columns_of(row: Base) -> dict[str, Any]:
    """Return the columns of a row as it was read, by name, and a note of SQLAlchemy's that nobody wants."""
    return dict(vars(row))


def shown_plans(session: Session, plans: Sequence[BudgetPlan]) -> list[dict[str, Any]]:
    """Return plans with their items, sums and opened words."""
    items = items_of_plans(session, [plan.id for plan in plans])
    return [
        {
            **columns_of(plan),
            "motivation": open_field(session, plan, "motivation"),
            "comment": open_field(session, plan, "comment"),
            "items": items[plan.id],
            "total": sum(item.amount for item in items[plan.id]),
        }
        for plan in plans
    ]


def shown_plan(session: Session, plan: BudgetPlan) -> dict[str, Any]:
    """Return one plan with its items, sum and opened words."""
    session.flush()
    session.refresh(plan)  # a new row lacks the columns that nobody has set
    return shown_plans(session, [plan])[0]
