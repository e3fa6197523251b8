"""The queue server is emptied, stopped or frozen, the database restarted: nothing is lost."""

from __future__ import annotations

import logging
import os
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy.exc import OperationalError

from raaderum.embedded import Engines
from raaderum.embedded.lifecycle import bring_up, shut_down
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import QUEUE
from raaderum.persistence.outbox import tenants_with_due_work
from raaderum.testing.children import fork_child
from raaderum.testing.provider_simulator import Behaviour
from raaderum.worker.processes import run_worker, sweep
from raaderum.worker.queue import QueueDoorbell, connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.simulated_payments import SimulatedPayments

KRONER = 100_00


@pytest.fixture
def doorbell(own_settings: Settings) -> QueueDoorbell:
    connect(own_settings.queue_url).flushdb()
    return QueueDoorbell(own_settings.queue_url)


@contextmanager
def queue_server_stopped(engines: Engines) -> Iterator[None]:
    shut_down(engines._valkey)
    try:
        yield
    finally:
        bring_up(engines._valkey)


@contextmanager
def frozen(pid_file: Path) -> Iterator[None]:
    pid = int(pid_file.read_text().split()[0])
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def waiting_jobs(settings: Settings) -> int:
    return Queue(QUEUE, connection=connect(settings.queue_url), serializer=JSONSerializer).count


def work_off_the_queue(app: Flask, settings: Settings) -> None:
    """Run a real worker, that forks a horse per job, in a child with a warmed engine."""
    fork_child(lambda: run_worker(app, settings.queue_url, QUEUE, until_empty=True)).answer()


def test_a_ring_reaches_a_worker_that_forks_with_a_warmed_engine(
    payments: SimulatedPayments, case: Case, own_app: Flask, own_settings: Settings, doorbell: QueueDoorbell
) -> None:
    assert doorbell.answers()
    payout_ids = [payments.reserve(case, KRONER) for _ in range(3)]
    assert waiting_jobs(own_settings) == 1
    work_off_the_queue(own_app, own_settings)
    assert payments.states() == dict.fromkeys(payout_ids, PayoutState.PAID)
    assert payments.discrepancies() == []


def test_an_emptied_queue_server_loses_nothing(
    payments: SimulatedPayments, case: Case, own_app: Flask, own_settings: Settings, doorbell: QueueDoorbell
) -> None:
    payout_id = payments.reserve(case, KRONER)
    connect(own_settings.queue_url).flushall()
    work_off_the_queue(own_app, own_settings)
    assert payments.states() == {payout_id: PayoutState.RESERVED}
    assert payments.municipality.id in tenants_with_due_work(QUEUE)
    sweep(doorbell)
    work_off_the_queue(own_app, own_settings)
    assert payments.states() == {payout_id: PayoutState.PAID}


def test_without_a_queue_server_requests_succeed_and_the_sweeper_works(
    payments: SimulatedPayments,
    case: Case,
    own_engines: Engines,
    doorbell: QueueDoorbell,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING), queue_server_stopped(own_engines):
        payout_id = payments.reserve(case, KRONER)
        assert "did not ring" in caplog.text
        sweep(doorbell)
    assert payments.states() == {payout_id: PayoutState.PAID}
    assert doorbell.answers()


def test_a_frozen_queue_server_holds_a_request_up_for_a_moment_only(
    payments: SimulatedPayments, case: Case, own_engines: Engines, doorbell: QueueDoorbell
) -> None:
    assert doorbell.answers()
    with frozen(own_engines._valkey.folder / "valkey.pid"):
        before = time.monotonic()
        payments.reserve(case, KRONER)
        assert time.monotonic() - before < 1.5
        sweep(doorbell)
    assert set(payments.states().values()) == {PayoutState.PAID}


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGQUIT], ids=["restart", "crash"])
def test_after_a_restart_of_the_database_work_goes_on_and_nothing_is_lost(
    blow: signal.Signals,
    payments: SimulatedPayments,
    case: Case,
    own_engines: Engines,
    administrator_url: str,
) -> None:
    kept = payments.reserve(case, KRONER)
    database_goes_down(own_engines, blow)
    with pytest.raises(OperationalError):
        payments.reserve(case, KRONER)
    bring_up(own_engines._postgresql)
    assert payments.states() == {kept: PayoutState.RESERVED}
    later = payments.reserve(case, KRONER)
    payments.work_to_the_end(administrator_url)
    assert payments.states() == dict.fromkeys((kept, later), PayoutState.PAID)
    assert payments.discrepancies() == []


def test_a_database_that_crashes_while_the_provider_pays_finds_out_afterwards(
    payments: SimulatedPayments, case: Case, own_engines: Engines, administrator_url: str
) -> None:
    payout_id = payments.reserve(case, KRONER + Behaviour.MOVES_THEN_HANGS)
    worker = fork_child(payments.work)
    while not payments.bank.movements():
        time.sleep(0.02)
    database_goes_down(own_engines, signal.SIGQUIT)
    worker.exit_code()
    bring_up(own_engines._postgresql)
    payments.work_to_the_end(administrator_url)
    assert payments.states() == {payout_id: PayoutState.PAID}
    assert len(payments.bank.movements()) == 1
    assert payments.discrepancies() == []


def database_goes_down(engines: Engines, blow: signal.Signals) -> None:
    """Stop our own server, in good order (SIGINT) or as in a crash (SIGQUIT), and wait until it is gone."""
    pid_file = engines._postgresql.folder / "postmaster.pid"
    os.kill(int(pid_file.read_text().split()[0]), blow)
    shut_down(engines._postgresql)
