from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end
from raaderum.enrolments.rules import EnrolmentNotOpen
from raaderum.enrolments.service import get_enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.people.roles import RoleMayNot
from raaderum.purchases.rules import CvrInvalid, NoApprovedPlan, PeriodOver, PurchaseInvalid, PurchaseState
from raaderum.purchases.service import approve_purchase, purchases_of, request_purchase
from raaderum.purchases.words import description_of
from raaderum.testing.cases import Case, case_with_grant, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.municipality import Municipality


@pytest.fixture
def ask(case: Case, act: Callable[..., Any]) -> Callable[..., Any]:
    """Ask for a purchase, with the given terms in place of the usual ones."""

    def do(**terms: Any) -> Any:  # noqa: ANN401 - any terms
        usual = {
            "plan_item_id": case.plan_item_ids[0],
            "description": " Kørekort, lovpakke ",
            "supplier_name": " Køreskolen ",
            "supplier_cvr": "12 34 56 74",
            "amount": Oere(1_000_00),
            "by": case.municipality.support_person,
        }
        return act(request_purchase, case.enrolment_id, **{**usual, **terms})

    return do


def test_a_request_keeps_what_was_written_and_gets_a_code(
    ask: Callable[..., Any], read: Callable[..., Any]
) -> None:
    purchase = ask()
    assert (read(description_of, purchase), purchase.supplier_name, purchase.supplier_cvr) == (
        "Kørekort, lovpakke",
        "Køreskolen",
        "12345674",
    )
    assert purchase.state == PurchaseState.REQUESTED
    assert purchase.code.startswith("RD-")


@pytest.mark.parametrize(
    ("terms", "where", "told"),
    [
        ({"amount": 0}, "amount", "Beløbet skal være over 0 kr."),
        ({"amount": -1}, "amount", "Beløbet skal være over 0 kr."),
        ({"description": " "}, "description", "Skriv, hvad der skal købes."),
        ({"supplier_name": ""}, "supplier_name", "Skriv, hvor det skal købes."),
    ],
)
def test_a_request_that_lacks_something_is_told_what(
    ask: Callable[..., Any], refused: Callable[..., Any], terms: dict[str, Any], where: str, told: str
) -> None:
    with refused(PurchaseInvalid) as refusal:
        ask(**terms)
    assert (refusal.code, refusal.where, refusal.danish) == ("purchase_invalid", where, told)


def test_a_wrong_cvr_number_is_refused(ask: Callable[..., Any], refused: Callable[..., Any]) -> None:
    with refused(CvrInvalid) as refusal:
        ask(supplier_cvr="12345675")
    assert (refusal.code, refusal.where) == ("cvr_invalid", "supplier_cvr")


def test_a_purchase_is_made_towards_an_item_of_the_citizens_own_plan(
    municipality: Municipality, ask: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    for item in (case_with_grant(municipality).plan_item_ids[0], uuid4()):
        with refused(NoApprovedPlan):
            ask(plan_item_id=item)


def test_only_a_support_person_asks(case: Case, ask: Callable[..., Any], refused: Callable[..., Any]) -> None:
    with refused(RoleMayNot):
        ask(by=case.municipality.coordinator)


def test_after_the_last_day_of_the_period_nothing_is_bought(
    case: Case,
    ask: Callable[..., Any],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    waiting = requested_purchase(case)
    enrolment = read(get_enrolment, case.enrolment_id, by=case.municipality.coordinator)
    last_day = datetime.combine(enrolment.ends_on, time(12), tzinfo=UTC)
    with clock.standing_still_at(last_day):
        assert clock.today() == enrolment.ends_on
        ask()
    with clock.standing_still_at(last_day + timedelta(days=1)):
        for late in (ask, partial(act, approve_purchase, waiting, by=case.municipality.coordinator)):
            with refused(PeriodOver) as refusal:
                late()
            assert refusal.code == "period_over"
            assert f"udløb {enrolment.ends_on}. Nye køb kræver en forlængelse" in refusal.danish


def test_in_an_ended_enrolment_nothing_is_bought(
    case: Case,
    ask: Callable[..., Any],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    waiting = requested_purchase(case)
    act(end, case.enrolment_id, because=EndingReason.ORDINARY_EMPLOYMENT, by=case.municipality.coordinator)
    for late in (ask, partial(act, approve_purchase, waiting, by=case.municipality.coordinator)):
        with refused(EnrolmentNotOpen) as refusal:
            late()
        assert "Forløbet er »afsluttet«" in refusal.danish
    assert [purchase.state for purchase in read(purchases_of, case.enrolment_id)] == [PurchaseState.REQUESTED]
