"""Several workers at the same work: by a second ring, or because one was thought dead and was not."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from raaderum.kernel.identifiers import new_id
from raaderum.payouts import dispatch
from raaderum.payouts.rules import PayoutState, idempotency_key
from raaderum.payouts.service import QUEUE, SEND
from raaderum.persistence.outbox import add_work, claim_due_work, finish_work, postpone_work
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.testing.children import fork_child
from raaderum.testing.provider_simulator import Behaviour

if TYPE_CHECKING:
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality
    from raaderum.testing.simulated_payments import SimulatedPayments

KRONER = 100_00
SOON = timedelta(seconds=5)


def test_many_rings_for_the_same_work_pay_once(
    payments: SimulatedPayments, case: Case, administrator_url: str
) -> None:
    payout_ids = [payments.reserve(case, KRONER + index % 3 * 2) for index in range(12)]
    workers = [fork_child(payments.work) for _ in range(6)]
    assert sum(worker.answer() for worker in workers) == len(payout_ids)
    payments.work_to_the_end(administrator_url)
    assert set(payments.states().values()) == {PayoutState.PAID}
    assert Counter(one.payout for one in payments.bank.movements()) == Counter(map(str, payout_ids))
    assert payments.discrepancies() == []


def test_a_worker_that_slept_through_its_lease_pays_nothing_again(
    payments: SimulatedPayments, case: Case, administrator_url: str
) -> None:
    """It is stopped right before it sends, another one does the work, and then it wakes up."""
    payout_id = payments.reserve(case, KRONER)
    sleeper = fork_child(lambda: work_and_fall_asleep_at("send:before", payments))
    _, status = os.waitpid(sleeper.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    assert payments.states() == {payout_id: PayoutState.SENDING}
    payments.let_time_pass(administrator_url)
    payments.work()
    assert payments.states() == {payout_id: PayoutState.PAID}
    os.kill(sleeper.pid, signal.SIGCONT)
    sleeper.answer()
    assert payments.bank.calls(idempotency_key(payout_id, 1)) == ["look_up", "send", "send"]
    assert len(payments.bank.movements()) == 1
    assert payments.discrepancies() == []


def test_a_worker_that_slept_before_settling_does_not_undo_what_another_one_settled(
    payments: SimulatedPayments, case: Case, administrator_url: str
) -> None:
    """It holds an unclear outcome, while another one has found out and written it down."""
    payout_id = payments.reserve(case, KRONER + Behaviour.MOVES_THEN_RAISES)
    sleeper = fork_child(lambda: work_and_fall_asleep_at("send:after", payments))
    os.waitpid(sleeper.pid, os.WUNTRACED)
    payments.let_time_pass(administrator_url)
    payments.work()
    os.kill(sleeper.pid, signal.SIGCONT)
    sleeper.answer()
    assert payments.states() == {payout_id: PayoutState.PAID}
    assert payments.discrepancies() == []
    assert payments.open_work() == []


def work_and_fall_asleep_at(point: str, payments: SimulatedPayments) -> int:
    def fall_asleep(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGSTOP)
            time.sleep(0.2)  # the whole process has stopped before this thread goes on

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(dispatch, "crash_point", fall_asleep)
        return payments.work()


def test_work_is_claimed_by_one_and_comes_back_when_its_lease_has_run_out(
    municipality: Municipality, payments: SimulatedPayments, administrator_url: str
) -> None:
    with municipality.at_work():
        with unit_of_work() as session:
            for _ in range(5):
                add_work(session, queue=QUEUE, kind=SEND, subject_id=new_id())
        with unit_of_work() as session:
            assert len(claim_due_work(session, queue=QUEUE, most=3)) == 3
        with unit_of_work() as session:
            assert len(claim_due_work(session, queue=QUEUE, most=3)) == 2
        with unit_of_work() as session:
            assert claim_due_work(session, queue=QUEUE, most=3) == []
        payments.let_time_pass(administrator_url)
        with unit_of_work() as session:
            again = claim_due_work(session, queue=QUEUE, most=9)
            assert [work.tries for work in again] == [2] * 5


def test_who_has_lost_the_lease_can_neither_finish_nor_postpone(
    municipality: Municipality, payments: SimulatedPayments, administrator_url: str
) -> None:
    with municipality.at_work():
        with unit_of_work() as session:
            add_work(session, queue=QUEUE, kind=SEND, subject_id=new_id())
        with unit_of_work() as session:
            first = claim_due_work(session, queue=QUEUE, most=1)
        payments.let_time_pass(administrator_url)
        with unit_of_work() as session:
            (held,) = claim_due_work(session, queue=QUEUE, most=1)
        with unit_of_work() as session:
            finish_work(session, first)
            postpone_work(session, first[0], by=SOON, because="nothing")
    (left,) = payments.open_work()
    assert left.lease_token == held.lease_token
    assert left.lease_until is not None
