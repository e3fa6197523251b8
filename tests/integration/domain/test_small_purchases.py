"""Signals for the approver; small usual purchases approved by rule, and some of them looked at afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from raaderum.casework.task_rules import TaskKind
from raaderum.casework.tasks import tasks_of
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.ledger.service import budget_statement
from raaderum.plans.evidence import attach_evidence
from raaderum.plans.rules import Colour
from raaderum.plans.service import approve_plan, draft_plan, items_of, propose_plan
from raaderum.programmes.rules import SmallPurchases
from raaderum.purchases.control_rules import ControlDone, ControlOutcome
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.service import approve_purchase, get_purchase, request_purchase
from raaderum.purchases.signal_reading import signals_for
from raaderum.purchases.signals import FEWEST_TO_COMPARE, Signal
from raaderum.purchases.small import control_purchase, waiting_controls
from raaderum.testing.cases import (
    GRANT,
    SUPPLIER,
    SUPPLIER_CVR,
    approved_purchase,
    case_with_grant,
    licence_item,
    requested_purchase,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.purchases.tables import Purchase
    from raaderum.testing.cases import Case

    Do = Callable[..., Any]

SMALL: Final = Oere(300_00)
EVERY_ONE: Final = SmallPurchases(at_most_oere=SMALL, controlled_percent=100)


@pytest.fixture
def small_ones(case: Case, amend_programme: Callable[..., str]) -> Case:
    """A case whose programme lets purchases of up to 300 kr. through, and looks at all of them afterwards."""
    amend_programme(small_purchases=EVERY_ONE)
    approved_purchase(case, Oere(1_000_00))
    return case


def asked(act: Do, case: Case, amount: Oere, *, supplier_cvr: str | None = SUPPLIER_CVR) -> Purchase:
    wanted = {"plan_item_id": case.plan_item_ids[0], "description": "Buskort", "supplier_name": SUPPLIER}
    purchase: Purchase = act(
        request_purchase,
        case.enrolment_id,
        **wanted,
        supplier_cvr=supplier_cvr,
        amount=amount,
        by=case.municipality.support_person,
    )
    return purchase


def signals(read: Do, case: Case, purchase_id: UUID) -> set[Signal]:
    def found(session: Session) -> set[Signal]:
        purchase = get_purchase(session, purchase_id, by=case.municipality.coordinator)
        return set(signals_for(session, purchase))

    seen: set[Signal] = read(found)
    return seen


def test_a_supplier_that_nobody_has_bought_from_is_pointed_out_once(case: Case, read: Do) -> None:
    assert signals(read, case, requested_purchase(case, Oere(500_00))) == {Signal.NEW_SUPPLIER}
    approved_purchase(case, Oere(600_00))
    assert signals(read, case, requested_purchase(case, Oere(700_00))) == set()


def test_the_same_again_and_more_than_the_item_holds_are_pointed_out(case: Case, read: Do) -> None:
    approved_purchase(case, Oere(12_000_00))
    again = requested_purchase(case, Oere(12_000_00))
    assert signals(read, case, again) == {Signal.SAME_AGAIN, Signal.ABOVE_ITEM}


def test_an_amount_above_what_is_usual_in_the_category_is_pointed_out(case: Case, read: Do) -> None:
    for number in range(FEWEST_TO_COMPARE):
        approved_purchase(case, Oere(100_00 + number))
    assert signals(read, case, requested_purchase(case, Oere(110_00))) == {Signal.UNUSUAL_AMOUNT}
    assert signals(read, case, requested_purchase(case, Oere(99_00))) == set()


def test_a_request_on_an_item_of_a_replaced_plan_is_pointed_out(case: Case, act: Do, read: Do) -> None:
    town = case.municipality
    waiting = requested_purchase(case, Oere(500_00))
    items = [licence_item(case, GRANT)]
    plan = act(draft_plan, case.enrolment_id, motivation="Ny.", items=items, by=town.support_person)
    act(propose_plan, plan.id, by=town.support_person)
    act(approve_plan, plan.id, colour=Colour.GREEN, by=town.coordinator)
    assert Signal.ITEM_REPLACED in signals(read, case, waiting)


def test_one_quote_behind_two_citizens_plans_is_pointed_out(case: Case, act: Do, read: Do) -> None:
    quote = b"%PDF-1.4 et tilbud"
    other = case_with_grant(case.municipality)
    for one in (case, other):
        by, items = case.municipality.support_person, [licence_item(one, GRANT)]
        plan = act(draft_plan, one.enrolment_id, motivation="Ny.", items=items, by=by)
        item_id = read(items_of, plan.id)[0].id
        act(attach_evidence, item_id, content=quote, file_name="tilbud.pdf", by=by)
        act(propose_plan, plan.id, by=by)
        act(approve_plan, plan.id, colour=Colour.GREEN, by=case.municipality.coordinator)
    wanted = {"plan_item_id": item_id, "description": "Kørekort", "supplier_name": SUPPLIER}
    by = case.municipality.support_person
    purchase = act(
        request_purchase, other.enrolment_id, **wanted, supplier_cvr=None, amount=Oere(1_00), by=by
    )
    assert Signal.SHARED_EVIDENCE in signals(read, other, purchase.id)


def test_a_small_usual_purchase_is_approved_by_rule_and_its_money_set_aside(
    small_ones: Case, act: Do, read: Do
) -> None:
    before = read(budget_statement, small_ones.enrolment_id).committed
    purchase = asked(act, small_ones, SMALL)
    assert (purchase.state, purchase.decided_by) == (PurchaseState.APPROVED, None)
    assert read(budget_statement, small_ones.enrolment_id).committed == before + SMALL


@pytest.mark.parametrize(
    ("amount", "supplier_cvr"), [(SMALL + 1, SUPPLIER_CVR), (SMALL, None)], ids=["too large", "unusual"]
)
def test_a_larger_or_unusual_one_waits_for_a_person(
    small_ones: Case, act: Do, amount: int, supplier_cvr: str | None
) -> None:
    purchase = asked(act, small_ones, Oere(amount), supplier_cvr=supplier_cvr)
    assert purchase.state == PurchaseState.REQUESTED


def test_without_a_rule_every_purchase_waits_for_a_person(case: Case, act: Do) -> None:
    approved_purchase(case, Oere(1_000_00))
    assert asked(act, case, Oere(1_00)).state == PurchaseState.REQUESTED


def test_what_was_drawn_is_looked_at_once_by_somebody_else(
    small_ones: Case, act: Do, read: Do, refused: Callable[..., Any]
) -> None:
    karen = small_ones.municipality.coordinator
    purchase = asked(act, small_ones, SMALL)
    assert [one.purchase.id for one in read(waiting_controls, by=karen)] == [purchase.id]
    kinds = {one.task.kind for one in read(tasks_of, by=karen, on=clock.today())}
    assert TaskKind.CONTROL_PURCHASE in kinds
    concern = {"outcome": ControlOutcome.CONCERN, "note": "Kvitteringen mangler"}
    act(control_purchase, purchase.id, **concern, by=karen)
    assert read(waiting_controls, by=karen) == []
    with refused(ControlDone):
        act(control_purchase, purchase.id, outcome=ControlOutcome.IN_ORDER, by=karen)


def test_what_was_not_drawn_cannot_be_looked_at(case: Case, act: Do, refused: Callable[..., Any]) -> None:
    purchase = asked(act, case, SMALL)
    act(approve_purchase, purchase.id, by=case.municipality.coordinator)
    with refused(NotFound):
        by = case.municipality.coordinator
        act(control_purchase, purchase.id, outcome=ControlOutcome.IN_ORDER, by=by)


def test_about_the_rules_share_is_drawn(case: Case, act: Do, read: Do, amend_programme: Do) -> None:
    amend_programme(small_purchases=SmallPurchases(at_most_oere=SMALL, controlled_percent=1))
    approved_purchase(case, Oere(1_000_00))
    for number in range(30):
        assert asked(act, case, Oere(2_00 - number)).state == PurchaseState.APPROVED
    assert len(read(waiting_controls, by=case.municipality.coordinator)) < 10
