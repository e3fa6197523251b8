"""Ending an enrolment, by either side. What it leaves open is seen to in casework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.audit.events import AuditEvent
from raaderum.enrolments.ending_rules import EndingReason, check_last_day, check_reason
from raaderum.enrolments.moves import move
from raaderum.enrolments.rules import EnrolmentState, check_move
from raaderum.enrolments.service import locked_enrolment
from raaderum.kernel import clock
from raaderum.people.roles import Act, require
from raaderum.persistence.sealed_fields import seal_field
from raaderum.programmes.installed import rules_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment


def end(
    session: Session,
    enrolment_id: UUID,
    *,
    because: EndingReason,
    note: str = "",
    ended_on: date | None = None,
    by: Actor,
) -> Enrolment:
    """End an enrolment on a day until today, None: today; no new purchases after this.

    `note` is for the case, sealed. Raises `ReasonDoesNotFit` or `EndOutsideCourse`.
    """
    require(by, Act.END_ENROLMENT)
    return _end(session, enrolment_id, because=because, note=note, ended_on=ended_on, by=by)


def leave_programme(session: Session, enrolment_id: UUID, *, note: str = "", by: Actor) -> Enrolment:
    """End the citizen's own enrolment today, because they want to; they need not say why."""
    require(by, Act.LEAVE_PROGRAMME)
    return _end(session, enrolment_id, because=EndingReason.CITIZEN_LEAVES, note=note, ended_on=None, by=by)


def _end(
    session: Session,
    enrolment_id: UUID,
    *,
    because: EndingReason,
    note: str,
    ended_on: date | None,
    by: Actor,
) -> Enrolment:
    enrolment, today = locked_enrolment(session, enrolment_id, by=by), clock.today()
    check_move(EnrolmentState(enrolment.state), EnrolmentState.ENDED)
    last_day = ended_on or today
    begun_on = enrolment.started_on or enrolment.accepted_on or last_day
    check_last_day(last_day, begun_on=begun_on, today=today)
    check_reason(because, enrolment, rules_of(enrolment.programme, enrolment.rules_from), on=last_day)
    enrolment.ended_on, enrolment.ended_because = last_day, because
    if note.strip():
        seal_field(session, enrolment, "ended_note", note.strip())
    move(session, enrolment, EnrolmentState.ENDED, AuditEvent.ENROLMENT_ENDED, by, reason=because)
    return enrolment
