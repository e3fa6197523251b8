"""Everything about one enrolment, in the same few queries however much there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.goals.service import opened_goals
from raaderum.ledger.service import budget_statement
from raaderum.payouts.service import attempts_of_payouts, payouts_of
from raaderum.people.service import get_citizen, name_of_citizen
from raaderum.plans.service import plans_of
from raaderum.purchases.service import purchases_of
from raaderum.web.resources.shapes import columns_of, shown_payouts, shown_plans, shown_purchase

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.enrolments.tables import Enrolment


def case_of(session: Session, enrolment: Enrolment) -> dict[str, Any]:
    """Return the whole case, as its schema wants it."""
    goals = opened_goals(session, enrolment.id)
    name = name_of_citizen(session, get_citizen(session, enrolment.citizen_id))
    return {
        **shown_enrolment(enrolment, name),
        "goal": goals,
        "sub_goals": goals.sub_goals,
        "budget": budget_statement(session, enrolment.id),
        "plans": shown_plans(session, plans_of(session, enrolment.id)),
        "purchases": [shown_purchase(session, one) for one in purchases_of(session, enrolment.id)],
        "payouts": shown_payouts_of(session, enrolment.id),
    }


def shown_enrolment(enrolment: Enrolment, citizen_name: str) -> dict[str, Any]:
    """Return an enrolment with the citizen's name."""
    return columns_of(enrolment) | {"citizen_name": citizen_name}


def shown_payouts_of(session: Session, enrolment_id: UUID) -> list[dict[str, Any]]:
    """Return an enrolment's payouts with their attempts."""
    payouts = payouts_of(session, enrolment_id)
    attempts = attempts_of_payouts(session, [payout.id for payout in payouts])
    return [one | {"attempts": attempts[one["id"]]} for one in shown_payouts(session, payouts)]
