"""When things happened to made-up citizens, and how their enrolments ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.rules import end_of_months

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from raaderum.demo.cohort.quotas import TownQuota

LAST_DAY: Final = date(2019, 12, 31)
"""Of the cohort's time: what began later is no part of it."""
MONTHS: Final = 12
_RUN_IN: Final = (30, 150)
_LTT_PLANNING: Final = (10, 27)
"""Days from yes to beginning: in the job programme four weeks at most."""
_THINKING: Final = (3, 14)
_LTT_THINKING: Final = (7, 12)
"""Days from offer to yes: in the job programme a week at least."""
_SCREENING: Final = (7, 30)
_FIRST_YES_BEFORE: Final = timedelta(days=45)
_LEFT_AFTER: Final = (5, 9)
_LTT_LENGTH: Final = (7, 12)
"""Months."""
_SATURDAY: Final = 5

_EARLY_ENDINGS: Final = (EndingReason.CITIZEN_LEAVES, EndingReason.MOVED_AWAY)


@dataclass(frozen=True, slots=True)
class MadeUpTimes:
    """The days of one enrolment. `is_unanswered`: no questionnaire ever came in."""

    referred_on: date
    offered_on: date
    accepted_on: date
    began_on: date
    ended_on: date
    ending: EndingReason
    is_unanswered: bool = False

    @property
    def left_early(self) -> bool:
        """Whether the citizen left before the months were over."""
        return self.ending is not EndingReason.PERIOD_OVER


def trial_times(chance: Random, quota: TownQuota) -> Iterator[MadeUpTimes]:
    """Make the times of one municipality's citizens; the first ones of them left early."""
    for number in range(quota.citizens):
        began = _day_between(chance, quota.first_start, quota.last_start)
        accepted = began - timedelta(days=chance.randint(*_RUN_IN))
        accepted = workday(max(accepted, quota.first_start - _FIRST_YES_BEFORE))
        offered = _before(chance, accepted, _THINKING)
        is_early = number < quota.left_early
        months = chance.randint(*_LEFT_AFTER) if is_early else MONTHS
        yield MadeUpTimes(
            referred_on=_before(chance, offered, _SCREENING),
            offered_on=offered,
            accepted_on=accepted,
            began_on=began,
            ended_on=end_of_months(began, months),
            ending=_early_ending(number, quota) if is_early else EndingReason.PERIOD_OVER,
            is_unanswered=number < quota.unanswered,
        )


def ltt_times(chance: Random, quota: TownQuota) -> Iterator[MadeUpTimes]:
    """Make the times of the job programme: shorter before, and shorter where work was found."""
    for _ in range(quota.citizens):
        began = _day_between(chance, quota.first_start, quota.last_start)
        accepted = _before(chance, began, _LTT_PLANNING)
        offered = _before(chance, accepted, _LTT_THINKING)
        months = chance.randint(*_LTT_LENGTH)
        yield MadeUpTimes(
            referred_on=_before(chance, offered, _SCREENING),
            offered_on=offered,
            accepted_on=accepted,
            began_on=began,
            ended_on=end_of_months(began, months),
            ending=EndingReason.PERIOD_OVER if months == MONTHS else EndingReason.ORDINARY_EMPLOYMENT,
        )


def workday(day: date) -> date:
    """Return the day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


def _early_ending(number: int, quota: TownQuota) -> EndingReason:
    """Who answered nothing moved or left; who answered found work."""
    if number >= quota.unanswered:
        return EndingReason.ORDINARY_EMPLOYMENT
    return _EARLY_ENDINGS[len(quota.slug) % len(_EARLY_ENDINGS)]


def _day_between(chance: Random, first: date, last: date) -> date:
    return workday(first + timedelta(days=4 + chance.randrange((last - first).days - 3)))


def _before(chance: Random, day: date, days: tuple[int, int]) -> date:
    fewest, most = days
    # Moving to a Friday makes the time longer by two days, never shorter.
    return workday(day - timedelta(days=chance.randint(fewest, max(fewest, most - 2))))
