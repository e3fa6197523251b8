"""A plan may change at any time: only the difference moves, and what is used cannot be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.rules import Account, AccountKind
from raaderum.ledger.service import budget_statement, summed_balance, transactions_of
from raaderum.plans.rules import Colour, PlanBelowUse, PlanState
from raaderum.plans.service import approve_plan, draft_plan, items_of, plans_of, propose_plan
from raaderum.programmes.installed import programme_id
from raaderum.purchases.rules import NoApprovedPlan
from raaderum.purchases.service import request_purchase
from raaderum.testing.cases import Case, approved_purchase, licence_item

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

POOL = 500_000_00


@pytest.fixture
def approve_version(act: Callable[..., Any]) -> Callable[[Case, int], UUID]:
    """Have a new version of the plan approved; return its id."""

    def do(case: Case, amount: int) -> UUID:
        municipality = case.municipality
        support_person = municipality.support_person
        items = [licence_item(case, Oere(amount))]
        plan = act(draft_plan, case.enrolment_id, motivation="Om igen.", items=items, by=support_person)
        act(propose_plan, plan.id, by=support_person)
        act(approve_plan, plan.id, colour=Colour.GREEN, by=municipality.coordinator)
        plan_id: UUID = plan.id
        return plan_id

    return do


@pytest.mark.parametrize(
    ("amount", "kind", "moved"), [(26_000_00, "grant", 6_000_00), (15_000_00, "return", 5_000_00)]
)
def test_a_later_plan_moves_only_the_difference(
    case: Case,
    approve_version: Callable[[Case, int], UUID],
    read: Callable[..., Any],
    amount: int,
    kind: str,
    moved: int,
) -> None:
    plan_id = approve_version(case, amount)
    statement = read(budget_statement, case.enrolment_id)
    assert (statement.granted, statement.available) == (amount, amount)
    lines = read(transactions_of, [plan_id])
    assert {transaction.kind for transaction, _, _ in lines} == {kind}
    assert {abs(entry.amount) for _, entry, _ in lines} == {moved}
    assert read(_pool_of, case) == POOL - amount
    assert read(prove_books).holds


def test_a_later_plan_of_the_same_sum_moves_nothing(
    case: Case, approve_version: Callable[[Case, int], UUID], read: Callable[..., Any]
) -> None:
    plan_id = approve_version(case, 20_000_00)
    assert read(transactions_of, [plan_id]) == []
    assert read(budget_statement, case.enrolment_id).granted == 20_000_00


def test_the_earlier_plan_is_replaced_and_kept(
    case: Case, approve_version: Callable[[Case, int], UUID], read: Callable[..., Any]
) -> None:
    approve_version(case, 15_000_00)
    versions = read(plans_of, case.enrolment_id)
    assert [(plan.version, plan.state) for plan in versions] == [
        (2, PlanState.APPROVED),
        (1, PlanState.REPLACED),
    ]
    assert [item.amount for item in read(items_of, versions[1].id)] == [20_000_00]


def test_a_plan_cannot_go_below_what_is_used_or_promised(
    case: Case,
    approve_version: Callable[[Case, int], UUID],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    approved_purchase(case, Oere(12_500_00))
    with refused(PlanBelowUse) as refusal:
        approve_version(case, 12_499_99)
    assert refusal.code == "plan_below_use"
    assert "på 12.499,99 kr., men 12.500,00 kr. er allerede brugt eller lovet væk" in refusal.danish
    assert "Sæt den op" in refusal.danish
    assert read(plans_of, case.enrolment_id)[-1].state == PlanState.APPROVED
    approve_version(case, 12_500_00)
    assert read(budget_statement, case.enrolment_id).available == 0
    assert read(_pool_of, case) == POOL - 12_500_00


def test_a_purchase_needs_an_item_of_the_plan_in_force(
    case: Case,
    approve_version: Callable[[Case, int], UUID],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    def ask(plan_item_id: UUID) -> None:
        act(
            request_purchase,
            case.enrolment_id,
            plan_item_id=plan_item_id,
            description="Kørekort",
            supplier_name="Køreskolen",
            supplier_cvr=None,
            amount=Oere(1_000_00),
            by=case.municipality.support_person,
        )

    plan_id = approve_version(case, 15_000_00)
    with refused(NoApprovedPlan) as refusal:
        ask(case.plan_item_ids[0])
    assert (refusal.code, refusal.where) == ("no_approved_plan", "plan_item_id")
    assert "Få planen ændret først" in refusal.danish
    ask(read(items_of, plan_id)[0].id)


def _pool_of(session: Session, case: Case) -> int:
    return summed_balance(session, Account(AccountKind.POOL, programme_id(case.programme)))
