"""Messages between the citizen and those at their side, with a mark for those that have been read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.casework.note_rules import check_note
from raaderum.casework.tables import CaseMessage
from raaderum.enrolments.service import get_enrolment, locked_enrolment, record_look_up
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, Role, may, require
from raaderum.people.service import names_of_staff
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """A message; `name` is '' where the citizen wrote it."""

    id: UUID
    text: str
    name: str
    written_role: str
    written_at: datetime
    read_at: datetime | None


def write_message(session: Session, enrolment_id: UUID, *, text: str, by: Actor) -> CaseMessage:
    """Write to the other side: the citizen to those at their side, or one of these to the citizen."""
    require(by, Act.WRITE_MESSAGE)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    message = CaseMessage(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        written_by=person_of(by),
        written_role=by.role,
    )
    seal_field(session, message, "text", check_note(text))
    insert(session, message)
    record(
        session,
        AuditEvent.MESSAGE_WRITTEN,
        by=by,
        subject_type="case_message",
        subject_id=message.id,
        enrolment_id=enrolment.id,
    )
    return message


def read_messages(session: Session, enrolment_id: UUID, *, by: Actor) -> int:
    """Mark what the other side wrote as read, and record that they looked; return how many were new.

    A look by somebody who does not write here themselves leaves the marks as they are.
    """
    require(by, Act.SEE_CASE)
    enrolment = record_look_up(session, enrolment_id, by=by)
    if not may(by, Act.WRITE_MESSAGE):
        return 0
    from_citizen = CaseMessage.written_role == Role.CITIZEN
    unread = select(CaseMessage).where(
        CaseMessage.enrolment_id == enrolment.id,
        CaseMessage.read_at.is_(None),
        ~from_citizen if by.role == Role.CITIZEN else from_citizen,
    )
    new = session.scalars(unread.with_for_update()).all()
    for message in new:
        message.read_at = clock.now()
    if new:
        record(
            session,
            AuditEvent.MESSAGES_READ,
            by=by,
            subject_type="enrolment",
            subject_id=enrolment.id,
            enrolment_id=enrolment.id,
            number=len(new),
        )
    return len(new)


def messages_of(session: Session, enrolment_id: UUID, *, by: Actor) -> list[OpenedMessage]:
    """Return the messages of a case, newest first."""
    require(by, Act.SEE_CASE)
    get_enrolment(session, enrolment_id, by=by)
    newest_first = (
        select(CaseMessage).where(CaseMessage.enrolment_id == enrolment_id).order_by(CaseMessage.id.desc())
    )
    rows = session.scalars(newest_first).all()
    names = names_of_staff(session) if rows else {}
    return [
        OpenedMessage(
            id=row.id,
            text=open_field(session, row, "text"),
            name=names.get(row.written_by, ""),
            written_role=row.written_role,
            written_at=row.written_at,
            read_at=row.read_at,
        )
        for row in rows
    ]
