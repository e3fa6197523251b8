"""Registering people and finding them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel.errors import Conflict, InvalidInput, NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.people.roles import Act, Role, require
from raaderum.people.tables import Citizen, Staff, StaffRole
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.persistence.tenant_keys import tenant_seal
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.people.cpr import Cpr


class NameMissing(InvalidInput):
    """A person without a name."""

    code = "name_missing"
    text = Text("Skriv personens navn.", "Write the person's name.")


class CitizenKnown(Conflict):
    """The CPR number belongs to a citizen who is registered already."""

    code = "citizen_known"
    text = Text(
        "Borgeren er allerede oprettet. Find borgeren på listen i stedet.",
        "The citizen is registered already. Find the citizen in the list instead.",
    )


class StaffKnown(Conflict):
    """The e-mail address belongs to a member of staff who is registered already."""

    code = "staff_known"
    text = Text(
        "Der findes allerede en medarbejder med den e-mail.",
        "There is already a member of staff with that e-mail.",
    )


class StaffRoleMissing(InvalidInput):
    """The person does not have the role that the act asks for."""

    code = "staff_role_missing"
    text = Text(
        "Personen har ikke rollen {role} i denne kommune.",
        "The person does not have the role {role} in this municipality.",
    )


def register_citizen(session: Session, *, name: str, cpr: Cpr, by: Actor) -> Citizen:
    """Register a citizen; raise `CitizenKnown` where the CPR number is registered already."""
    require(by, Act.REFER_CITIZEN)
    if find_citizen_by_cpr(session, cpr) is not None:
        raise CitizenKnown(where="cpr")
    citizen = Citizen(id=new_id(), tenant_id=current_tenant_id(), born_on=cpr.born_on)
    seal_field(session, citizen, "name", _written(name))
    seal_field(session, citizen, "cpr", cpr.digits)
    citizen.cpr_index = tenant_seal(session).look_up_index(cpr.digits)
    session.add(citizen)
    record(session, AuditEvent.CITIZEN_REGISTERED, by=by, subject_type="citizen", subject_id=citizen.id)
    return citizen


def find_citizen_by_cpr(session: Session, cpr: Cpr) -> Citizen | None:
    """Return the citizen with this CPR number, found by keyed hash."""
    index = tenant_seal(session).look_up_index(cpr.digits)
    return session.scalar(select(Citizen).where(Citizen.cpr_index == index))


def get_citizen(session: Session, citizen_id: UUID) -> Citizen:
    """Return the citizen; raise `NotFound`."""
    citizen = session.get(Citizen, (current_tenant_id(), citizen_id))
    if citizen is None:
        raise NotFound(where="citizen")
    return citizen


def name_of_citizen(session: Session, citizen: Citizen) -> str:
    """Return the citizen's name, opened."""
    return open_field(session, citizen, "name")


def register_staff(session: Session, *, name: str, email: str, roles: Iterable[Role], by: Actor) -> Staff:
    """Register a member of staff with their roles; raise `StaffKnown` for a known e-mail address."""
    require(by, Act.REGISTER_STAFF)
    address = email.strip().lower()
    if session.scalar(select(Staff.id).where(Staff.email == address)) is not None:
        raise StaffKnown(where="email")
    staff = Staff(id=new_id(), name=_written(name), email=address)
    session.add(staff)
    session.flush()
    held = sorted(set(roles))
    session.add_all(StaffRole(tenant_id=current_tenant_id(), staff_id=staff.id, role=role) for role in held)
    record(
        session,
        AuditEvent.STAFF_REGISTERED,
        by=by,
        subject_type="staff",
        subject_id=staff.id,
        roles=" ".join(held),
    )
    return staff


def require_staff_role(session: Session, staff_id: UUID, role: Role) -> None:
    """Raise `StaffRoleMissing` unless the person has `role` in this municipality."""
    if session.get(StaffRole, (current_tenant_id(), staff_id, role)) is None:
        raise StaffRoleMissing(where=role.value, role=role.value)


def names_of_staff(session: Session) -> dict[UUID, str]:
    """Return the names of all staff of the municipality, by id."""
    return {staff_id: name for staff_id, name in session.execute(select(Staff.id, Staff.name))}  # noqa: C416 - rows are not tuples to the type checker


def _written(name: str) -> str:
    written = " ".join(name.split())
    if not written:
        raise NameMissing(where="name")
    return written
