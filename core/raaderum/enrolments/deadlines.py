"""The deadlines that run in the cases somebody may see: one list, the longest overdue first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from raaderum.enrolments.clocks import Deadline, deadlines_of
from raaderum.enrolments.rules import EnrolmentState
from raaderum.enrolments.service import cases_of
from raaderum.enrolments.tables import Enrolment
from raaderum.people.roles import Act, require
from raaderum.programmes.installed import rules_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_WITH_CLOCKS: Final = (EnrolmentState.OFFERED, EnrolmentState.RUN_IN, EnrolmentState.ACTIVE)


@dataclass(frozen=True, slots=True)
class RunningDeadline:
    """A deadline and the enrolment it is for."""

    enrolment: Enrolment
    deadline: Deadline


def running_deadlines(session: Session, *, until: date, by: Actor) -> list[RunningDeadline]:
    """Return the deadlines up to and with the day `until`, in one query, the longest overdue first.

    An offer whose time to think is over stands here until somebody has talked with the citizen: it
    never lapses by itself.
    """
    require(by, Act.SEE_CASELOAD)
    cases = select(Enrolment).where(cases_of(by), Enrolment.state.in_(_WITH_CLOCKS))
    found = [
        RunningDeadline(enrolment, deadline)
        for enrolment in session.scalars(cases)
        for deadline in deadlines_of(enrolment, rules_of(enrolment.programme, enrolment.rules_from))
        if deadline.last_day <= until
    ]
    return sorted(found, key=lambda one: (one.deadline.last_day, one.enrolment.id))
