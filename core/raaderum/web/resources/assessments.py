"""Green, yellow, red: assessing a plan, and what the team sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from raaderum.enrolments.service import record_look_up
from raaderum.kernel import clock
from raaderum.people.roles import Act
from raaderum.persistence.sealed_fields import open_field
from raaderum.plans import assessment as service
from raaderum.plans import assessment_reading as reading
from raaderum.plans.assessment_rules import Criterion, Guard, Judged
from raaderum.plans.touched import reasons_of, touched_by_plan
from raaderum.plans.versions import seen_plan
from raaderum.tenancy.installed import current_tenant
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, page_answer
from raaderum.web.resources.shapes import columns_of, shown_touched
from raaderum.web.schemas.assessments import (
    AssessmentAnswer,
    AssessmentBody,
    AssessmentHistoryAnswer,
    CalibrationAnswer,
    CommentAnswer,
    CommentBody,
    GuidelineAnswer,
    GuidelineReasonAnswer,
    GuidelineReasonBody,
    SeenAnswer,
    ShownPlanAnswer,
    TeamDecisionAnswer,
    TeamDecisionBody,
    WaitingPlanAnswer,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.plans.assessment_tables import PlanAssessment

resource = Resource(
    "assessments", __name__, description="Plans in green, yellow and red, and the guidelines."
)
_PLAN: Final = "/plans/<uuid:plan_id>"


@resource.reads(
    "/guidelines", act=Act.SEE_GUIDELINES, answer=page_answer(GuidelineAnswer(), "GuidelinesAnswer")
)
def list_guidelines(_call: Call) -> Page:
    """List the municipality's guidelines.

    What plans can hold, what needs judgement and what lies outside, in the order of its files.
    """
    return Page(current_tenant().guidelines)


@resource.reads(
    f"{_PLAN}/assessment", act=Act.SEE_ASSESSMENTS, answer=AssessmentHistoryAnswer(), recorded=True
)
def get_assessment(call: Call, plan_id: UUID) -> dict[str, Any]:
    """Show a plan's whole assessment.

    Every round, colleagues' comments, the team's decisions, the guidelines it touches, and why it is
    right all the same. That the case was opened is recorded.
    """
    plan = seen_plan(call.session, plan_id, by=call.by)
    record_look_up(call.session, plan.enrolment_id, by=call.by)
    history = reading.assessment_history(call.session, plan_id, by=call.by)
    return {
        "plan_id": plan.id,
        "enrolment_id": plan.enrolment_id,
        "assessments": [_shown(call.session, one.row) for one in history.assessments],
        "comments": [{**columns_of(one.row), "words": one.words} for one in history.comments],
        "decisions": [
            {**columns_of(one.row), "words": one.words, "votes": one.votes} for one in history.decisions
        ],
        "guidelines": shown_touched(touched_by_plan(call.session, plan.id)),
        "reasons": reasons_of(call.session, [plan.id])[plan.id],
    }


@resource.writes(
    f"{_PLAN}/assessments",
    act=Act.ASSESS_PLAN,
    body=AssessmentBody(),
    answer=AssessmentAnswer(),
    status=201,
)
def assess_plan(call: WriteCall, body: dict[str, Any], plan_id: UUID) -> dict[str, Any]:
    """Assess a proposed plan as green, yellow or red.

    Yellow waits for a colleague's comment and ends green or red, by assessing again.
    """
    row = service.assess_plan(
        call.session,
        plan_id,
        colour=body["colour"],
        doubt=body["doubt"],
        judged=Judged(
            criteria={one: body[one.value]["judgement"] for one in Criterion},
            guards={one: body[one.value] for one in Guard if body[one.value] is not None},
        ),
        words={one: body[one.value]["words"] for one in Criterion},
        guard_words=body["guard_words"],
        by=call.by,
    )
    return _shown(call.session, row)


@resource.writes(
    f"{_PLAN}/comments", act=Act.COMMENT_PLAN, body=CommentBody(), answer=CommentAnswer(), status=201
)
def comment_on_plan(call: WriteCall, body: dict[str, Any], plan_id: UUID) -> dict[str, Any]:
    """Comment on a yellow plan.

    Neither its assessor nor whoever wrote or proposed it can.
    """
    row = service.comment_on_plan(call.session, plan_id, **body, by=call.by)
    return {**columns_of(row), "words": body["words"]}


@resource.writes(
    f"{_PLAN}/team-decisions",
    act=Act.RECORD_TEAM_DECISION,
    body=TeamDecisionBody(),
    answer=TeamDecisionAnswer(),
    status=201,
)
def record_team_decision(call: WriteCall, body: dict[str, Any], plan_id: UUID) -> dict[str, Any]:
    """Record what the whole team decided of a red plan.

    More than half of the coordinators and team leaders must have been present; whoever wrote or
    proposed the plan is not of the team.
    """
    votes = [(one["staff_id"], one["vote"]) for one in body["votes"]]
    row = service.record_team_decision(
        call.session, plan_id, held_on=body["held_on"], votes=votes, words=body["words"], by=call.by
    )
    return {**columns_of(row), "words": body["words"], "votes": body["votes"]}


@resource.writes(
    f"{_PLAN}/guideline-reasons/<guideline>",
    method="PUT",
    act=Act.ASSESS_PLAN,
    body=GuidelineReasonBody(),
    answer=GuidelineReasonAnswer(),
)
def explain_guideline(call: WriteCall, body: dict[str, Any], plan_id: UUID, guideline: str) -> dict[str, Any]:
    """Write why a plan is right although it touches a guideline.

    Without it a plan that touches one that says outside cannot be approved.
    """
    row = service.explain_guideline(
        call.session, plan_id, guideline=guideline, words=body["words"], by=call.by
    )
    return {"guideline": guideline, "words": body["words"], "written_by": row.written_by}


@resource.writes(f"{_PLAN}/seen", act=Act.COMMENT_PLAN, answer=SeenAnswer())
def mark_plan_seen(call: WriteCall, plan_id: UUID) -> dict[str, Any]:
    """Mark a green plan as seen.

    A second time changes nothing.
    """
    service.mark_plan_seen(call.session, plan_id, by=call.by)
    return {"plan_id": plan_id, "is_seen": True}


@resource.reads(
    "/team/waiting-plans",
    act=Act.SEE_ASSESSMENTS,
    answer=page_answer(WaitingPlanAnswer(), "WaitingPlansAnswer"),
)
def list_waiting_plans(call: Call) -> Page:
    """List the plans that wait for a step.

    Those that are due first come first; a late one escalates to the team leader.
    """
    return Page(reading.waiting_plans(call.session, on=clock.today(), by=call.by))


@resource.reads(
    "/team/shown-plans", act=Act.SEE_ASSESSMENTS, answer=page_answer(ShownPlanAnswer(), "ShownPlansAnswer")
)
def list_shown_plans(call: Call) -> Page:
    """List the green plans that you have not seen.

    The newest fifty that somebody else approved; mark each as seen.
    """
    return Page(reading.shown_to_team(call.session, by=call.by))


@resource.reads("/team/calibration", act=Act.SEE_ASSESSMENTS, answer=CalibrationAnswer())
def get_calibration(call: Call) -> dict[str, Any]:
    """Show how the team uses its colours.

    By quarter, from first to final colour, how far colleagues agree, and how many days each step takes.
    """
    found = reading.calibration(call.session, by=call.by)
    return {
        "quarters": found.quarters,
        "changes": [
            {"first": first, "final": final, "plans": plans}
            for (first, final), plans in sorted(found.changes.items())
        ],
        "comments": found.comments,
        "comments_agreeing": found.comments_agreeing,
        "percent_agreeing": found.percent_agreeing,
        "days": [
            {"step": step, "plans": taken.plans, "median": taken.median, "longest": taken.longest}
            for step, taken in found.days.items()
        ],
    }


def _shown(session: Session, row: PlanAssessment) -> dict[str, Any]:
    criteria = {
        one.value: {"judgement": getattr(row, one.value), "words": open_field(session, row, one.value)}
        for one in Criterion
    }
    return {**columns_of(row), **criteria, "guard_words": open_field(session, row, "guard")}
