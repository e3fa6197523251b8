"""The dream and the steps on the way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from raaderum.goals import service
from raaderum.people.roles import Act
from raaderum.web.operations import Resource, WriteCall
from raaderum.web.schemas.enrolments import GoalAnswer, GoalBody, SubGoalAnswer, SubGoalBody

resource = Resource("goals", __name__, description="The dream and the steps on the way.")


@resource.writes(
    "/enrolments/<uuid:enrolment_id>/goal",
    method="PUT",
    act=Act.WRITE_GOAL,
    body=GoalBody(),
    answer=GoalAnswer(),
)
def write_goal(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Write the dream down, or write it anew.

    The words are the citizen's own and are kept to the letter.
    """
    goal = service.write_goal(call.session, enrolment_id, **body, by=call.by)
    return {"words": body["words"], "categories": goal.categories}


@resource.writes(
    "/enrolments/<uuid:enrolment_id>/sub-goals",
    act=Act.WRITE_GOAL,
    body=SubGoalBody(),
    answer=SubGoalAnswer(),
    status=201,
)
def add_sub_goal(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Add a step on the way.

    There can be as many as the programme allows, at most five.
    """
    sub_goal = service.add_sub_goal(call.session, enrolment_id, **body, by=call.by)
    return {"id": sub_goal.id, "position": sub_goal.position, "words": body["words"]}
