"""Work to do is a row written in the same transaction as the change that calls for it.

A worker claims a batch of due rows under a lease, does the work outside any transaction and
finishes the rows. A worker that dies leaves its lease to run out; then another one claims.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import Index, Update, Uuid, func, or_, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.persistence.database import Base, TenantOwned, db
from raaderum.persistence.doorbell import ring_after_commit
from raaderum.persistence.many_rows import among

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

DEFAULT_LEASE: Final = timedelta(seconds=60)
MOST_TRIES: Final = 20
"""Then the work is parked for a person, so that a poisoned row cannot hold up the queue."""


class OutboxWork(TenantOwned, Base):
    """One piece of work: which queue, what kind, and the id of the thing it is about."""

    __tablename__ = "outbox_work"
    __table_args__ = (
        Index(
            "ix_outbox_work_due",
            "tenant_id",
            "queue",
            "due_at",
            postgresql_where=text("done_at is null and parked_at is null"),
        ),
    )

    queue: Mapped[str]
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime] = mapped_column(server_default=func.now())
    tries: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[UUID | None]
    done_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
    parked_because: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class ClaimedWork:
    """A piece of work that this worker holds until its lease runs out."""

    id: UUID
    kind: str
    subject_id: UUID
    tries: int
    lease_token: UUID


def add_work(session: Session, *, queue: str, kind: str, subject_id: UUID) -> None:
    """Write down work for `queue`, due at once, and ring its doorbell after the commit."""
    session.add(OutboxWork(queue=queue, kind=kind, subject_id=subject_id))
    ring_after_commit(session, queue)


def claim_due_work(
    session: Session, *, queue: str, most: int, lease: timedelta = DEFAULT_LEASE
) -> list[ClaimedWork]:
    """Claim up to `most` due rows of `queue` that nobody else holds; the database's clock decides."""
    # A common table expression is computed once; a plain sub-select may be run again and claim more.
    due = (
        select(OutboxWork.id)
        .where(
            OutboxWork.queue == queue,
            OutboxWork.done_at.is_(None),
            OutboxWork.parked_at.is_(None),
            OutboxWork.due_at <= func.now(),
            or_(OutboxWork.lease_until.is_(None), OutboxWork.lease_until < func.now()),
        )
        .order_by(OutboxWork.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    lease_token = new_id()
    claimed = session.execute(
        update(OutboxWork)
        .where(OutboxWork.id.in_(select(due.c.id)))
        .values(lease_until=func.now() + lease, lease_token=lease_token, tries=OutboxWork.tries + 1)
        .returning(OutboxWork.id, OutboxWork.kind, OutboxWork.subject_id, OutboxWork.tries)
        .execution_options(synchronize_session=False)
    )
    return [ClaimedWork(row.id, row.kind, row.subject_id, row.tries, lease_token) for row in claimed]


def hold_longer(session: Session, works: Iterable[ClaimedWork], *, lease: timedelta = DEFAULT_LEASE) -> None:
    """Prolong the lease of work that takes long; what has gone to another worker is left alone."""
    for work in works:
        still_open = _held(work).where(OutboxWork.done_at.is_(None), OutboxWork.lease_until.is_not(None))
        session.execute(still_open.values(lease_until=func.now() + lease))


def finish_work(session: Session, works: Iterable[ClaimedWork]) -> None:
    """Mark work as done, in one statement. A row whose lease has gone to another worker is left alone."""
    for held in _held_together(works):
        session.execute(held.values(done_at=func.now(), lease_until=None))


def ask_again(session: Session, works: Iterable[ClaimedWork], *, by: timedelta) -> None:
    """Let all of `works` come back after the same wait, however often they have, in one statement.

    It is for asking what became of money: people are told in other ways, and the asking goes on.
    """
    for held in _held_together(works):
        session.execute(held.values(due_at=func.now() + by, lease_until=None))


def postpone_work(session: Session, work: ClaimedWork, *, by: timedelta, because: str) -> None:
    """Let `work` come back later, or park it for a person after `MOST_TRIES`."""
    if work.tries >= MOST_TRIES:
        park_work(session, work, because=because)
    else:
        session.execute(_held(work).values(due_at=func.now() + by, lease_until=None))


def park_work(session: Session, work: ClaimedWork, *, because: str) -> None:
    """Take `work` out of the queue until a person has looked at it."""
    session.execute(_held(work).values(parked_at=func.now(), parked_because=because))


def parked_work(session: Session, *, most: int) -> Sequence[OutboxWork]:
    """Return what waits for a person, longest parked first."""
    parked = (
        select(OutboxWork)
        .where(OutboxWork.parked_at.is_not(None), OutboxWork.done_at.is_(None))
        .order_by(OutboxWork.parked_at, OutboxWork.id)
        .limit(most)
    )
    return session.scalars(parked).all()


def let_run_again(session: Session, work_id: UUID) -> OutboxWork | None:
    """Put parked work back into its queue, due at once with all its tries; None where none is parked so."""
    work = session.scalar(
        select(OutboxWork)
        .where(OutboxWork.id == work_id, OutboxWork.parked_at.is_not(None), OutboxWork.done_at.is_(None))
        .with_for_update()
    )
    if work is None:
        return None
    work.parked_at, work.parked_because, work.tries = None, None, 0
    work.lease_until, work.lease_token, work.due_at = None, None, func.now()
    ring_after_commit(session, work.queue)
    return work


def _held(work: ClaimedWork) -> Update:
    return (
        update(OutboxWork)
        .where(OutboxWork.id == work.id, OutboxWork.lease_token == work.lease_token)
        .execution_options(synchronize_session=False)
    )


def _held_together(works: Iterable[ClaimedWork]) -> Iterator[Update]:
    """Give one statement for the works of each claim, which is one for a batch."""
    by_lease: dict[UUID, list[UUID]] = defaultdict(list)
    for work in works:
        by_lease[work.lease_token].append(work.id)
    for lease_token, ids in by_lease.items():
        yield (
            update(OutboxWork)
            .where(among(OutboxWork.id, ids), OutboxWork.lease_token == lease_token)
            .execution_options(synchronize_session=False)
        )


def tenants_with_due_work(queue: str) -> list[UUID]:
    """Return the tenants that have due work on `queue`: ids and nothing else, for the sweeper.

    The one question that is asked without a tenant; a function of the relay role answers it.
    """
    with db.engine.connect() as connection:
        return list(connection.scalars(select(func.tenants_with_due_work(queue, type_=Uuid()))))
