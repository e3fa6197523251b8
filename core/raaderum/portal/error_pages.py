"""Pages for what went wrong: what happened, and what the person can do now."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING, Final

from flask import make_response, redirect, request
from werkzeug.exceptions import HTTPException

from raaderum.kernel.errors import NotFound, RaaderumError
from raaderum.people.access import NotSignedIn
from raaderum.portal.cookies import SESSION, take_cookie
from raaderum.portal.languages import chosen_language
from raaderum.portal.rendering import render_outside
from raaderum.portal.visits import address_of
from raaderum.tenancy.installed import tenants
from raaderum.web.database_failures import as_house_error
from raaderum.web.problems import status_of
from raaderum.web.request_ids import request_id

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response

    from raaderum.tenancy.tenant_file import Tenant

_WORDED: Final = frozenset({400, 401, 403, 404, 409, 413, 422, 500, 503})
_FAULT_OF_OURS: Final = 500

log = logging.getLogger(__name__)


def handle_errors(portal: Blueprint) -> None:
    """Have every error of the portal's pages shown in the house's style."""
    portal.register_error_handler(NotSignedIn, _not_signed_in)
    portal.register_error_handler(RaaderumError, _of_ours)
    portal.register_error_handler(HTTPException, _of_http)
    portal.register_error_handler(Exception, _unforeseen)


def page_not_found(**_values: str) -> Response:
    """Answer for an address that is nobody's."""
    return _error_page(404, NotFound())


def _not_signed_in(error: NotSignedIn) -> Response:
    """Lead a reader to the sign-in page; a form gets an error, so that nobody believes it done."""
    tenant = _tenant()
    if tenant is None or request.method not in {"GET", "HEAD"}:
        return _error_page(401, error)
    response = redirect(address_of(tenant, "sign_in"), 303)
    take_cookie(response, tenant, SESSION)
    return response


def _of_ours(error: RaaderumError) -> Response:
    status = status_of(error)
    if status >= _FAULT_OF_OURS:
        _log(error.__cause__ or error)
    return _error_page(status, error)


def _of_http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 0) < 400:  # noqa: PLR2004 - the first status of errors
        response: Response = error.get_response()
        return response
    return _error_page(error.code or _FAULT_OF_OURS)


def _unforeseen(error: Exception) -> Response:
    """Answer for what nobody foresaw, a database that is away among it."""
    shown = as_house_error(error)
    _log(error)
    return _error_page(status_of(shown), shown)


def _log(error: BaseException) -> None:
    """Log what failed and where in the code; never the error's text, which can hold people's data."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    log.error("request %s: %s at %s", request_id(), type(error).__name__, places)


def _error_page(status: int, error: RaaderumError | None = None) -> Response:
    tenant = _tenant()
    language = chosen_language(tenant)
    is_ours = status >= _FAULT_OF_OURS
    page = render_outside(
        "error.html",
        language,
        tenant,
        kind=status if status in _WORDED else _FAULT_OF_OURS if is_ours else 400,
        message=error.message.in_language(language) if error and not is_ours else "",
        code=error.code if error else f"http_{status}",
        request_id=request_id(),
    )
    return make_response(page, status)


def _tenant() -> Tenant | None:
    """Return the municipality that the address names, also where it leads nowhere."""
    slug = request.path.split("/")[1]
    return next((tenant for tenant in tenants().tenants if tenant.slug == slug), None)
