"""Whatever a provider does, money moves once, and the books say so."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from raaderum.kernel.money import Oere
from raaderum.ledger.rules import NotEnoughMoney
from raaderum.ledger.service import budget_statement
from raaderum.payouts import dispatch
from raaderum.payouts.rules import APPROVAL_VOID, AttemptState, PayoutState, idempotency_key
from raaderum.payouts.service import locked_payout, reserve_payout, retry_payout
from raaderum.payouts.words import describe_payout
from raaderum.persistence.outbox import MOST_TRIES
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import Completed, Outcome, Unknown
from raaderum.plugin_host import guard
from raaderum.plugin_host.guard import Question, answers_in_waves
from raaderum.purchases.tables import Purchase
from raaderum.testing.cases import approved_purchase
from raaderum.testing.children import fork_child
from raaderum.testing.provider_simulator import Behaviour
from raaderum.testing.simulated_payments import wanted_payment

if TYPE_CHECKING:
    from raaderum.testing.cases import Case
    from raaderum.testing.simulated_payments import SimulatedPayments

KRONER = 100_00
FIRST = {
    Behaviour.COMPLETES: PayoutState.PAID,
    Behaviour.REFUSES: PayoutState.FAILED,
    Behaviour.MOVES_THEN_RAISES: PayoutState.UNKNOWN,
    Behaviour.RAISES_FIRST: PayoutState.UNKNOWN,
    Behaviour.ACCEPTS: PayoutState.SENDING,
    Behaviour.LOOKS_UP_BADLY: PayoutState.UNKNOWN,
    Behaviour.FORGETS_KEYS: PayoutState.UNKNOWN,
    Behaviour.TALKS_NONSENSE: PayoutState.UNKNOWN,
    Behaviour.EXITS: PayoutState.UNKNOWN,
    Behaviour.TELLS_BY_CALL: PayoutState.UNKNOWN,
    Behaviour.ACCEPTS_THEN_REFUSES: PayoutState.SENDING,
    Behaviour.SLOW: PayoutState.PAID,
}


@pytest.mark.parametrize("behaviour", FIRST, ids=lambda one: one.name.lower())
def test_whatever_the_provider_does_money_moves_once(
    behaviour: Behaviour, payments: SimulatedPayments, case: Case, administrator_url: str
) -> None:
    payout_id = payments.reserve(case, KRONER + behaviour)
    assert payments.work() == 1
    assert payments.states() == {payout_id: FIRST[behaviour]}
    assert payments.discrepancies() == []
    payments.work_to_the_end(administrator_url)
    refused = behaviour in {Behaviour.REFUSES, Behaviour.ACCEPTS_THEN_REFUSES}
    assert payments.states() == {payout_id: PayoutState.FAILED if refused else PayoutState.PAID}
    assert payments.discrepancies() == []
    assert payments.open_work() == []


def test_what_timed_out_is_unknown_and_looked_up_before_anything_is_sent_again(
    payments: SimulatedPayments, case: Case, administrator_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "answers_in_waves", partial(answers_in_waves, first_wave=0.1, patience=0.2))
    payout_id = payments.reserve(case, KRONER + Behaviour.MOVES_THEN_HANGS)
    payments.work()
    assert payments.states() == {payout_id: PayoutState.UNKNOWN}
    payments.work_to_the_end(administrator_url)
    assert payments.states() == {payout_id: PayoutState.PAID}
    assert payments.bank.calls(idempotency_key(payout_id, 1)) == ["send", "look_up"]


def test_a_provider_that_forgets_its_keys_is_asked_before_it_could_pay_twice(
    payments: SimulatedPayments, case: Case, administrator_url: str
) -> None:
    payout_id = payments.reserve(case, KRONER + Behaviour.FORGETS_KEYS)
    payments.work_to_the_end(administrator_url)
    assert payments.bank.calls(idempotency_key(payout_id, 1)) == ["send", "look_up"]
    assert [one.amount for one in payments.bank.movements()] == [KRONER + Behaviour.FORGETS_KEYS]


def test_one_slow_payment_does_not_hold_back_the_others_of_its_batch(
    payments: SimulatedPayments, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "answers_in_waves", partial(answers_in_waves, first_wave=0.2, patience=1.2))
    slow = payments.reserve(case, KRONER + Behaviour.MOVES_THEN_HANGS)
    fast = [payments.reserve(case, KRONER) for _ in range(2)]
    worker = fork_child(payments.work)
    deadline = time.monotonic() + 1.0
    while time.monotonic() < deadline and PayoutState.PAID not in payments.states().values():
        time.sleep(0.02)
    assert payments.states() == {slow: PayoutState.SENDING, **dict.fromkeys(fast, PayoutState.PAID)}
    worker.answer()
    assert payments.states()[slow] == PayoutState.UNKNOWN


def test_a_slow_provider_does_not_keep_another_ones_questions_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "AT_ONCE", 2)
    release = threading.Event()

    def slow() -> Outcome:
        release.wait(5)
        return Completed("late")

    questions = [Question("slow", slow)] * 3 + [Question("fast", lambda: Completed("soon"))] * 3
    waves = list(answers_in_waves(questions, first_wave=0.2, patience=0.3))
    release.set()
    assert waves[0] == dict.fromkeys((3, 4, 5), Completed("soon"))
    assert waves[1] == {0: Unknown("time-out"), 1: Unknown("time-out"), 2: None}


def test_a_question_that_was_never_asked_changes_nothing_and_comes_back(
    payments: SimulatedPayments, case: Case, administrator_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    payout_id = payments.reserve(case, KRONER)
    monkeypatch.setattr(
        dispatch, "answers_in_waves", lambda questions: [dict.fromkeys(range(len(questions)))]
    )
    payments.work()
    assert payments.states() == {payout_id: PayoutState.SENDING}
    monkeypatch.undo()
    payments.work_to_the_end(administrator_url)
    assert payments.states() == {payout_id: PayoutState.PAID}


def test_a_person_who_tries_again_makes_a_new_key(
    payments: SimulatedPayments, case: Case, administrator_url: str
) -> None:
    payout_id = payments.reserve(case, KRONER + Behaviour.REFUSES)
    payments.work()
    officer = payments.municipality.finance_officer
    with payments.municipality.at_work(), unit_of_work() as session:
        retry_payout(session, payout_id, by=officer)
    payments.work_to_the_end(administrator_url)
    attempts = payments.attempts(payout_id)
    assert [(one.number, one.state) for one in attempts] == [
        (1, AttemptState.REFUSED),
        (2, AttemptState.REFUSED),
    ]
    assert [payments.bank.calls(one.idempotency_key) for one in attempts] == [["send"], ["send"]]
    assert payments.discrepancies() == []


@pytest.mark.parametrize(
    "change",
    [
        "update payout set payee_name = 'Another'",
        "update payout set payee_cvr = '87654321'",
        "update payout set amount = amount + 100",
        "update payout set account = '9.99'",
        "update payout set code = 'RD-22222222'",
        "update payout set invoice_number = 'F-2'",
        "update payout set due_on = due_on + 1",
    ],
)
def test_an_approval_is_void_where_the_payment_has_changed_since(
    change: str, payments: SimulatedPayments, case: Case
) -> None:
    payout_id = payments.reserve(case, KRONER)
    with payments.municipality.at_work(), unit_of_work() as session:
        session.execute(text(change))
    payments.work()
    assert payments.bank.movements() == []
    assert payments.states() == {payout_id: PayoutState.APPROVAL_VOID}
    assert payments.open_work() == []
    assert [(one.state, one.explanation) for one in payments.attempts(payout_id)] == [
        (AttemptState.REFUSED, APPROVAL_VOID)
    ]
    with payments.municipality.at_work(), reading() as session:
        money = budget_statement(session, case.enrolment_id)
    assert (money.committed, money.in_payment) == (KRONER, 0)


def test_an_approval_is_void_where_the_purpose_has_changed_since(
    payments: SimulatedPayments, case: Case
) -> None:
    payout_id = payments.reserve(case, KRONER)
    with payments.municipality.at_work(), unit_of_work() as session:
        describe_payout(session, locked_payout(session, payout_id), "Something else")
    payments.work()
    assert payments.bank.movements() == []
    assert payments.states() == {payout_id: PayoutState.APPROVAL_VOID}


def test_what_was_sent_before_it_was_changed_is_looked_up_and_never_sent_again(
    payments: SimulatedPayments, case: Case, administrator_url: str
) -> None:
    arrived = payments.reserve(case, KRONER + Behaviour.MOVES_THEN_RAISES)
    lost = payments.reserve(case, KRONER + Behaviour.RAISES_FIRST)
    payments.work()
    with payments.municipality.at_work(), unit_of_work() as session:
        session.execute(text("update payout set payee_name = 'Another'"))
    payments.work_to_the_end(administrator_url)
    assert payments.states() == {arrived: PayoutState.PAID, lost: PayoutState.APPROVAL_VOID}
    assert payments.bank.calls(idempotency_key(lost, 1)) == ["send", "look_up"]


def test_a_payment_cannot_take_what_is_set_aside_for_another_purchase(
    payments: SimulatedPayments, case: Case
) -> None:
    small, _big = approved_purchase(case, Oere(KRONER)), approved_purchase(case, Oere(50 * KRONER))
    officer = payments.municipality.finance_officer
    with payments.municipality.at_work(), reading() as session:
        purchase = session.get_one(Purchase, (small.tenant_id, small.id))
        with pytest.raises(NotEnoughMoney):
            reserve_payout(session, purchase, wanted_payment(KRONER + 1), by=officer)


def test_what_stays_unknown_is_asked_for_ever_and_never_parked_out_of_sight(
    payments: SimulatedPayments, case: Case, administrator_url: str
) -> None:
    payout_id = payments.reserve(case, KRONER + Behaviour.LOOKS_UP_BADLY)
    payments.work()
    with payments.municipality.at_work(), unit_of_work() as session:
        session.execute(text("update outbox_work set tries = :tries"), {"tries": MOST_TRIES - 1})
    payments.let_time_pass(administrator_url)
    payments.work()
    assert payments.states() == {payout_id: PayoutState.UNKNOWN}
    assert [(work.parked_at, work.tries) for work in payments.open_work()] == [(None, MOST_TRIES)]
    assert payments.discrepancies() == []
