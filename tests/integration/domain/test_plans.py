from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end
from raaderum.enrolments.rules import EnrolmentNotOpen
from raaderum.goals.rules import GoalMissing
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.plans.rules import (
    ItemDraft,
    ItemInvalid,
    PlanAboveCeiling,
    PlanEmpty,
    PlanMoveForbidden,
    PlanState,
)
from raaderum.plans.service import draft_plan, items_of, plans_of, propose_plan, return_plan
from raaderum.testing.cases import Case, case_in_run_in, licence_item

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.testing.municipality import Municipality


@pytest.fixture
def draft(act: Callable[..., Any]) -> Callable[..., Any]:
    """Draft a plan for a case, of the given items."""

    def do(case: Case, *items: ItemDraft) -> Any:  # noqa: ANN401 - the mapped row
        by = case.municipality.support_person
        return act(draft_plan, case.enrolment_id, motivation="Jeg vil videre.", items=items, by=by)

    return do


@pytest.mark.parametrize("amount", [0, -1, -20_000_00])
def test_an_item_costs_something(
    run_in: Case, draft: Callable[..., Any], refused: Callable[..., Any], amount: int
) -> None:
    with refused(ItemInvalid) as refusal:
        draft(run_in, licence_item(run_in, Oere(amount)))
    assert (refusal.code, refusal.where) == ("item_invalid", "items[0].amount")
    assert refusal.danish == "Post 1: beløbet skal være over 0 kr."


def test_a_plan_stays_within_the_programmes_ceiling(
    run_in: Case, draft: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    half = licence_item(run_in, Oere(25_000_00))
    assert draft(run_in, half, half).version == 1
    with refused(PlanAboveCeiling) as refusal:
        draft(run_in, half, half, licence_item(run_in, Oere(1)))
    assert (refusal.code, refusal.where) == ("plan_above_ceiling", "items")
    assert refusal.danish == "Planen er på 50.000,01 kr., og rammen er 50.000,00 kr. Tag 0,01 kr. ud."


def test_a_personal_ceiling_counts_instead_of_the_programmes(
    municipality: Municipality, draft: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    case = case_in_run_in(municipality, ceiling=Oere(10_000_00))
    draft(case, licence_item(case, Oere(10_000_00)))
    with refused(PlanAboveCeiling) as refusal:
        draft(case, licence_item(case, Oere(10_000_01)))
    assert "rammen er 10.000,00 kr. Tag 0,01 kr. ud" in refusal.danish


def test_a_plan_needs_an_item(run_in: Case, draft: Callable[..., Any], refused: Callable[..., Any]) -> None:
    with refused(PlanEmpty) as refusal:
        draft(run_in)
    assert refusal.danish == "Planen har ingen poster. Tilføj mindst én."


def test_every_item_leads_to_one_of_the_citizens_own_sub_goals(
    municipality: Municipality, run_in: Case, draft: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    other = case_in_run_in(municipality)
    own = licence_item(run_in, Oere(1_000_00))
    for stranger in (other.sub_goal_id, uuid4()):
        with refused(NotFound) as refusal:
            draft(run_in, own, replace(own, sub_goal_id=stranger))
        assert refusal.where == "items[1].sub_goal_id"
        assert "findes ikke, eller du har ikke adgang" in refusal.danish


def test_a_plan_needs_a_sub_goal_to_lead_to(
    run_in: Case, newcomer: UUID, draft: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    without_sub_goals = replace(run_in, enrolment_id=newcomer)
    with refused(GoalMissing) as refusal:
        draft(without_sub_goals, licence_item(run_in, Oere(1_000_00)))
    assert refusal.danish == "Skriv drømmen og et delmål ned først."


def test_each_version_of_a_plan_is_kept(
    run_in: Case, draft: Callable[..., Any], read: Callable[..., Any]
) -> None:
    first = draft(run_in, licence_item(run_in, Oere(1_000_00)))
    second = draft(run_in, licence_item(run_in, Oere(2_000_00)), licence_item(run_in, Oere(3_000_00)))
    assert [plan.id for plan in read(plans_of, run_in.enrolment_id)] == [second.id, first.id]
    assert [item.amount for item in read(items_of, first.id)] == [1_000_00]
    assert [(item.position, item.amount) for item in read(items_of, second.id)] == [
        (1, 2_000_00),
        (2, 3_000_00),
    ]


def test_a_plan_that_is_sent_back_keeps_its_comment_and_is_not_sent_twice(
    run_in: Case, draft: Callable[..., Any], act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    municipality = run_in.municipality
    plan = draft(run_in, licence_item(run_in, Oere(1_000_00)))
    act(propose_plan, plan.id, by=municipality.support_person)
    with refused(PlanMoveForbidden) as refusal:
        act(propose_plan, plan.id, by=municipality.support_person)
    assert refusal.code == "plan_move_forbidden"
    assert refusal.danish == "Planen er »til godkendelse«, så det kan ikke gøres."
    returned = act(return_plan, plan.id, comment="Hent et tilbud først.", by=municipality.coordinator)
    assert returned.state == PlanState.RETURNED


def test_nothing_is_planned_in_an_ended_enrolment(
    run_in: Case, draft: Callable[..., Any], act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    act(
        end, run_in.enrolment_id, because=EndingReason.ORDINARY_EMPLOYMENT, by=run_in.municipality.coordinator
    )
    with refused(EnrolmentNotOpen):
        draft(run_in, licence_item(run_in, Oere(1_000_00)))
