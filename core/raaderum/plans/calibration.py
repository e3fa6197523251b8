"""How a team uses its colours: over time, from first to final, in agreement, and how long it takes; pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median_high
from typing import TYPE_CHECKING

from raaderum.plans.rules import Colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Course:
    """How one plan went: each round's colour and day, what colleagues advised, and when it was decided.

    `decided_on` None: it still waits. `is_approved` False with a day: it was returned.
    """

    proposed_on: date
    rounds: tuple[tuple[Colour, date], ...]
    advice: tuple[Colour, ...]
    decided_on: date | None
    is_approved: bool


@dataclass(frozen=True, slots=True)
class QuarterColours:
    """The first colours that were given in one quarter, counted."""

    quarter: str
    green: int
    yellow: int
    red: int

    @property
    def plans(self) -> int:
        """How many plans were assessed for the first time."""
        return self.green + self.yellow + self.red

    def percent(self, colour: Colour) -> int:
        """Return the share of one colour in whole percent; the three can sum to 99 or 101."""
        return round(100 * int(getattr(self, colour.value)) / self.plans)


@dataclass(frozen=True, slots=True)
class StepDays:
    """How many days a step took: at least half of the plans took `median` or fewer."""

    plans: int
    median: int
    longest: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """The whole picture. `changes` counts approved plans by first and final colour."""

    quarters: tuple[QuarterColours, ...]
    changes: dict[tuple[Colour, Colour], int]
    comments: int
    comments_agreeing: int
    days: dict[str, StepDays]

    @property
    def percent_agreeing(self) -> int | None:
        """The share of comments that advised the final colour, None where there are none."""
        return round(100 * self.comments_agreeing / self.comments) if self.comments else None


def calibrate(courses: Iterable[Course]) -> Calibration:
    """Count the courses of plans; a plan that nobody has assessed yet does not count."""
    assessed = [course for course in courses if course.rounds]
    settled = [course for course in assessed if _final(course) is not None]
    return Calibration(
        quarters=_quarters(assessed),
        changes=dict(
            Counter((course.rounds[0][0], course.rounds[-1][0]) for course in settled if course.is_approved)
        ),
        comments=sum(len(course.advice) for course in settled),
        comments_agreeing=sum(course.advice.count(course.rounds[-1][0]) for course in settled),
        days={name: taken for name, spans in _spans(assessed).items() if (taken := _step_days(spans))},
    )


def quarter_of(day: date) -> str:
    """Return the quarter of a day as `2026-Q4`."""
    return f"{day.year}-Q{(day.month - 1) // _MONTHS_A_QUARTER + 1}"


def _final(course: Course) -> Colour | None:
    """Return the colour a plan ended with; a yellow is never final."""
    colour = course.rounds[-1][0]
    return None if colour is Colour.YELLOW else colour


def _quarters(courses: Sequence[Course]) -> tuple[QuarterColours, ...]:
    counted = Counter((quarter_of(course.rounds[0][1]), course.rounds[0][0]) for course in courses)
    return tuple(
        QuarterColours(
            quarter,
            green=counted[quarter, Colour.GREEN],
            yellow=counted[quarter, Colour.YELLOW],
            red=counted[quarter, Colour.RED],
        )
        for quarter in sorted({quarter for quarter, _ in counted})
    )


def _spans(courses: Sequence[Course]) -> dict[str, list[int]]:
    """Return the days of each step of each plan that has taken it."""
    spans: dict[str, list[int]] = {"assess": [], "discuss": [], "decide_together": [], "whole": []}
    for course in courses:
        (first, began), (last, ended) = course.rounds[0], course.rounds[-1]
        spans["assess"].append((began - course.proposed_on).days)
        if first is Colour.YELLOW and last is not Colour.YELLOW:
            spans["discuss"].append((ended - began).days)
        if course.decided_on is not None:
            spans["whole"].append((course.decided_on - course.proposed_on).days)
            if last is Colour.RED:
                spans["decide_together"].append((course.decided_on - ended).days)
    return spans


def _step_days(spans: Sequence[int]) -> StepDays | None:
    return StepDays(len(spans), median_high(spans), max(spans)) if spans else None
