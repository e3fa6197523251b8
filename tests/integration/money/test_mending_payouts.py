"""Payments that did not go through are tried again all at once, approved again, or given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text

from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.payouts.mending import (
    FailedPayouts,
    approve_again,
    failed_by_programme,
    failed_payouts,
    give_up_payout,
    retry_all_failed,
)
from raaderum.payouts.mending_rules import FailedHaveChanged, NotAsSetAside
from raaderum.payouts.rules import PayoutMoveForbidden, PayoutState
from raaderum.payouts.service import attempts_of
from raaderum.payouts.tables import Payout
from raaderum.people.roles import RoleMayNot
from raaderum.testing.attempts import refused_by_provider
from raaderum.testing.cases import GRANT, PRICE, Case, approved_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.audit.actor import Actor

    Act = Callable[..., Any]

SMALL = Oere(1_000_00)


@pytest.fixture
def officer(case: Case) -> Actor:
    return case.municipality.finance_officer


@pytest.fixture
def failed(case: Case, invoice: Callable[..., Payout], act: Act) -> list[Payout]:
    """Two payouts that were refused, of 1,000 kr. each."""
    payouts = [invoice(approved_purchase(case, SMALL), number=f"F-{number}") for number in (1, 2)]
    for payout in payouts:
        act(refused_by_provider, payout.id)
    return payouts


def states_of(read: Act) -> list[str]:
    states: list[str] = read(lambda session: session.scalars(select(Payout.state).order_by(Payout.id)).all())
    return list(states)


def test_all_failed_ones_are_counted_first_and_then_tried_again_under_new_keys(
    failed: list[Payout], case: Case, officer: Actor, act: Act, read: Act, do_work: Act, money_of: Act
) -> None:
    shown = read(failed_payouts, by=officer)
    assert shown == FailedPayouts(2, Oere(2 * SMALL))
    [group] = read(failed_by_programme, by=officer)
    assert (group.programme, group.provider, group.failed) == (case.programme, failed[0].provider, shown)
    assert states_of(read) == [PayoutState.FAILED] * 2
    chosen = {"programme": group.programme, "provider": group.provider}
    done = act(retry_all_failed, **chosen, expected_count=2, expected_total=2 * SMALL, by=officer)
    assert done == shown
    do_work()
    assert states_of(read) == [PayoutState.PAID] * 2
    assert [attempt.number for attempt in read(attempts_of, failed[0].id)] == [1, 2]
    assert money_of(case)["spent"] == 2 * SMALL


@pytest.mark.parametrize(
    "shown",
    [
        {"expected_count": 1, "expected_total": 2 * SMALL},
        {"expected_count": 2, "expected_total": SMALL},
        {"provider": "another", "expected_count": 2, "expected_total": 2 * SMALL},
        {"programme": "another", "expected_count": 2, "expected_total": 2 * SMALL},
    ],
    ids=["another count", "another sum", "another provider", "another programme"],
)
def test_where_the_failed_ones_are_not_those_that_were_shown_nothing_is_sent(
    shown: dict[str, Any], failed: list[Payout], officer: Actor, act: Act, read: Act, refused: Act
) -> None:
    with refused(FailedHaveChanged):
        act(retry_all_failed, **shown, by=officer)
    assert states_of(read) == [PayoutState.FAILED] * len(failed)


def test_a_payout_that_is_given_up_frees_its_money_and_is_final(
    failed: list[Payout], case: Case, officer: Actor, act: Act, read: Act, refused: Act, money_of: Act
) -> None:
    with refused(RoleMayNot):
        act(give_up_payout, failed[0].id, by=case.municipality.coordinator)
    act(give_up_payout, failed[0].id, by=officer)
    money = money_of(case)
    assert (money["available"], money["committed"]) == (GRANT - SMALL, SMALL)
    with refused(PayoutMoveForbidden):
        act(give_up_payout, failed[0].id, by=officer)
    with pytest.raises(Exception, match="is final and cannot change"):
        act(lambda session: session.execute(text("update payout set amount = 1 where state = 'given_up'")))
    assert read(prove_books).holds


def test_one_on_its_way_cannot_be_given_up(
    case: Case, invoice: Callable[..., Payout], officer: Actor, act: Act, refused: Act
) -> None:
    payout = invoice(approved_purchase(case))
    with refused(PayoutMoveForbidden) as refusal:
        act(give_up_payout, payout.id, by=officer)
    assert "godkendt, endnu ikke betalt" in refusal.danish


def changed(session: Any, change: str) -> None:  # noqa: ANN401 - a session
    session.execute(text(f"update payout set {change}"))  # noqa: S608 - the test's own words


def test_a_changed_payment_is_not_sent_before_it_has_been_approved_again(
    case: Case,
    invoice: Callable[..., Payout],
    officer: Actor,
    act: Act,
    read: Act,
    do_work: Act,
    vouchers: Act,
) -> None:
    payout = invoice(approved_purchase(case))
    act(changed, "payee_name = 'Another school'")
    do_work()
    assert (states_of(read), vouchers()) == ([PayoutState.APPROVAL_VOID], [])
    act(approve_again, payout.id, by=officer)
    do_work()
    assert states_of(read) == [PayoutState.PAID]
    assert [attempt.number for attempt in read(attempts_of, payout.id)] == [1, 2]
    assert len(vouchers()) == 1


def test_a_changed_amount_is_never_approved_again_and_the_citizen_gets_back_what_was_set_aside(
    case: Case,
    invoice: Callable[..., Payout],
    officer: Actor,
    act: Act,
    read: Act,
    do_work: Act,
    refused: Act,
    money_of: Act,
) -> None:
    payout = invoice(approved_purchase(case))
    act(changed, "amount = amount + 100000")
    do_work()
    assert (money_of(case)["committed"], money_of(case)["in_payment"]) == (PRICE, 0)
    with refused(NotAsSetAside) as refusal:
        act(approve_again, payout.id, by=officer)
    assert "12.500,00 kr." in refusal.danish
    act(give_up_payout, payout.id, by=officer)
    assert (money_of(case)["available"], states_of(read)) == (GRANT, [PayoutState.GIVEN_UP])
    assert read(prove_books).holds
