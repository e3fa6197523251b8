"""Who works in a crash test, each in a process of its own that is killed sooner or later."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.money import Oere
from raaderum.payouts.callbacks import take_in_callback
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import QUEUE
from raaderum.payouts.tables import Payout
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import TellsByCallback
from raaderum.plugin_host.providers import tenant_providers
from raaderum.provider_events.service import keep_event
from raaderum.reconciliation.proof import prove_tonight
from raaderum.refunds.service import approve_refund
from raaderum.testing.provider_simulator import IDENTIFIER
from raaderum.testing.simulated_bank import Behaviour
from raaderum.testing.simulated_installation import CALLBACK_SECRET
from raaderum.testing.simulator_messages import callbacks_about
from raaderum.worker import queue as queue_server
from raaderum.worker.processes import QueueWorker, run_sweeper, run_worker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flask import Flask
    from rq import Queue
    from rq.job import Job

    from raaderum.testing.cases import Case
    from raaderum.testing.simulated_payments import SimulatedPayments

CRASH: Final = "RAADERUM_CRASH"
REQUEST_POINTS: Final = (
    "request:after-lock",
    "request:before-commit",
    "request:after-commit-before-enqueue",
    "enqueue:after-write",
)
WORK_POINTS: Final = (
    "claim:before-commit",
    "claim:after-commit",
    "look-up:after",
    "send:before",
    "send:after-request-bytes",
    "send:after",
    "settle:mid",
    "settle:before-commit",
    "settle:after-commit",
    "take-back:before",
    "take-back:after",
    "book:before-commit",
    "book:after-commit",
)
_BEHAVIOURS: Final = (
    *[Behaviour.COMPLETES] * 30,
    *[Behaviour.MOVES_THEN_RAISES] * 6,
    *[Behaviour.RAISES_FIRST] * 4,
    *[Behaviour.REFUSES] * 3,
    *[Behaviour.ACCEPTS] * 3,
    *[Behaviour.TELLS_BY_CALL] * 3,
    *[Behaviour.ACCEPTS_THEN_REFUSES] * 2,
    *[Behaviour.LOOKS_UP_BADLY] * 2,
    *[Behaviour.TALKS_NONSENSE] * 2,
    *[Behaviour.EXITS] * 2,
    Behaviour.MOVES_THEN_HANGS,
)
"""`FORGETS_KEYS` is not among them: against a provider without keys, no lease is long enough."""
_MOST_KRONER: Final = 20
_UNITS_OF_WORK: Final = 3
"""It takes so many transactions to have one payment reserved."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One municipality's payments, and its cases; the last of them has too little money."""

    payments: SimulatedPayments
    cases: tuple[Case, ...]


