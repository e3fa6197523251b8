"""Assessing a plan in green, yellow or red, and approving it on its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.casework import approving
from raaderum.enrolments.service import record_look_up
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import Act, may
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans import assessment as assessments
from raaderum.plans import service as plans
from raaderum.plans.approval import is_for_team_leader, value_of
from raaderum.plans.assessment_reading import assessment_history
from raaderum.plans.assessment_rules import (
    CRITERION_NAMES,
    DOUBT_NAMES,
    GUARD_NAMES,
    JUDGEMENT_NAMES,
    Criterion,
    Doubt,
    Guard,
    Judged,
    Judgement,
    Vote,
)
from raaderum.plans.rules import Colour, PlanState
from raaderum.plans.touched import reasons_of, touched_by_plan
from raaderum.plans.versions import seen_plan
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render
from raaderum.tenancy.guideline_file import VERDICT_NAMES

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.audit.actor import Actor
    from raaderum.plans.tables import BudgetPlan
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def look_up_plan(session: Session, enrolment_id: UUID, plan_id: UUID, *, by: Actor) -> BudgetPlan:
    """Record that a case was opened by one of its plans; raise `NotFound` for a plan of another case."""
    record_look_up(session, enrolment_id, by=by)
    return _plan_of_case(session, enrolment_id, plan_id, by)


def show_assessment(visit: Visit, session: Session, enrolment_id: UUID, plan_id: UUID) -> str:
    """Show a plan's whole assessment, and the forms of the step it waits for."""
    plan = _plan_of_case(session, enrolment_id, plan_id, visit.actor)
    heading = read_heading(session, enrolment_id, by=visit.actor)
    return render(
        "assessment.html",
        visit,
        heading=heading,
        plan=plan,
        items=plans.items_of(session, plan.id),
        value=value_of(session, plan) if plan.state == PlanState.PROPOSED else 0,
        for_team_leader=is_for_team_leader(session, plan, heading.enrolment),
        history=assessment_history(session, plan_id, by=visit.actor),
        is_open=plan.state == PlanState.PROPOSED,
        is_own=visit.actor.person_id in {plan.proposed_by, plan.drafted_by},
        team=assessments.team_for(session, plan),
        touched=touched_by_plan(session, plan.id),
        reasons={reason.guideline: reason for reason in reasons_of(session, [plan.id])[plan.id]},
        may_decide=may(visit.actor, Act.RECORD_TEAM_DECISION),
        criteria=CRITERION_NAMES,
        guards=GUARD_NAMES,
        judgements=JUDGEMENT_NAMES,
        doubts=DOUBT_NAMES,
        verdicts=VERDICT_NAMES,
        today=clock.today(),
    )


def assess_plan(visit: Visit, typed: Typed, enrolment_id: UUID, plan_id: UUID) -> Response:
    """Assess a plan, or assess it again after colleagues' comments."""
    with unit_of_work() as session:
        _plan_of_case(session, enrolment_id, plan_id, visit.actor)
        assessments.assess_plan(
            session,
            plan_id,
            colour=typed.choice("colour", Colour),
            doubt=typed.choice("doubt", Doubt) if typed.has("doubt") else None,
            judged=_judged(typed),
            words={one: typed.text(f"{one.value}_words") for one in Criterion},
            guard_words=typed.text("guard_words"),
            by=visit.actor,
        )
    return visit.go_to("show_assessment", enrolment_id=enrolment_id, plan_id=plan_id)


def comment_on_plan(visit: Visit, typed: Typed, enrolment_id: UUID, plan_id: UUID) -> Response:
    """Comment on a colleague's yellow plan."""
    with unit_of_work() as session:
        _plan_of_case(session, enrolment_id, plan_id, visit.actor)
        assessments.comment_on_plan(
            session,
            plan_id,
            advice=typed.choice("advice", Colour),
            words=typed.text("words"),
            by=visit.actor,
        )
    return visit.go_to("show_assessment", enrolment_id=enrolment_id, plan_id=plan_id)


def record_team_decision(visit: Visit, typed: Typed, enrolment_id: UUID, plan_id: UUID) -> Response:
    """Record a meeting: those without a vote were not present."""
    with unit_of_work() as session:
        plan = _plan_of_case(session, enrolment_id, plan_id, visit.actor)
        votes = [
            (member, typed.choice(f"vote_{member}", Vote))
            for member in assessments.team_for(session, plan)
            if typed.has(f"vote_{member}")
        ]
        assessments.record_team_decision(
            session,
            plan_id,
            held_on=typed.day("held_on") or clock.today(),
            votes=votes,
            words=typed.text("words"),
            by=visit.actor,
        )
    return visit.go_to("show_assessment", enrolment_id=enrolment_id, plan_id=plan_id)


def explain_guideline(visit: Visit, typed: Typed, enrolment_id: UUID, plan_id: UUID) -> Response:
    """Write why a plan is right although it touches a guideline."""
    with unit_of_work() as session:
        _plan_of_case(session, enrolment_id, plan_id, visit.actor)
        assessments.explain_guideline(
            session, plan_id, guideline=typed.text("guideline"), words=typed.text("words"), by=visit.actor
        )
    return visit.go_to("show_assessment", enrolment_id=enrolment_id, plan_id=plan_id)


def approve_assessed_plan(visit: Visit, typed: Typed, enrolment_id: UUID, plan_id: UUID) -> Response:
    """Approve a plan on its colour, with its length and how the citizen is followed up."""
    with unit_of_work() as session:
        _plan_of_case(session, enrolment_id, plan_id, visit.actor)
        approving.approve_plan(
            session,
            plan_id,
            colour=typed.choice("colour", Colour),
            months=typed.number("months") if typed.has("months") else None,
            follow_up=typed.text("follow_up"),
            by=visit.actor,
        )
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def _judged(typed: Typed) -> Judged:
    return Judged(
        criteria={one: typed.choice(one.value, Judgement) for one in Criterion},
        guards={one: typed.choice(one.value, Judgement) for one in Guard if typed.has(one.value)},
    )


def _plan_of_case(session: Session, enrolment_id: UUID, plan_id: UUID, by: Actor) -> BudgetPlan:
    plan = seen_plan(session, plan_id, by=by)
    if plan.enrolment_id != enrolment_id:
        raise NotFound(where="plan")
    return plan
