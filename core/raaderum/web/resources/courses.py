"""Group courses with attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.courses import service as courses
from raaderum.courses.rules import SessionDraft
from raaderum.people.roles import Act
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, PageQuery, cursor_of_id, page_answer, page_of
from raaderum.web.schemas.casework import (
    AttendanceBody,
    CourseAnswer,
    CourseBody,
    OpenedCourseAnswer,
    ParticipantBody,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.courses.tables import GroupCourse

resource = Resource("courses", __name__, description="Group courses with attendance.")
_COURSE = "/courses/<uuid:course_id>"


@resource.writes("/courses", act=Act.RUN_COURSE, body=CourseBody(), answer=CourseAnswer(), status=201)
def plan_course(call: WriteCall, body: dict[str, Any]) -> GroupCourse:
    """Plan a course for the citizens of one programme.

    Its meetings stand in the order of their dates.
    """
    drafts = [SessionDraft(**one) for one in body.pop("sessions")]
    return courses.plan_course(call.session, **body, sessions=drafts, by=call.by)


@resource.reads(
    "/courses",
    act=Act.RUN_COURSE,
    query=PageQuery(),
    answer=page_answer(CourseAnswer(), "CoursePageAnswer"),
)
def list_courses(call: Call, query: dict[str, Any]) -> Page:
    """List the group courses.

    The last planned come first.
    """
    limit = query["limit"]
    rows = courses.courses_before(call.session, query["after"], most=limit + 1, by=call.by)
    return page_of(rows, limit, cursor_of_id)


@resource.reads(_COURSE, act=Act.RUN_COURSE, answer=OpenedCourseAnswer())
def get_course(call: Call, course_id: UUID) -> dict[str, Any]:
    """Open a group course.

    Its meetings, its participants, and who came to what.
    """
    return _shown(call.session, course_id, by=call.by)


@resource.writes(
    f"{_COURSE}/participants",
    act=Act.RUN_COURSE,
    body=ParticipantBody(),
    answer=OpenedCourseAnswer(),
    status=201,
)
def join_course(call: WriteCall, body: dict[str, Any], course_id: UUID) -> dict[str, Any]:
    """Put a citizen on a course of their own programme.

    Only while the enrolment is under way.
    """
    courses.join_course(call.session, course_id, **body, by=call.by)
    return _shown(call.session, course_id, by=call.by)


@resource.writes(
    "/course-sessions/<uuid:session_id>/attendance",
    method="PUT",
    act=Act.RUN_COURSE,
    body=AttendanceBody(),
    answer=OpenedCourseAnswer(),
)
def note_attendance(call: WriteCall, body: dict[str, Any], session_id: UUID) -> dict[str, Any]:
    """Note whether a participant came to a meeting.

    Noted again, the last word counts. Not before the day of the meeting.
    """
    courses.note_attendance(call.session, session_id, **body, by=call.by)
    call.session.flush()
    return _shown(call.session, courses.course_of_session(call.session, session_id), by=call.by)


def _shown(session: Session, course_id: UUID, *, by: Actor) -> dict[str, Any]:
    opened = courses.opened_course(session, course_id, by=by)
    return {
        "id": opened.course.id,
        "programme": opened.course.programme,
        "title": opened.course.title,
        "planned_at": opened.course.planned_at,
        "sessions": opened.sessions,
        "attendees": opened.attendees,
    }
