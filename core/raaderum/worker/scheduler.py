"""Doing things by the clock: plan what is due, and do what was planned. Many may plan at once."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from flask import current_app
from sqlalchemy import func, select

from raaderum.persistence.outbox import ClaimedWork, finish_work, hold_longer, postpone_work
from raaderum.persistence.scheduled_runs import (
    RunState,
    ScheduledRun,
    is_overtaken,
    plan_run,
    running,
)
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.tenancy.context import current_tenant_id, working_for
from raaderum.tenancy.installed import tenants
from raaderum.worker.schedule import SCHEDULE
from raaderum.worker.slots import latest_slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from flask import Flask

    from raaderum.worker.schedule import Scheduled

log = logging.getLogger(__name__)
_HEARTBEAT_SECONDS: Final = 20.0
"""Well below the lease."""
_WAIT_AFTER_FAILURE: Final = timedelta(minutes=5)


class Scheduler:
    """Plans what is due for every municipality; keeps in mind what it has planned, to ask less."""

    def __init__(self, schedule: Sequence[Scheduled] = SCHEDULE) -> None:
        self._schedule = schedule
        self._planned: dict[tuple[UUID, str], datetime] = {}

    def plan_due_runs(self, now: datetime) -> int:
        """Plan the last slot of every job for every municipality, once whoever asks; return how many."""
        return sum(self._plan_for(tenant.id, now) for tenant in tenants().tenants)

    def _plan_for(self, tenant_id: UUID, now: datetime) -> int:
        slots = {job.name: latest_slot(job, now=now) for job in self._schedule}
        due = [job for job in self._schedule if self._planned.get((tenant_id, job.name)) != slots[job.name]]
        if not due:
            return 0
        with working_for(tenant_id), unit_of_work() as session:
            planned = [plan_run(session, job=job.name, title=job.title, slot=slots[job.name]) for job in due]
        self._planned.update({(tenant_id, job.name): slots[job.name] for job in due})
        return sum(planned)


def do_scheduled(works: Sequence[ClaimedWork]) -> None:
    """Do the runs that were planned for the current tenant, one after the other.

    Their leases are held for as long as this process lives; when it dies, another one starts anew.
    """
    with _held(works):
        for work in works:
            _do(work)


def _do(work: ClaimedWork) -> None:
    job = _begin(work)
    if job is None:
        return
    try:
        with running(work.subject_id):
            job.act()
    except Exception as error:  # noqa: BLE001 - one job must not stop the others
        # Its text may quote a row, so that its kind must do.
        log.warning("the scheduled job %s failed (%s) and is repeated", job.name, type(error).__name__)
        _end(work, RunState.FAILED, failure=type(error).__name__)
    else:
        _end(work, RunState.DONE)


def _begin(work: ClaimedWork) -> Scheduled | None:
    """Return the job to do; None where nothing is left to do."""
    with unit_of_work() as session:
        run = session.get_one(ScheduledRun, (current_tenant_id(), work.subject_id))
        job = next((one for one in SCHEDULE if one.name == run.job), None)
        if job is None or run.state == RunState.DONE or is_overtaken(session, run):
            if run.state != RunState.DONE:
                run.state = RunState.OVERTAKEN
            finish_work(session, [work])
            return None
        run.state, run.failure = RunState.RUNNING, None
        run.started_at = session.execute(select(func.now())).scalar_one()
        return job


def _end(work: ClaimedWork, state: RunState, *, failure: str | None = None) -> None:
    with unit_of_work() as session:
        run = session.get_one(ScheduledRun, (current_tenant_id(), work.subject_id))
        run.state, run.failure = state, failure
        run.finished_at = session.execute(select(func.now())).scalar_one()
        if failure is None:
            finish_work(session, [work])
        else:
            postpone_work(session, work, by=_WAIT_AFTER_FAILURE, because=failure)


@contextmanager
def _held(works: Sequence[ClaimedWork]) -> Iterator[None]:
    """Hold the leases of `works` for as long as the block lasts, however long that is."""
    over = threading.Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 - Flask's own way to hand an application to a thread
    tenant_id = current_tenant_id()

    def hold() -> None:
        while not over.wait(_HEARTBEAT_SECONDS):
            _try(lambda: _hold_longer(app, tenant_id, works))

    thread = threading.Thread(target=hold, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _hold_longer(app: Flask, tenant_id: UUID, works: Sequence[ClaimedWork]) -> None:
    with app.app_context(), working_for(tenant_id), unit_of_work() as session:
        hold_longer(session, works)


def _try(act: Callable[[], None]) -> None:
    try:
        act()
    except Exception as error:  # noqa: BLE001 - the next beat may succeed; without one the lease runs out
        log.warning("the lease of scheduled work was not prolonged (%s)", type(error).__name__)
