"""Recording acts, reading them, and proving that none was changed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from raaderum.audit.tables import AuditEntry
from raaderum.persistence.unit_of_work import last_words
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.audit.events import AuditEvent

_APPEND = text("select append_audit(:tenant, cast(:entries as jsonb))")
_FIRST_BREAK = text("select first_audit_break(:tenant)")


@dataclass(slots=True)
class _Unwritten:
    """Acts of this transaction, written in one call right before it commits."""

    entries: list[dict[str, Any]] = field(default_factory=list)

    def write(self, session: Session) -> None:
        session.flush()
        session.execute(_APPEND, {"tenant": str(current_tenant_id()), "entries": json.dumps(self.entries)})


def record(
    session: Session,
    event: AuditEvent,
    *,
    by: Actor,
    subject_type: str,
    subject_id: UUID,
    enrolment_id: UUID | None = None,
    **detail: str | int | None,
) -> None:
    """Record that `by` did `event` to a subject; it is committed with the change, or not at all.

    `detail` takes ids, codes, amounts and states: never a name, a CPR number or free text.
    """
    unwritten = last_words(session).setdefault(_Unwritten, _Unwritten())
    assert isinstance(unwritten, _Unwritten)  # noqa: S101 - the key is the type
    unwritten.entries.append(
        {
            "actor_id": str(by.person_id) if by.person_id else None,
            "actor_role": by.role,
            "event": event.stored_name,
            "subject_type": subject_type,
            "subject_id": str(subject_id),
            "enrolment_id": str(enrolment_id) if enrolment_id else None,
            "detail": detail,
        }
    )


def timeline(session: Session, enrolment_id: UUID, *, most: int = 100) -> Sequence[AuditEntry]:
    """Return the newest acts of one enrolment, newest first."""
    newest = (
        select(AuditEntry)
        .where(AuditEntry.enrolment_id == enrolment_id)
        .order_by(AuditEntry.sequence.desc())
        .limit(most)
    )
    return session.scalars(newest).all()


def entries_before(session: Session, sequence: int | None, *, most: int) -> Sequence[AuditEntry]:
    """Return a page of the log, newest first, that lies before `sequence` (None: from the end)."""
    page = select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(most)
    if sequence is not None:
        page = page.where(AuditEntry.sequence < sequence)
    return session.scalars(page).all()


def first_break(session: Session) -> int | None:
    """Recompute the tenant's whole chain; return the sequence of the first entry that does not fit."""
    broken: int | None = session.scalar(_FIRST_BREAK, {"tenant": str(current_tenant_id())})
    return broken
