"""A worker or a request is killed at every named point; afterwards nothing is lost and nothing doubled."""

from __future__ import annotations

import os
import random
import secrets
import signal
import time
from typing import TYPE_CHECKING

import pytest

from raaderum.kernel.crash_points import CRASH_POINTS
from raaderum.kernel.money import Oere
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import QUEUE
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.reconciliation.proof import prove_tonight
from raaderum.refunds.service import approve_refund
from raaderum.testing.children import fork_child
from raaderum.testing.crash_crew import Desk, call_back
from raaderum.testing.provider_simulator import Behaviour
from raaderum.worker.processes import run_worker
from raaderum.worker.queue import connect

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Flask

    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.simulated_payments import SimulatedPayments

KRONER = 100_00
KILLED = -signal.SIGKILL
ENDS = {
    Behaviour.COMPLETES: PayoutState.PAID,
    Behaviour.REFUSES: PayoutState.FAILED,
    Behaviour.ACCEPTS: PayoutState.PAID,
    Behaviour.MOVES_THEN_RAISES: PayoutState.PAID,
}
REQUEST = (
    "request:after-lock@2",
    "request:before-commit@3",
    "request:after-commit-before-enqueue@3",
    "enqueue:after-write",
)
"""A payout is reserved in the third transaction that `reserve` makes."""
SENDING = (
    "claim:before-commit",
    "claim:after-commit",
    "send:before",
    "send:after-request-bytes",
    "send:after",
    "send:after@2",
    "settle:mid",
    "settle:mid@3",
    "settle:before-commit",
    "settle:after-commit",
)
LOOKING_UP = ("look-up:after", "settle:mid", "settle:before-commit")
BOOKING = ("take-back:before", "take-back:after", "book:before-commit", "book:after-commit")
OTHERS = ("pop:before-started", "inbox:before-commit", "reconcile:mid")
ROUNDS = 25


def killed_at(point: str, act: Callable[[], object]) -> None:
    """Do `act` in a child that is killed at `point`, and see that it was."""

    def doomed() -> object:
        os.environ["RAADERUM_CRASH"] = point
        return act()

    assert fork_child(doomed).exit_code() == KILLED


@pytest.fixture
def mixed(payments: SimulatedPayments, case: Case) -> dict[UUID, PayoutState]:
    """Reserve a payment of every end, and return how each must end."""
    return {payments.reserve(case, KRONER + behaviour): end for behaviour, end in ENDS.items()}


def test_every_named_point_is_killed_at() -> None:
    tried = {point.partition("@")[0] for point in (*REQUEST, *SENDING, *LOOKING_UP, *BOOKING, *OTHERS)}
    assert tried == set(CRASH_POINTS)


@pytest.mark.parametrize("point", SENDING)
def test_a_worker_killed_while_sending(
    point: str, payments: SimulatedPayments, mixed: dict[UUID, PayoutState], administrator_url: str
) -> None:
    killed_at(point, payments.work)
    assert payments.discrepancies() == []
    payments.work_to_the_end(administrator_url)
    assert payments.states() == mixed
    assert payments.discrepancies() == []
    assert payments.open_work() == []


@pytest.mark.parametrize("point", LOOKING_UP)
def test_a_worker_killed_while_it_finds_out_what_another_dead_one_has_done(
    point: str, payments: SimulatedPayments, mixed: dict[UUID, PayoutState], administrator_url: str
) -> None:
    killed_at("send:after@2", payments.work)
    payments.let_time_pass(administrator_url)
    killed_at(point, payments.work)
    payments.work_to_the_end(administrator_url)
    assert payments.states() == mixed
    assert payments.discrepancies() == []


@pytest.mark.parametrize("point", REQUEST)
def test_a_request_killed_has_happened_whole_or_not_at_all(
    point: str, payments: SimulatedPayments, case: Case, administrator_url: str
) -> None:
    killed_at(point, lambda: payments.reserve(case, KRONER))
    assert len(payments.states()) == (0 if "before-commit" in point or "after-lock" in point else 1)
    assert payments.discrepancies() == []
    payments.work_to_the_end(administrator_url)
    assert set(payments.states().values()) <= {PayoutState.PAID}
    assert payments.discrepancies() == []


