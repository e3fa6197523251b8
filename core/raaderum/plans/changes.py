"""Versions of a plan held against each other, and how much the plans of many citizens changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from raaderum.enrolments.service import get_enrolment
from raaderum.goals.tables import SubGoal
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import Act, require
from raaderum.persistence.sealed_fields import open_field
from raaderum.plans.differences import ComparedItem, ComparedPlan, PlanDifference, compare
from raaderum.plans.items import opened_item
from raaderum.plans.rules import PlanState
from raaderum.plans.size_of_change import ChangeOfUse, size_of_plan_change
from raaderum.plans.tables import BudgetPlan, ItemEvidence, PlanItem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_WAS_APPROVED: Final = (PlanState.APPROVED, PlanState.REPLACED)


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """Two versions of one plan, what differs, and how much that is."""

    before_version: int
    after_version: int
    difference: PlanDifference
    change: ChangeOfUse


@dataclass(frozen=True, slots=True)
class PlanChange:
    """How much one citizen's plan changed from the first approved version to the one approved last."""

    enrolment_id: UUID
    first_version: int
    last_version: int
    change: ChangeOfUse


def compare_versions(
    session: Session, enrolment_id: UUID, *, before: int, after: int, by: Actor
) -> PlanComparison:
    """Return what differs between two versions of a case that `by` may see; raise `NotFound`."""
    require(by, Act.SEE_CASE)
    get_enrolment(session, enrolment_id, by=by)
    plans = select(BudgetPlan).where(
        BudgetPlan.enrolment_id == enrolment_id, BudgetPlan.version.in_({before, after})
    )
    by_version = {plan.version: plan for plan in session.scalars(plans)}
    if {before, after} - by_version.keys():
        raise NotFound(where="version")
    compared = _compared(session, list(by_version.values()))
    first, second = compared[by_version[before].id], compared[by_version[after].id]
    return PlanComparison(before, after, compare(first, second), size_of_plan_change(first, second))


def change_of(session: Session, enrolment_id: UUID) -> PlanChange | None:
    """Return how much one citizen's plan changed; None where none was ever approved."""
    return changes_of(session, [enrolment_id]).get(enrolment_id)


def changes_of(session: Session, enrolment_ids: Collection[UUID]) -> dict[UUID, PlanChange]:
    """Return how much the plans of many citizens changed, without those of whom none was ever approved.

    For statistics: no permission is asked for here, and the result names no person.
    """
    first, last = first_and_last_approved(session, enrolment_ids)
    compared = _compared(session, [*first.values(), *last.values()])
    return {
        enrolment_id: PlanChange(
            enrolment_id=enrolment_id,
            first_version=plan.version,
            last_version=last[enrolment_id].version,
            change=size_of_plan_change(compared[plan.id], compared[last[enrolment_id].id]),
        )
        for enrolment_id, plan in first.items()
    }


def first_and_last_approved(
    session: Session, enrolment_ids: Collection[UUID]
) -> tuple[dict[UUID, BudgetPlan], dict[UUID, BudgetPlan]]:
    """Return the version that was approved first, and the one approved last, by enrolment."""
    approved = (
        select(BudgetPlan)
        .where(BudgetPlan.enrolment_id.in_(enrolment_ids), BudgetPlan.state.in_(_WAS_APPROVED))
        .order_by(BudgetPlan.decided_at, BudgetPlan.version)
    )
    first: dict[UUID, BudgetPlan] = {}
    last: dict[UUID, BudgetPlan] = {}
    for plan in session.scalars(approved):
        first.setdefault(plan.enrolment_id, plan)
        last[plan.enrolment_id] = plan
    return first, last


def _compared(session: Session, plans: Sequence[BudgetPlan]) -> dict[UUID, ComparedPlan]:
    """Return plans as they are compared, by id, in two queries however many."""
    plan_ids = {plan.id for plan in plans}
    rows = session.execute(
        select(PlanItem, SubGoal.position)
        .join(SubGoal, SubGoal.id == PlanItem.sub_goal_id)
        .where(PlanItem.plan_id.in_(plan_ids))
        .order_by(PlanItem.plan_id, PlanItem.position)
    ).all()
    evidence = _evidence(session, [item.id for item, _ in rows])
    items: dict[UUID, list[ComparedItem]] = {plan_id: [] for plan_id in plan_ids}
    for item, sub_goal in rows:
        items[item.plan_id].append(_compared_item(session, item, sub_goal, evidence))
    return {
        plan.id: ComparedPlan(open_field(session, plan, "motivation"), tuple(items[plan.id]))
        for plan in plans
    }


def _compared_item(
    session: Session, row: PlanItem, sub_goal: int, evidence: Mapping[UUID, frozenset[UUID]]
) -> ComparedItem:
    item = opened_item(session, row)
    return ComparedItem(
        description=item.description,
        category=item.category,
        amount=item.amount,
        sub_goal=sub_goal,
        theory_of_change=item.theory_of_change,
        who_will_teach=item.who_will_teach,
        needed_on=item.needed_on,
        evidence=evidence.get(row.id, frozenset()),
    )


def _evidence(session: Session, item_ids: Sequence[UUID]) -> dict[UUID, frozenset[UUID]]:
    links = select(ItemEvidence.plan_item_id, ItemEvidence.evidence_file_id).where(
        ItemEvidence.plan_item_id.in_(item_ids)
    )
    found: dict[UUID, frozenset[UUID]] = {}
    for item_id, file_id in session.execute(links):
        found[item_id] = found.get(item_id, frozenset()) | {file_id}
    return found
