"""The clocks of a course: deadlines, pauses, extensions; and the deadlines of the whole caseload."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from raaderum.enrolments import changes
from raaderum.enrolments.change_rules import CHANGE_KIND_NAMES, GROUND_NAMES, ChangeGround
from raaderum.enrolments.clocks import DEADLINE_NAMES
from raaderum.enrolments.deadlines import running_deadlines
from raaderum.kernel import clock
from raaderum.people.roles import Role
from raaderum.people.service import names_of_citizens, names_of_staff
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.case_file import read_heading
from raaderum.portal.conditions_page import DayMissing
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

_AHEAD: Final = timedelta(days=60)


def show_clocks(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show both clocks of one course, and what moved its end."""
    heading = read_heading(session, enrolment_id, by=visit.actor)
    clocks = changes.clocks_of(session, enrolment_id, by=visit.actor)
    today = clock.today()
    return render(
        "clocks.html",
        visit,
        heading=heading,
        clocks=clocks,
        may_resume=any(one.until_on is not None and one.until_on > today for one in clocks.changes),
        may_extend=bool(heading.programme.max_extension_days) or visit.actor.role == Role.TEAM_LEADER,
        today=today,
        deadline_names=DEADLINE_NAMES,
        kinds=CHANGE_KIND_NAMES,
        grounds=GROUND_NAMES,
        staff=names_of_staff(session),
    )


def show_deadlines(visit: Visit, session: Session) -> str:
    """Show what is overdue and what comes within two months, in all the visitor's cases."""
    today = clock.today()
    found = running_deadlines(session, until=today + _AHEAD, by=visit.actor)
    return render(
        "deadlines.html",
        visit,
        running=found,
        names=names_of_citizens(session, [one.enrolment.citizen_id for one in found]),
        today=today,
        deadline_names=DEADLINE_NAMES,
    )


def pause_course(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Pause the drawing right."""
    with unit_of_work() as session:
        changes.pause_course(
            session,
            enrolment_id,
            from_on=_day(typed, "from_on"),
            until_on=_day(typed, "until_on"),
            ground=typed.choice("ground", ChangeGround),
            note=typed.text("note"),
            by=visit.actor,
        )
    return visit.go_to("show_clocks", enrolment_id=enrolment_id)


def resume_course(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """End a pause early."""
    with unit_of_work() as session:
        changes.resume_course(session, enrolment_id, back_on=_day(typed, "back_on"), by=visit.actor)
    return visit.go_to("show_clocks", enrolment_id=enrolment_id)


def extend_course(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Extend the drawing right."""
    with unit_of_work() as session:
        changes.extend_course(
            session,
            enrolment_id,
            days=typed.number("days"),
            ground=typed.choice("ground", ChangeGround),
            note=typed.text("note"),
            by=visit.actor,
        )
    return visit.go_to("show_clocks", enrolment_id=enrolment_id)


def _day(typed: Typed, name: str) -> date:
    day = typed.day(name)
    if day is None:
        raise DayMissing(where=name)
    return day
