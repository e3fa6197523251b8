"""The crash test itself: keep everybody at work, kill them, break what they stand on, and let them finish."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redis.exceptions import RedisError
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from raaderum.embedded.lifecycle import bring_up, shut_down
from raaderum.kernel.money import Oere
from raaderum.persistence.database import db
from raaderum.testing.cases import case_with_grant
from raaderum.testing.children import Child, fork_child
from raaderum.testing.crash_crew import (
    Desk,
    ask_for_payments,
    ask_for_refunds,
    call_back,
    prove_the_books,
    serve_queue,
    sweep_often,
    work_a_while,
)
from raaderum.testing.crash_proof import Proof, prove
from raaderum.testing.municipality import found_municipality
from raaderum.testing.simulated_installation import LIKE, administrator_url_of
from raaderum.testing.simulated_payments import SimulatedPayments
from raaderum.worker.queue import connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from raaderum.embedded import Engines
    from raaderum.settings import Settings

_PIECES: Final = 12
_AT_ONCE: Final = 3
_WORKERS: Final = 2
_SWEEP_SECONDS: Final = 0.25
_ENOUGH: Final = Oere(20_000_00)
_TOO_LITTLE: Final = Oere(300_00)
_MOST_SECONDS: Final = 4 * 3600
_KILLED_AT_RANDOM: Final = 0.3
_STOPPED: Final = 0.1
_MOST_ROUNDS_AT_THE_END: Final = 40
_OTHERS: Final = text(
    "select count(*) from pg_stat_activity where datname = current_database()"
    " and backend_type = 'client backend' and pid <> pg_backend_pid()"
)
_TIME_PASSES: Final = text(
    "update raaderum.outbox_work set due_at = now() - interval '1 second', tries = least(tries, 5),"
    " parked_at = null, parked_because = null,"
    " lease_until = case when lease_until is null then null else now() - interval '1 second' end"
    " where (tenant_id, id) in"
    " (select tenant_id, id from raaderum.outbox_work where done_at is null for update skip locked)"
)
"""Leases run out and waits are over, as they would by the database's clock; and a person lets what was
put aside after many deaths be tried again.
"""


@dataclass(frozen=True, slots=True)
class CrashPlan:
    """How long to go on: until so many payments are accepted and so many processes are killed."""

    payouts: int
    kills: int
    seed: int
    municipalities: int = 4


@dataclass(slots=True)
class CrashReport:
    """What was done to the processes, and what the proof found afterwards."""

    plan: CrashPlan
    kills: Counter[str] = field(default_factory=Counter)
    mishaps: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    proof: Proof = field(default_factory=Proof)


class CrashRun:
    """One run over an application of its own, on engines that nobody else uses."""

    def __init__(
        self, app: Flask, settings: Settings, engines: Engines, plan: CrashPlan, folder: Path
    ) -> None:
        self._app, self._settings, self._engines, self._plan = app, settings, engines, plan
        self._dice = random.Random(plan.seed)  # noqa: S311 - a seed repeats a run
        self._tally = folder / "tally"
        self._tally.touch()
        self._horses = folder / "horses"
        self._horses.mkdir()
        self._administrator_url = administrator_url_of(settings, engines.administrator_url)
        self._acknowledged: set[str] = set()
        self._report = CrashReport(plan)
        self._round = 0
        self._crew: dict[str, Child] = {}
        self._heard = ""
        self._told, self._tell = os.pipe()
        os.set_blocking(self._told, False)

    def run(self, *, progress: Callable[[int, int], None]) -> CrashReport:
        """Go on until the plan is fulfilled, then let everything be finished; return what came of it.

        `progress` is called with the payments accepted and the kills so far.
        """
        started = time.monotonic()
        os.environ["RAADERUM_CRASH_TALLY"] = str(self._tally)
        desks = self._open_desks()
        try:
            while not self._is_enough():
                self._one_round(desks)
                progress(len(self._acknowledged), self.kills)
        finally:
            self._send_home()
            os.environ.pop("RAADERUM_CRASH_TALLY")
        self._finish(desks)
        report = self._report
        report.kills.update(self._tally.read_text().split())
        report.proof = prove(desks, self._acknowledged)
        report.seconds = time.monotonic() - started
        return report

    @property
    def kills(self) -> int:
        """How many processes have been killed so far."""
        return self._report.kills.total() + len(self._tally.read_text().split())

    def _is_enough(self) -> bool:
        return len(self._acknowledged) >= self._plan.payouts and self.kills >= self._plan.kills

    def _open_desks(self) -> list[Desk]:
        """Found municipalities whose cases have money for all payments, and one that has too little."""
        share = self._plan.payouts // self._plan.municipalities + 1
        cases = 2 + share * 15_00 // _ENOUGH
        desks = []
        for _ in range(self._plan.municipalities):
            municipality = found_municipality(self._app, like=LIKE, files=self._settings.files_folder)
            amounts = [*[_ENOUGH] * int(cases), _TOO_LITTLE]
            desks.append(
                Desk(
                    SimulatedPayments(municipality, self._settings.files_folder),
                    tuple(case_with_grant(municipality, amount=amount) for amount in amounts),
                )
            )
        return desks

    def _one_round(self, desks: list[Desk]) -> None:
        """Let a few processes work at once, do something to them, and wait until they are gone."""
        self._round += 1
        self._staff_the_crew()
        children = [self._fork(desk) for desk in self._dice.choices(desks, k=_AT_ONCE)]
        self._break_something()
        stopped = self._disturb(children)
        self._let_time_pass()
        for child in stopped:
            os.kill(child.pid, signal.SIGCONT)
        for child in children:
            child.end()
        self._listen()

    def _fork(self, desk: Desk) -> Child:
        seed = f"{self._plan.seed}:{self._round}:{self._dice.random()}"
        acts: list[Callable[[], object]] = [
            *[partial(ask_for_payments, desk, seed=seed, pieces=_PIECES, told=self._tell)] * 8,
            *[partial(work_a_while, desk, seed=seed)] * 8,
            *[partial(call_back, desk, seed=seed, pieces=_PIECES)] * 2,
            partial(ask_for_refunds, desk, seed=seed, pieces=_PIECES // 3),
            partial(prove_the_books, desk, seed=seed),
        ]
        return fork_child(self._dice.choice(acts))

    def _disturb(self, children: list[Child]) -> list[Child]:
        """Kill some of the children at any moment, and stop others for longer than their lease."""
        stopped = []
        for child in children:
            fate = self._dice.random()
            if fate < _KILLED_AT_RANDOM:
                time.sleep(self._dice.random() * 0.06)
                self._kill(child, "at random")
            elif fate < _KILLED_AT_RANDOM + _STOPPED and not child.has_ended():
                time.sleep(self._dice.random() * 0.06)
                os.kill(child.pid, signal.SIGSTOP)
                self._report.mishaps["paused beyond the lease"] += 1
                stopped.append(child)
        return stopped

    def _break_something(self) -> None:
        """Break what everybody stands on, each thing in its own rhythm."""
        if self._round % 5 == 2:  # noqa: PLR2004 - a rhythm
            self._kill_a_horse()
        if self._round % 9 == 4:  # noqa: PLR2004 - a rhythm
            self._kill(self._crew.pop("worker 0"), "worker parent")
        if self._round % 25 == 7:  # noqa: PLR2004 - a rhythm
            self._kill(self._crew.pop("sweeper"), "sweeper")
        if self._round % 20 == 5:  # noqa: PLR2004 - a rhythm
            with suppress(RedisError):
                connect(self._settings.queue_url).flushall()
                self._report.mishaps["Valkey emptied"] += 1
        if self._round % 250 == 12:  # noqa: PLR2004 - a rhythm
            self._restart_the_database()

    def _kill(self, child: Child, name: str) -> None:
        if not child.has_ended():
            os.kill(child.pid, signal.SIGKILL)
            self._report.kills[name] += 1

    def _kill_a_horse(self) -> None:
        """Kill a horse of one of our workers; nobody else's process, whatever number it has."""
        parents = {child.pid for child in self._crew.values()}
        for file in self._horses.iterdir():
            if _parent_of(int(file.name)) in parents:
                with suppress(ProcessLookupError):
                    os.kill(int(file.name), signal.SIGKILL)
                    self._report.kills["horse"] += 1
                return
            file.unlink()

    def _restart_the_database(self) -> None:
        server = self._engines._postgresql  # noqa: SLF001 - its own server, for this very purpose
        pid = int((server.folder / "postmaster.pid").read_text().split()[0])
        os.kill(pid, self._dice.choice((signal.SIGINT, signal.SIGQUIT)))
        shut_down(server)
        bring_up(server)
        self._report.mishaps["PostgreSQL restarted"] += 1

    def _staff_the_crew(self) -> None:
        """Let there be workers and a sweeper as in production; whoever is dead is replaced."""
        url = self._settings.queue_url
        posts: dict[str, Callable[[], object]] = {
            f"worker {number}": partial(
                serve_queue,
                self._app,
                url,
                seed=f"{self._plan.seed}:{number}:{self._round}",
                horses=self._horses,
            )
            for number in range(_WORKERS)
        }
        posts["sweeper"] = partial(sweep_often, self._app, url, seconds=_SWEEP_SECONDS)
        for name, act in posts.items():
            if name in self._crew and self._crew[name].has_ended():
                self._crew.pop(name).end()
            if name not in self._crew:
                self._crew[name] = fork_child(act, at_most_seconds=_MOST_SECONDS)

    def _send_home(self) -> None:
        for child in self._crew.values():
            if not child.has_ended():
                os.kill(child.pid, signal.SIGKILL)
            child.end()
        self._crew.clear()
        self._listen()

    def _listen(self) -> None:
        """Take note of the payments that somebody has been told of; half a line is left for the next time."""
        with suppress(BlockingIOError):
            while told := os.read(self._told, 65_536):
                self._heard += told.decode()
        *whole, self._heard = self._heard.split("\n")
        self._acknowledged.update(whole)

    def _finish(self, desks: list[Desk]) -> None:
        """Wait for orphans, then do all that is left, undisturbed."""
        self._wait_until_alone()
        for _ in range(_MOST_ROUNDS_AT_THE_END):
            self._let_time_pass()
            if not sum(desk.payments.work() for desk in desks):
                return

    def _wait_until_alone(self) -> None:
        db.engine.dispose()
        engine = create_engine(self._administrator_url, poolclass=NullPool)
        for _ in range(600):
            with engine.connect() as connection:
                if not connection.scalar(_OTHERS):
                    return
            time.sleep(0.1)

    def _let_time_pass(self) -> None:
        engine = create_engine(self._administrator_url, poolclass=NullPool)
        with suppress(DBAPIError), engine.begin() as connection:
            connection.execute(_TIME_PASSES)


def _parent_of(pid: int) -> int | None:
    """Return who has forked a process; None where it is gone."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return int(status.rpartition(")")[2].split()[1])
