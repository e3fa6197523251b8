"""The two kinds of background process: workers, one queue each, and the sweeper."""

from __future__ import annotations

import logging
import os
import signal
import threading
from functools import partial
from typing import TYPE_CHECKING

from rq import Worker
from rq.serializers import JSONSerializer
from sqlalchemy import DateTime, func, select

from raaderum.kernel.crash_points import crash_point
from raaderum.kernel.long_lived import spare_what_is_loaded
from raaderum.persistence.database import db
from raaderum.persistence.outbox import tenants_with_due_work
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants
from raaderum.worker.handlers import QUEUES, SWEEP_EVERY_SECONDS, do_due_work
from raaderum.worker.queue import QueueDoorbell, connect, open_queue
from raaderum.worker.safe_job import SafeJob
from raaderum.worker.scheduler import Scheduler

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Flask
    from rq import Queue
    from rq.job import Job

    from raaderum.persistence.doorbell import Doorbell

log = logging.getLogger(__name__)
_MAINTENANCE_EVERY_SECONDS = 60
_GRACE_SECONDS = 3.0


class QueueWorker(Worker):
    """RQ's worker: it forks a horse for each job, and outlives it."""

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Have a job done that has just been popped."""
        crash_point("pop:before-started")
        super().execute_job(job, queue)


def run_worker(
    app: Flask,
    queue_url: str,
    queue: str,
    *,
    until_empty: bool = False,
    worker_class: type[QueueWorker] = QueueWorker,
) -> None:
    """Serve one queue until told to stop. One queue a worker: with two, RQ loses a job that it
    has popped when it is killed at that moment.
    """
    connection = connect(queue_url)
    spare_what_is_loaded()
    with app.app_context():
        worker = worker_class(
            [open_queue(queue, connection)],
            connection=connection,
            job_class=SafeJob,
            serializer=JSONSerializer,
            maintenance_interval=_MAINTENANCE_EVERY_SECONDS,
            log_job_description=False,
        )
        worker.work(burst=until_empty, logging_level="WARNING")


def run_sweeper(app: Flask, queue_url: str, *, every_seconds: float = SWEEP_EVERY_SECONDS) -> None:
    """Plan what is due by the clock, look for due work and have it done, until told to stop.

    Told to stop, it is gone within seconds, even while a provider does not answer: what was begun is
    taken up by another process, as after a crash.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    round_of_work = partial(_sweep_until, stop, app, QueueDoorbell(queue_url), every_seconds)
    thread = threading.Thread(target=round_of_work, name="sweeper", daemon=True)
    thread.start()
    stop.wait()
    thread.join(_GRACE_SECONDS)
    if any(one.is_alive() for one in threading.enumerate() if one is not threading.current_thread()):
        log.warning("the sweeper leaves while something still waits for an answer")
        # The interpreter would wait for every thread that talks to a provider.
        os._exit(0)


def _sweep_until(stop: threading.Event, app: Flask, doorbell: Doorbell, every_seconds: float) -> None:
    scheduler = Scheduler()
    with app.app_context():
        while not stop.wait(every_seconds):
            for act in (partial(_plan, scheduler), partial(sweep, doorbell)):
                try:
                    act()
                except Exception as error:  # noqa: BLE001 - one failure must not stop the rest
                    # Its text may quote a row, so that its kind must do.
                    log.warning("the sweep failed (%s) and is repeated", type(error).__name__)


def _plan(scheduler: Scheduler) -> None:
    """Plan by the database's clock, which all machines share."""
    with db.engine.connect() as connection:
        now = connection.scalar(select(func.clock_timestamp(type_=DateTime(timezone=True))))
    if now is not None:
        scheduler.plan_due_runs(now)


def sweep(doorbell: Doorbell) -> int:
    """Ring for every tenant with due work; where the bell is broken, do the work here. Return how many.

    One tenant's trouble does not keep the sweeper from the next one.
    """
    found = [(queue, tenant_id) for queue in QUEUES for tenant_id in tenants_with_due_work(queue)]
    bell_works = True
    for queue, tenant_id in found:
        bell_works = bell_works and _rings(doorbell, queue, tenant_id)
        if not bell_works:
            _do_here(queue, tenant_id)
    return len(found)


def _rings(doorbell: Doorbell, queue: str, tenant_id: UUID) -> bool:
    try:
        doorbell.ring(queue, tenant_id)
    except Exception:  # noqa: BLE001 - whatever is wrong with the queue server, the work goes on
        log.warning("the queue server is away; the sweeper does the work itself")
        return False
    return True


def _do_here(queue: str, tenant_id: UUID) -> None:
    try:
        with working_for(tenants().by_id(tenant_id).id):
            do_due_work(queue)
    except Exception as error:  # noqa: BLE001 - one failure must not stop the rest
        # Its text may quote a row, so that its kind must do.
        log.warning("the work of %s for one municipality failed (%s)", queue, type(error).__name__)
