"""Those who work in the programme."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from raaderum.enrolments import leaving
from raaderum.people import employment
from raaderum.people.roles import Act, Role
from raaderum.people.service import register_staff as register
from raaderum.people.service import staff_before, staff_with_role
from raaderum.people.tables import Staff
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, PageQuery, cursor_of_id, page_answer, page_of
from raaderum.web.schemas.people import PersonAnswer, RoleBody, StaffAnswer, StaffBody

resource = Resource("staff", __name__, description="Those who work in the programme.")


@resource.writes("/staff", act=Act.REGISTER_STAFF, body=StaffBody(), answer=StaffAnswer(), status=201)
def register_staff(call: WriteCall, body: dict[str, Any]) -> dict[str, Any]:
    """Register a member of staff.

    An e-mail address that is registered already is refused.
    """
    return _shown(register(call.session, **body, by=call.by), body["roles"])


@resource.reads(
    "/staff",
    act=Act.REGISTER_STAFF,
    query=PageQuery(),
    answer=page_answer(StaffAnswer(), "StaffPageAnswer"),
)
def list_staff(call: Call, query: dict[str, Any]) -> Page:
    """List the staff with their roles.

    The last registered come first.
    """
    found = staff_before(call.session, query["after"], most=query["limit"] + 1)
    roles = {staff.id: held for staff, held in found}
    page = page_of([staff for staff, _ in found], query["limit"], cursor_of_id)
    return Page([_shown(staff, roles[staff.id]) for staff in page.items], page.next)


@resource.reads(
    "/staff/support-persons",
    act=Act.REFER_CITIZEN,
    answer=page_answer(PersonAnswer(), "SupportPersonsAnswer"),
)
def list_support_persons(call: Call) -> Page:
    """List those who can support a citizen.

    All of them, in the order of their names: whoever refers a citizen chooses one of them.
    """
    found = staff_with_role(call.session, Role.SUPPORT_PERSON)
    return Page([{"id": staff_id, "name": name} for staff_id, name in found.items()])


@resource.writes("/staff/<uuid:staff_id>/roles", act=Act.CHANGE_ROLES, body=RoleBody(), answer=StaffAnswer())
def give_role(call: WriteCall, body: dict[str, Any], staff_id: UUID) -> dict[str, Any]:
    """Give a member of staff one more role.

    Refused for two roles that one person cannot have, and for the caller's own.
    """
    staff = employment.give_role(call.session, staff_id, **body, by=call.by)
    return _shown(staff, employment.roles_held(call.session, staff.id))


@resource.writes(
    "/staff/<uuid:staff_id>/roles/take", act=Act.CHANGE_ROLES, body=RoleBody(), answer=StaffAnswer()
)
def take_role(call: WriteCall, body: dict[str, Any], staff_id: UUID) -> dict[str, Any]:
    """Take a role from a member of staff.

    Their tokens for it end at once. A support person's is refused while citizens have them as theirs.
    """
    staff = leaving.take_role(call.session, staff_id, **body, by=call.by)
    return _shown(staff, employment.roles_held(call.session, staff.id))


@resource.writes("/staff/<uuid:staff_id>/leave", act=Act.END_EMPLOYMENT, answer=StaffAnswer())
def end_employment(call: WriteCall, staff_id: UUID) -> dict[str, Any]:
    """End an employment.

    Roles and tokens end at once. Refused while open enrolments have the person as support person.
    """
    return _shown(leaving.end_employment(call.session, staff_id, by=call.by), [])


def _shown(staff: Staff, roles: list[Role]) -> dict[str, Any]:
    return {
        "id": staff.id,
        "name": staff.name,
        "email": staff.email,
        "registered_at": staff.registered_at,
        "left_at": staff.left_at,
        "roles": sorted(set(roles)),
    }
