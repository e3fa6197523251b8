"""How much the purchases of many citizens differ from the plans that were approved first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, func, or_, select

from raaderum.enrolments.service import get_enrolment
from raaderum.kernel.money import Oere
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.plans.changes import first_and_last_approved
from raaderum.plans.rules import SpendingCategory
from raaderum.plans.size_of_change import ChangeOfUse, size_of_change
from raaderum.plans.tables import PlanItem
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.tables import Purchase

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

    Sums = dict[SpendingCategory, Oere]


_CAME_TO_NOTHING: Final = (PayoutState.FAILED, PayoutState.CANCELLED, PayoutState.GIVEN_UP)


def changes_of_use(session: Session, enrolment_ids: Collection[UUID]) -> dict[UUID, ChangeOfUse]:
    """Return how much the use of the money differs from the plan approved first, by enrolment.

    Without those who have no approved plan or have bought nothing yet. For statistics: no permission is
    asked for here, and the result names no person.
    """
    first, _ = first_and_last_approved(session, enrolment_ids)
    planned = _planned(session, {plan.id: enrolment_id for enrolment_id, plan in first.items()})
    actual = spent_by_category(session, enrolment_ids)
    return {
        enrolment_id: size_of_change(planned[enrolment_id], sums)
        for enrolment_id, sums in actual.items()
        if enrolment_id in planned
    }


def change_of_use(session: Session, enrolment_id: UUID, *, by: Actor) -> ChangeOfUse | None:
    """Return the same for a case that `by` may see; None where nothing was approved or bought yet."""
    require(by, Act.SEE_CASE)
    get_enrolment(session, enrolment_id, by=by)
    return changes_of_use(session, [enrolment_id]).get(enrolment_id)


def spent_by_category(session: Session, enrolment_ids: Collection[UUID]) -> dict[UUID, Sums]:
    """Return what was bought, by enrolment and category: paid, on its way, or approved and set aside.

    A purchase that comes in parts counts with what is paid of it, and what is left while it is open.
    """
    paid = (
        select(func.sum(Payout.amount))
        .where(Payout.purchase_id == Purchase.id, Payout.state.not_in(_CAME_TO_NOTHING))
        .correlate(Purchase)
        .scalar_subquery()
    )
    is_open = Purchase.state == PurchaseState.APPROVED
    left = case((is_open, Purchase.amount - Purchase.invoiced), else_=0)
    rows = session.execute(
        select(Purchase.enrolment_id, PlanItem.category, func.sum(func.coalesce(paid, 0) + left))
        .join(PlanItem, PlanItem.id == Purchase.plan_item_id)
        .where(
            Purchase.enrolment_id.in_(enrolment_ids),
            or_(is_open, and_(Purchase.state == PurchaseState.CLOSED, paid.is_not(None))),
        )
        .group_by(Purchase.enrolment_id, PlanItem.category)
    )
    found: dict[UUID, Sums] = {}
    for enrolment_id, category, total in rows:
        found.setdefault(enrolment_id, {})[SpendingCategory(category)] = Oere(int(total))
    return found


def _planned(session: Session, enrolment_of_plan: dict[UUID, UUID]) -> dict[UUID, Sums]:
    rows = session.execute(
        select(PlanItem.plan_id, PlanItem.category, func.sum(PlanItem.amount))
        .where(PlanItem.plan_id.in_(enrolment_of_plan))
        .group_by(PlanItem.plan_id, PlanItem.category)
    )
    found: dict[UUID, Sums] = {}
    for plan_id, category, total in rows:
        found.setdefault(enrolment_of_plan[plan_id], {})[SpendingCategory(category)] = Oere(int(total))
    return found
