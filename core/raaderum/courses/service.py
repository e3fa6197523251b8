"""Group courses with attendance: planned, joined, noted; who has missed a meeting stands out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.courses.rules import (
    AlreadyOnCourse,
    AttendanceMark,
    OtherProgramme,
    SessionAhead,
    SessionDraft,
    check_course,
    is_missing,
)
from raaderum.courses.tables import CourseAttendance, CourseParticipant, CourseSession, GroupCourse
from raaderum.enrolments.rules import UNDER_WAY, EnrolmentState, check_under_way
from raaderum.enrolments.service import cases_of, locked_enrolment
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.people.service import names_of_citizens
from raaderum.persistence.database import insert
from raaderum.programmes.installed import programmes
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_MOST_CANDIDATES: Final = 200


@dataclass(frozen=True, slots=True)
class Attendee:
    """A participant with the mark for each meeting, in the order of meetings; None where none is noted."""

    enrolment_id: UUID
    name: str
    marks: tuple[AttendanceMark | None, ...]
    missed: int


@dataclass(frozen=True, slots=True)
class OpenedCourse:
    """A group course with its meetings and who came."""

    course: GroupCourse
    sessions: tuple[CourseSession, ...]
    attendees: tuple[Attendee, ...]


def plan_course(
    session: Session, *, programme: str, title: str, sessions: Sequence[SessionDraft], by: Actor
) -> GroupCourse:
    """Plan a course for the citizens of one programme; raise `ProgrammeUnknown` for any other."""
    require(by, Act.RUN_COURSE)
    programmes().versions_of(current_tenant().slug, programme)
    course = GroupCourse(
        id=new_id(), programme=programme, title=check_course(title, sessions), planned_by=person_of(by)
    )
    insert(session, course)
    for position, draft in enumerate(sorted(sessions, key=lambda one: one.held_on), start=1):
        meeting = CourseSession(
            id=new_id(),
            course_id=course.id,
            position=position,
            title=draft.title.strip(),
            held_on=draft.held_on,
        )
        session.add(meeting)
    record(
        session,
        AuditEvent.COURSE_PLANNED,
        by=by,
        subject_type="group_course",
        subject_id=course.id,
        programme=programme,
    )
    return course


def join_course(session: Session, course_id: UUID, *, enrolment_id: UUID, by: Actor) -> CourseParticipant:
    """Put a citizen on a course of their own programme."""
    require(by, Act.RUN_COURSE)
    course = get_course(session, course_id)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), *UNDER_WAY)
    if enrolment.programme != course.programme:
        raise OtherProgramme(where="enrolment_id")
    if _find_participant(session, course.id, enrolment.id) is not None:
        raise AlreadyOnCourse(where="enrolment_id")
    participant = CourseParticipant(
        id=new_id(), course_id=course.id, enrolment_id=enrolment.id, added_by=person_of(by)
    )
    insert(session, participant)
    record(
        session,
        AuditEvent.COURSE_JOINED,
        by=by,
        subject_type="group_course",
        subject_id=course.id,
        enrolment_id=enrolment.id,
    )
    return participant


def note_attendance(
    session: Session, session_id: UUID, *, enrolment_id: UUID, mark: AttendanceMark, by: Actor
) -> CourseAttendance:
    """Note whether a participant came to a meeting; noted again, the last word counts."""
    require(by, Act.RUN_COURSE)
    meeting = session.get(CourseSession, (current_tenant_id(), session_id))
    if meeting is None:
        raise NotFound(where="session")
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    participant = _find_participant(session, meeting.course_id, enrolment.id)
    if participant is None:
        raise NotFound(where="enrolment")
    if meeting.held_on > clock.today():
        raise SessionAhead(where="session", held_on=meeting.held_on.isoformat())
    attendance = _find_attendance(session, meeting.id, participant.id)
    if attendance is None:
        attendance = CourseAttendance(id=new_id(), session_id=meeting.id, participant_id=participant.id)
        session.add(attendance)
    attendance.mark, attendance.noted_by, attendance.noted_at = mark, person_of(by), clock.now()
    record(
        session,
        AuditEvent.ATTENDANCE_NOTED,
        by=by,
        subject_type="course_session",
        subject_id=meeting.id,
        enrolment_id=enrolment.id,
        mark=mark.value,
    )
    return attendance


def courses_before(session: Session, before: UUID | None, *, most: int, by: Actor) -> Sequence[GroupCourse]:
    """Return a page of the courses, the last planned first."""
    require(by, Act.RUN_COURSE)
    page = select(GroupCourse).order_by(GroupCourse.id.desc()).limit(most)
    if before is not None:
        page = page.where(GroupCourse.id < before)
    return session.scalars(page).all()


def opened_course(session: Session, course_id: UUID, *, by: Actor) -> OpenedCourse:
    """Return a course with its meetings, its participants by name, and who came to what."""
    require(by, Act.RUN_COURSE)
    course = get_course(session, course_id)
    sessions = session.scalars(
        select(CourseSession).where(CourseSession.course_id == course.id).order_by(CourseSession.position)
    ).all()
    participants = session.execute(
        select(CourseParticipant.id, Enrolment.id, Enrolment.citizen_id)
        .join(Enrolment, Enrolment.id == CourseParticipant.enrolment_id)
        .where(CourseParticipant.course_id == course.id, cases_of(by))
        .order_by(CourseParticipant.id)
    ).all()
    names = names_of_citizens(session, [citizen_id for *_, citizen_id in participants])
    marks = _marks(session, [meeting.id for meeting in sessions])
    today = clock.today()
    attendees = []
    for participant_id, enrolment_id, citizen_id in participants:
        own = tuple(marks[participant_id].get(meeting.id) for meeting in sessions)
        missed = sum(
            is_missing(mark, held_on=meeting.held_on, today=today)
            for mark, meeting in zip(own, sessions, strict=True)
        )
        attendees.append(Attendee(enrolment_id, names[citizen_id], own, missed))
    return OpenedCourse(course, tuple(sessions), tuple(attendees))


def candidates_for(session: Session, course: GroupCourse, *, by: Actor) -> dict[UUID, str]:
    """Return the citizens under way in the course's programme who are not on it, by enrolment and name."""
    on_it = select(CourseParticipant.enrolment_id).where(CourseParticipant.course_id == course.id)
    others = (
        select(Enrolment.id, Enrolment.citizen_id)
        .where(
            Enrolment.programme == course.programme,
            Enrolment.state.in_(UNDER_WAY),
            Enrolment.id.not_in(on_it),
            cases_of(by),
        )
        .order_by(Enrolment.id.desc())
        .limit(_MOST_CANDIDATES)
    )
    rows = session.execute(others).all()
    names = names_of_citizens(session, [row.citizen_id for row in rows])
    return dict(sorted(((row.id, names[row.citizen_id]) for row in rows), key=lambda pair: pair[1]))


