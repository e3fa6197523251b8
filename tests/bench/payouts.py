"""Approved payouts from the waiting work to the settled ledger, with two workers as in production."""

from __future__ import annotations

import os
import shutil
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from itertools import cycle
from time import perf_counter
from typing import TYPE_CHECKING, Final
from uuid import UUID

from rq import Queue, Worker
from rq.serializers import JSONSerializer
from tests.bench import fast_bank
from tests.bench.fast_bank import FAST, SLOW, SLOW_SECONDS
from tests.bench.rows import Effort, Figure, Row
from tests.bench.town import SLUG, town_at_work

from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id, new_short_code
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import AccountKind, Move, TransactionKind
from raaderum.ledger.service import Posting, open_accounts, post_all
from raaderum.payouts.dispatch import send_payouts
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import QUEUE, SEND, clearing_account, committed_account, digest_of
from raaderum.payouts.tables import Payout
from raaderum.payouts.words import describe_payout
from raaderum.persistence.many_rows import insert_all
from raaderum.persistence.outbox import OutboxWork, claim_due_work
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_api import ENTRY_POINT_GROUP
from raaderum.plugin_host.guard import AT_ONCE
from raaderum.plugin_host.registry import PluginRegistry
from raaderum.tenancy.context import working_for
from raaderum.testing.children import fork_child
from raaderum.worker.processes import run_worker
from raaderum.worker.queue import QueueDoorbell, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import psycopg
    from sqlalchemy.orm import Session
    from tests.bench.town import Town
    from tests.bench.workbench import Workbench

    from raaderum.settings import Settings

_PART: Final = "Payouts: approved to settled per second, two forking RQ workers"
_MANY: Final = 10_000
_QUICK_MANY: Final = 2_000
_SLOW: Final = 1_920
_QUICK_SLOW: Final = 640
_ALONE: Final = 60
_QUICK_ALONE: Final = 30
_CASES: Final = 20
_WORKERS: Final = 2
_LEAST_RATE: Final = 3_000
_OF_ONE_A_JOB: Final = 60
_OF_THE_LIMIT: Final = 0.9
_ONE_A_JOB: Final = "one-a-job"
_PATIENCE_SECONDS: Final = 600
_LOOK_EVERY: Final = 0.02
_PROVIDERS: Final = "".join(
    f'\n[[payout_providers]]\nidentifier = "{identifier}"\nmode = "sandbox"\n' for identifier in (FAST, SLOW)
)
_LEFT: Final = "select count(*) from raaderum.outbox_work where done_at is null"
_SETTLED: Final = """
    select count(*)
    from raaderum.payout payout
    join raaderum.payout_evidence evidence on evidence.payout_id = payout.id
    join raaderum.ledger_transaction posted on posted.key = 'settle:' || payout.id || ':1'
    where payout.state = 'paid' and payout.provider = any (%s)
"""


@dataclass(frozen=True, slots=True)
class _Office:
    """A municipality whose approved payouts wait, and who looks on from outside."""

    town: Town
    settings: Settings
    administrator: psycopg.Connection[tuple[object, ...]]

    def rate(
        self, provider: str, count: int, work: Callable[[], object], ring: Callable[[], object]
    ) -> float:
        """Let `count` payouts wait, then ring; return how many per second the workers settled."""
        with unit_of_work() as session:
            _approve(session, self.town, provider, count)
        self.administrator.execute("analyze")
        with _at_work(work, self.settings.queue_url):
            started = perf_counter()
            ring()
            while self._left():
                if perf_counter() - started > _PATIENCE_SECONDS:
                    raise TimeoutError(provider)
                time.sleep(_LOOK_EVERY)
            return count / (perf_counter() - started)

    def settled(self) -> int:
        """Return how many are paid, booked and have their evidence."""
        row = self.administrator.execute(_SETTLED, ([FAST, SLOW],)).fetchone()
        return int(str(row[0])) if row else 0

    def _left(self) -> bool:
        row = self.administrator.execute(_LEFT).fetchone()
        return row is None or bool(row[0])


def measure_payouts(bench: Workbench, effort: Effort) -> list[Row]:
    """Measure once: ten thousand payouts are a long look already."""
    quick = effort.repeats == 1
    many, slow, alone = (_QUICK_MANY, _QUICK_SLOW, _QUICK_ALONE) if quick else (_MANY, _SLOW, _ALONE)
    settings = _with_banks(bench)
    with (
        town_at_work(settings, cases=_CASES, registry=_registry()) as town,
        bench.administrator.connect() as administrator,
    ):
        administrator.execute("delete from raaderum.outbox_work")
        office = _Office(town, settings, administrator)
        batched = _by_batches(office, FAST, many)
        one_a_job = _one_a_job(office, alone)
        slowly = _by_batches(office, SLOW, slow)
        assert office.settled() == many + slow + alone, office.settled()
    said = f"over {_CASES} cases; approved beforehand; row security, seal, audit, evidence on; durable; once"
    limit = Figure(f"{_WORKERS} x {AT_ONCE} at once", (_WORKERS * AT_ONCE / SLOW_SECONDS,))
    ours = Figure("claimed by batches", (batched,))
    return [
        Row(_PART, f"{many} to a fast bank", ours, said, least=_LEAST_RATE),
        Row(
            _PART,
            "the same",
            ours,
            f"{alone} of them one a job, with the same code and workers",
            Figure("one job a payout", (one_a_job,)),
            least_ratio=_OF_ONE_A_JOB,
        ),
        Row(
            _PART,
            f"{slow} to a bank that takes {SLOW_SECONDS} s",
            Figure("claimed by batches", (slowly,)),
            "the limit is what so many questions at once can be answered in",
            limit,
            least_ratio=_OF_THE_LIMIT,
        ),
    ]


