"""What the system does in the background: queues, and what the clock had done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.casework import jobs
from raaderum.persistence.scheduled_runs import RUN_STATE_NAMES
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.portal.visits import Visit


def show_jobs(visit: Visit, session: Session) -> str:
    """Show how much waits and is under way, and the latest runs."""
    return render(
        "jobs.html",
        visit,
        work=jobs.counted_work(session, by=visit.actor),
        runs=jobs.latest_runs(session, by=visit.actor),
        states=RUN_STATE_NAMES,
    )
