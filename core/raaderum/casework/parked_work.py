"""Work that was put aside for a person: what it is, why, and setting it going again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import Act, require
from raaderum.persistence.outbox import let_run_again, parked_work

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.persistence.outbox import OutboxWork

MOST_SHOWN: Final = 200


def work_waiting(session: Session, *, by: Actor) -> Sequence[OutboxWork]:
    """Return the parked work, longest parked first: ids, kinds and reasons, nobody's words."""
    require(by, Act.RESUME_WORK)
    return parked_work(session, most=MOST_SHOWN)


def resume_work(session: Session, work_id: UUID, *, by: Actor) -> OutboxWork:
    """Set parked work going again, with all its tries; raise `NotFound` where none is parked so."""
    require(by, Act.RESUME_WORK)
    work = let_run_again(session, work_id)
    if work is None:
        raise NotFound(where="work")
    record(
        session,
        AuditEvent.WORK_RESUMED,
        by=by,
        subject_type="work",
        subject_id=work.id,
        kind=work.kind,
        about=str(work.subject_id),
    )
    return work
