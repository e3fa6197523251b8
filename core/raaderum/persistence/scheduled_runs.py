"""Each time that a job is due by the clock is a row: whoever writes it first has it done, once."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, func, select, update
from sqlalchemy.dialects.postgresql import insert as insert_if_new
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.kernel.errors import Conflict
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.persistence.database import Base, TenantOwned
from raaderum.persistence.outbox import add_work
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy.orm import Session

QUEUE: Final = "scheduled"
RUN: Final = "scheduled.run"
_SHOWN: Final = 50
_SAY_EVERY: Final = 50
Piece = TypeVar("Piece")
Result = TypeVar("Result")
log = logging.getLogger(__name__)


class PiecesFailed(Conflict):
    """Some pieces of a scheduled job failed; the others are done, and the job is repeated."""

    code = "pieces_failed"
    text = Text("{number} af {total} lykkedes ikke.", "{number} of {total} failed.")


class RunState(StrEnum):
    """How far a run is. One that was overtaken was due so long ago that the next one is due already."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    OVERTAKEN = "overtaken"


RUN_STATE_NAMES: Final = {
    RunState.WAITING: Text("venter", "waiting"),
    RunState.RUNNING: Text("i gang", "running"),
    RunState.DONE: Text("færdig", "done"),
    RunState.FAILED: Text("mislykket", "failed"),
    RunState.OVERTAKEN: Text("sprunget over", "skipped"),
}


class ScheduledRun(TenantOwned, Base):
    """One run of a job: for which time it was due, under what title, and how far it has come.

    `done` of `total` pieces is what the job itself says; both are empty for one that does not say.
    """

    __tablename__ = "scheduled_run"
    __table_args__ = (
        UniqueConstraint("tenant_id", "job", "slot"),
        Index("ix_scheduled_run_newest", "tenant_id", "planned_at"),
    )

    job: Mapped[str]
    slot: Mapped[datetime]
    title_danish: Mapped[str]
    title_english: Mapped[str]
    state: Mapped[str] = mapped_column(default=RunState.WAITING)
    planned_at: Mapped[datetime] = mapped_column(default=clock.now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    done: Mapped[int | None]
    total: Mapped[int | None]
    failure: Mapped[str | None]

    @property
    def title(self) -> Text:
        """What people call the job."""
        return Text(self.title_danish, self.title_english)


def plan_run(session: Session, *, job: str, title: Text, slot: datetime) -> bool:
    """Have `job` done for `slot`, unless that has been planned already, here or on another machine."""
    run_id = new_id()
    written = session.execute(
        insert_if_new(ScheduledRun)
        .values(
            tenant_id=current_tenant_id(),
            id=run_id,
            job=job,
            slot=slot,
            title_danish=title.danish,
            title_english=title.english,
            state=RunState.WAITING,
            planned_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(ScheduledRun.id)
    ).first()
    if written is None:
        return False
    add_work(session, queue=QUEUE, kind=RUN, subject_id=run_id)
    return True


def is_overtaken(session: Session, run: ScheduledRun) -> bool:
    """Say whether a later run of the same job is planned."""
    later = select(func.count()).where(ScheduledRun.job == run.job, ScheduledRun.slot > run.slot)
    return bool(session.scalar(later))


def latest_runs(session: Session, *, most: int = _SHOWN) -> Sequence[ScheduledRun]:
    """Return the current tenant's runs, newest first."""
    newest_first = select(ScheduledRun).order_by(ScheduledRun.planned_at.desc(), ScheduledRun.id.desc())
    return session.scalars(newest_first.limit(most)).all()


_running: ContextVar[UUID | None] = ContextVar("scheduled_run", default=None)


@contextmanager
def running(run_id: UUID) -> Iterator[None]:
    """Let `say_progress` within the block speak of this run."""
    token = _running.set(run_id)
    try:
        yield
    finally:
        _running.reset(token)


def say_progress(done: int, *, total: int) -> None:
    """Say how far the scheduled job is that is being done here; outside of one, nobody is told.

    Opens a unit of work of its own, so it must be called between those of the job.
    """
    run_id = _running.get()
    if run_id is None:
        return
    with unit_of_work() as session:
        session.execute(update(ScheduledRun).where(ScheduledRun.id == run_id).values(done=done, total=total))


def each_alone(pieces: Sequence[Piece], act: Callable[[Session, Piece], Result]) -> list[Result]:
    """Do `act` on each piece in a transaction of its own, and say now and then how far it is.

    A piece that fails stops none of the others. Raises `PiecesFailed` once all have been tried.
    """
    results, failed = [], 0
    for done, piece in enumerate(pieces):
        if done % _SAY_EVERY == 0:
            say_progress(done, total=len(pieces))
        try:
            with unit_of_work() as session:
                results.append(act(session, piece))
        except Exception as error:  # noqa: BLE001 - one bad piece must not stop the others, whatever is wrong
            log.warning("a piece of a scheduled job failed (%s)", type(error).__name__)
            failed += 1
    say_progress(len(pieces), total=len(pieces))
    if failed:
        raise PiecesFailed(number=failed, total=len(pieces))
    return results
