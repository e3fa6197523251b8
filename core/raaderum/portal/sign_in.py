"""Signing in and out. Until an identity provider is set up, only the demo lets anybody in."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import make_response, redirect

from raaderum.people.access import revoke_token
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.portal.cookies import SESSION, VISITOR, cookie, give_cookie, take_cookie
from raaderum.portal.form_guard import form_token
from raaderum.portal.languages import chosen_language
from raaderum.portal.made_up_people import made_up_citizens, made_up_staff
from raaderum.portal.rendering import render_outside
from raaderum.portal.visits import address_of
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def sign_in(tenant: str) -> str:
    """Say that nobody can sign in here yet."""
    municipality = tenants().by_slug(tenant)
    return render_outside("sign_in.html", chosen_language(municipality), municipality, demo=False)


def sign_in_by_made_up_people(tenant: str) -> Response:
    """Show the demo's made-up people, each with a button."""
    municipality = tenants().by_slug(tenant)
    visitor = cookie(VISITOR) or secrets.token_urlsafe(32)
    with working_for(municipality.id), reading() as session:
        page = render_outside(
            "sign_in.html",
            chosen_language(municipality),
            municipality,
            demo=True,
            staff=made_up_staff(session),
            citizens=made_up_citizens(session),
            action=address_of(municipality, "sign_in"),
            token=form_token(visitor),
        )
    response = make_response(page)
    give_cookie(response, municipality, VISITOR, visitor)
    return response


def sign_out(visit: Visit, _typed: Typed) -> Response:
    """End the session, here and in the database."""
    with unit_of_work() as session:
        revoke_token(session, visit.signed_in)
    response = redirect(visit.to("sign_in"), 303)
    take_cookie(response, visit.tenant, SESSION)
    return response
