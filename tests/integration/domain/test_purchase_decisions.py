from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import IntegrityError

from raaderum.audit.actor import Actor
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import NotEnoughMoney
from raaderum.ledger.service import budget_statement
from raaderum.people.roles import Role, RoleMayNot
from raaderum.plans.rules import OwnProposal
from raaderum.purchases.rules import PurchaseMoveForbidden, PurchaseState
from raaderum.purchases.service import (
    approve_purchase,
    find_purchase_by_code,
    purchases_of,
    refuse_purchase,
    release_purchase,
)
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import reason_for_refusal
from raaderum.tenancy.context import current_tenant_id
from raaderum.testing.cases import Case, approved_purchase, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TEAM_LEADER])
def test_nobody_decides_on_their_own_request_under_whatever_role(
    case: Case, act: Callable[..., Any], refused: Callable[..., Any], role: Role
) -> None:
    purchase_id = requested_purchase(case)
    same_person = Actor(case.municipality.support_person.person_id, role)
    for decide, terms in ((approve_purchase, {}), (refuse_purchase, {"because": "Nej."})):
        with refused(OwnProposal) as refusal:
            act(decide, purchase_id, by=same_person, **terms)
        assert refusal.code == "own_proposal"
        assert "Bed en kollega om det" in refusal.danish


def test_a_support_person_does_not_decide(
    case: Case, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(RoleMayNot):
        act(approve_purchase, requested_purchase(case), by=case.municipality.support_person)


def test_the_database_itself_refuses_that_one_person_asks_and_approves(
    case: Case, act: Callable[..., Any]
) -> None:
    def approve_past_the_rules(session: Session, purchase_id: UUID) -> None:
        purchase = session.get_one(Purchase, (current_tenant_id(), purchase_id))
        purchase.state, purchase.decided_by = PurchaseState.APPROVED, purchase.requested_by

    with pytest.raises(IntegrityError, match="four_eyes"):
        act(approve_past_the_rules, requested_purchase(case))


def test_more_than_is_available_is_refused_with_both_figures(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    approved_purchase(case, Oere(12_500_00))
    purchase_id = requested_purchase(case, Oere(7_500_01))
    with refused(NotEnoughMoney) as refusal:
        act(approve_purchase, purchase_id, by=case.municipality.coordinator)
    assert refusal.code == "not_enough_money"
    assert refusal.danish == (
        "Der er ikke penge nok: 7.500,00 kr. tilbage, 7.500,01 kr. ønsket. "
        "Sæt beløbet ned, eller få planen ændret."
    )
    statement = read(budget_statement, case.enrolment_id)
    assert (statement.available, statement.committed) == (7_500_00, 12_500_00)
    assert read(purchases_of, case.enrolment_id)[0].state == PurchaseState.REQUESTED


def test_the_last_oere_can_be_spent(case: Case, read: Callable[..., Any]) -> None:
    approved_purchase(case, Oere(12_500_00))
    approved_purchase(case, Oere(7_500_00))
    assert read(budget_statement, case.enrolment_id).available == 0


def test_a_released_purchase_gives_its_money_back(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    purchase = approved_purchase(case)
    act(release_purchase, purchase.id, by=case.municipality.coordinator)
    statement = read(budget_statement, case.enrolment_id)
    assert (statement.available, statement.committed, statement.granted) == (20_000_00, 0, 20_000_00)
    assert read(find_purchase_by_code, purchase.code).state == PurchaseState.CLOSED
    with refused(PurchaseMoveForbidden) as refusal:
        act(release_purchase, purchase.id, by=case.municipality.coordinator)
    assert refusal.danish == "Købet er »afsluttet«, så det kan ikke gøres."


def test_a_refused_purchase_keeps_its_reason_and_moves_no_money(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    purchase_id = requested_purchase(case)
    act(refuse_purchase, purchase_id, because="Findes billigere.", by=case.municipality.coordinator)
    kept = read(purchases_of, case.enrolment_id)[0]
    assert kept.state == PurchaseState.REFUSED
    assert read(reason_for_refusal, kept) == "Findes billigere."
    assert b"billigere" not in kept.refused_because_sealed
    assert read(budget_statement, case.enrolment_id).available == 20_000_00
    with refused(PurchaseMoveForbidden):
        act(approve_purchase, purchase_id, by=case.municipality.coordinator)


def test_a_purchase_is_approved_once(
    case: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    purchase = approved_purchase(case)
    with refused(PurchaseMoveForbidden) as refusal:
        act(approve_purchase, purchase.id, by=case.municipality.team_leader)
    assert "»godkendt, endnu ikke betalt«" in refusal.danish
    assert read(budget_statement, case.enrolment_id).committed == 12_500_00