class DoomedWorker(QueueWorker):
    """A real worker whose horses die somewhere on their way, and itself now and then."""

    dice = random.Random(0)  # noqa: S311 - a seed repeats a run
    horses: Path | None = None

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Die right after a job was popped, or fork a horse that is doomed."""
        self.doom = point_for(self.dice, WORK_POINTS)
        _doom("pop:before-started" if self.dice.randrange(12) == 0 else None)
        super().execute_job(job, queue)

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """Work until the doom that the worker has drawn."""
        _doom(self.doom)
        if self.horses is not None:
            (self.horses / str(os.getpid())).touch()
        super().main_work_horse(job, queue)


def serve_queue(app: Flask, queue_url: str, *, seed: str, horses: Path) -> None:
    """Be one worker of the money queue."""
    DoomedWorker.dice, DoomedWorker.horses = random.Random(seed), horses  # noqa: S311 - a seed repeats a run
    run_worker(app, queue_url, QUEUE, worker_class=DoomedWorker)


def sweep_often(app: Flask, queue_url: str, *, seconds: float) -> None:
    """Be the sweeper, more often than in production; a bell that nobody answers may ring again soon."""
    queue_server._BELL_SECONDS = 1  # type: ignore[misc] # noqa: SLF001 - the same
    run_sweeper(app, queue_url, every_seconds=seconds)


def ask_for_payments(desk: Desk, *, seed: str, pieces: int, told: int) -> int:
    """Have payments reserved one after the other; write the id of each one that was to the pipe `told`."""
    dice = random.Random(seed)  # noqa: S311 - a seed repeats a run
    _doom(point_for(dice, REQUEST_POINTS, most_passings=pieces * _UNITS_OF_WORK))
    for _ in range(pieces):
        amount = dice.randint(1, _MOST_KRONER) * 100 + dice.choice(_BEHAVIOURS)
        try:
            payout_id = desk.payments.reserve(dice.choice(desk.cases), amount)
        except RaaderumError:
            continue  # there was not enough money
        os.write(told, f"{payout_id}\n".encode())
    return pieces


def ask_for_refunds(desk: Desk, *, seed: str, pieces: int) -> int:
    """Have something of paid payments come back."""
    dice = random.Random(seed)  # noqa: S311 - a seed repeats a run
    _doom(point_for(dice, ("request:before-commit", *REQUEST_POINTS), most_passings=pieces))
    officer = desk.payments.municipality.finance_officer
    with desk.payments.municipality.at_work():
        with reading() as session:
            paid = session.scalars(select(Payout.id).where(Payout.state == PayoutState.PAID)).all()
        for payout_id in dice.sample(paid, min(pieces, len(paid))):
            try:
                with unit_of_work() as session:
                    approve_refund(session, payout_id, amount=Oere(100), credit_note_number="K-1", by=officer)
            except RaaderumError:
                continue  # all of it has come back
    return pieces


def work_a_while(desk: Desk, *, seed: str) -> int:
    """Do due work as the sweeper does where the queue server is away."""
    _doom(point_for(random.Random(seed), WORK_POINTS))  # noqa: S311 - a seed repeats a run
    return desk.payments.work()


def call_back(desk: Desk, *, seed: str, pieces: int, is_doomed: bool = True) -> int:
    """Call as the bank does: about orders long past too, in any order and again and again."""
    dice = random.Random(seed)  # noqa: S311 - a seed repeats a run
    if is_doomed:
        _doom(point_for(dice, ("inbox:before-commit", "inbox:before-commit", "request:before-commit")))
    bank = desk.payments.bank
    keys = bank.keys()
    with desk.payments.municipality.at_work():
        provider: object = tenant_providers().payout_providers[IDENTIFIER]
        assert isinstance(provider, TellsByCallback)  # noqa: S101 - the simulator does
        for key in dice.sample(keys, min(pieces, len(keys))):
            callbacks = callbacks_about(bank, key, secret=CALLBACK_SECRET) * 2
            dice.shuffle(callbacks)
            for callback in callbacks:
                message = provider.read_callback(callback)
                with unit_of_work() as session:
                    if keep_event(
                        session,
                        provider=IDENTIFIER,
                        event_id=message.event_id,
                        kind=message.kind,
                        content=callback.body,
                    ):
                        take_in_callback(session, IDENTIFIER, message)
    return pieces


def prove_the_books(desk: Desk, *, seed: str) -> int:
    """Hold the books against what the provider tells, as every night."""
    points = ("reconcile:mid", "reconcile:mid", "request:before-commit")
    _doom(point_for(random.Random(seed), points, most_passings=1))  # noqa: S311 - a seed repeats a run
    with desk.payments.municipality.at_work():
        return int(prove_tonight().holds)


def point_for(dice: random.Random, points: Sequence[str], *, most_passings: int = 4) -> str:
    """Draw a point, and at which passing of it to die."""
    return f"{dice.choice(points)}@{dice.randint(1, most_passings)}"


def _doom(point: str | None) -> None:
    """Let this process die at the point; None: let it live."""
    if point is None:
        os.environ.pop(CRASH, None)
    else:
        os.environ[CRASH] = point
