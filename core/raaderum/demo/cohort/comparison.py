"""Every published figure beside the one computed from the cohort; pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from raaderum.demo.cohort.case_counts import CaseCounts, Left, added
from raaderum.demo.cohort.published import ALL, LTT, PUBLISHED, Origin, PublishedFigure
from raaderum.demo.cohort.register_extract import RegisterCounts
from raaderum.goals.rules import GoalCategory
from raaderum.plans.rules import SpendingCategory
from raaderum.plans.size_of_change import SizeOfChange
from raaderum.questionnaires.rules import Degree, Distance, Movement

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Mapping

_OERE: Final = 100
_AARHUS: Final = "aarhus"


@dataclass(frozen=True, slots=True)
class Compared:
    """A published figure and the computed one."""

    published: PublishedFigure
    computed: Decimal

    @property
    def difference(self) -> Decimal:
        """Computed minus published."""
        return self.computed - self.published.value

    @property
    def is_near(self) -> bool:
        """Whether the two are as near as these tables allow."""
        return abs(self.difference) <= self.published.tolerance


@dataclass(frozen=True, slots=True)
class CohortCounts:
    """What was counted: the trial's cases by municipality, the job programme's, and the extract."""

    trial: Mapping[str, CaseCounts]
    ltt: CaseCounts
    registers: RegisterCounts

    def of(self, where: str) -> CaseCounts:
        """Return the counts of one municipality, of all four, or of the job programme."""
        if where == LTT:
            return self.ltt
        return added(self.trial.values()) if where == ALL else self.trial[where]


def compare(counts: CohortCounts) -> tuple[Compared, ...]:
    """Return every published figure beside the computed one, in the order of the documents."""
    return tuple(Compared(figure, _as_decimal(_computed(figure, counts))) for figure in PUBLISHED)


def _computed(figure: PublishedFigure, counts: CohortCounts) -> Fraction:
    if figure.origin is Origin.REGISTERS:
        return _REGISTER_MEASURES[figure.measure](counts.registers, figure.where)
    return _CASE_MEASURES[figure.measure](counts.of(figure.where))


def _as_decimal(number: Fraction) -> Decimal:
    return round(Decimal(number.numerator) / Decimal(number.denominator), 2)


def _per_cent(part: int, whole: int) -> Fraction:
    return Fraction(100 * part, whole) if whole else Fraction(0)


def _share(which: Callable[[CaseCounts], Counter[str]], *codes: str) -> Callable[[CaseCounts], Fraction]:
    """Return a measure: how many of the answers are one of `codes`, in per cent."""

    def measure(counts: CaseCounts) -> Fraction:
        counter = which(counts)
        return _per_cent(sum(counter[code] for code in codes), counter.total())

    return measure


def _number(which: Callable[[CaseCounts], Counter[str]], *codes: str) -> Callable[[CaseCounts], Fraction]:
    """Return a measure: how many have one of `codes`."""
    return lambda counts: Fraction(sum(which(counts)[code] for code in codes))


def _starts(counts: CaseCounts) -> Counter[str]:
    return counts.starts


def _ends(counts: CaseCounts) -> Counter[str]:
    return counts.ends


def _movements(counts: CaseCounts) -> Counter[str]:
    return counts.movements


def _beliefs(counts: CaseCounts) -> Counter[str]:
    return counts.beliefs


def _achievements(counts: CaseCounts) -> Counter[str]:
    return counts.achievements


_CASE_MEASURES: Final[Mapping[str, Callable[[CaseCounts], Fraction]]] = {
    "citizens": lambda counts: Fraction(counts.citizens),
    "answered": lambda counts: Fraction(counts.answered),
    "men": lambda counts: _per_cent(counts.citizens - counts.women, counts.citizens),
    "women": lambda counts: _per_cent(counts.women, counts.citizens),
    "mean_age": lambda counts: Fraction(counts.years_of_age, max(1, counts.citizens)),
    "mean_spent": lambda counts: Fraction(counts.spent, _OERE * max(1, counts.citizens)),
    "goal_education_and_employment": _number(
        lambda counts: counts.goals, GoalCategory.EDUCATION_AND_EMPLOYMENT
    ),
    "goal_housing": _number(lambda counts: counts.goals, GoalCategory.HOUSING),
    "start_very_far": _share(_starts, Distance.VERY_FAR),
    "start_far_or_some_way": _share(_starts, Distance.FAR, Distance.SOME_WAY),
    "start_close": _share(_starts, Distance.CLOSE),
    "end_achieved": _share(_ends, Distance.ACHIEVED),
    "end_close": _share(_ends, Distance.CLOSE),
    "end_far_or_very_far": _share(_ends, Distance.FAR, Distance.VERY_FAR),
    "moved_achieved": _share(_movements, Movement.ACHIEVED),
    "moved_closer": _share(_movements, Movement.CLOSER),
    "moved_not": _share(_movements, Movement.THE_SAME),
    "moved_away": _share(_movements, Movement.FURTHER_AWAY),
    "belief_high": _share(_beliefs, Degree.VERY_HIGH, Degree.HIGH),
    "belief_partly": _share(_beliefs, Degree.PARTLY),
    "belief_low": _share(_beliefs, Degree.LESSER, Degree.LOW),
    "achieved_very_high": _share(_achievements, Degree.VERY_HIGH),
    "achieved_high": _share(_achievements, Degree.HIGH),
    "achieved_partly": _share(_achievements, Degree.PARTLY),
    "achieved_low": _share(_achievements, Degree.LESSER, Degree.LOW),
    "left_nearly_nothing": _number(lambda counts: counts.left, Left.NEARLY_NOTHING),
    "left_7000_to_11000": _number(lambda counts: counts.left, Left.FROM_7000_TO_11000),
    "left_3000": _number(lambda counts: counts.left, Left.ABOUT_3000),
    "debt": _number(lambda counts: counts.purposes, SpendingCategory.DEBT),
    "changed_little": _number(lambda counts: counts.changes, SizeOfChange.NONE, SizeOfChange.MINOR),
    "changed_much": _number(lambda counts: counts.changes, SizeOfChange.MAJOR, SizeOfChange.ENTIRE),
    "changed_entirely": _number(lambda counts: counts.changes, SizeOfChange.ENTIRE),
}


def _of_town_or_all(counter: Counter[str], where: str) -> int:
    return counter.total() if where == ALL else counter[where]


def _diagnosed_elsewhere(registers: RegisterCounts) -> list[Fraction]:
    return [
        _per_cent(registers.diagnosed[town], citizens)
        for town, citizens in registers.citizens.items()
        if town != _AARHUS
    ]


def _mean_weeks(kind: str) -> Callable[[RegisterCounts, str], Fraction]:
    return lambda registers, _: Fraction(registers.weeks[kind], registers.citizens.total())


_REGISTER_MEASURES: Final[Mapping[str, Callable[[RegisterCounts, str], Fraction]]] = {
    "primary_school": lambda registers, _: _per_cent(
        registers.educations["primary_school"], registers.educations.total()
    ),
    **{
        kind: _mean_weeks(kind)
        for kind in (
            "weeks_on_cash_assistance",
            "weeks_in_work",
            "weeks_on_student_grant",
            "weeks_on_early_retirement",
        )
    },
    "charged": lambda registers, where: _per_cent(
        _of_town_or_all(registers.charged, where), _of_town_or_all(registers.citizens, where)
    ),
    "diagnosed": lambda registers, where: _per_cent(
        _of_town_or_all(registers.diagnosed, where), _of_town_or_all(registers.citizens, where)
    ),
    "diagnosed_lowest_of_others": lambda registers, _: min(_diagnosed_elsewhere(registers)),
    "diagnosed_highest_of_others": lambda registers, _: max(_diagnosed_elsewhere(registers)),
    "moderate": lambda registers, _: _per_cent(
        registers.severities["moderate"], registers.severities.total()
    ),
    "severe": lambda registers, _: _per_cent(registers.severities["severe"], registers.severities.total()),
}
