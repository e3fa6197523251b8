"""Whoever can write to the queue server still cannot make a worker do what is not on its list."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from redis import Redis
from rq import Callback, Queue, Worker
from rq.serializers import JSONSerializer

from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import QUEUE
from raaderum.testing.children import fork_child
from raaderum.worker.processes import run_worker
from raaderum.worker.queue import connect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask

    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.simulated_payments import SimulatedPayments

KRONER = 100_00
OURS = "raaderum.worker.jobs.do_tenants_work"
MODULE = """
from pathlib import Path
Path(__file__).with_name("was-imported").touch()
def run(*_anything):
    Path(__file__).with_name("was-run").touch()
"""


@pytest.fixture
def queue(own_settings: Settings) -> Queue:
    connection = connect(own_settings.queue_url)
    connection.flushdb()
    return Queue(QUEUE, connection=connection, serializer=JSONSerializer)


@pytest.fixture
def traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str]]:
    """Lay a module `forged` out for import; return how to see what has become of it."""
    (tmp_path / "forged.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    return lambda: {path.name for path in tmp_path.glob("was-*")}


def by_hand(queue: Queue, _tenant: str) -> None:
    """Write the job as bytes, without RQ's own code."""
    write(queue.connection, function="forged.run", arguments=[])
    write(queue.connection, function="os.system", arguments=["touch was-run"])


def by_pickle(queue: Queue, _tenant: str) -> None:
    Queue(QUEUE, connection=queue.connection).enqueue("os.system", "touch was-run")


def by_method_of_an_instance(queue: Queue, tenant: str) -> None:
    write(queue.connection, function=OURS, instance="forged", arguments=[QUEUE, tenant])


def by_callback(queue: Queue, tenant: str) -> None:
    callback = Callback("forged.run")
    queue.enqueue(OURS, QUEUE, tenant, on_success=callback, on_failure=callback, on_stopped=callback)
    queue.enqueue(OURS, QUEUE, str(uuid4()), on_failure=callback)


def by_field_of_a_callback(queue: Queue, tenant: str) -> None:
    names = ("success_callback_name", "failure_callback_name", "stopped_callback_name")
    fields = dict.fromkeys(names, b"forged.run")
    write(queue.connection, function=OURS, arguments=[QUEUE, tenant], **fields)
    write(queue.connection, function=OURS, arguments=[QUEUE, str(uuid4())], **fields)
    write(queue.connection, function="forged.run", arguments=[], **fields)


FORGERIES = [by_hand, by_pickle, by_method_of_an_instance, by_callback, by_field_of_a_callback]


def write(
    connection: Redis, *, function: str, arguments: list[str], instance: object = None, **fields: bytes
) -> None:
    job_id = str(uuid4())
    data = zlib.compress(json.dumps([function, instance, arguments, {}]).encode())
    job = {b"data": data, b"status": b"queued", b"created_at": b"2026-11-22T00:00:00.000000Z"}
    job[b"origin"] = QUEUE.encode()
    job.update({name.encode(): value for name, value in fields.items()})
    connection.hset(f"rq:job:{job_id}", mapping=job)  # type: ignore[arg-type] # bytes are accepted
    connection.rpush(f"rq:queue:{QUEUE}", job_id)


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: str(forge.__name__))
def test_a_forged_job_does_nothing_and_the_next_good_one_is_done(
    forge: Callable[[Queue, str], None],
    queue: Queue,
    traces: Callable[[], set[str]],
    payments: SimulatedPayments,
    case: Case,
    own_app: Flask,
    own_settings: Settings,
) -> None:
    forge(queue, str(payments.municipality.id))
    payout_id = payments.reserve(case, KRONER)
    fork_child(lambda: run_worker(own_app, own_settings.queue_url, QUEUE, until_empty=True)).answer()
    assert traces() == set()
    assert payments.states() == {payout_id: PayoutState.PAID}
    assert queue.count == 0


@pytest.mark.parametrize("forge", [by_hand, by_field_of_a_callback], ids=lambda forge: str(forge.__name__))
def test_the_forgeries_work_on_a_worker_that_is_not_ours(
    forge: Callable[[Queue, str], None], queue: Queue, traces: Callable[[], set[str]]
) -> None:
    """So that the test above cannot pass because a forgery is malformed."""
    forge(queue, str(uuid4()))

    def unguarded() -> None:
        Worker([queue], connection=queue.connection, serializer=JSONSerializer).work(burst=True)

    fork_child(unguarded).answer()
    assert traces() == {"was-imported", "was-run"}


def test_a_job_for_a_municipality_that_is_not_ours_is_refused(
    queue: Queue, own_app: Flask, own_settings: Settings
) -> None:
    job = queue.enqueue(OURS, QUEUE, str(uuid4()))
    fork_child(lambda: run_worker(own_app, own_settings.queue_url, QUEUE, until_empty=True)).answer()
    latest = job.latest_result()
    assert latest is not None
    assert "UnknownTenant" in str(latest.exc_string)
