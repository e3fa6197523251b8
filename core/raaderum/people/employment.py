"""What a member of staff may be: roles given and taken, and the end of an employment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.errors import Conflict, NotAllowed, NotFound
from raaderum.kernel.text import Text
from raaderum.people.access import revoke_tokens_of
from raaderum.people.roles import ROLE_NAMES, Act, Role, check_roles, require
from raaderum.people.tables import Staff, StaffRole
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


class OwnRoles(NotAllowed):
    """Somebody tried to change what they may do themselves."""

    code = "own_roles"
    text = Text(
        "Du kan ikke ændre dine egne roller. Bed en anden administrator om det.",
        "You cannot change your own roles. Ask another administrator.",
    )


class RoleHeld(Conflict):
    """The person has the role already."""

    code = "role_held"
    text = Text("Personen er allerede {role}.", "The person is a {role_english} already.")


class RoleNotHeld(Conflict):
    """The person does not have the role that was to be taken."""

    code = "role_not_held"
    text = Text("Personen er ikke {role}.", "The person is not a {role_english}.")


class StaffLeft(Conflict):
    """The person does not work in the municipality any more."""

    code = "staff_left"
    text = Text(
        "Personen er holdt op. Opret personen igen, hvis de er kommet tilbage.",
        "The person has left. Register them anew if they have come back.",
    )


def give_role(session: Session, staff_id: UUID, role: Role, *, by: Actor) -> Staff:
    """Give a member of staff one more role; raise `RolesIncompatible` where the two must lie with two."""
    require(by, Act.CHANGE_ROLES)
    staff = locked_staff(session, staff_id, by=by)
    held = roles_held(session, staff.id)
    if role in held:
        raise RoleHeld(where="role", **_named(role))
    check_roles({*held, role})
    session.add(StaffRole(tenant_id=current_tenant_id(), staff_id=staff.id, role=role))
    _record(session, AuditEvent.ROLE_GIVEN, staff, by, role=role)
    return staff


def remove_role(session: Session, staff: Staff, role: Role, *, by: Actor) -> None:
    """Take a role from a member of staff, and let what they are signed in to with it end now."""
    if role not in roles_held(session, staff.id):
        raise RoleNotHeld(where="role", **_named(role))
    session.execute(delete(StaffRole).where(StaffRole.staff_id == staff.id, StaffRole.role == role))
    revoke_tokens_of(session, staff.id, role=role)
    _record(session, AuditEvent.ROLE_TAKEN, staff, by, role=role)


def let_go(session: Session, staff: Staff, *, by: Actor) -> None:
    """End an employment: every role is taken and every token ends now; the name stays on what they did."""
    session.execute(delete(StaffRole).where(StaffRole.staff_id == staff.id))
    revoke_tokens_of(session, staff.id)
    staff.left_at = clock.now()
    _record(session, AuditEvent.STAFF_LEFT, staff, by)


def locked_staff(session: Session, staff_id: UUID, *, by: Actor) -> Staff:
    """Return a member of staff whom `by` may change, locked until the act is done; raise `NotFound`."""
    staff = session.scalar(
        select(Staff).where(Staff.id == staff_id).with_for_update().execution_options(populate_existing=True)
    )
    if staff is None:
        raise NotFound(where="staff")
    if staff.id == by.person_id:
        raise OwnRoles(where="staff")
    if staff.left_at is not None:
        raise StaffLeft(where="staff")
    return staff


def roles_held(session: Session, staff_id: UUID) -> list[Role]:
    """Return the roles of a member of staff, in the order of the table of roles."""
    held = set(session.scalars(select(StaffRole.role).where(StaffRole.staff_id == staff_id)))
    return [role for role in Role if role in held]


def _named(role: Role) -> dict[str, str]:
    return {"role": ROLE_NAMES[role].danish, "role_english": ROLE_NAMES[role].english}


def _record(
    session: Session, event: AuditEvent, staff: Staff, by: Actor, *, role: Role | None = None
) -> None:
    detail = {"role": role.value} if role else {}
    record(session, event, by=by, subject_type="staff", subject_id=staff.id, enrolment_id=None, **detail)
