"""States of an enrolment and the moves between them; pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.text import Text
from raaderum.plugin_api import CriterionOutcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from raaderum.plugin_api import CriterionResult

_LAST_MONTH = 12


class EnrolmentState(StrEnum):
    """Where a citizen is in the course of a programme."""

    REFERRED = "referred"
    WAITING = "waiting"
    OFFERED = "offered"
    REJECTED = "rejected"
    DECLINED = "declined"
    RUN_IN = "run_in"
    ACTIVE = "active"
    ENDED = "ended"


STATE_NAMES: Final[Mapping[EnrolmentState, Text]] = {
    EnrolmentState.REFERRED: Text("indstillet", "referred"),
    EnrolmentState.WAITING: Text("på venteliste", "on the waiting list"),
    EnrolmentState.OFFERED: Text("har fået tilbud", "offered"),
    EnrolmentState.REJECTED: Text("ikke optaget", "not admitted"),
    EnrolmentState.DECLINED: Text("har sagt nej tak", "declined"),
    EnrolmentState.RUN_IN: Text("tid til at drømme", "time to dream"),
    EnrolmentState.ACTIVE: Text("i gang", "active"),
    EnrolmentState.ENDED: Text("afsluttet", "ended"),
}

_MOVES: Final[Mapping[EnrolmentState, frozenset[EnrolmentState]]] = {
    EnrolmentState.REFERRED: frozenset(
        {EnrolmentState.WAITING, EnrolmentState.OFFERED, EnrolmentState.REJECTED, EnrolmentState.DECLINED}
    ),
    EnrolmentState.WAITING: frozenset(
        {EnrolmentState.OFFERED, EnrolmentState.REJECTED, EnrolmentState.DECLINED}
    ),
    EnrolmentState.OFFERED: frozenset(
        {EnrolmentState.RUN_IN, EnrolmentState.REJECTED, EnrolmentState.DECLINED}
    ),
    EnrolmentState.RUN_IN: frozenset({EnrolmentState.ACTIVE, EnrolmentState.ENDED}),
    EnrolmentState.ACTIVE: frozenset({EnrolmentState.ENDED}),
    EnrolmentState.REJECTED: frozenset(),
    EnrolmentState.DECLINED: frozenset(),
    EnrolmentState.ENDED: frozenset(),
}


UNDER_WAY: Final = (EnrolmentState.RUN_IN, EnrolmentState.ACTIVE)
"""From the citizen's yes to the end: the time in which words, plans and courses are worked on."""

CLOSED: Final = frozenset({EnrolmentState.REJECTED, EnrolmentState.DECLINED, EnrolmentState.ENDED})
"""A citizen whose enrolments in a programme are all closed can be referred to it again."""


class EnrolmentMoveForbidden(Conflict):
    """The enrolment is not where the act needs it to be."""

    code = "enrolment_move_forbidden"
    text = Text(
        "Forløbet er »{state}«, så det kan ikke blive »{wanted}«.",
        "The enrolment is “{state_english}”, so it cannot become “{wanted_english}”.",
    )


class EnrolmentNotOpen(RuleBroken):
    """The act needs an enrolment that is under way."""

    code = "enrolment_not_open"
    text = Text(
        "Forløbet er »{state}«. Det kan kun gøres, mens forløbet er i gang.",
        "The enrolment is “{state_english}”. This can be done only while it is under way.",
    )


class CriteriaNotMet(RuleBroken):
    """An offer was about to be made although an objective criterion is not met."""

    code = "criteria_not_met"
    text = Text(
        "Borgeren er uden for målgruppen: {criteria}. Ret svarene, eller afslut indstillingen.",
        "The citizen is outside the target group: {criteria_english}. "
        "Correct the answers, or close the referral.",
    )


class JudgementMissing(InvalidInput):
    """A criterion needs judgement, and nobody has written down theirs."""

    code = "judgement_missing"
    text = Text(
        "Skriv din faglige vurdering: {criteria}.",
        "Write your professional judgement: {criteria_english}.",
    )


class AlreadyEnrolled(Conflict):
    """The citizen has an open enrolment in the same programme."""

    code = "already_enrolled"
    text = Text(
        "Borgeren har allerede et forløb i denne ordning. Fortsæt med det på listen over sager.",
        "The citizen already has an enrolment in this programme. Go on with that one in the caseload.",
    )


class CeilingOutOfRange(InvalidInput):
    """A citizen's own ceiling that is zero or above the programme's."""

    code = "ceiling_out_of_range"
    text = Text(
        "Borgerens ramme skal ligge mellem 0,01 kr. og {most}.",
        "The citizen's ceiling must lie between 0,01 kr. and {most}.",
    )


def check_move(state: EnrolmentState, wanted: EnrolmentState) -> None:
    """Raise `EnrolmentMoveForbidden` unless the move is one of the course's."""
    if wanted not in _MOVES[state]:
        now, then = STATE_NAMES[state], STATE_NAMES[wanted]
        raise EnrolmentMoveForbidden(
            state=now.danish, wanted=then.danish, state_english=now.english, wanted_english=then.english
        )


def check_under_way(state: EnrolmentState, *allowed: EnrolmentState) -> None:
    """Raise `EnrolmentNotOpen` unless `state` is one of `allowed`."""
    if state not in allowed:
        name = STATE_NAMES[state]
        raise EnrolmentNotOpen(state=name.danish, state_english=name.english)


def check_offer(results: Sequence[CriterionResult], judgement: str) -> None:
    """Raise unless every criterion is met, or left to a judgement that has been written down."""
    not_met = [result for result in results if result.outcome is CriterionOutcome.NOT_MET]
    open_ones = [result for result in results if result.outcome is CriterionOutcome.NEEDS_JUDGEMENT]
    if not_met:
        raise CriteriaNotMet(**_named(not_met))
    if open_ones and not judgement.strip():
        raise JudgementMissing(where="judgement", **_named(open_ones))


def _named(results: Sequence[CriterionResult]) -> dict[str, str]:
    return {
        "criteria": ", ".join(result.name.danish for result in results),
        "criteria_english": ", ".join(result.name.english for result in results),
    }


def end_of_months(start: date, months: int) -> date:
    """Return the last day of a period of `months` that begins on `start`."""
    total = start.month - 1 + months
    year, month = start.year + total // _LAST_MONTH, total % _LAST_MONTH + 1
    first_after = _clamped(year, month, start.day)
    return date.fromordinal(first_after.toordinal() - 1)


def _clamped(year: int, month: int, day: int) -> date:
    """Return the day of the month, or the first of the next month where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year + month // _LAST_MONTH, month % _LAST_MONTH + 1, 1)
