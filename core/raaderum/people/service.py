"""Registering people and finding them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, true

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.errors import Conflict, InvalidInput, NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.people.roles import ROLE_NAMES, Act, Role, check_roles, require
from raaderum.people.tables import Citizen, Staff, StaffRole
from raaderum.persistence.database import insert
from raaderum.persistence.many_rows import among
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.persistence.sealing import Place
from raaderum.persistence.tenant_keys import tenant_seal
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement
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


class BornInFuture(InvalidInput):
    """A CPR number whose date of birth has not come yet."""

    code = "born_in_future"
    text = Text(
        "CPR-nummerets fødselsdag ligger i fremtiden. Se efter, om nummeret er skrevet rigtigt.",
        "The CPR number's date of birth is in the future. Check that the number is written right.",
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
        "Personen er ikke {role} i denne kommune. Vælg en, der er.",
        "The person is not a {role_english} in this municipality. Choose one who is.",
    )


def register_citizen(session: Session, *, name: str, cpr: Cpr, by: Actor) -> Citizen:
    """Register a citizen.

    Raises `CitizenKnown` where the CPR number is registered already, `BornInFuture` for a date of
    birth that has not come yet.
    """
    require(by, Act.REFER_CITIZEN)
    if cpr.born_on > clock.today():
        raise BornInFuture(where="cpr")
    if find_citizen_by_cpr(session, cpr) is not None:
        raise CitizenKnown(where="cpr")
    citizen = Citizen(id=new_id(), tenant_id=current_tenant_id(), born_on=cpr.born_on)
    seal_field(session, citizen, "name", _written(name))
    seal_field(session, citizen, "cpr", cpr.digits)
    citizen.cpr_index = tenant_seal(session).look_up_index(cpr.digits)
    insert(session, citizen)
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


def locked_citizen(session: Session, citizen_id: UUID) -> Citizen:
    """Return the citizen, locked until the act is done: acts on one person stand in line."""
    session.execute(select(Citizen.id).where(Citizen.id == citizen_id).with_for_update(key_share=True))
    return get_citizen(session, citizen_id)


def name_of_citizen(session: Session, citizen: Citizen) -> str:
    """Return the citizen's name, opened."""
    return open_field(session, citizen, "name")


def names_of_citizens(session: Session, citizen_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of the given citizens, opened, by id."""
    of_them = among(Citizen.id, set(citizen_ids))
    return {one: name for one, (name, _) in _names_and_birth_dates(session, of_them).items()}


def names_of_all_citizens(session: Session) -> dict[UUID, tuple[str, date]]:
    """Return the name of every citizen of the municipality, opened, and the date of birth, by id."""
    return _names_and_birth_dates(session, true())


def _names_and_birth_dates(session: Session, of_them: ColumnElement[bool]) -> dict[UUID, tuple[str, date]]:
    rows = session.execute(select(Citizen.id, Citizen.name_sealed, Citizen.born_on).where(of_them)).all()
    if not rows:  # a municipality without citizens may have no key yet, and none can be made while reading
        return {}
    seal, table = tenant_seal(session), Citizen.__tablename__
    return {
        row.id: (seal.open(row.name_sealed, Place(table, "name", row.id)).decode(), row.born_on)
        for row in rows
    }


def register_staff(session: Session, *, name: str, email: str, roles: Iterable[Role], by: Actor) -> Staff:
    """Register a member of staff with their roles; raise `StaffKnown` for a known e-mail address."""
    require(by, Act.REGISTER_STAFF)
    address = email.strip().lower()
    if session.scalar(select(Staff.id).where(Staff.email == address)) is not None:
        raise StaffKnown(where="email")
    staff = Staff(id=new_id(), name=_written(name), email=address)
    insert(session, staff)
    held = sorted(set(roles))
    check_roles(held)
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
    """Raise `StaffRoleMissing` unless the person has `role` in this municipality, and keeps it meanwhile."""
    session.execute(select(Staff.id).where(Staff.id == staff_id).with_for_update(read=True, key_share=True))
    if session.get(StaffRole, (current_tenant_id(), staff_id, role)) is None:
        name = ROLE_NAMES[role]
        raise StaffRoleMissing(where=role.value, role=name.danish, role_english=name.english)


def name_of_person(session: Session, actor: Actor) -> str:
    """Return the name of whoever acts: a citizen's, opened, or a member of staff's; '' for the system."""
    if actor.person_id is None:
        return ""
    if actor.role == Role.CITIZEN:
        return name_of_citizen(session, get_citizen(session, actor.person_id))
    return session.scalar(select(Staff.name).where(Staff.id == actor.person_id)) or ""


def staff_with_role(session: Session, role: Role) -> dict[UUID, str]:
    """Return the names of those who have `role` in this municipality, by id, in the order of names."""
    having = (
        select(Staff.id, Staff.name)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(StaffRole.role == role)
        .order_by(Staff.name, Staff.id)
    )
    return {staff_id: name for staff_id, name in session.execute(having)}  # noqa: C416 - rows are not tuples to the type checker


def staff_before(session: Session, before: UUID | None, *, most: int) -> Sequence[tuple[Staff, list[Role]]]:
    """Return a page of the staff with their roles, newest first, that lies before `before`."""
    page = select(Staff).order_by(Staff.id.desc()).limit(most)
    if before is not None:
        page = page.where(Staff.id < before)
    staff = session.scalars(page).all()
    held = select(StaffRole.staff_id, StaffRole.role).where(StaffRole.staff_id.in_([one.id for one in staff]))
    roles: dict[UUID, list[Role]] = {one.id: [] for one in staff}
    for staff_id, role in session.execute(held.order_by(StaffRole.role)):
        roles[staff_id].append(Role(role))
    return [(one, roles[one.id]) for one in staff]


def names_of_staff(session: Session) -> dict[UUID, str]:
    """Return the names of all staff of the municipality, by id."""
    return {staff_id: name for staff_id, name in session.execute(select(Staff.id, Staff.name))}  # noqa: C416 - rows are not tuples to the type checker


def _written(name: str) -> str:
    written = " ".join(name.split())
    if not written:
        raise NameMissing(where="name")
    return written
