"""The cohort's whole history, made from one seed: who, when, what for, and how it went."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Final

from raaderum.demo.cohort.chances import NothingFits, numbers_with_sum, shuffled
from raaderum.demo.cohort.made_dreams import MadeUpGoal, ltt_goal, trial_goals
from raaderum.demo.cohort.made_people import MadeUpPerson, Register
from raaderum.demo.cohort.made_plans import Plan, PlanWish, made_up_versions
from raaderum.demo.cohort.made_purchases import MadeUpPurchase, made_up_purchases
from raaderum.demo.cohort.made_ratings import MadeUpRatings, made_up_ratings
from raaderum.demo.cohort.made_times import MadeUpTimes, ltt_times, trial_times
from raaderum.demo.cohort.quotas import (
    HALSNAES_CHANGES,
    HALSNAES_IN_DEBT,
    HALSNAES_LEFT,
    LTT,
    LTT_SPENT_KRONER,
    SEED,
    TRIAL,
    TownQuota,
)
from raaderum.kernel.money import Oere
from raaderum.plans.size_of_change import SizeOfChange
from raaderum.programmes.selections import Arm, Selection

if TYPE_CHECKING:
    from collections.abc import Iterator

CEILING: Final = 50_000
"""Kroner."""
_HALSNAES: Final = "halsnaes"
_LEFT_ELSEWHERE: Final = (0, 9_000)
_LEFT_BY_LEAVERS: Final = (16_000, 30_000)
"""Kroner left of 50,000, from and to: assumed where nothing is published."""
_LTT_SPENT: Final = (24_000, 50_000)
_CHANGES_ELSEWHERE: Final = {SizeOfChange.NONE: 5, SizeOfChange.MINOR: 3, SizeOfChange.MAJOR: 2}
"""Assumed: how often, against each other, plans changed where nothing is published."""
_ABOVE_SPENT: Final = 6_000
"""Kroner by which a plan at most stands above what is spent, where it was not for the whole ceiling."""
_ROUND: Final = 25
_LTT_PHASES: Final = (
    (Selection.APPOINTED, Arm.INDIVIDUAL),
    (Selection.APPOINTED, Arm.GROUP),
    (Selection.DRAWN, Arm.INDIVIDUAL),
    (Selection.DRAWN, Arm.GROUP),
)


@dataclass(frozen=True, slots=True)
class MadeUpEnrolment:
    """One made-up citizen's way through one programme; `number` counts within the municipality's."""

    quota: TownQuota
    number: int
    person: MadeUpPerson
    times: MadeUpTimes
    goal: MadeUpGoal
    change: SizeOfChange
    plans: tuple[Plan, ...]
    purchases: tuple[MadeUpPurchase, ...]
    ratings: MadeUpRatings | None = None
    selection: Selection | None = None
    arm: Arm | None = None

    @property
    def case_number(self) -> str:
        """The number of the case in the municipality's own files."""
        return f"{self.quota.prefix}-{self.times.referred_on.year}-{self.number:03d}"

    @property
    def spent(self) -> Oere:
        """What all purchases came to, in øre."""
        return Oere(sum(purchase.amount for purchase in self.purchases))


@dataclass(frozen=True, slots=True)
class MadeUpHistory:
    """The 101 of the trial, and the 97 of the job programme."""

    trial: tuple[MadeUpEnrolment, ...]
    ltt: tuple[MadeUpEnrolment, ...]

    @property
    def everybody(self) -> tuple[MadeUpEnrolment, ...]:
        """All enrolments."""
        return self.trial + self.ltt


@dataclass(frozen=True, slots=True)
class _Use:
    """How much of the ceiling somebody spent, in kroner, and how the plan came to it."""

    spent: int
    change: SizeOfChange
    pays_debt: bool = False


def make_history(seed: int = SEED) -> MadeUpHistory:
    """Make the cohort; the same seed gives the same one, whatever the day."""
    chance = Random(seed)  # noqa: S311 - made-up history has to come out the same; nothing is secret
    register = Register(chance)
    return MadeUpHistory(tuple(_trial(chance, register)), tuple(_ltt(chance, register)))


