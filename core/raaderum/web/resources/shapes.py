"""Rows as their schemas want them, together with what other tables know of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from raaderum.payouts.pay_dates import expected_on
from raaderum.payouts.words import purpose_of
from raaderum.persistence.sealed_fields import open_field
from raaderum.plans.evidence import evidence_of_items
from raaderum.plans.guideline_rules import guidelines_touched
from raaderum.plans.items import opened_items
from raaderum.purchases.words import description_of, reason_for_refusal
from raaderum.refunds.returning import returned_of_payouts
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from raaderum.payouts.tables import Payout
    from raaderum.persistence.database import Base
    from raaderum.plans.guideline_rules import Touched
    from raaderum.plans.tables import BudgetPlan
    from raaderum.purchases.tables import Purchase


def columns_of(row: Base) -> dict[str, Any]:
    """Return the columns of a row as it was read, by name, and a note of SQLAlchemy's that nobody wants."""
    return dict(vars(row))


def shown_purchase(session: Session, purchase: Purchase) -> dict[str, Any]:
    """Return a purchase with its opened words."""
    return _all_columns(purchase) | {
        "description": description_of(session, purchase),
        "refused_because": reason_for_refusal(session, purchase),
    }


def shown_payout(session: Session, payout: Payout) -> dict[str, Any]:
    """Return a payout with what it is for, when it is expected to be paid, and what came back."""
    session.flush()
    return shown_payouts(session, [payout])[0]


def shown_payouts(session: Session, payouts: Sequence[Payout]) -> list[dict[str, Any]]:
    """Return payouts as `shown_payout` does, however many with one query."""
    returned = returned_of_payouts(session, [payout.id for payout in payouts])
    return [
        {
            **_all_columns(payout),
            "purpose": purpose_of(session, payout),
            "expected_on": expected_on(payout),
            "returned": returned[payout.id],
        }
        for payout in payouts
    ]


def shown_plans(session: Session, plans: Sequence[BudgetPlan]) -> list[dict[str, Any]]:
    """Return plans with their items, sums and opened words."""
    items = opened_items(session, [plan.id for plan in plans])
    evidence = evidence_of_items(session, [item.id for of_plan in items.values() for item in of_plan])
    return [
        {
            **columns_of(plan),
            "motivation": open_field(session, plan, "motivation"),
            "comment": open_field(session, plan, "comment"),
            "follow_up": open_field(session, plan, "follow_up"),
            "guidelines": shown_touched(guidelines_touched(items[plan.id], current_tenant().guidelines)),
            "items": [{**asdict(item), "evidence": evidence[item.id]} for item in items[plan.id]],
            "total": sum(item.amount for item in items[plan.id]),
        }
        for plan in plans
    ]


def shown_touched(touched: Iterable[Touched]) -> list[dict[str, Any]]:
    """Return the guidelines that a plan touches, with the items that do."""
    return [
        {
            "identifier": one.guideline.identifier,
            "verdict": one.guideline.verdict,
            "title": one.guideline.title,
            "reason": one.guideline.reason,
            "items": one.descriptions,
        }
        for one in touched
    ]


def shown_plan(session: Session, plan: BudgetPlan) -> dict[str, Any]:
    """Return one plan with its items, sum and opened words."""
    session.flush()
    session.refresh(plan)  # a new row lacks the columns that nobody has set
    return shown_plans(session, [plan])[0]


def _all_columns(row: Base) -> dict[str, Any]:
    """Return the columns of a row by name, those that nobody has set yet as None."""
    return {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs}
