"""The two kinds of background process: workers, one queue each, and the sweeper."""

from __future__ import annotations

import logging
import signal
import threading
from typing import TYPE_CHECKING

from rq import Worker
from rq.serializers import JSONSerializer

from raaderum.persistence.outbox import tenants_with_due_work
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants
from raaderum.worker.handlers import QUEUES, SWEEP_EVERY_SECONDS, do_due_work
from raaderum.worker.queue import QueueDoorbell, connect, open_queue
from raaderum.worker.safe_job import SafeJob

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Flask

    from raaderum.persistence.doorbell import Doorbell

log = logging.getLogger(__name__)
_MAINTENANCE_EVERY_SECONDS = 60


def run_worker(app: Flask, queue_url: str, queue: str, *, until_empty: bool = False) -> None:
    """Serve one queue until told to stop. One queue a worker: with two, RQ loses a job that it
    has popped when it is killed at that moment.
    """
    connection = connect(queue_url)
    with app.app_context():
        worker = Worker(
            [open_queue(queue, connection)],
            connection=connection,
            job_class=SafeJob,
            serializer=JSONSerializer,
            maintenance_interval=_MAINTENANCE_EVERY_SECONDS,
            log_job_description=False,
        )
        worker.work(burst=until_empty, logging_level="WARNING")


def run_sweeper(app: Flask, queue_url: str) -> None:
    """Look for due work every few seconds until told to stop, and have it done."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    doorbell = QueueDoorbell(queue_url)
    with app.app_context():
        while not stop.wait(SWEEP_EVERY_SECONDS):
            try:
                sweep(doorbell)
            except Exception as error:  # noqa: BLE001 - one failure must not stop the rest
                # Its text may quote a row, so that its kind must do.
                log.warning("the sweep failed (%s) and is repeated", type(error).__name__)


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