def get_course(session: Session, course_id: UUID) -> GroupCourse:
    """Return a group course; raise `NotFound`."""
    course = session.get(GroupCourse, (current_tenant_id(), course_id))
    if course is None:
        raise NotFound(where="course")
    return course


def course_of_session(session: Session, session_id: UUID) -> UUID:
    """Return the course that a meeting belongs to; raise `NotFound`."""
    meeting = session.get(CourseSession, (current_tenant_id(), session_id))
    if meeting is None:
        raise NotFound(where="session")
    return meeting.course_id


def _marks(session: Session, session_ids: Sequence[UUID]) -> dict[UUID, dict[UUID, AttendanceMark]]:
    """Return the marks of some meetings by participant and meeting."""
    marks: dict[UUID, dict[UUID, AttendanceMark]] = defaultdict(dict)
    for row in session.scalars(select(CourseAttendance).where(CourseAttendance.session_id.in_(session_ids))):
        marks[row.participant_id][row.session_id] = AttendanceMark(row.mark)
    return marks


def _find_participant(session: Session, course_id: UUID, enrolment_id: UUID) -> CourseParticipant | None:
    return session.scalar(
        select(CourseParticipant).where(
            CourseParticipant.course_id == course_id, CourseParticipant.enrolment_id == enrolment_id
        )
    )


def _find_attendance(session: Session, session_id: UUID, participant_id: UUID) -> CourseAttendance | None:
    return session.scalar(
        select(CourseAttendance).where(
            CourseAttendance.session_id == session_id, CourseAttendance.participant_id == participant_id
        )
    )
