"""A worker, its horse or the sweeper is gone: others do what they had begun, and RQ's lists are tidied."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rq.registry import FailedJobRegistry, StartedJobRegistry

from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import QUEUE
from raaderum.plugin_host.providers import tenant_providers
from raaderum.testing.children import Child, fork_child
from raaderum.testing.provider_simulator import IDENTIFIER, Behaviour, Simulator
from raaderum.worker import processes
from raaderum.worker.processes import QueueWorker, run_sweeper, run_worker, sweep
from raaderum.worker.queue import QueueDoorbell, connect, open_queue
from raaderum.worker.safe_job import SafeJob

if TYPE_CHECKING:
    from flask import Flask
    from redis import Redis

    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.simulated_payments import SimulatedPayments

KRONER = 100_00
NOBODY = "redis://127.0.0.1:9"
SECONDS = 10


@pytest.fixture
def queue_server(own_settings: Settings) -> Redis:
    connection = connect(own_settings.queue_url)
    connection.flushdb()
    return connection


def worker_at_work(app: Flask, settings: Settings, payments: SimulatedPayments) -> tuple[Child, int]:
    """Start a real worker and wait until its horse is with the provider; return both."""
    worker = fork_child(lambda: run_worker(app, settings.queue_url, QUEUE), at_most_seconds=120)
    while not payments.bank.movements():
        time.sleep(0.02)
    (horse,) = children_of(worker.pid)
    return worker, horse


def children_of(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                status = (folder / "stat").read_text()
            except OSError:
                continue
            if int(status.rpartition(")")[2].split()[1]) == parent:
                found.append(int(folder.name))
    return found


def started_jobs(connection: Redis) -> list[str]:
    return StartedJobRegistry(queue=open_queue(QUEUE, connection), job_class=SafeJob).get_job_ids(
        cleanup=False
    )


@pytest.mark.usefixtures("queue_server")
def test_a_killed_horse_loses_nothing_and_its_worker_goes_on(
    payments: SimulatedPayments, case: Case, own_app: Flask, own_settings: Settings, administrator_url: str
) -> None:
    payout_id = payments.reserve(case, KRONER + Behaviour.MOVES_THEN_HANGS)
    worker, horse = worker_at_work(own_app, own_settings, payments)
    os.kill(horse, signal.SIGKILL)
    payments.let_time_pass(administrator_url)
    until = time.monotonic() + SECONDS
    while payments.states() != {payout_id: PayoutState.PAID} and time.monotonic() < until:
        sweep(QueueDoorbell(own_settings.queue_url))
        time.sleep(0.1)
    assert not worker.has_ended()
    os.kill(worker.pid, signal.SIGKILL)
    worker.end()
    assert payments.states() == {payout_id: PayoutState.PAID}
    assert len(payments.bank.movements()) == 1
    assert payments.discrepancies() == []


def test_a_killed_worker_loses_nothing_and_its_job_is_taken_off_the_list(
    payments: SimulatedPayments,
    case: Case,
    own_app: Flask,
    own_settings: Settings,
    administrator_url: str,
    queue_server: Redis,
) -> None:
    payout_id = payments.reserve(case, KRONER + Behaviour.MOVES_THEN_HANGS)
    worker, horse = worker_at_work(own_app, own_settings, payments)
    os.kill(worker.pid, signal.SIGKILL)
    os.kill(horse, signal.SIGKILL)
    worker.end()
    (abandoned,) = started_jobs(queue_server)
    payments.work_to_the_end(administrator_url)
    assert payments.states() == {payout_id: PayoutState.PAID}
    assert len(payments.bank.movements()) == 1
    let_ninety_seconds_pass(queue_server)
    queue = open_queue(QUEUE, queue_server)
    QueueWorker([queue], connection=queue_server, job_class=SafeJob).run_maintenance_tasks()  # type: ignore[no-untyped-call] # RQ's own
    assert started_jobs(queue_server) == []
    assert abandoned in FailedJobRegistry(queue=queue, job_class=SafeJob).get_job_ids()


def let_ninety_seconds_pass(connection: Redis) -> None:
    """Let the sign of life run out that a living worker renews every half minute."""
    key = f"rq:wip:{QUEUE}"
    members = connection.zrange(key, 0, -1)
    connection.zadd(key, {str(one, "ascii"): 1 for one in members if isinstance(one, bytes)})


def test_a_sweeper_is_gone_within_seconds_though_a_provider_does_not_answer(
    payments: SimulatedPayments, case: Case, own_app: Flask, administrator_url: str
) -> None:
    """The queue server is away, so that the sweeper does the work itself."""
    payout_id = payments.reserve(case, KRONER + Behaviour.MOVES_THEN_HANGS)

    def sweep_and_hang() -> None:
        with payments.municipality.at_work():
            provider = tenant_providers().payout_providers[IDENTIFIER]
        assert isinstance(provider, Simulator)
        provider._hang_seconds = 60.0
        processes._GRACE_SECONDS = 0.3
        run_sweeper(own_app, NOBODY, every_seconds=0.05)

    sweeper = fork_child(sweep_and_hang)
    while not payments.bank.movements():
        time.sleep(0.02)
    asked_at = time.monotonic()
    os.kill(sweeper.pid, signal.SIGTERM)
    assert sweeper.end() == 0
    assert time.monotonic() - asked_at < SECONDS
    payments.work_to_the_end(administrator_url)
    assert payments.states() == {payout_id: PayoutState.PAID}
    assert len(payments.bank.movements()) == 1
    assert payments.discrepancies() == []
