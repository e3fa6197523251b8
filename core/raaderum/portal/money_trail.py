"""From every posting of one enrolment back to the payment, the purchase, the plan and the dream."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.goals.service import OpenedGoals, opened_goals
from raaderum.ledger.service import budget_statement, transactions_of
from raaderum.payouts.evidence import EvidenceCheck, verify_evidence
from raaderum.payouts.rules import PAYOUT_STATE_NAMES, PayoutState
from raaderum.payouts.tables import Payout
from raaderum.plans.items import OpenedItem, opened_item
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.portal.case_file import read_heading
from raaderum.portal.ledger_page import booked
from raaderum.portal.money_picture import parts_of
from raaderum.portal.rendering import render
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import description_of
from raaderum.refunds.tables import Refund

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.kernel.text import Text
    from raaderum.portal.visits import Visit


@dataclass(frozen=True, slots=True)
class Reason:
    """What a posting is about, from the nearest to the farthest; None where it does not reach."""

    refund: Refund | None = None
    payout: Payout | None = None
    purchase: Purchase | None = None
    description: str = ""
    item: OpenedItem | None = None
    plan: BudgetPlan | None = None
    sub_goal: str = ""
    evidence: EvidenceCheck | None = None

    @property
    def payout_state(self) -> Text | None:
        """Where the payment is."""
        return PAYOUT_STATE_NAMES[PayoutState(self.payout.state)] if self.payout else None


def show_trail(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show every posting of one enrolment, each with what it was for."""
    heading = read_heading(session, enrolment_id, by=visit.actor)
    goals = opened_goals(session, enrolment_id)
    reasons = _reasons(session, enrolment_id, goals)
    statement = budget_statement(session, enrolment_id)
    transactions = booked(transactions_of(session, list(reasons)))
    return render(
        "trail.html",
        visit,
        heading=heading,
        goals=goals,
        statement=statement,
        parts=parts_of(statement),
        steps=[(one, reasons[one.transaction.subject_id]) for one in transactions],
    )


def _reasons(session: Session, enrolment_id: UUID, goals: OpenedGoals) -> dict[UUID, Reason]:
    """Return the reason of every subject that money was posted about."""
    words = {sub_goal.id: sub_goal.words for sub_goal in goals.sub_goals}
    plans = session.scalars(select(BudgetPlan).where(BudgetPlan.enrolment_id == enrolment_id))
    reasons = {plan.id: Reason(plan=plan) for plan in plans}
    bought = session.execute(
        select(Purchase, PlanItem, Payout, Refund)
        .join(PlanItem, PlanItem.id == Purchase.plan_item_id)
        .outerjoin(Payout, Payout.purchase_id == Purchase.id)
        .outerjoin(Refund, Refund.payout_id == Payout.id)
        .where(Purchase.enrolment_id == enrolment_id)
    )
    for purchase, item, payout, refund in bought:
        sub_goal = words.get(item.sub_goal_id, "")
        wish = Reason(
            purchase=purchase,
            description=description_of(session, purchase),
            item=opened_item(session, item),
            sub_goal=sub_goal,
        )
        reasons[purchase.id] = wish
        if payout is not None:
            reasons[payout.id] = replace(wish, payout=payout)
        if refund is not None:
            reasons[refund.id] = replace(wish, payout=payout, refund=refund)
    payouts = [reason.payout for reason in reasons.values() if reason.payout is not None]
    for payout_id, check in verify_evidence(session, payouts).items():
        reasons[payout_id] = replace(reasons[payout_id], evidence=check)
    return reasons
