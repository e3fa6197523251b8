"""What the citizen answers to an offer. The yes itself is given to the conditions, in their room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.audit.events import AuditEvent
from raaderum.enrolments.moves import move
from raaderum.enrolments.rules import EnrolmentState
from raaderum.enrolments.service import locked_enrolment
from raaderum.people.roles import Act, require
from raaderum.persistence.sealed_fields import seal_field

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment


def begin_run_in(session: Session, enrolment: Enrolment, *, accepted_on: date, by: Actor) -> None:
    """Begin the time to dream on the day the citizen said yes; the months of the drawing right do not yet."""
    move(session, enrolment, EnrolmentState.RUN_IN, AuditEvent.ENROLMENT_ACCEPTED, by)
    enrolment.accepted_on = accepted_on


def decline_offer(session: Session, enrolment_id: UUID, *, because: str = "", by: Actor) -> Enrolment:
    """Close an offer, or a place in the queue, because the citizen says no; they need not say why."""
    require(by, Act.DECLINE_OFFER)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    move(session, enrolment, EnrolmentState.DECLINED, AuditEvent.ENROLMENT_DECLINED, by)
    if because.strip():
        seal_field(session, enrolment, "declined_because", because.strip())
    return enrolment
