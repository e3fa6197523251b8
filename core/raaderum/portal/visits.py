"""A signed-in person's request to one municipality: who asks, in which language, and what went before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import current_app, redirect, request

from raaderum.people import roles
from raaderum.people.access import Purpose, SignedIn, check_token
from raaderum.people.roles import Act
from raaderum.people.service import name_of_person
from raaderum.portal.cookies import DONE, SESSION, cookie
from raaderum.portal.form_guard import form_token
from raaderum.portal.forms import Form, form_at
from raaderum.portal.languages import chosen_language
from raaderum.portal.texts import has_text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.audit.actor import Actor
    from raaderum.kernel.text import Text
    from raaderum.portal.problems import Problem
    from raaderum.tenancy.tenant_file import Tenant


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page needs to know of the request.

    `address` is where the page is read, also when it is shown again after a form went wrong;
    `problem` is what went wrong, `done` what was done right before.
    """

    tenant: Tenant
    language: str
    address: str
    signed_in: SignedIn
    person_name: str
    form_token: str
    problem: Problem | None = None
    done: str = ""

    @property
    def actor(self) -> Actor:
        """The person, in the role they signed in with."""
        return self.signed_in.actor

    @property
    def role_name(self) -> Text:
        """The role as people call it."""
        return roles.ROLE_NAMES[roles.Role(self.actor.role)]

    @property
    def is_citizen(self) -> bool:
        """Say whether the page speaks to the citizen whose case it is."""
        return self.actor.role == roles.Role.CITIZEN

    def to(self, endpoint: str, **values: object) -> str:
        """Return the address of another page or deed of this municipality; None leaves a value out."""
        return address_of(self.tenant, endpoint, **values)

    def go_to(self, endpoint: str, **values: object) -> Response:
        """Return the answer that leads the browser on to a page."""
        return redirect(self.to(endpoint, **values), 303)

    def may(self, act: str) -> bool:
        """Say whether the person's role reaches an act."""
        return roles.may(self.actor, Act(act))

    def form_at(self, action: str) -> Form:
        """Return the form that is sent to `action`."""
        return form_at(action, token=self.form_token, problem=self.problem, language=self.language)


def address_of(tenant: Tenant, endpoint: str, **values: object) -> str:
    """Return the address of a page of `tenant`'s portal; what its path does not hold is asked for after `?`.

    A list has one for each row, and Flask's own way costs ten times as much.
    """
    form, in_path = _form_of(endpoint)
    asked = {name: value for name, value in values.items() if name not in in_path and value is not None}
    address = request.script_root + form.format(tenant=tenant.slug, **values)
    return f"{address}?{urlencode(asked)}" if asked else address


@cache
def _form_of(endpoint: str) -> tuple[str, frozenset[str]]:
    """Return an address to be filled, as `/{tenant}/sager/{enrolment_id}`, and the names in it."""
    rule = next(current_app.url_map.iter_rules(f"portal.{endpoint}"))
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), frozenset(rule.arguments)


def _done_before() -> str:
    """Return the deed that the browser says was done right before, if it is one that has words."""
    deed = cookie(DONE)
    return deed if has_text(f"done.{deed}") else ""


def who_is_signed_in(session: Session) -> SignedIn:
    """Return who holds the browser's token in the current tenant; raise `NotSignedIn`."""
    return check_token(session, cookie(SESSION), purpose=Purpose.BROWSER)


def visit_of(
    session: Session, signed_in: SignedIn, tenant: Tenant, *, address: str, problem: Problem | None = None
) -> Visit:
    """Return the visit of a person whose token was checked."""
    return Visit(
        tenant=tenant,
        language=chosen_language(tenant),
        address=address,
        signed_in=signed_in,
        person_name=name_of_person(session, signed_in.actor),
        form_token=form_token(cookie(SESSION)),
        problem=problem,
        done=_done_before(),
    )
