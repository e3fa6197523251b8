"""Workers on machines of their own: each in a network namespace, with nothing in common but two addresses.

The embedded engines listen on sockets in a folder, so two forwarders carry TCP to them; PostgreSQL
asks for its password on that way too. Needs root, and a system that lets it make namespaces.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from sqlalchemy import make_url

from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import QUEUE
from raaderum.testing.cases import case_with_grant
from raaderum.testing.children import fork_child
from raaderum.testing.simulated_installation import simulated_app
from raaderum.testing.simulated_payments import SimulatedPayments
from raaderum.worker.processes import QueueWorker, run_worker, sweep
from raaderum.worker.queue import QueueDoorbell, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from rq import Queue
    from rq.job import Job

    from raaderum.settings import Settings
    from raaderum.testing.children import Child
    from raaderum.testing.municipality import Municipality

KRONER = 100_00
MUNICIPALITIES, PAYMENTS = 6, 3
SECONDS = 60
NEW_NETWORK = 0x40000000
OWN_NETWORK = Path("/proc/self/ns/net")
POSTGRESQL, VALKEY = 5432, 6379
SHARED = ("raaderum_tenants", "raaderum_programmes", "raaderum_providers")


@dataclass(frozen=True)
class Machine:
    """A network namespace with one cable to us."""

    name: str
    number: int

    @property
    def our_address(self) -> str:
        return f"10.213.{self.number}.1"

    def plug_in(self) -> None:
        ours, theirs = f"{self.name}o", f"{self.name}t"
        run("ip", "netns", "add", self.name)
        run("ip", "link", "add", ours, "type", "veth", "peer", "name", theirs)
        run("ip", "link", "set", theirs, "netns", self.name)
        run("ip", "address", "add", f"{self.our_address}/30", "dev", ours)
        run("ip", "link", "set", ours, "up")
        run("ip", "-n", self.name, "address", "add", f"10.213.{self.number}.2/30", "dev", theirs)
        run("ip", "-n", self.name, "link", "set", theirs, "up")

    def unplug(self) -> None:
        subprocess.run(["ip", "link", "delete", f"{self.name}o"], check=False, capture_output=True)  # noqa: S607 - the system's own
        subprocess.run(["ip", "netns", "delete", self.name], check=False, capture_output=True)  # noqa: S607 - the same


class Witness(QueueWorker):
    """A worker that leaves a trace of each job in its machine's folder."""

    traces: Path

    def execute_job(self, job: Job, queue: Queue) -> None:
        (self.traces / job.id).touch()
        super().execute_job(job, queue)


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def machines(worker_id: str) -> Iterator[list[Machine]]:
    if os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("network namespaces need root and iproute2")
    number = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 9
    machines = [
        Machine(f"rd{os.getpid()}{letter}"[-12:], 2 * number + index + 10)
        for index, letter in enumerate("ab")
    ]
    try:
        for machine in machines:
            machine.plug_in()
    except subprocess.CalledProcessError as error:
        for machine in machines:
            machine.unplug()
        pytest.skip(f"this system makes no network namespaces: {error.stderr.decode().strip()}")
    yield machines
    for machine in machines:
        machine.unplug()


def carry(address: str, port: int, path: str) -> None:
    """Carry every connection to `address` on to a socket in a folder, for as long as this process lives."""
    door = socket.create_server((address, port))
    while True:
        caller, _ = door.accept()
        engine = socket.socket(socket.AF_UNIX)
        engine.connect(path)
        for source, target in ((caller, engine), (engine, caller)):
            threading.Thread(target=pour, args=(source, target), daemon=True).start()


def pour(source: socket.socket, target: socket.socket) -> None:
    try:
        while chunk := source.recv(65_536):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        target.close()


def forwarders(machine: Machine, settings: Settings) -> list[Child]:
    query = make_url(settings.database_url).query
    paths = {
        POSTGRESQL: f"{query['host']}/.s.PGSQL.{POSTGRESQL}",
        VALKEY: unquote(urlsplit(settings.queue_url).path),
    }
    return [
        fork_child(lambda at=port, to=path: carry(machine.our_address, at, to), at_most_seconds=300)  # type: ignore[misc] # defaults bind what the loop has now
        for port, path in paths.items()
    ]


def work_over_there(machine: Machine, app: Flask, settings: Settings, traces: Path) -> None:
    """Enter the machine's network and serve the queue from there, over TCP."""
    home = OWN_NETWORK.readlink()
    with Path("/run/netns", machine.name).open() as network:
        assert ctypes.CDLL(None, use_errno=True).setns(network.fileno(), NEW_NETWORK) == 0
    assert OWN_NETWORK.readlink() != home
    url = make_url(settings.database_url)
    address = url.set(host=machine.our_address, port=POSTGRESQL, query={})
    there = replace(
        settings,
        database_url=address.render_as_string(hide_password=False),
        queue_url=f"redis://:{urlsplit(settings.queue_url).password}@{machine.our_address}:{VALKEY}",
    )
    own = simulated_app(there)
    own.extensions.update({name: app.extensions[name] for name in SHARED})
    Witness.traces = traces
    run_worker(own, there.queue_url, QUEUE, worker_class=Witness)


def test_workers_on_two_machines_share_the_queue(
    machines: list[Machine],
    new_municipality: Callable[[], Municipality],
    own_app: Flask,
    own_settings: Settings,
    tmp_path: Path,
) -> None:
    connect(own_settings.queue_url).flushdb()
    everybody = [
        SimulatedPayments(new_municipality(), own_settings.files_folder) for _ in range(MUNICIPALITIES)
    ]
    cases = [case_with_grant(one.municipality) for one in everybody]
    children: list[Child] = []
    for machine in machines:
        (tmp_path / machine.name).mkdir()
        children += forwarders(machine, own_settings)
        children.append(
            fork_child(
                lambda there=machine: work_over_there(there, own_app, own_settings, tmp_path / there.name),  # type: ignore[misc] # the same
                at_most_seconds=300,
            )
        )
    try:
        rounds = 0
        until = time.monotonic() + SECONDS
        while not all(any((tmp_path / one.name).iterdir()) for one in machines) or rounds < PAYMENTS:
            assert time.monotonic() < until, "one of the machines has done nothing"
            for payments, case in zip(everybody, cases, strict=True):
                payments.reserve(case, KRONER)
            rounds += 1
        while {state for one in everybody for state in one.states().values()} != {PayoutState.PAID}:
            assert time.monotonic() < until, "the work was not done"
            sweep(QueueDoorbell(own_settings.queue_url))
            time.sleep(0.1)
    finally:
        for child in children:
            os.kill(child.pid, signal.SIGKILL)
            child.end()
    for payments in everybody:
        assert len(payments.bank.movements()) == rounds
        assert payments.discrepancies() == []
        assert [one for one in payments.open_work() if one.queue == QUEUE] == []
