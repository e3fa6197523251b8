"""Counts over the made-up history itself: how the generator checks its own work, before any database."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from raaderum.demo.cohort.case_counts import CaseCounts, added, left_of
from raaderum.demo.cohort.comparison import CohortCounts, Compared, compare
from raaderum.demo.cohort.made_people import REFERENCE_DAY
from raaderum.demo.cohort.made_purchases import OERE
from raaderum.demo.cohort.register_extract import count_register_extract
from raaderum.kernel.money import Oere
from raaderum.people.cpr import age_on
from raaderum.plans.differences import ComparedItem, ComparedPlan
from raaderum.plans.size_of_change import SizeOfChange, size_of_plan_change
from raaderum.questionnaires.rules import movement

if TYPE_CHECKING:
    from raaderum.demo.cohort.made_history import MadeUpEnrolment, MadeUpHistory
    from raaderum.demo.cohort.made_plans import Plan


class CohortMissesFigures(Exception):
    """The made-up history does not come out as the published figures: a fault in the generator."""

    def __init__(self, missed: tuple[Compared, ...]) -> None:
        names = ", ".join(f"{one.published.table} {one.published.measure}" for one in missed)
        super().__init__(f"off by more than the tolerance: {names}")


def checked_counts(history: MadeUpHistory, register_extract: str) -> CohortCounts:
    """Return what is counted in a made-up history; raise `CohortMissesFigures` where a figure is off."""
    counts = counts_of_history(history, register_extract)
    missed = tuple(one for one in compare(counts) if not one.is_near)
    if missed:
        raise CohortMissesFigures(missed)
    return counts


def counts_of_history(history: MadeUpHistory, register_extract: str) -> CohortCounts:
    """Return what is counted in a made-up history and its register extract."""
    towns: defaultdict[str, list[CaseCounts]] = defaultdict(list)
    for enrolment in history.trial:
        towns[enrolment.quota.slug].append(_counts(enrolment))
    return CohortCounts(
        trial={slug: added(counts) for slug, counts in towns.items()},
        ltt=added(_counts(enrolment) for enrolment in history.ltt),
        registers=count_register_extract(register_extract),
    )


def _counts(enrolment: MadeUpEnrolment) -> CaseCounts:
    ratings = enrolment.ratings
    paid_for = {purchase.item.article.category for purchase in enrolment.purchases}
    return CaseCounts(
        citizens=1,
        women=int(enrolment.person.is_female),
        years_of_age=age_on(REFERENCE_DAY, born_on=enrolment.person.born_on),
        answered=int(ratings is not None),
        spent=enrolment.spent,
        goals=Counter(enrolment.goal.categories),
        starts=Counter([ratings.start] if ratings else []),
        ends=Counter([ratings.end] if ratings else []),
        movements=Counter([movement(ratings.start, ratings.end)] if ratings else []),
        beliefs=Counter([ratings.belief] if ratings else []),
        achievements=Counter([ratings.achievement] if ratings else []),
        changes=Counter([_change(enrolment)]),
        left=Counter([left_of(enrolment.spent)]),
        purposes=Counter(paid_for),
    )


def _change(enrolment: MadeUpEnrolment) -> SizeOfChange:
    first, last = _as_compared(enrolment.plans[0]), _as_compared(enrolment.plans[-1])
    return size_of_plan_change(first, last).size


def _as_compared(plan: Plan) -> ComparedPlan:
    items = (
        ComparedItem(item.article.description, item.article.category, Oere(item.kroner * OERE), item.sub_goal)
        for item in plan
    )
    return ComparedPlan("", tuple(items))
