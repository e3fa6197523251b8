"""The obligatory group course: what a programme can ask for before the first plan is approved."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from raaderum.courses.rules import AttendanceMark, GroupCourseMissing, asks_for_course, is_through
from raaderum.courses.tables import CourseAttendance, CourseParticipant, CourseSession
from raaderum.programmes.installed import rules_of

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.enrolments.tables import Enrolment


def check_group_course(session: Session, enrolment: Enrolment) -> None:
    """Raise `GroupCourseMissing` where one is asked for and the citizen has been through none.

    Through a course is who came to each of its meetings or was excused; a meeting without a mark is
    one that they have not been to.
    """
    if asks_for_course(rules_of(enrolment.programme, enrolment.rules_from), arm=enrolment.arm) and not any(
        is_through(marks) for marks in _marks_by_course(session, enrolment.id).values()
    ):
        raise GroupCourseMissing(where="plan")


def _marks_by_course(session: Session, enrolment_id: UUID) -> dict[UUID, list[AttendanceMark | None]]:
    """Return the mark for every meeting of the courses that somebody is on, None where none is noted."""
    noted = and_(
        CourseAttendance.session_id == CourseSession.id,
        CourseAttendance.participant_id == CourseParticipant.id,
    )
    rows = session.execute(
        select(CourseParticipant.course_id, CourseAttendance.mark)
        .join(CourseSession, CourseSession.course_id == CourseParticipant.course_id)
        .outerjoin(CourseAttendance, noted)
        .where(CourseParticipant.enrolment_id == enrolment_id)
    )
    marks: dict[UUID, list[AttendanceMark | None]] = defaultdict(list)
    for course_id, mark in rows:
        marks[course_id].append(AttendanceMark(mark) if mark else None)
    return marks
