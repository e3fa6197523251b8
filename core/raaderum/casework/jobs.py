"""What the system does in the background: how much waits, what is under way, what the clock had done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from raaderum.people.roles import Act, require
from raaderum.persistence import scheduled_runs
from raaderum.persistence.outbox import OutboxWork
from raaderum.persistence.work_titles import title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.kernel.text import Text
    from raaderum.persistence.scheduled_runs import ScheduledRun


@dataclass(frozen=True, slots=True)
class WorkCount:
    """How much of one kind of work is not done: under way, due, to be tried again later, put aside."""

    queue: str
    kind: str
    running: int
    waiting: int
    later: int
    parked: int

    @property
    def title(self) -> Text:
        """What people call the kind."""
        return title_of(self.kind)


def counted_work(session: Session, *, by: Actor) -> Sequence[WorkCount]:
    """Return what is not done yet, by queue and kind; by the database's clock."""
    require(by, Act.SEE_JOBS)
    is_parked = OutboxWork.parked_at.is_not(None)
    is_held = and_(~is_parked, func.coalesce(OutboxWork.lease_until >= func.now(), False))
    is_due = and_(~is_parked, or_(OutboxWork.lease_until.is_(None), OutboxWork.lease_until < func.now()))
    counted = (
        select(
            OutboxWork.queue,
            OutboxWork.kind,
            func.count().filter(is_held),
            func.count().filter(is_due, OutboxWork.due_at <= func.now()),
            func.count().filter(is_due, OutboxWork.due_at > func.now()),
            func.count().filter(is_parked),
        )
        .where(OutboxWork.done_at.is_(None))
        .group_by(OutboxWork.queue, OutboxWork.kind)
        .order_by(OutboxWork.queue, OutboxWork.kind)
    )
    return [WorkCount(*row) for row in session.execute(counted)]


def latest_runs(session: Session, *, by: Actor) -> Sequence[ScheduledRun]:
    """Return what the clock had done of late, newest first."""
    require(by, Act.SEE_JOBS)
    return scheduled_runs.latest_runs(session)
