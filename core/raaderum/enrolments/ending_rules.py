"""Why an enrolment ends, and when each reason can be given; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.enrolments.rules import EnrolmentState, end_of_months
from raaderum.kernel.errors import InvalidInput, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from raaderum.enrolments.clocks import Course
    from raaderum.programmes.rules import ProgrammeVersion


class EndingReason(StrEnum):
    """Why an enrolment ends."""

    PERIOD_OVER = "period_over"
    ORDINARY_EMPLOYMENT = "ordinary_employment"
    CITIZEN_LEAVES = "citizen_leaves"
    NO_APPROVABLE_PLAN = "no_approvable_plan"
    SERIOUS_DISTRUST = "serious_distrust"
    AGREEMENTS_BROKEN = "agreements_broken"
    NO_EFFECT = "no_effect"
    MOVED_AWAY = "moved_away"
    DIED = "died"


ENDING_REASON_NAMES: Final[Mapping[EndingReason, Text]] = {
    EndingReason.PERIOD_OVER: Text("månederne er gået", "the months have passed"),
    EndingReason.ORDINARY_EMPLOYMENT: Text("borgeren er i ordinært arbejde", "in ordinary employment"),
    EndingReason.CITIZEN_LEAVES: Text("borgeren ønsker at stoppe", "the citizen wants to stop"),
    EndingReason.NO_APPROVABLE_PLAN: Text(
        "planen kan ikke nå at blive godkendt", "the plan cannot reach approval"
    ),
    EndingReason.SERIOUS_DISTRUST: Text("væsentlig mistillid", "serious distrust"),
    EndingReason.AGREEMENTS_BROKEN: Text("aftaler er ikke overholdt", "agreements were broken"),
    EndingReason.NO_EFFECT: Text("forløbet har ikke haft virkning", "the course has had no effect"),
    EndingReason.MOVED_AWAY: Text("flyttet til en anden kommune", "moved to another municipality"),
    EndingReason.DIED: Text("død", "died"),
}

CLOSES_PURCHASES: Final = frozenset({EndingReason.MOVED_AWAY, EndingReason.DIED})
"""Reasons that leave nobody here to buy for: purchases are given up, and held money is released."""


class ReasonDoesNotFit(RuleBroken):
    """The reason cannot be given where the enrolment is now, or under its programme."""

    code = "ending_reason_does_not_fit"
    text = Text(
        "»{reason}« kan ikke bruges her: {because}. Vælg en anden grund.",
        "“{reason_english}” cannot be used here: {because_english}. Choose another reason.",
    )


class EndOutsideCourse(InvalidInput):
    """A last day before the enrolment began, or one that has not come yet."""

    code = "end_outside_course"
    text = Text(
        "Slutdagen skal ligge mellem {first} og i dag {last}. Skriv en dag imellem.",
        "The last day must lie between {first} and today {last}. Write a day between.",
    )


_ONLY_DURING: Final = Text("forløbet er ikke i gang", "the enrolment is not active")
_ONLY_BEFORE_PLAN: Final = Text("en plan er allerede godkendt", "a plan has been approved already")
_MONTHS_LEFT: Final = Text("trækningsretten løber til og med {last}", "the drawing right runs through {last}")
_NOT_IN_PROGRAMME: Final = Text("ordningen har ikke den grund", "the programme has no such reason")
_TOO_EARLY: Final = Text("det kan tidligst ske efter {last}", "it can happen after {last} at the earliest")


def reasons_for(enrolment: Course, rules: ProgrammeVersion, *, on: date) -> tuple[EndingReason, ...]:
    """Return the reasons that staff can give for an end on that day."""
    return tuple(reason for reason in EndingReason if _hindrance(reason, enrolment, rules, on) is None)


def check_reason(reason: EndingReason, enrolment: Course, rules: ProgrammeVersion, *, on: date) -> None:
    """Raise `ReasonDoesNotFit` unless the reason can be given for an end on that day."""
    hindrance = _hindrance(reason, enrolment, rules, on)
    if hindrance is not None:
        name = ENDING_REASON_NAMES[reason]
        raise ReasonDoesNotFit(
            where="because",
            reason=name.danish,
            reason_english=name.english,
            because=hindrance.danish,
            because_english=hindrance.english,
        )


def check_last_day(on: date, *, begun_on: date, today: date) -> None:
    """Raise `EndOutsideCourse` unless the day lies between `begun_on` and today, both included.

    An enrolment begins with its months; before a plan is approved, with the citizen's yes.
    """
    if not begun_on <= on <= today:
        raise EndOutsideCourse(where="ended_on", first=begun_on, last=today)


def _hindrance(reason: EndingReason, enrolment: Course, rules: ProgrammeVersion, on: date) -> Text | None:
    match reason:
        case EndingReason.PERIOD_OVER:
            return _before_the_end(enrolment, on)
        case EndingReason.NO_APPROVABLE_PLAN:
            return None if enrolment.state == EnrolmentState.RUN_IN else _ONLY_BEFORE_PLAN
        case EndingReason.NO_EFFECT:
            return _before_an_effect(enrolment, rules, on)
        case _:
            return None


def _before_the_end(enrolment: Course, on: date) -> Text | None:
    if enrolment.state != EnrolmentState.ACTIVE or enrolment.ends_on is None:
        return _ONLY_DURING
    return _MONTHS_LEFT.filled(last=enrolment.ends_on) if on < enrolment.ends_on else None


def _before_an_effect(enrolment: Course, rules: ProgrammeVersion, on: date) -> Text | None:
    if rules.no_effect_months is None:
        return _NOT_IN_PROGRAMME
    if enrolment.state != EnrolmentState.ACTIVE or enrolment.started_on is None:
        return _ONLY_DURING
    last = end_of_months(enrolment.started_on, rules.no_effect_months)
    return _TOO_EARLY.filled(last=last) if on <= last else None