def pay_one(tenant_id: str) -> None:
    """Do one piece of due work: the job of the comparison."""
    with working_for(UUID(tenant_id)):
        with unit_of_work() as session:
            works = claim_due_work(session, queue=QUEUE, most=1)
        send_payouts(works)


def _by_batches(office: _Office, provider: str, count: int) -> float:
    app, url = office.town.app, office.settings.queue_url
    bell, tenant_id = QueueDoorbell(url), office.town.municipality.id
    return office.rate(
        provider, count, lambda: run_worker(app, url, QUEUE), lambda: bell.ring(QUEUE, tenant_id)
    )


def _one_a_job(office: _Office, count: int) -> float:
    connection = connect(office.settings.queue_url)
    queue = Queue(_ONE_A_JOB, connection=connection, serializer=JSONSerializer)
    tenant_id = str(office.town.municipality.id)

    def ring() -> None:
        for _ in range(count):
            queue.enqueue(f"{__name__}.{pay_one.__name__}", args=(tenant_id,), result_ttl=0)

    def work() -> None:
        with office.town.app.app_context():
            own = connect(office.settings.queue_url)
            worker = Worker([_ONE_A_JOB], connection=own, serializer=JSONSerializer)
            worker.work(logging_level="WARNING")

    return office.rate(FAST, count, work, ring)


@contextmanager
def _at_work(work: Callable[[], object], queue_url: str) -> Iterator[None]:
    """Fork the workers, wait until they listen, and send them home at the end."""
    connection = connect(queue_url)
    children = [fork_child(work, at_most_seconds=_PATIENCE_SECONDS) for _ in range(_WORKERS)]
    try:
        while Worker.count(connection=connection) < _WORKERS:
            time.sleep(_LOOK_EVERY)
        yield
    finally:
        for child in children:
            os.kill(child.pid, signal.SIGTERM)
        for child in children:
            child.end()


def _approve(session: Session, town: Town, provider: str, count: int) -> None:
    """Write payouts, their reservations and their work straight into the tables, as approving leaves them."""
    purchases = cycle(town.purchases)
    officer = town.municipality.finance_officer.person_id
    payouts = []
    for purchase, _ in zip(purchases, range(count), strict=False):
        payout = Payout(
            id=new_id(),
            tenant_id=town.municipality.id,
            enrolment_id=purchase.enrolment_id,
            purchase_id=purchase.id,
            provider=provider,
            amount=1,
            code=new_short_code(),
            payee_name="Svendborg Køreskole ApS",
            payee_cvr=purchase.supplier_cvr,
            account="5.38.38",
            due_on=clock.today(),
            state=PayoutState.RESERVED,
            requested_by=purchase.requested_by,
            approved_by=officer,
        )
        describe_payout(session, payout, "Kørekort, første lektioner")
        payout.approval_digest = digest_of(session, payout)
        payouts.append(payout)
    insert_all(session, payouts)
    open_accounts(session, clearing_account(provider).owner_id, [AccountKind.CLEARING])
    post_all(session, [_reserved(payout) for payout in payouts])
    insert_all(session, [_work(payout) for payout in payouts])


def _reserved(payout: Payout) -> Posting:
    move = Move(Oere(payout.amount), committed_account(payout), clearing_account(payout.provider))
    return Posting(TransactionKind.RESERVE, [move], f"reserve:{payout.id}:1", payout.id)


def _work(payout: Payout) -> OutboxWork:
    return OutboxWork(
        id=new_id(),
        tenant_id=payout.tenant_id,
        queue=QUEUE,
        kind=SEND,
        subject_id=payout.id,
        due_at=clock.now(),
    )


def _with_banks(bench: Workbench) -> Settings:
    folder = bench.folder / "tenants-with-banks"
    shutil.copytree(bench.settings.tenants_folder, folder)
    with (folder / SLUG / "tenant.toml").open("a", encoding="utf-8") as file:
        file.write(_PROVIDERS)
    return replace(bench.settings, tenants_folder=folder)


def _registry() -> PluginRegistry:
    installed = [(point.name, point.load()) for point in entry_points(group=ENTRY_POINT_GROUP)]
    return PluginRegistry.collect([*installed, ("fast_bank", fast_bank)])
