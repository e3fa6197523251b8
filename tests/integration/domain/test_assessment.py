"""Green, yellow, red: who assesses, who comments, who decides, and what the team sees of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.enrolments.endings import leave_programme
from raaderum.enrolments.rules import EnrolmentNotOpen
from raaderum.enrolments.service import get_enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role, RoleMayNot
from raaderum.plans.approval import value_of
from raaderum.plans.assessment import (
    assess_plan,
    comment_on_plan,
    explain_guideline,
    mark_plan_seen,
    record_team_decision,
)
from raaderum.plans.assessment_errors import (
    AssessedByAnother,
    ColourDiffers,
    ColourMoveForbidden,
    CommentNotAsked,
    CommentsFirst,
    LengthAlreadySet,
    MeetingBeforePlan,
    MeetingInFuture,
    NotOfTheTeam,
    NotPresented,
    NotRed,
    OwnAssessment,
    ReturnedWithoutWords,
    TeamDecisionMissing,
    TeamLeaderNeeded,
    WordsNeeded,
)
from raaderum.plans.assessment_reading import (
    assessment_history,
    calibration,
    shown_to_team,
    waiting_plans,
)
from raaderum.plans.assessment_rules import ALL_MET, Criterion, Doubt, Guard, Judged, Judgement, Step, Vote
from raaderum.plans.guideline_rules import GuidelineUnknown, OutsideGuidelines
from raaderum.plans.rules import Colour, ColourNotFinal, OwnProposal, PlanMoveForbidden, PlanState
from raaderum.plans.service import (
    approve_plan,
    draft_plan,
    fund_pool,
    items_of,
    plans_of,
    propose_plan,
    return_plan,
)
from raaderum.plans.tables import BudgetPlan
from raaderum.programmes.directory import ProgrammeDirectory
from raaderum.programmes.installed import install_programmes, programmes
from raaderum.programmes.rules import ApprovalRules
from raaderum.testing.cases import licence_item
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Flask
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.testing.cases import Case

YES, UNSURE = Judgement.YES, Judgement.UNSURE
DOUBTS_PLAN = Judged({**ALL_MET.criteria, Criterion.MEANS_FIT_ENDS: UNSURE}, {})
DOUBTS_BOTH = Judged(dict.fromkeys(Criterion, UNSURE), {})


@pytest.fixture
def funded(run_in: Case, act: Callable[..., Any]) -> Case:
    finance = run_in.municipality.finance_officer
    act(fund_pool, run_in.programme, amount=Oere(100_000_00), by=finance, key="year")
    return run_in


@pytest.fixture
def proposed(funded: Case, act: Callable[..., Any]) -> Callable[..., UUID]:
    """Draft and propose a plan of one item; return its id."""

    def do(description: str = "Kørekort", amount: int = 20_000_00) -> UUID:
        by = funded.municipality.support_person
        item = replace(licence_item(funded, Oere(amount)), description=description)
        plan = act(draft_plan, funded.enrolment_id, motivation="Nu.", items=[item], by=by)
        act(propose_plan, plan.id, by=by)
        plan_id: UUID = plan.id
        return plan_id

    return do


@pytest.fixture
def colleague(funded: Case) -> Actor:
    """A second coordinator: the team is three."""
    with funded.municipality.at_work():
        return hire("Kirsten Kollega", Role.COORDINATOR)


def test_a_green_is_approved_by_its_assessor_and_shown_to_the_team_until_each_has_seen_it(
    funded: Case,
    proposed: Callable[..., UUID],
    colleague: Actor,
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    karen, torben = funded.municipality.coordinator, funded.municipality.team_leader
    plan_id = proposed()
    words = {Criterion.REAL_CHANGE: "Job uden for byen 🚗"}
    act(assess_plan, plan_id, colour=Colour.GREEN, judged=ALL_MET, words=words, by=karen)
    with refused(AssessedByAnother):
        act(approve_plan, plan_id, colour=Colour.GREEN, by=colleague)
    act(approve_plan, plan_id, colour=Colour.GREEN, by=karen, follow_up="Hver anden uge.")
    history = read(assessment_history, plan_id, by=torben)
    assert history.latest.words[Criterion.REAL_CHANGE] == "Job uden for byen 🚗"
    assert (history.follow_up, len(history.assessments)) == ("Hver anden uge.", 1)
    assert read(shown_to_team, by=karen) == []
    for member in (colleague, torben):
        assert [shown.plan_id for shown in read(shown_to_team, by=member)] == [plan_id]
        act(mark_plan_seen, plan_id, by=member)
        act(mark_plan_seen, plan_id, by=member)
        assert read(shown_to_team, by=member) == []


def test_the_short_way_to_green_writes_the_assessment_it_stands_for(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    plan_id, karen = proposed(), funded.municipality.coordinator
    act(approve_plan, plan_id, colour=Colour.GREEN, by=karen)
    [only] = read(assessment_history, plan_id, by=karen).assessments
    assert (only.row.colour, only.row.assessed_by) == (Colour.GREEN, karen.person_id)
    assert {only.row.real_change, only.row.realistic, only.row.means_fit_ends} == {YES}


def test_yellow_waits_for_a_colleague_then_ends_green_and_only_then_is_approved(
    funded: Case,
    proposed: Callable[..., UUID],
    colleague: Actor,
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    karen, signe = funded.municipality.coordinator, funded.municipality.support_person
    plan_id = proposed()
    row = act(assess_plan, plan_id, colour=Colour.YELLOW, judged=DOUBTS_PLAN, by=karen)
    assert row.doubt == Doubt.PLAN
    for colour in (Colour.GREEN, Colour.YELLOW):
        with refused(ColourNotFinal):
            act(approve_plan, plan_id, colour=colour, by=karen)
    with refused(CommentsFirst):
        act(assess_plan, plan_id, colour=Colour.GREEN, judged=ALL_MET, by=karen)
    with refused(OwnAssessment):
        act(comment_on_plan, plan_id, advice=Colour.GREEN, words="Ja.", by=karen)
    with refused(OwnProposal):
        by = replace(signe, role=Role.COORDINATOR)
        act(comment_on_plan, plan_id, advice=Colour.GREEN, words="Ja.", by=by)
    with refused(WordsNeeded):
        act(comment_on_plan, plan_id, advice=Colour.GREEN, words=" ", by=colleague)
    act(comment_on_plan, plan_id, advice=Colour.GREEN, words="Prøv det af.", by=colleague)
    with refused(ColourMoveForbidden):
        act(assess_plan, plan_id, colour=Colour.YELLOW, judged=DOUBTS_PLAN, by=karen)
    act(assess_plan, plan_id, colour=Colour.GREEN, judged=ALL_MET, by=karen)
    act(approve_plan, plan_id, colour=Colour.GREEN, by=karen)
    history = read(assessment_history, plan_id, by=karen)
    assert [one.row.colour for one in history.assessments] == [Colour.YELLOW, Colour.GREEN]
    assert [(one.words, one.written_by_name) for one in history.comments] == [
        ("Prøv det af.", "Kirsten Kollega")
    ]


def test_red_is_approved_by_the_team_leader_once_the_whole_team_has_decided(
    funded: Case,
    proposed: Callable[..., UUID],
    colleague: Actor,
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    karen, torben = funded.municipality.coordinator, funded.municipality.team_leader
    plan_id = proposed()
    act(assess_plan, plan_id, colour=Colour.RED, judged=DOUBTS_BOTH, by=karen)
    for by in (karen, torben):
        with refused(TeamDecisionMissing):
            act(approve_plan, plan_id, colour=Colour.RED, by=by)
        with refused(ColourDiffers):
            act(approve_plan, plan_id, colour=Colour.GREEN, by=by)
    with refused(ColourMoveForbidden):
        act(assess_plan, plan_id, colour=Colour.GREEN, judged=ALL_MET, by=colleague)
    against = [(karen.person_id, Vote.AGAINST), (torben.person_id, Vote.FOR)]
    meeting = {"held_on": clock.today(), "words": "Vi talte længe.", "by": torben}
    act(record_team_decision, plan_id, votes=against, **meeting)
    with refused(TeamDecisionMissing):
        act(approve_plan, plan_id, colour=Colour.RED, by=torben)
    act(record_team_decision, plan_id, votes=[*against, (colleague.person_id, Vote.FOR)], **meeting)
    with refused(TeamLeaderNeeded):
        act(approve_plan, plan_id, colour=Colour.RED, by=karen)
    act(approve_plan, plan_id, colour=Colour.RED, by=torben)
    assert [
        (one.row.is_approved, one.words) for one in read(assessment_history, plan_id, by=karen).decisions
    ] == [
        (False, "Vi talte længe."),
        (True, "Vi talte længe."),
    ]
    assert read(plans_of, funded.enrolment_id)[0].state == PlanState.APPROVED
    assert read(shown_to_team, by=colleague) == []


def test_a_meeting_is_of_the_team_held_already_and_on_a_red_plan(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    karen, torben = funded.municipality.coordinator, funded.municipality.team_leader
    plan_id, today = proposed(), clock.today()
    votes = [(karen.person_id, Vote.FOR), (torben.person_id, Vote.FOR)]
    with refused(NotRed):
        act(record_team_decision, plan_id, held_on=today, votes=votes, words="", by=torben)
    act(assess_plan, plan_id, colour=Colour.RED, judged=DOUBTS_BOTH, by=karen)
    with refused(MeetingInFuture):
        tomorrow = today + timedelta(days=1)
        act(record_team_decision, plan_id, held_on=tomorrow, votes=votes, words="", by=torben)
    with refused(MeetingBeforePlan):
        yesterday = today - timedelta(days=1)
        act(record_team_decision, plan_id, held_on=yesterday, votes=votes, words="", by=torben)
    stranger = (funded.municipality.support_person.person_id, Vote.FOR)
    with refused(NotOfTheTeam):
        act(record_team_decision, plan_id, held_on=today, votes=[*votes, stranger], words="", by=torben)
    with refused(RoleMayNot):
        act(record_team_decision, plan_id, held_on=today, votes=votes, words="", by=karen)


def test_only_a_yellow_is_commented_on_and_only_a_proposed_plan_assessed(
    funded: Case,
    proposed: Callable[..., UUID],
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    karen, torben = funded.municipality.coordinator, funded.municipality.team_leader
    plan_id = proposed()
    with refused(CommentNotAsked):
        act(comment_on_plan, plan_id, advice=Colour.GREEN, words="Ja.", by=torben)
    act(assess_plan, plan_id, colour=Colour.YELLOW, judged=DOUBTS_PLAN, by=karen)
    with refused(CommentNotAsked):
        act(comment_on_plan, plan_id, advice=Colour.YELLOW, words="Ja.", by=torben)
    act(return_plan, plan_id, comment="Skær til.", by=karen)
    with refused(PlanMoveForbidden):
        act(assess_plan, plan_id, colour=Colour.RED, judged=DOUBTS_BOTH, by=torben)
    with refused(OwnProposal):
        by = replace(funded.municipality.support_person, role=Role.COORDINATOR)
        act(assess_plan, proposed(), colour=Colour.GREEN, judged=ALL_MET, by=by)


def test_approval_sets_the_length_once(
    funded: Case,
    proposed: Callable[..., UUID],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    karen = funded.municipality.coordinator
    act(approve_plan, proposed(), colour=Colour.GREEN, by=karen, months=12)
    assert read(get_enrolment, funded.enrolment_id, by=karen).granted_months == 12
    with refused(LengthAlreadySet):
        act(approve_plan, proposed(), colour=Colour.GREEN, by=karen, months=12)


def test_from_its_amount_on_a_plan_is_the_team_leaders_and_a_later_version_counts_what_it_adds(
    app: Flask,
    funded: Case,
    proposed: Callable[..., UUID],
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    _ask_for_team_leader(app, funded, from_oere=15_000_00)
    karen, torben = funded.municipality.coordinator, funded.municipality.team_leader
    plan_id = proposed(amount=15_000_00)
    act(assess_plan, plan_id, colour=Colour.GREEN, judged=ALL_MET, by=karen)
    with refused(TeamLeaderNeeded):
        act(approve_plan, plan_id, colour=Colour.GREEN, by=karen)
    act(approve_plan, plan_id, colour=Colour.GREEN, by=torben)
    later = proposed(amount=29_999_99)
    act(_check_value, later, 14_999_99)
    act(approve_plan, later, colour=Colour.GREEN, by=karen)


def test_what_lies_outside_the_guidelines_is_approved_only_with_a_written_reason(
    funded: Case,
    proposed: Callable[..., UUID],
    act: Callable[..., Any],
    refused: Callable[..., Any],
    raw: Callable[[str], list[dict[str, Any]]],
) -> None:
    karen, plan_id = funded.municipality.coordinator, proposed("Gavekort til tøj")
    with refused(OutsideGuidelines) as refusal:
        act(approve_plan, plan_id, colour=Colour.GREEN, by=karen)
    assert "uden for rammerne: Kontanter. Skriv, hvorfor" in refusal.danish
    with refused(GuidelineUnknown):
        act(explain_guideline, plan_id, guideline="yachts", words="Derfor.", by=karen)
    for words in ("Fordi.", "Butikken fakturerer ikke."):
        act(explain_guideline, plan_id, guideline="cash", words=words, by=karen)
    [reason] = raw("guideline_reason")
    assert b"Butikken" not in bytes(reason["words_sealed"])
    act(approve_plan, plan_id, colour=Colour.GREEN, by=karen)


def test_each_step_is_late_by_the_programmes_days_and_then_the_team_leaders(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    karen, today = funded.municipality.coordinator, clock.today()
    plan_id = proposed()
    [waiting] = read(waiting_plans, on=today, by=karen)
    assert (waiting.step, waiting.due_on, waiting.escalated_to) == (Step.ASSESS, today + timedelta(14), None)
    act(assess_plan, plan_id, colour=Colour.YELLOW, judged=DOUBTS_PLAN, by=karen)
    [in_time] = read(waiting_plans, on=today + timedelta(7), by=karen)
    assert in_time.escalated_to is None
    [late] = read(waiting_plans, on=today + timedelta(8), by=karen)
    assert (late.enrolment_id, late.plan_id) == (funded.enrolment_id, plan_id)
    assert (late.step, late.due_on, late.escalated_to) == (
        Step.DISCUSS,
        today + timedelta(7),
        Role.TEAM_LEADER,
    )
    act(return_plan, plan_id, comment="Skær til.", by=karen)
    assert read(waiting_plans, on=today, by=karen) == []


def test_the_calibration_counts_every_assessed_plan(
    funded: Case,
    proposed: Callable[..., UUID],
    act: Callable[..., Any],
    read: Callable[..., Any],
) -> None:
    karen, torben = funded.municipality.coordinator, funded.municipality.team_leader
    act(approve_plan, proposed(), colour=Colour.GREEN, by=karen)
    plan_id = proposed()
    act(assess_plan, plan_id, colour=Colour.YELLOW, judged=DOUBTS_PLAN, by=karen)
    act(comment_on_plan, plan_id, advice=Colour.GREEN, words="Ja.", by=torben)
    act(assess_plan, plan_id, colour=Colour.GREEN, judged=ALL_MET, by=karen)
    act(approve_plan, plan_id, colour=Colour.GREEN, by=karen)
    proposed()
    found = read(calibration, by=torben)
    assert [(one.green, one.yellow, one.red) for one in found.quarters] == [(1, 1, 0)]
    assert found.changes == {(Colour.GREEN, Colour.GREEN): 1, (Colour.YELLOW, Colour.GREEN): 1}
    assert found.percent_agreeing == 100


def test_what_an_assessor_writes_is_sealed(
    funded: Case,
    proposed: Callable[..., UUID],
    act: Callable[..., Any],
    raw: Callable[[str], list[dict[str, Any]]],
) -> None:
    karen = funded.municipality.coordinator
    act(
        assess_plan,
        proposed(),
        colour=Colour.GREEN,
        judged=Judged(ALL_MET.criteria, {Guard.LATER_DEBT: UNSURE}),
        words=dict.fromkeys(Criterion, "hemmeligt ord"),
        guard_words="hemmeligt ord",
        by=karen,
    )
    [row] = raw("plan_assessment")
    sealed = [bytes(value) for name, value in row.items() if name.endswith("_sealed")]
    assert len(sealed) == 4
    assert not any(b"hemmeligt" in value for value in sealed)
    assert row["later_debt"] == "unsure"


def _check_value(session: Session, plan_id: UUID, expected: int) -> None:
    plan = session.query(BudgetPlan).filter_by(id=plan_id).one()
    assert value_of(session, plan) == expected
    assert sum(item.amount for item in items_of(session, plan_id)) > expected


def _ask_for_team_leader(app: Flask, case: Case, *, from_oere: int) -> None:
    """Let the municipality's programme ask for a team leader from an amount on."""
    rules = ApprovalRules(team_leader_from_oere=Oere(from_oere))
    slug = case.municipality.tenant.slug
    changed = [
        replace(version, approval=rules) if version.tenant_slug == slug else version
        for version in programmes()
    ]
    install_programmes(app, ProgrammeDirectory(changed))


