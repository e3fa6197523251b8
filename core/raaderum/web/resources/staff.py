"""Those who work in the programme."""

from __future__ import annotations

from typing import Any

from raaderum.people.roles import Act, Role
from raaderum.people.service import register_staff as register
from raaderum.people.service import staff_before, staff_with_role
from raaderum.people.tables import Staff
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, PageQuery, cursor_of_id, page_answer, page_of
from raaderum.web.schemas.people import PersonAnswer, StaffAnswer, StaffBody

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


def _shown(staff: Staff, roles: list[Role]) -> dict[str, Any]:
    return {
        "id": staff.id,
        "name": staff.name,
        "email": staff.email,
        "registered_at": staff.registered_at,
        "roles": sorted(set(roles)),
    }
