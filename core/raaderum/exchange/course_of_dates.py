"""Where an enrolment has come, by the dates that a spreadsheet gives; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from raaderum.enrolments.rules import STATE_NAMES, EnrolmentState
from raaderum.exchange.values import CellWrong
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATE_AFTER: Final[Mapping[str, EnrolmentState]] = {
    "referred_on": EnrolmentState.REFERRED,
    "offered_on": EnrolmentState.OFFERED,
    "accepted_on": EnrolmentState.RUN_IN,
    "started_on": EnrolmentState.ACTIVE,
    "ended_on": EnrolmentState.ENDED,
}
_BEFORE: Final[Mapping[str, str]] = {
    "offered_on": "referred_on",
    "accepted_on": "offered_on",
    "started_on": "accepted_on",
    "ended_on": "accepted_on",
}
_DANISH: Final[Mapping[str, str]] = {
    "referred_on": "indstillet_dato",
    "offered_on": "tilbud_dato",
    "accepted_on": "accepteret_dato",
    "started_on": "begyndt_dato",
    "ended_on": "afsluttet_dato",
}
_ALSO: Final[Mapping[EnrolmentState, frozenset[EnrolmentState]]] = {
    EnrolmentState.REFERRED: frozenset(
        {EnrolmentState.WAITING, EnrolmentState.REJECTED, EnrolmentState.DECLINED}
    ),
    EnrolmentState.OFFERED: frozenset({EnrolmentState.REJECTED, EnrolmentState.DECLINED}),
}
"""What a case can have come to that no date tells."""


@dataclass(frozen=True, slots=True)
class CourseOfDates:
    """The dates of one enrolment, None where it has not come so far."""

    referred_on: date
    offered_on: date | None
    accepted_on: date | None
    started_on: date | None
    ended_on: date | None

    def check(self, *, today: date) -> tuple[str, CellWrong] | None:
        """Return the first column that cannot be right, with what is wrong with it."""
        given = [(name, day) for name in _STATE_AFTER if (day := getattr(self, name)) is not None]
        for name, day in given:
            before = _BEFORE.get(name)
            if before is not None and getattr(self, before) is None:
                return _DANISH[name], _missing(_DANISH[before])
            if day > today:
                return _DANISH[name], _in_future()
        for (earlier, first), (later, second) in pairwise(given):
            if second < first:
                return _DANISH[later], _out_of_order(_DANISH[earlier])
        return None

    def state(self, told: str | None) -> EnrolmentState:
        """Return where the enrolment is; raise `CellWrong` where what is told cannot go with the dates."""
        reached = [state for name, state in _STATE_AFTER.items() if getattr(self, name) is not None][-1]
        wanted = reached if told is None else EnrolmentState(told)
        if wanted is not reached and wanted not in _ALSO.get(reached, frozenset()):
            raise CellWrong(
                Text(
                    f"Datoerne siger »{STATE_NAMES[reached].danish}«.",
                    f"The dates say “{STATE_NAMES[reached].english}”.",
                ),
                Text("Ret tilstanden eller datoerne.", "Correct the state or the dates."),
            )
        return wanted


def _missing(column: str) -> CellWrong:
    return CellWrong(
        Text(f"Datoen kan ikke stå uden {column}.", f"The date cannot stand without {column}."),
        Text(f"Udfyld {column}, eller slet datoen.", f"Fill in {column}, or delete the date."),
    )


def _in_future() -> CellWrong:
    return CellWrong(
        Text("Datoen ligger efter i dag.", "The date lies after today."),
        Text(
            "Ret datoen, eller slet den, til dagen er kommet.",
            "Correct it, or delete it until the day has come.",
        ),
    )


def _out_of_order(earlier: str) -> CellWrong:
    return CellWrong(
        Text(f"Datoen ligger før {earlier}.", f"The date lies before {earlier}."),
        Text("Ret den af de to, der er forkert.", "Correct the one of the two that is wrong."),
    )