def test_only_a_green_that_was_approved_can_be_marked_as_seen(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    torben = funded.municipality.team_leader
    with refused(NotPresented):
        act(mark_plan_seen, proposed(), by=torben)


def test_a_plan_is_not_sent_back_without_a_word_on_why(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(ReturnedWithoutWords):
        act(return_plan, proposed(), comment=" \n", by=funded.municipality.coordinator)


def test_the_plan_of_a_citizen_who_has_left_waits_for_nobody_and_nothing_more_is_done_to_it(
    funded: Case,
    proposed: Callable[..., UUID],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    karen, torben = funded.municipality.coordinator, funded.municipality.team_leader
    plan_id = proposed()
    draft = act(
        draft_plan,
        funded.enrolment_id,
        motivation="Igen.",
        items=[licence_item(funded, Oere(5_000_00))],
        by=funded.municipality.support_person,
    )
    act(assess_plan, plan_id, colour=Colour.YELLOW, judged=DOUBTS_PLAN, by=karen)
    act(leave_programme, funded.enrolment_id, by=funded.citizen)
    assert read(waiting_plans, on=clock.today() + timedelta(days=90), by=torben) == []
    with refused(EnrolmentNotOpen):
        act(propose_plan, draft.id, by=funded.municipality.support_person)
    with refused(EnrolmentNotOpen):
        act(comment_on_plan, plan_id, advice=Colour.RED, words="Tvivl.", by=torben)
    with refused(EnrolmentNotOpen):
        act(assess_plan, plan_id, colour=Colour.RED, judged=DOUBTS_BOTH, by=torben)
