"""The cohort's figures counted in case data: what each municipality's own cases say, as numbers alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.demo.cohort.case_counts import CaseCounts, left_of
from raaderum.demo.cohort.comparison import CohortCounts
from raaderum.demo.cohort.made_people import REFERENCE_DAY
from raaderum.demo.cohort.made_times import LAST_DAY
from raaderum.demo.cohort.quotas import LTT, TRIAL
from raaderum.demo.cohort.register_extract import count_register_extract
from raaderum.enrolments.tables import Enrolment
from raaderum.goals.tables import LongTermGoal, SubGoal
from raaderum.ledger.service import budget_statements
from raaderum.people.cpr import Cpr, age_on
from raaderum.people.tables import Citizen
from raaderum.persistence.sealing import Place
from raaderum.persistence.tenant_keys import tenant_seal
from raaderum.persistence.unit_of_work import reading
from raaderum.plans.differences import ComparedItem, ComparedPlan
from raaderum.plans.items import opened_items
from raaderum.plans.size_of_change import size_of_plan_change
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.purchases.tables import Purchase
from raaderum.questionnaires.service import ratings_of
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.demo.cohort.quotas import TownQuota
    from raaderum.plans.items import OpenedItem


def count_cohort(register_extract: str) -> CohortCounts:
    """Return what is counted in the cases of all municipalities, and in a register extract."""
    return CohortCounts(
        trial={quota.slug: _count_town(quota) for quota in TRIAL},
        ltt=_count_town(LTT),
        registers=count_register_extract(register_extract),
    )


def _count_town(quota: TownQuota) -> CaseCounts:
    with working_for(tenants().by_slug(quota.slug).id), reading() as session:
        return count_cases(session, quota.programme)


def count_cases(session: Session, programme: str) -> CaseCounts:
    """Count the cases of one programme of the current tenant that began in the cohort's time."""
    enrolment_ids = session.scalars(
        select(Enrolment.id).where(Enrolment.programme == programme, Enrolment.started_on <= LAST_DAY)
    ).all()
    ratings = [one for one in ratings_of(session, programme=programme) if one.enrolment_id in enrolment_ids]
    answered = [one for one in ratings if one.distance_at_start and one.distance_at_end]
    spent = [statement.spent for statement in budget_statements(session, enrolment_ids).values()]
    women, years_of_age = _women_and_years(session, enrolment_ids)
    return CaseCounts(
        citizens=len(enrolment_ids),
        women=women,
        years_of_age=years_of_age,
        answered=len(answered),
        spent=sum(spent),
        goals=_goals(session, enrolment_ids),
        starts=Counter(one.distance_at_start for one in ratings if one.distance_at_start),
        ends=Counter(one.distance_at_end for one in ratings if one.distance_at_end),
        movements=Counter(one.movement for one in answered),
        beliefs=Counter(one.belief_at_start for one in ratings if one.belief_at_start),
        achievements=Counter(one.judgement_at_end for one in ratings if one.judgement_at_end),
        changes=_changes(session, enrolment_ids),
        left=Counter(left_of(amount) for amount in spent),
        purposes=_purposes(session, enrolment_ids),
    )


def _women_and_years(session: Session, enrolment_ids: Sequence[UUID]) -> tuple[int, int]:
    """Return how many are women and the sum of their ages: numbers are opened here, and only counts leave."""
    wanted = (
        select(Citizen.id, Citizen.cpr_sealed, Citizen.born_on)
        .join(Enrolment, Enrolment.citizen_id == Citizen.id)
        .where(Enrolment.id.in_(enrolment_ids))
    )
    seal, women, years_of_age = tenant_seal(session), 0, 0
    for citizen_id, cpr_sealed, born_on in session.execute(wanted):
        opened = seal.open(cpr_sealed, Place(Citizen.__tablename__, "cpr", citizen_id))
        women += Cpr.parse(opened.decode()).is_female
        years_of_age += age_on(REFERENCE_DAY, born_on=born_on)
    return women, years_of_age


def _goals(session: Session, enrolment_ids: Sequence[UUID]) -> Counter[str]:
    written = select(LongTermGoal.categories).where(LongTermGoal.enrolment_id.in_(enrolment_ids))
    return Counter(category for categories in session.scalars(written) for category in categories)


def _purposes(session: Session, enrolment_ids: Sequence[UUID]) -> Counter[str]:
    """Return how many citizens bought something of each category."""
    bought = (
        select(Purchase.enrolment_id, PlanItem.category)
        .join(PlanItem, PlanItem.id == Purchase.plan_item_id)
        .where(Purchase.enrolment_id.in_(enrolment_ids))
        .distinct()
    )
    return Counter(category for _, category in session.execute(bought))


def _changes(session: Session, enrolment_ids: Sequence[UUID]) -> Counter[str]:
    """Return how many plans changed how much, from the first version to the last."""
    versions = (
        select(BudgetPlan).where(BudgetPlan.enrolment_id.in_(enrolment_ids)).order_by(BudgetPlan.version)
    )
    plans: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for plan in session.scalars(versions):
        plans[plan.enrolment_id].append(plan.id)
    items = opened_items(session, [plan_id for of_case in plans.values() for plan_id in of_case])
    positions = select(SubGoal.id, SubGoal.position).where(SubGoal.enrolment_id.in_(enrolment_ids))
    numbers = {sub_goal_id: position for sub_goal_id, position in session.execute(positions)}  # noqa: C416 - rows are not tuples to the type checker
    compared = {plan_id: _as_compared(of_plan, numbers) for plan_id, of_plan in items.items()}
    return Counter(
        size_of_plan_change(compared[of_case[0]], compared[of_case[-1]]).size for of_case in plans.values()
    )


def _as_compared(items: Sequence[OpenedItem], numbers: Mapping[UUID, int]) -> ComparedPlan:
    return ComparedPlan(
        "",
        tuple(
            ComparedItem(item.description, item.category, item.amount, numbers[item.sub_goal_id])
            for item in items
        ),
    )
