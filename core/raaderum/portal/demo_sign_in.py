"""Signing in to the demo as one of its made-up people; this route does not exist outside the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request

from raaderum.people.access import Purpose, issue_token
from raaderum.people.roles import Role
from raaderum.people.service import get_citizen, require_staff_role
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.cookies import SESSION, VISITOR, cookie, give_cookie, take_cookie
from raaderum.portal.form_guard import check_form, check_origin
from raaderum.portal.typed import Typed
from raaderum.portal.visits import address_of
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response


def sign_in_as(tenant: str) -> Response:
    """Sign in as the person whose button was pressed; every sign-in makes a new session."""
    municipality = tenants().by_slug(tenant)
    check_origin(request)
    check_form(request, secret=cookie(VISITOR))
    typed = Typed(request.form)
    person_id, role = typed.id("person_id"), typed.choice("role", Role)
    with working_for(municipality.id), unit_of_work() as session:
        _require_person(session, person_id, role)
        token = issue_token(session, person_id=person_id, role=role, purpose=Purpose.BROWSER)
    response = redirect(address_of(municipality, "show_start"), 303)
    give_cookie(response, municipality, SESSION, token)
    take_cookie(response, municipality, VISITOR)
    return response


def _require_person(session: Session, person_id: UUID, role: Role) -> None:
    if role is Role.CITIZEN:
        get_citizen(session, person_id)
    else:
        require_staff_role(session, person_id, role)
