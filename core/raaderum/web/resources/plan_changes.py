"""Versions of a plan held against each other, and whether what was bought did what was thought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from raaderum.casework import item_follow_ups
from raaderum.casework.use_of_money import change_of_use
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import Act
from raaderum.plans.changes import compare_versions
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.plan_changes import (
    BoughtItemsAnswer,
    ChangeOfUseAnswer,
    ComparisonQuery,
    DueItemsAnswer,
    ItemFollowUpAnswer,
    ItemFollowUpBody,
    PlanComparisonAnswer,
)

if TYPE_CHECKING:
    from raaderum.casework.item_follow_ups import BoughtItem

resource = Resource(
    "plan_changes", __name__, description="How plans change, and whether what was bought worked."
)
_ENROLMENT: Final = "/enrolments/<uuid:enrolment_id>"


@resource.reads(
    f"{_ENROLMENT}/plans/difference",
    act=Act.SEE_CASE,
    query=ComparisonQuery(),
    answer=PlanComparisonAnswer(),
)
def compare_plans(call: Call, query: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Hold two versions of a plan against each other.

    Which items came, went and changed, what moved between categories, and how large the change is.
    """
    found = compare_versions(
        call.session, enrolment_id, before=query["before"], after=query["after"], by=call.by
    )
    difference, change = found.difference, found.change
    return {
        "before_version": found.before_version,
        "after_version": found.after_version,
        "before_total": difference.before.total,
        "after_total": difference.after.total,
        "before_motivation": difference.before.motivation,
        "after_motivation": difference.after.motivation,
        "added": difference.added,
        "removed": difference.removed,
        "changed": difference.changed,
        "categories": difference.categories,
        "size": change.size,
        "share_moved": float(change.moved),
        "share_replaced": float(change.replaced),
        "new_categories": change.new_categories,
    }


@resource.reads(f"{_ENROLMENT}/use-of-money", act=Act.SEE_CASE, answer=ChangeOfUseAnswer())
def show_use_of_money(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Hold what was bought against the plan that was approved first.

    By category alone. Not found before a plan is approved and something is bought.
    """
    change = change_of_use(call.session, enrolment_id, by=call.by)
    if change is None:
        raise NotFound(where="use_of_money")
    return {
        "size": change.size,
        "share_moved": float(change.moved),
        "planned": change.before,
        "bought": change.after,
        "categories": change.categories,
        "new_categories": change.new_categories,
    }


@resource.reads(f"{_ENROLMENT}/item-follow-ups", act=Act.SEE_CASE, answer=BoughtItemsAnswer())
def list_bought_items(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """List what was bought in a case, and what came of it.

    Each item is asked about three months after it was bought, and again after “not yet”.
    """
    bought = item_follow_ups.bought_items(call.session, enrolment_id, by=call.by)
    return {"items": [_shown(one) for one in bought]}


@resource.reads("/item-follow-ups", act=Act.SEE_CASELOAD, answer=DueItemsAnswer())
def list_due_items(call: Call) -> dict[str, Any]:
    """List the items that are due to be asked about today.

    In all cases of whoever asks; the one that has been due longest comes first.
    """
    return {"items": item_follow_ups.due_item_follow_ups(call.session, on=clock.today(), by=call.by)}


@resource.writes(
    "/plan-items/<uuid:plan_item_id>/follow-ups",
    act=Act.FOLLOW_UP_ITEM,
    body=ItemFollowUpBody(),
    answer=ItemFollowUpAnswer(),
    status=201,
)
def answer_item_follow_up(call: WriteCall, body: dict[str, Any], plan_item_id: UUID) -> dict[str, Any]:
    """Say whether a thing did what was thought.

    Refused for an item that is not due. After “not yet” it falls due again three months later.
    """
    row = item_follow_ups.answer_item_follow_up(call.session, plan_item_id, **body, by=call.by)
    return {
        "due_on": row.due_on,
        "answered_on": row.answered_on,
        "outcome": row.outcome,
        "words": body["words"],
        "answered_by": row.answered_by,
    }


def _shown(bought: BoughtItem) -> dict[str, Any]:
    return {
        "item_id": bought.item.id,
        "description": bought.item.description,
        "theory_of_change": bought.item.theory_of_change,
        "bought_on": bought.bought_on,
        "due_on": bought.due_on,
        "answers": bought.answers,
    }
