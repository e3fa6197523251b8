"""Whatever a provider does with a credit note, it is booked once, and the citizen's budget knows at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.refunds.rules import RefundState, idempotency_key
from raaderum.refunds.service import approve_refund, refunds_of
from raaderum.testing.provider_simulator import Behaviour

if TYPE_CHECKING:
    from uuid import UUID

    from raaderum.testing.cases import Case
    from raaderum.testing.simulated_payments import SimulatedPayments

KRONER = 100_00
DAYS = timedelta(days=40)
NOT_BOOKED_SOON = {Behaviour.REFUSES, Behaviour.ACCEPTS_THEN_REFUSES, Behaviour.MOVES_THEN_HANGS}
NOT_QUICK = {Behaviour.REFUSES, Behaviour.MOVES_THEN_HANGS, Behaviour.ACCEPTS_THEN_REFUSES}
QUICK = [one for one in Behaviour if one not in NOT_BOOKED_SOON]


@pytest.fixture
def paid(payments: SimulatedPayments, case: Case) -> UUID:
    payout_id = payments.reserve(case, 5 * KRONER)
    payments.work()
    return payout_id


def refund(payments: SimulatedPayments, payout_id: UUID, amount: int) -> UUID:
    officer = payments.municipality.finance_officer
    with payments.municipality.at_work(), unit_of_work() as session:
        return approve_refund(
            session, payout_id, amount=Oere(amount), credit_note_number="K-1", by=officer
        ).id


def states(payments: SimulatedPayments, case: Case) -> list[str]:
    with payments.municipality.at_work(), reading() as session:
        return [one.state for one in refunds_of(session, case.enrolment_id)]


@pytest.mark.parametrize("behaviour", QUICK, ids=lambda one: one.name.lower())
def test_whatever_the_provider_does_a_refund_is_booked_once(
    behaviour: Behaviour, payments: SimulatedPayments, case: Case, paid: UUID, administrator_url: str
) -> None:
    refund(payments, paid, KRONER + behaviour)
    assert payments.discrepancies() == []
    payments.work_to_the_end(administrator_url)
    assert states(payments, case) == [RefundState.BOOKED]
    assert payments.discrepancies() == []
    assert payments.open_work() == []
    came_back = [one.amount for one in payments.bank.movements() if one.amount < 0]
    assert came_back == [-(KRONER + behaviour)]


def test_a_refund_that_the_provider_refuses_is_parked_for_a_person(
    payments: SimulatedPayments, case: Case, paid: UUID
) -> None:
    refund(payments, paid, KRONER + Behaviour.REFUSES)
    payments.work()
    assert states(payments, case) == [RefundState.APPROVED]
    (parked,) = payments.open_work()
    assert parked.parked_because == "the accounting system refused it: account_closed"


def test_a_refund_is_looked_up_before_anything_is_sent(
    payments: SimulatedPayments, paid: UUID, administrator_url: str
) -> None:
    refund_id = refund(payments, paid, KRONER + Behaviour.FORGETS_KEYS)
    payments.work_to_the_end(administrator_url)
    assert payments.bank.calls(idempotency_key(refund_id)) == ["look_up", "take_back", "look_up"]


def test_a_refund_that_is_repeated_on_another_day_says_the_same(
    payments: SimulatedPayments, paid: UUID, administrator_url: str
) -> None:
    """A provider that compares contents would take a moved date for another order under the same key."""
    refund(payments, paid, KRONER + Behaviour.RAISES_FIRST)
    payments.work()
    payments.let_time_pass(administrator_url)
    with clock.standing_still_at(clock.now() + DAYS):
        payments.work()
    said = payments.bank.due_dates()
    assert len(said) == 3
    assert len(set(said[1:])) == 1
