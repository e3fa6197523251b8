from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import IntegrityError

from raaderum.audit.actor import Actor
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end
from raaderum.enrolments.rules import EnrolmentNotOpen, EnrolmentState
from raaderum.enrolments.service import get_enrolment
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role, RoleMayNot
from raaderum.plans.rules import (
    Colour,
    ColourNotFinal,
    OwnProposal,
    PlanMoveForbidden,
    PlanState,
    PoolTooSmall,
)
from raaderum.plans.service import approve_plan, draft_plan, fund_pool, plans_of, propose_plan, return_plan
from raaderum.plans.tables import BudgetPlan
from raaderum.tenancy.context import current_tenant_id
from raaderum.testing.cases import Case, licence_item

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session


@pytest.fixture
def funded(run_in: Case, act: Callable[..., Any]) -> Case:
    """The run-in, with 30,000 kr. in the programme's pool."""
    finance = run_in.municipality.finance_officer
    act(fund_pool, run_in.programme, amount=Oere(30_000_00), by=finance, key="year")
    return run_in


@pytest.fixture
def proposed(act: Callable[..., Any]) -> Callable[..., UUID]:
    """Draft and propose a plan of one item; return its id."""

    def do(
        case: Case, amount: int = 20_000_00, *, drafter: Actor | None = None, by: Actor | None = None
    ) -> UUID:
        support_person = case.municipality.support_person
        items = [licence_item(case, Oere(amount))]
        plan = act(draft_plan, case.enrolment_id, motivation="Nu.", items=items, by=drafter or support_person)
        act(propose_plan, plan.id, by=by or support_person)
        plan_id: UUID = plan.id
        return plan_id

    return do


def test_approval_starts_the_months(
    funded: Case,
    proposed: Callable[..., UUID],
    act: Callable[..., Any],
    read: Callable[..., Any],
) -> None:
    coordinator = funded.municipality.coordinator
    act(approve_plan, proposed(funded), colour=Colour.GREEN, by=coordinator)
    assert read(get_enrolment, funded.enrolment_id, by=coordinator).state == EnrolmentState.ACTIVE
    assert [(plan.state, plan.colour) for plan in read(plans_of, funded.enrolment_id)] == [
        (PlanState.APPROVED, Colour.GREEN)
    ]


def test_nobody_approves_what_they_themselves_proposed(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    coordinator = funded.municipality.coordinator
    plan_id = proposed(funded, by=coordinator)
    for decide, terms in ((approve_plan, {"colour": Colour.GREEN}), (return_plan, {"comment": "Nej."})):
        with refused(OwnProposal) as refusal:
            act(decide, plan_id, by=coordinator, **terms)
        assert refusal.code == "own_proposal"
        assert "Bed en kollega om det" in refusal.danish


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TEAM_LEADER])
def test_another_role_does_not_make_somebody_a_colleague(
    funded: Case,
    proposed: Callable[..., UUID],
    act: Callable[..., Any],
    refused: Callable[..., Any],
    role: Role,
) -> None:
    same_person = Actor(funded.municipality.support_person.person_id, role)
    with refused(OwnProposal):
        act(approve_plan, proposed(funded), colour=Colour.GREEN, by=same_person)


def test_who_drafted_the_plan_does_not_approve_it_although_another_proposed_it(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    coordinator = funded.municipality.coordinator
    plan_id = proposed(funded, drafter=coordinator)
    with refused(OwnProposal):
        act(approve_plan, plan_id, colour=Colour.GREEN, by=coordinator)
    act(approve_plan, plan_id, colour=Colour.GREEN, by=funded.municipality.team_leader)


def test_the_database_itself_refuses_that_one_person_proposes_and_approves(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any]
) -> None:
    def approve_past_the_rules(session: Session, plan_id: UUID) -> None:
        plan = session.get_one(BudgetPlan, (current_tenant_id(), plan_id))
        plan.state, plan.decided_by = PlanState.APPROVED, plan.proposed_by

    with pytest.raises(IntegrityError, match="four_eyes"):
        act(approve_past_the_rules, proposed(funded))


def test_a_support_person_does_not_approve_plans(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(RoleMayNot):
        act(approve_plan, proposed(funded), colour=Colour.GREEN, by=Actor(new_id(), Role.SUPPORT_PERSON))


def test_yellow_is_discussed_first_and_ends_green_or_red(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    plan_id = proposed(funded)
    with refused(ColourNotFinal) as refusal:
        act(approve_plan, plan_id, colour=Colour.YELLOW, by=funded.municipality.coordinator)
    assert (refusal.code, refusal.where) == ("colour_not_final", "colour")
    assert "drøftes med en kollega og ende grøn eller rød" in refusal.danish
    act(approve_plan, plan_id, colour=Colour.GREEN, by=funded.municipality.coordinator)


def test_a_plan_is_approved_once(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    plan_id = proposed(funded)
    act(approve_plan, plan_id, colour=Colour.GREEN, by=funded.municipality.coordinator)
    with refused(PlanMoveForbidden) as refusal:
        act(approve_plan, plan_id, colour=Colour.GREEN, by=funded.municipality.team_leader)
    assert "Planen er »godkendt«" in refusal.danish


def test_a_pool_that_is_too_small_grants_nothing_at_all(
    funded: Case,
    proposed: Callable[..., UUID],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    plan_id = proposed(funded, 30_000_01)
    with refused(PoolTooSmall) as refusal:
        act(approve_plan, plan_id, colour=Colour.GREEN, by=funded.municipality.coordinator)
    assert (refusal.code, refusal.where) == ("pool_too_small", "pool")
    assert "har kun 30.000,00 kr. tilbage; bevillingen er 30.000,01 kr. Få puljen tilført" in refusal.danish
    assert read(plans_of, funded.enrolment_id)[0].state == PlanState.PROPOSED
    by = funded.municipality.coordinator
    assert read(get_enrolment, funded.enrolment_id, by=by).state == EnrolmentState.RUN_IN


def test_no_plan_is_approved_in_an_ended_enrolment(
    funded: Case, proposed: Callable[..., UUID], act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    plan_id = proposed(funded)
    act(end, funded.enrolment_id, because=EndingReason.CITIZEN_LEAVES, by=funded.municipality.coordinator)
    with refused(EnrolmentNotOpen):
        act(approve_plan, plan_id, colour=Colour.GREEN, by=funded.municipality.coordinator)
