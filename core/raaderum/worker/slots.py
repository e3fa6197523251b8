"""When a job is due, as pure arithmetic: the same on every machine, and right when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from raaderum.kernel.clock import COPENHAGEN

if TYPE_CHECKING:
    from datetime import date, time

    from raaderum.worker.schedule import Scheduled

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def latest_slot(job: Scheduled, *, now: datetime) -> datetime:
    """Return the last moment up to `now` (UTC) at which `job` was due, in UTC.

    However many were missed, only the last one is returned: a job is caught up once.
    """
    if job.every is not None:
        return now - (now - _EPOCH) % job.every
    if job.at is None:
        message = f"{job.name} has no time"
        raise ValueError(message)
    today = now.astimezone(COPENHAGEN).date()
    slot = _on(today, job.at)
    return slot if slot <= now else _on(today - timedelta(days=1), job.at)


def _on(day: date, at: time) -> datetime:
    """Return a time of day in Denmark as a moment: in October the first of two, in March after the gap."""
    return datetime.combine(day, at, COPENHAGEN).astimezone(UTC)
