"""Group courses: planned, joined, and who came."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from raaderum.courses import service as courses
from raaderum.courses.rules import MARK_NAMES, AttendanceMark, SessionDraft
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.addresses import asked_id
from raaderum.portal.rendering import render
from raaderum.portal.typed import NotADate
from raaderum.programmes.installed import programmes
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

_MOST_SHOWN: Final = 50
_ROWS_TO_FILL: Final = 4


def show_courses(visit: Visit, session: Session) -> str:
    """Show the courses, and one of them with its participants."""
    chosen = asked_id("hold")
    opened = courses.opened_course(session, chosen, by=visit.actor) if chosen else None
    names = {one.slug: one.name for one in programmes().of_tenant(current_tenant().slug)}
    return render(
        "courses.html",
        visit,
        courses=courses.courses_before(session, asked_id("foer"), most=_MOST_SHOWN, by=visit.actor),
        opened=opened,
        candidates=courses.candidates_for(session, opened.course, by=visit.actor) if opened else {},
        programmes=list(names.items()),
        marks=MARK_NAMES,
        rows=range(_ROWS_TO_FILL),
    )


def plan_course(visit: Visit, typed: Typed) -> Response:
    """Plan a course; meetings that are left empty do not count."""
    drafts = [
        SessionDraft(typed.text(f"title{row}"), _day(typed, f"held_on{row}"))
        for row in range(_ROWS_TO_FILL)
        if typed.has(f"title{row}") or typed.has(f"held_on{row}")
    ]
    with unit_of_work() as session:
        course = courses.plan_course(
            session,
            programme=typed.text("programme"),
            title=typed.text("title"),
            sessions=drafts,
            by=visit.actor,
        )
        return visit.go_to("show_courses", hold=course.id)


def join_course(visit: Visit, typed: Typed, course_id: UUID) -> Response:
    """Put a citizen on the course."""
    with unit_of_work() as session:
        courses.get_course(session, course_id)
        courses.join_course(session, course_id, enrolment_id=typed.id("enrolment_id"), by=visit.actor)
    return visit.go_to("show_courses", hold=course_id)


def note_attendance(visit: Visit, typed: Typed, session_id: UUID) -> Response:
    """Note whether a participant came to a meeting."""
    with unit_of_work() as session:
        course_id = courses.course_of_session(session, session_id)
        courses.note_attendance(
            session,
            session_id,
            enrolment_id=typed.id("enrolment_id"),
            mark=typed.choice("mark", AttendanceMark),
            by=visit.actor,
        )
    return visit.go_to("show_courses", hold=course_id)


def _day(typed: Typed, name: str) -> date:
    day = typed.day(name)
    if day is None:
        raise NotADate(where=name)
    return day
