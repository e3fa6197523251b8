"""Keeping what a provider told, once; and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as insert_if_new

from raaderum.kernel import clock
from raaderum.kernel.crash_points import crash_point
from raaderum.kernel.identifiers import new_id
from raaderum.persistence.sealed_fields import open_file, seal_file
from raaderum.provider_events.rules import SWEEP, EventState
from raaderum.provider_events.tables import ProviderEvent
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class EventCount:
    """How many events of one provider, kind and state are kept."""

    provider: str
    kind: str
    state: EventState
    count: int


def keep_event(session: Session, *, provider: str, event_id: str, kind: str, content: bytes) -> bool:
    """Keep what `provider` told, sealed; say whether it is new. The same `event_id` is kept once."""
    return kept_event(session, provider=provider, event_id=event_id, kind=kind, content=content) is not None


def kept_event(session: Session, *, provider: str, event_id: str, kind: str, content: bytes) -> UUID | None:
    """Keep an event as `keep_event` does, and return its id; None where it was there already."""
    row = ProviderEvent(
        id=new_id(),
        tenant_id=current_tenant_id(),
        provider=provider,
        event_id=event_id,
        kind=kind,
        received_at=clock.now(),
        state=EventState.WAITING,
    )
    seal_file(session, row, "content", content)
    columns = ("tenant_id", "id", "provider", "event_id", "kind", "received_at", "state", "content_sealed")
    written = session.execute(
        insert_if_new(ProviderEvent)
        .values({name: getattr(row, name) for name in columns})
        .on_conflict_do_nothing()
        .returning(ProviderEvent.id)
    )
    is_new = written.first() is not None
    crash_point("inbox:before-commit")
    return row.id if is_new else None


def locked_event(session: Session, row_id: UUID) -> ProviderEvent:
    """Return a kept event, locked until the work on it is done."""
    return session.scalars(select(ProviderEvent).where(ProviderEvent.id == row_id).with_for_update()).one()


def content_of(session: Session, event: ProviderEvent) -> bytes:
    """Return what the provider told, to the byte."""
    return open_file(session, event, "content")


def settle_event(event: ProviderEvent, state: EventState, *, outcome: str) -> None:
    """Note that an event has been worked on; `outcome` is a short code of what came of it."""
    event.state, event.outcome, event.processed_at = state, outcome, clock.now()


def last_swept(session: Session, provider: str) -> datetime | None:
    """Return when a provider was last asked what it has told, with success; None where it never was.

    That other calls have come since proves nothing of the one that was lost.
    """
    own = ProviderEvent.provider == provider, ProviderEvent.kind == SWEEP
    return session.scalar(select(ProviderEvent.received_at).where(*own))


def note_sweep(session: Session, provider: str, *, at: datetime) -> None:
    """Note that everything a provider has told until `at` has been asked for and kept."""
    values = {
        "tenant_id": current_tenant_id(),
        "id": new_id(),
        "provider": provider,
        "event_id": SWEEP,
        "kind": SWEEP,
        "received_at": at,
        "state": EventState.DONE,
    }
    session.execute(
        insert_if_new(ProviderEvent)
        .values(values)
        .on_conflict_do_update(index_elements=["tenant_id", "provider", "event_id"], set_={"received_at": at})
    )


def counted_events(session: Session) -> Sequence[EventCount]:
    """Return how many events are kept, by provider, kind and state."""
    columns = (ProviderEvent.provider, ProviderEvent.kind, ProviderEvent.state)
    told = select(*columns, func.count()).where(ProviderEvent.kind != SWEEP)
    rows = session.execute(told.group_by(*columns).order_by(*columns))
    return [EventCount(provider, kind, EventState(state), count) for provider, kind, state, count in rows]
