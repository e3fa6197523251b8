"""Moving an enrolment on: the state changes and the act is recorded, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.audit.service import record
from raaderum.enrolments.rules import EnrolmentState, check_move

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.audit.events import AuditEvent
    from raaderum.enrolments.tables import Enrolment


def move(
    session: Session,
    enrolment: Enrolment,
    wanted: EnrolmentState,
    event: AuditEvent,
    by: Actor,
    **detail: str | int | None,
) -> None:
    """Bring the enrolment to the `wanted` state; raise `EnrolmentMoveForbidden` if it cannot go there."""
    check_move(EnrolmentState(enrolment.state), wanted)
    enrolment.state = wanted
    record_on(session, event, enrolment, by, **detail)


def record_on(
    session: Session, event: AuditEvent, enrolment: Enrolment, by: Actor, **detail: str | int | None
) -> None:
    """Record an act on the enrolment."""
    record(
        session,
        event,
        by=by,
        subject_type="enrolment",
        subject_id=enrolment.id,
        enrolment_id=enrolment.id,
        **detail,
    )
