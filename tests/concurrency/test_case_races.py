"""One case, plan, questionnaire, summary or precedent that many act on at once: all of it, once, in order."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from raaderum.audit.actor import Actor
from raaderum.audit.events import AuditEvent
from raaderum.audit.tables import AuditEntry
from raaderum.casework.note_rules import NoteAudience, NoteCorrected
from raaderum.casework.notes import correct_note, write_note
from raaderum.enrolments.change_rules import ChangeGround, PauseOverlaps
from raaderum.enrolments.changes import pause_course
from raaderum.enrolments.endings import leave_programme
from raaderum.enrolments.leaving import StillSupports, end_employment
from raaderum.enrolments.rules import EnrolmentMoveForbidden
from raaderum.enrolments.service import get_enrolment
from raaderum.enrolments.support import change_support_person, wish_other_support_person
from raaderum.enrolments.support_rules import AlreadyWished
from raaderum.enrolments.tables import Enrolment, SupportRelation
from raaderum.goals.rules import TooManySubGoals
from raaderum.goals.service import add_sub_goal
from raaderum.guidelines.errors import PrecedentNotDraft
from raaderum.guidelines.rules import Decision, DoubtCase
from raaderum.guidelines.service import publish_precedent, write_precedent
from raaderum.interviews.rules import InterviewKind, SummaryMovedOn, SummaryState
from raaderum.interviews.service import hold_interview
from raaderum.interviews.summaries import approve_summary, write_summary
from raaderum.interviews.tables import Interview, InterviewSummary
from raaderum.kernel import clock
from raaderum.people.employment import give_role
from raaderum.people.roles import Role, RolesIncompatible
from raaderum.people.service import StaffRoleMissing, staff_with_role
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.assessment import mark_plan_seen
from raaderum.plans.rules import PlanMovedOn, SpendingCategory
from raaderum.plans.service import draft_plan, plans_of
from raaderum.questionnaires.rules import AnswersClosed, Distance, Moment, Respondent
from raaderum.questionnaires.service import answer, answers_of
from raaderum.testing.cases import GRANT, case_in_run_in, case_with_grant, licence_item
from raaderum.testing.municipality import hire
from raaderum.testing.races import race

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

CROWD = 12


def test_of_many_who_write_on_the_same_version_of_a_plan_at_once_one_is_not_told_that_it_moved_on(
    app: Flask, municipality: Municipality
) -> None:
    case = case_in_run_in(municipality)
    writing = act(
        draft_plan,
        case.enrolment_id,
        motivation="Nu.",
        items=[licence_item(case, GRANT)],
        based_on=0,
        by=municipality.support_person,
    )
    told = race(app, municipality, [writing] * CROWD)
    assert refusals(told, PlanMovedOn) == CROWD - 1, {type(one) for one in told}
    with municipality.at_work(), reading() as session:
        assert [plan.version for plan in plans_of(session, case.enrolment_id)] == [1]


def test_sub_goals_that_are_added_at_once_are_never_more_than_five(
    app: Flask, municipality: Municipality
) -> None:
    case = case_in_run_in(municipality)
    adding = act(add_sub_goal, case.enrolment_id, words="Få en bolig", by=municipality.support_person)
    told = race(app, municipality, [adding] * CROWD)
    assert refusals(told, TooManySubGoals) == CROWD - 4, {type(one) for one in told}


def test_answers_given_at_once_stay_blind_until_the_first_of_both_and_are_closed_after(
    app: Flask, municipality: Municipality
) -> None:
    case = case_in_run_in(municipality)
    asked = {"moment": Moment.START, "respondent": Respondent.CITIZEN}
    own = act(answer, case.enrolment_id, **asked, rating=Distance.FAR, by=case.citizen)
    other = act(
        answer,
        case.enrolment_id,
        moment=Moment.START,
        respondent=Respondent.SUPPORT_PERSON,
        rating="partly",
        by=municipality.support_person,
    )
    told = race(app, municipality, [own, other] * (CROWD // 2))
    closed = refusals(told, AnswersClosed)
    with municipality.at_work(), reading() as session:
        both = answers_of(session, case.enrolment_id, Moment.START).values()
        assert not any(row.is_after_sight for row in both)
        assert sum(row.version for row in both) == CROWD - closed, {type(one) for one in told}
        assert min(row.version for row in both) == 1


def test_a_summary_is_approved_once_and_never_in_words_that_were_rewritten_meanwhile(
    app: Flask, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    karen, kind = municipality.coordinator, InterviewKind.BEFORE
    with municipality.at_work():
        held = act(hold_interview, case.enrolment_id, kind=kind, held_on=clock.today(), by=karen)()
        act(write_summary, case.enrolment_id, held.id, words="Første udgave.", by=karen)()
    approving = act(approve_summary, case.enrolment_id, held.id, version=1, by=case.citizen)
    rewriting = act(write_summary, case.enrolment_id, held.id, words="Anden udgave.", by=karen)
    told = race(app, municipality, [*[approving] * (CROWD - 1), rewriting])
    assert refusals(told, SummaryMovedOn) >= CROWD - 2, {type(one) for one in told}
    with municipality.at_work(), reading() as session:
        assert session.scalars(select(Interview.summary_version)).all() == [2]
        newest = select(InterviewSummary.state).where(InterviewSummary.version == 2)
        assert session.scalars(newest).one() == SummaryState.AWAITING


def test_support_persons_who_are_given_at_once_follow_each_other_and_each_change_is_kept(
    app: Flask, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    with municipality.at_work():
        others = [hire(f"Støtte {number}", Role.SUPPORT_PERSON) for number in range(CROWD)]
    changing = [
        act(
            change_support_person,
            case.enrolment_id,
            staff_id=one.person_id,
            handover="",
            by=municipality.coordinator,
        )
        for one in others
    ]
    told = race(app, municipality, changing)
    assert not [one for one in told if isinstance(one, Exception)], told
    with municipality.at_work(), reading() as session:
        former = session.scalars(select(SupportRelation.staff_id)).all()
        present = session.scalars(select(Enrolment.support_person_id)).one()
        everybody = {municipality.support_person.person_id, *(one.person_id for one in others)}
        assert {*former, present} == everybody
        assert len(former) == CROWD


def test_nobody_leaves_while_they_are_made_a_citizens_support_person(
    app: Flask, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    with municipality.at_work():
        signe = hire("Signe Støtte", Role.SUPPORT_PERSON)
    giving = act(
        change_support_person,
        case.enrolment_id,
        staff_id=signe.person_id,
        handover="",
        by=municipality.coordinator,
    )
    leaving = act(end_employment, signe.person_id, by=municipality.administrator)
    given, left = race(app, municipality, [giving, leaving])
    assert isinstance(given, StaffRoleMissing) != isinstance(left, StillSupports), (given, left)
    with municipality.at_work(), reading() as session:
        enrolment = get_enrolment(session, case.enrolment_id, by=municipality.coordinator)
        assert enrolment.support_person_id in staff_with_role(session, Role.SUPPORT_PERSON)


def test_a_citizen_who_presses_twice_wishes_once(app: Flask, municipality: Municipality) -> None:
    case = case_with_grant(municipality)
    told = race(
        app, municipality, [act(wish_other_support_person, case.enrolment_id, by=case.citizen)] * CROWD
    )
    assert refusals(told, AlreadyWished) == CROWD - 1, {type(one) for one in told}


def test_pauses_entered_at_once_share_no_day_and_move_the_end_once(
    app: Flask, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    before, today = ends_on(case), clock.today()
    pausing = act(
        pause_course,
        case.enrolment_id,
        from_on=today,
        until_on=today + timedelta(days=9),
        ground=ChangeGround.ILLNESS,
        by=municipality.coordinator,
    )
    told = race(app, municipality, [pausing] * CROWD)
    assert refusals(told, PauseOverlaps) == CROWD - 1, {type(one) for one in told}
    assert ends_on(case) == before + timedelta(days=10)


def test_an_enrolment_that_is_ended_by_many_at_once_ends_once(app: Flask, municipality: Municipality) -> None:
    case = case_with_grant(municipality)
    told = race(app, municipality, [act(leave_programme, case.enrolment_id, by=case.citizen)] * CROWD)
    assert refusals(told, EnrolmentMoveForbidden) == CROWD - 1, {type(one) for one in told}
    assert recorded(municipality, AuditEvent.ENROLMENT_ENDED) == 1


def test_a_note_is_corrected_once(app: Flask, municipality: Municipality) -> None:
    case, karen = case_with_grant(municipality), municipality.coordinator
    with municipality.at_work():
        note = act(
            write_note, case.enrolment_id, text="Onsdag.", audience=NoteAudience.CITIZEN_TOO, by=karen
        )()
    told = race(app, municipality, [act(correct_note, note.id, text="Torsdag.", by=karen)] * CROWD)
    assert refusals(told, NoteCorrected) == CROWD - 1, {type(one) for one in told}


def test_a_precedent_is_published_once(app: Flask, municipality: Municipality) -> None:
    doubt = DoubtCase(
        question="Må en borger købe hund?",
        circumstances="Bor alene på landet.",
        guideline="",
        category=SpendingCategory.PETS,
        decision=Decision.APPROVED,
        reason="Hunden giver faste tider.",
        quarter="2026-Q3",
    )
    with municipality.at_work():
        draft = act(write_precedent, doubt, by=municipality.coordinator)()
    told = race(app, municipality, [act(publish_precedent, draft.id, by=municipality.team_leader)] * CROWD)
    assert refusals(told, PrecedentNotDraft) == CROWD - 1, {type(one) for one in told}


def test_a_green_that_is_marked_as_seen_many_times_at_once_is_seen_once(
    app: Flask, municipality: Municipality
) -> None:
    case = case_with_grant(municipality)
    with municipality.at_work(), reading() as session:
        [plan] = plans_of(session, case.enrolment_id)
    told = race(app, municipality, [act(mark_plan_seen, plan.id, by=municipality.team_leader)] * CROWD)
    assert told == [None] * CROWD
    assert recorded(municipality, AuditEvent.PLAN_SEEN_BY_COLLEAGUE) == 1


def test_roles_that_must_lie_with_two_are_not_given_to_one_by_two_at_once(
    app: Flask, municipality: Municipality
) -> None:
    with municipality.at_work():
        nadia = hire("Nadia Ny", Role.TEAM_LEADER)
        remaining = Actor(nadia.person_id, Role.TEAM_LEADER)
    giving = [
        act(give_role, remaining.person_id, role, by=municipality.administrator)
        for role in (Role.FINANCE_OFFICER, Role.SUPPORT_PERSON, Role.FINANCE_OFFICER)
    ]
    told = race(app, municipality, giving)
    assert refusals(told, RolesIncompatible) == 2, told


def act(does: Callable[..., Any], *what: object, **how: object) -> Callable[[], Any]:
    """Return one business act, to be done in a transaction of its own."""
    return partial(_done, does, *what, **how)


def _done(does: Callable[..., Any], *what: object, **how: object) -> Any:  # noqa: ANN401 - what an act returns
    with unit_of_work() as session:
        return does(session, *what, **how)


def refusals(told: list[Any], error: type[Exception]) -> int:
    return sum(isinstance(one, error) for one in told)


def ends_on(case: Case) -> Any:  # noqa: ANN401 - a date; an active enrolment has one
    with case.municipality.at_work(), reading() as session:
        return session.scalars(select(Enrolment.ends_on).where(Enrolment.id == case.enrolment_id)).one()


def recorded(municipality: Municipality, event: AuditEvent) -> int:
    with municipality.at_work(), reading() as session:
        entries = select(func.count()).where(AuditEntry.event == event.stored_name)
        return session.scalar(entries) or 0