@pytest.mark.parametrize("point", BOOKING)
def test_a_worker_killed_while_booking_refunds(
    point: str, payments: SimulatedPayments, case: Case, administrator_url: str
) -> None:
    payout_ids = [payments.reserve(case, 3 * KRONER) for _ in range(2)]
    payments.work()
    for payout_id in payout_ids:
        refund(payments, payout_id, KRONER)
        refund(payments, payout_id, KRONER + Behaviour.MOVES_THEN_RAISES)
    killed_at(point, payments.work)
    payments.work_to_the_end(administrator_url)
    assert payments.open_work() == []
    assert payments.discrepancies() == []
    came_back = [-one.amount for one in payments.bank.movements() if one.amount < 0]
    assert sorted(came_back) == [KRONER, KRONER, KRONER + 2, KRONER + 2]


def test_a_worker_killed_with_a_job_in_its_hand_loses_no_work(
    payments: SimulatedPayments,
    case: Case,
    own_app: Flask,
    own_settings: Settings,
    administrator_url: str,
) -> None:
    connect(own_settings.queue_url).flushdb()
    payout_id = payments.reserve(case, KRONER)
    killed_at(
        "pop:before-started", lambda: run_worker(own_app, own_settings.queue_url, QUEUE, until_empty=True)
    )
    assert payments.states() == {payout_id: PayoutState.RESERVED}
    payments.work_to_the_end(administrator_url)
    assert payments.states() == {payout_id: PayoutState.PAID}
    assert payments.discrepancies() == []


def test_a_call_killed_before_it_was_kept_is_taken_in_when_it_comes_again(
    payments: SimulatedPayments, case: Case
) -> None:
    payout_id = payments.reserve(case, KRONER + Behaviour.TELLS_BY_CALL)
    payments.work()
    desk = Desk(payments, (case,))
    killed_at("inbox:before-commit", lambda: call_back(desk, seed="any", pieces=1, is_doomed=False))
    assert payments.states() == {payout_id: PayoutState.UNKNOWN}
    fork_child(lambda: call_back(desk, seed="any", pieces=1, is_doomed=False)).answer()
    assert payments.states() == {payout_id: PayoutState.PAID}
    assert payments.discrepancies() == []


def test_a_proof_killed_midway_is_made_by_the_next_one(payments: SimulatedPayments, case: Case) -> None:
    payments.reserve(case, KRONER)
    payments.work()

    def prove() -> bool:
        with payments.municipality.at_work():
            return prove_tonight().holds

    killed_at("reconcile:mid", prove)
    assert prove()


def test_workers_killed_at_random_lose_and_double_nothing(
    payments: SimulatedPayments, case: Case, administrator_url: str
) -> None:
    seed = secrets.randbelow(10**6)
    print("seed", seed)  # noqa: T201 - shown where the test fails, to repeat it
    dice = random.Random(seed)  # noqa: S311 - a seed repeats a run
    wanted: dict[UUID, PayoutState] = {}
    kills = 0
    for _ in range(ROUNDS):
        behaviour = dice.choice(list(ENDS))
        wanted[payments.reserve(case, KRONER + behaviour)] = ENDS[behaviour]
        if dice.random() < 0.5:
            payments.let_time_pass(administrator_url)
        workers = [fork_child(doomed_worker(payments, dice)) for _ in range(dice.choice((1, 2)))]
        if dice.random() < 0.5:
            time.sleep(dice.random() * 0.03)
            os.kill(workers[0].pid, signal.SIGKILL)
        kills += sum(worker.exit_code() == KILLED for worker in workers)
        assert payments.discrepancies() == [], seed
    payments.work_to_the_end(administrator_url, most_rounds=12)
    assert payments.states() == wanted, seed
    assert payments.discrepancies() == [], seed
    assert payments.open_work() == [], seed
    assert kills >= ROUNDS / 4, seed


def doomed_worker(payments: SimulatedPayments, dice: random.Random) -> Callable[[], object]:
    """Return a worker's act that dies at some passing of some point, if it comes that far."""
    point = f"{dice.choice(CRASH_POINTS)}@{dice.choice((1, 1, 1, 2, 3))}"

    def act() -> object:
        os.environ["RAADERUM_CRASH"] = point
        return payments.work()

    return act


def refund(payments: SimulatedPayments, payout_id: UUID, amount: int) -> None:
    officer = payments.municipality.finance_officer
    with payments.municipality.at_work(), unit_of_work() as session:
        approve_refund(session, payout_id, amount=Oere(amount), credit_note_number="K-1", by=officer)
