"""Group courses: planned, joined, attendance noted; who was missing is seen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from raaderum.courses.rules import (
    AlreadyOnCourse,
    AttendanceMark,
    CourseIncomplete,
    GroupCourseMissing,
    SessionAhead,
    SessionDraft,
)
from raaderum.courses.service import (
    candidates_for,
    courses_before,
    join_course,
    note_attendance,
    opened_course,
    plan_course,
)
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.people.roles import RoleMayNot
from raaderum.plans.rules import Colour
from raaderum.plans.service import approve_plan, draft_plan, fund_pool, propose_plan
from raaderum.programmes.directory import ProgrammeUnknown
from raaderum.testing.cases import Case, case_in_run_in, licence_item

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.courses.tables import GroupCourse
    from raaderum.testing.municipality import Municipality

    Act = Callable[..., Any]


@pytest.fixture
def course(case: Case, act: Act) -> GroupCourse:
    """A short meeting before, and two days, of which the second is tomorrow."""
    today = clock.today()
    drafts = [
        SessionDraft("Dag 1", today - timedelta(days=1)),
        SessionDraft("Dag 2", today + timedelta(days=1)),
        SessionDraft("Formøde", today - timedelta(days=7)),
    ]
    planned: GroupCourse = act(
        plan_course,
        programme=case.programme,
        title="  LTT, hold 3 ",
        sessions=drafts,
        by=case.municipality.coordinator,
    )
    return planned


def test_meetings_stand_by_date_and_who_missed_one_is_seen(
    case: Case, course: GroupCourse, act: Act, read: Act
) -> None:
    by, other = case.municipality.coordinator, case_in_run_in(case.municipality)
    for enrolment_id in (case.enrolment_id, other.enrolment_id):
        act(join_course, course.id, enrolment_id=enrolment_id, by=by)
    first, second, _ = read(opened_course, course.id, by=by).sessions
    assert [first.title, second.title] == ["Formøde", "Dag 1"]
    for meeting, mark in ((first, AttendanceMark.PRESENT), (second, AttendanceMark.EXCUSED)):
        act(note_attendance, meeting.id, enrolment_id=case.enrolment_id, mark=mark, by=by)
    opened = read(opened_course, course.id, by=by)
    assert opened.course.title == "LTT, hold 3"
    mine, theirs = opened.attendees
    assert (mine.marks, mine.missed) == ((AttendanceMark.PRESENT, AttendanceMark.EXCUSED, None), 1)
    assert (theirs.marks, theirs.missed) == ((None, None, None), 2)
    act(
        note_attendance,
        second.id,
        enrolment_id=case.enrolment_id,
        mark=AttendanceMark.PRESENT,
        by=by,
    )
    assert read(opened_course, course.id, by=by).attendees[0].missed == 0


def test_nobody_joins_twice_and_those_on_it_are_no_candidates(
    case: Case, course: GroupCourse, act: Act, read: Act, refused: Callable[..., Any]
) -> None:
    by = case.municipality.coordinator
    assert set(read(candidates_for, course, by=by)) == {case.enrolment_id}
    act(join_course, course.id, enrolment_id=case.enrolment_id, by=by)
    assert read(candidates_for, course, by=by) == {}
    with refused(AlreadyOnCourse):
        act(join_course, course.id, enrolment_id=case.enrolment_id, by=by)
    with refused(NotFound):
        act(join_course, uuid4(), enrolment_id=case.enrolment_id, by=by)


def test_attendance_is_noted_on_the_day_or_later_and_for_participants_alone(
    case: Case, course: GroupCourse, act: Act, read: Act, refused: Callable[..., Any]
) -> None:
    by = case.municipality.coordinator
    first, _, ahead = read(opened_course, course.id, by=by).sessions
    came = {"enrolment_id": case.enrolment_id, "mark": AttendanceMark.PRESENT, "by": by}
    with refused(NotFound):
        act(note_attendance, first.id, **came)
    act(join_course, course.id, enrolment_id=case.enrolment_id, by=by)
    with refused(SessionAhead):
        act(note_attendance, ahead.id, **came)
    with refused(NotFound):
        act(note_attendance, uuid4(), **came)


def test_a_course_has_a_title_and_a_meeting_of_one_of_the_municipalitys_programmes(
    case: Case, act: Act, refused: Callable[..., Any]
) -> None:
    by, one = case.municipality.coordinator, [SessionDraft("Dag 1", clock.today())]
    for title, sessions in ((" ", one), ("Hold", []), ("Hold", [SessionDraft(" ", clock.today())])):
        with refused(CourseIncomplete):
            act(plan_course, programme=case.programme, title=title, sessions=sessions, by=by)
    with refused(ProgrammeUnknown):
        act(plan_course, programme="noget-andet", title="Hold", sessions=one, by=by)


def test_courses_are_run_by_caseworkers(
    case: Case, course: GroupCourse, read: Act, refused: Callable[..., Any]
) -> None:
    assert [row.id for row in read(courses_before, None, most=5, by=case.municipality.team_leader)] == [
        course.id
    ]
    with refused(RoleMayNot):
        read(opened_course, course.id, by=case.municipality.support_person)


def test_a_first_plan_waits_for_the_obligatory_group_course_and_a_later_one_does_not(
    municipality: Municipality, amend_programme: Callable[..., str], act: Act, refused: Callable[..., Any]
) -> None:
    programme, by = amend_programme(group_course=True), municipality.coordinator
    case = case_in_run_in(municipality)
    today = clock.today()
    drafts = [SessionDraft("Formøde", today - timedelta(days=1)), SessionDraft("Dag 1", today)]
    act(fund_pool, programme, amount=Oere(100_000_00), by=municipality.finance_officer, key="year")
    plan_id = proposed(case, act)
    with refused(GroupCourseMissing):
        act(approve_plan, plan_id, colour=Colour.GREEN, by=by)
    course = act(plan_course, programme=programme, title="Hold 1", sessions=drafts, by=by)
    act(join_course, course.id, enrolment_id=case.enrolment_id, by=by)
    first, second = act(opened_course, course.id, by=by).sessions
    act(note_attendance, first.id, enrolment_id=case.enrolment_id, mark=AttendanceMark.PRESENT, by=by)
    with refused(GroupCourseMissing):
        act(approve_plan, plan_id, colour=Colour.GREEN, by=by)
    act(note_attendance, second.id, enrolment_id=case.enrolment_id, mark=AttendanceMark.ABSENT, by=by)
    with refused(GroupCourseMissing):
        act(approve_plan, plan_id, colour=Colour.GREEN, by=by)
    act(note_attendance, second.id, enrolment_id=case.enrolment_id, mark=AttendanceMark.EXCUSED, by=by)
    act(approve_plan, plan_id, colour=Colour.GREEN, by=by)
    act(note_attendance, second.id, enrolment_id=case.enrolment_id, mark=AttendanceMark.ABSENT, by=by)
    act(approve_plan, proposed(case, act), colour=Colour.GREEN, by=by)


def proposed(case: Case, act: Act) -> UUID:
    support_person = case.municipality.support_person
    items = [licence_item(case, Oere(20_000_00))]
    plan = act(draft_plan, case.enrolment_id, motivation="Nu.", items=items, by=support_person)
    act(propose_plan, plan.id, by=support_person)
    plan_id: UUID = plan.id
    return plan_id
