"""Where a citizen wants to be told that there is news: an address of their own choice, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.notices.rules import check_address
from raaderum.notices.tables import CitizenContact
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


def change_contact(session: Session, enrolment_id: UUID, *, email: str, by: Actor) -> CitizenContact:
    """Set the address to which the citizen wants hints that there is news; '' for none.

    Raises `AddressInvalid`.
    """
    require(by, Act.CHANGE_CONTACT)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    address = check_address(email) if email.strip() else ""
    row = _contact_of(session, enrolment.citizen_id)
    if row is None:
        row = CitizenContact(
            id=new_id(),
            tenant_id=current_tenant_id(),
            citizen_id=enrolment.citizen_id,
            changed_by=person_of(by),
        )
        seal_field(session, row, "email", address)
        insert(session, row)
    else:
        seal_field(session, row, "email", address)
        row.changed_by, row.changed_at = person_of(by), clock.now()
    record(
        session,
        AuditEvent.CONTACT_CHANGED,
        by=by,
        subject_type="citizen",
        subject_id=enrolment.citizen_id,
        enrolment_id=enrolment.id,
        has_address="yes" if address else "no",
    )
    return row


def contact_email(session: Session, enrolment_id: UUID, *, by: Actor) -> str:
    """Return the address that the citizen has chosen; '' where there is none."""
    require(by, Act.SEE_CASE)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    row = _contact_of(session, enrolment.citizen_id)
    return open_field(session, row, "email") if row else ""


def _contact_of(session: Session, citizen_id: UUID) -> CitizenContact | None:
    return session.scalar(select(CitizenContact).where(CitizenContact.citizen_id == citizen_id))
