"""Budget plans and their approval."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from raaderum.casework import approving
from raaderum.people.roles import Act
from raaderum.plans import service
from raaderum.plans.rules import ItemDraft
from raaderum.web.operations import Resource, WriteCall
from raaderum.web.resources.shapes import shown_plan
from raaderum.web.schemas.enrolments import ApprovalBody, PlanAnswer, PlanBody, ReturnBody

resource = Resource("plans", __name__, description="Budget plans, each version kept.")
_PLAN = "/plans/<uuid:plan_id>"


@resource.writes(
    "/enrolments/<uuid:enrolment_id>/plans",
    act=Act.WRITE_PLAN,
    body=PlanBody(),
    answer=PlanAnswer(),
    status=201,
)
def draft_plan(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Write a new version of the plan.

    The sum of its items must lie within the citizen's ceiling; every item leads to a sub-goal.
    """
    items = [ItemDraft(**{**item, "evidence": tuple(item["evidence"])}) for item in body["items"]]
    plan = service.draft_plan(
        call.session,
        enrolment_id,
        motivation=body["motivation"],
        items=items,
        by=call.by,
        based_on=body["based_on"],
    )
    return shown_plan(call.session, plan)


@resource.writes(f"{_PLAN}/propose", act=Act.WRITE_PLAN, answer=PlanAnswer())
def propose_plan(call: WriteCall, plan_id: UUID) -> dict[str, Any]:
    """Send a draft to approval.

    Whoever sends it cannot approve it, under whatever role.
    """
    return shown_plan(call.session, service.propose_plan(call.session, plan_id, by=call.by))


@resource.writes(f"{_PLAN}/approve", act=Act.APPROVE_PLAN, body=ApprovalBody(), answer=PlanAnswer())
def approve_plan(call: WriteCall, body: dict[str, Any], plan_id: UUID) -> dict[str, Any]:
    """Approve a plan and grant its sum.

    The first approval begins the months; a later version grants or takes back the difference.
    """
    return shown_plan(call.session, approving.approve_plan(call.session, plan_id, **body, by=call.by))


@resource.writes(f"{_PLAN}/return", act=Act.APPROVE_PLAN, body=ReturnBody(), answer=PlanAnswer())
def return_plan(call: WriteCall, body: dict[str, Any], plan_id: UUID) -> dict[str, Any]:
    """Send a proposed plan back with a comment.

    The comment is shown to whoever wrote the plan.
    """
    return shown_plan(call.session, service.return_plan(call.session, plan_id, **body, by=call.by))