def _trial(chance: Random, register: Register) -> Iterator[MadeUpEnrolment]:
    courses = [
        (quota, number, person, times)
        for quota in TRIAL
        for number, (person, times) in enumerate(
            zip(register.people(quota), trial_times(chance, quota), strict=True), start=1
        )
    ]
    goals = trial_goals(chance, [not times.is_unanswered for *_, times in courses])
    answering = [(quota, times) for quota, *_, times in courses if not times.is_unanswered]
    ratings = iter(
        made_up_ratings(
            chance,
            left_early=[times.left_early for _, times in answering],
            did_well=[quota.slug == _HALSNAES for quota, _ in answering],
        )
    )
    halsnaes = _halsnaes_uses(chance)
    for (quota, number, person, times), goal in zip(courses, goals, strict=True):
        use = next(halsnaes) if quota.slug == _HALSNAES else _assumed_use(chance, times)
        enrolment = _enrolment(chance, quota, number, person, times, goal, use)
        yield enrolment if times.is_unanswered else replace(enrolment, ratings=next(ratings))


def _ltt(chance: Random, register: Register) -> Iterator[MadeUpEnrolment]:
    spent = numbers_with_sum(chance, LTT_SPENT_KRONER, among=[_LTT_SPENT] * LTT.citizens, step=50)
    people, times = register.people(LTT), ltt_times(chance, LTT)
    for number, (person, when, kroner) in enumerate(zip(people, times, spent, strict=True), start=1):
        goal, use = ltt_goal(chance, number), _Use(kroner, _assumed_change(chance))
        enrolment = _enrolment(chance, LTT, number, person, when, goal, use)
        selection, arm = _LTT_PHASES[number % len(_LTT_PHASES)]
        yield replace(enrolment, selection=selection, arm=arm)


def _halsnaes_uses(chance: Random) -> Iterator[_Use]:
    """What the closing note tells of 25 plans, put together; debt is paid where much changed."""
    changes = shuffled(chance, HALSNAES_CHANGES)
    major = [place for place, change in enumerate(changes) if change is SizeOfChange.MAJOR]
    indebted = set(chance.sample(major, HALSNAES_IN_DEBT))
    for place, ((least, most), change) in enumerate(
        zip(shuffled(chance, HALSNAES_LEFT), changes, strict=True)
    ):
        yield _Use(CEILING - chance.randint(least, most), change, place in indebted)


def _assumed_use(chance: Random, times: MadeUpTimes) -> _Use:
    left = chance.randint(*(_LEFT_BY_LEAVERS if times.left_early else _LEFT_ELSEWHERE))
    return _Use(CEILING - left, _assumed_change(chance))


def _assumed_change(chance: Random) -> SizeOfChange:
    return chance.choices(list(_CHANGES_ELSEWHERE), list(_CHANGES_ELSEWHERE.values()))[0]


def _enrolment(
    chance: Random,
    quota: TownQuota,
    number: int,
    person: MadeUpPerson,
    times: MadeUpTimes,
    goal: MadeUpGoal,
    use: _Use,
) -> MadeUpEnrolment:
    while True:
        planned = _planned(chance, quota, times, use.spent)
        wish = PlanWish(goal.categories, planned, len(goal.sub_goals), use.pays_debt)
        with suppress(NothingFits):
            plans = made_up_versions(chance, wish, use.change)
            purchases = made_up_purchases(
                chance, plans, spent=use.spent, began=times.began_on, ended=times.ended_on
            )
            return MadeUpEnrolment(quota, number, person, times, goal, use.change, plans, purchases)


def _planned(chance: Random, quota: TownQuota, times: MadeUpTimes, spent: int) -> int:
    if quota.slug == _HALSNAES or times.left_early:
        return CEILING
    above = spent + chance.randrange(_ABOVE_SPENT)
    return min(CEILING, above - above % _ROUND + _ROUND)
