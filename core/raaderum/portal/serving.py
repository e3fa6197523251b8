"""How every page is shown and every deed is done: tenant, sign-in, permission, form, then the work itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import make_response, request
from sqlalchemy.exc import SQLAlchemyError

from raaderum.kernel.errors import RaaderumError
from raaderum.people.roles import Act, require
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.portal.cookies import DONE, SESSION, cookie, give_cookie, take_cookie
from raaderum.portal.form_guard import check_form, check_origin, form_token
from raaderum.portal.languages import address_without_language, chosen_language
from raaderum.portal.problems import Problem
from raaderum.portal.texts import has_text
from raaderum.portal.typed import Typed
from raaderum.portal.visits import Visit, address_of, visit_of, who_is_signed_in
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants
from raaderum.web.database_failures import as_house_error
from raaderum.web.problems import status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from werkzeug.wrappers import Response

    from raaderum.tenancy.tenant_file import Tenant

_LARGEST_FORM: Final = 1_000_000
_DONE_SECONDS: Final = 60
_FAULT_OF_OURS: Final = 500


@dataclass(frozen=True, slots=True)
class Page:
    """Something to look at, under `/<tenant>` and `path`.

    `show` gets the visit, a session that only reads, and the values of the path. `look_up` runs
    first, in a transaction of its own: it records whose case is being looked at.
    """

    path: str
    act: Act
    show: Callable[..., str | Response]
    look_up: Callable[..., object] | None = None

    @property
    def name(self) -> str:
        """What the page is called in addresses."""
        return self.show.__name__


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do, by a form that stands on `page`.

    `do` gets the visit, what was typed and the values of the path, opens its unit of work and
    returns where to go. Where it raises, the page is shown again with the error and what was typed.
    """

    path: str
    act: Act
    do: Callable[..., Response]
    page: Page
    largest_form: int = _LARGEST_FORM

    @property
    def name(self) -> str:
        """What the deed is called in addresses."""
        return self.do.__name__


def serve_page(page: Page, tenant_slug: str, values: Mapping[str, Any]) -> Response:
    """Show a page to whoever may see it."""
    tenant = tenants().by_slug(tenant_slug)
    with working_for(tenant.id):
        response = _shown(page, tenant, values, address=address_without_language())
    if cookie(DONE):
        take_cookie(response, tenant, DONE)
    return response


def serve_deed(deed: Deed, tenant_slug: str, values: Mapping[str, Any]) -> Response:
    """Do a deed for whoever may, or show its page again with what went wrong."""
    tenant = tenants().by_slug(tenant_slug)
    request.max_content_length = deed.largest_form
    check_origin(request)
    with working_for(tenant.id):
        visit = _checked_visit(deed, tenant)
        try:
            response = _done(deed, visit, values)
        except RaaderumError as error:
            if status_of(error) == _FAULT_OF_OURS:
                raise
            return _shown_again(deed, tenant, values, Problem(error, request.path, request.form))
    if has_text(f"done.{deed.name}"):
        give_cookie(response, tenant, DONE, deed.name, seconds=_DONE_SECONDS)
    return response


def _shown(
    page: Page,
    tenant: Tenant,
    values: Mapping[str, Any],
    *,
    address: str,
    problem: Problem | None = None,
) -> Response:
    signed_in = None
    if page.look_up is not None:
        with unit_of_work() as session:
            signed_in = who_is_signed_in(session)
            require(signed_in.actor, page.act)
            page.look_up(session, by=signed_in.actor, **values)
    with reading() as session:
        signed_in = signed_in or who_is_signed_in(session)
        require(signed_in.actor, page.act)
        visit = visit_of(session, signed_in, tenant, address=address, problem=problem)
        return make_response(page.show(visit, session, **values))


def _checked_visit(deed: Deed, tenant: Tenant) -> Visit:
    with reading() as session:
        signed_in = who_is_signed_in(session)
    check_form(request, secret=cookie(SESSION))
    require(signed_in.actor, deed.act)
    return Visit(
        tenant=tenant,
        language=chosen_language(tenant),
        address=request.path,
        signed_in=signed_in,
        person_name="",
        form_token=form_token(cookie(SESSION)),
    )


def _done(deed: Deed, visit: Visit, values: Mapping[str, Any]) -> Response:
    """Do the deed; what the database refuses, most often because two were at it, is told in words."""
    try:
        return deed.do(visit, Typed(request.form), **values)
    except SQLAlchemyError as error:
        raise as_house_error(error) from error


def _shown_again(deed: Deed, tenant: Tenant, values: Mapping[str, Any], problem: Problem) -> Response:
    own = {name: value for name, value in values.items() if name in _names_in(deed.page.path)}
    address = address_of(tenant, deed.page.name, **own)
    response = _shown(deed.page, tenant, own, address=address, problem=problem)
    response.status_code = status_of(problem.error)
    return response


def _names_in(path: str) -> list[str]:
    return re.findall(r"<(?:\w+:)?(\w+)>", path)
