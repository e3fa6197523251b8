"""The portal's cookies: each belongs to one municipality's pages, and no script can read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from raaderum.tenancy.tenant_file import Tenant

SESSION: Final = "raaderum_session"
"""The token of a signed-in browser."""
VISITOR: Final = "raaderum_visitor"
"""A random text that ties the sign-in form to a browser, before there is any session."""
DONE: Final = "raaderum_done"
"""What was done right before, to be said on the next page and forgotten."""


def cookie(name: str) -> str:
    """Return what the browser sent; '' where it has no such cookie."""
    return request.cookies.get(name, "")


def give_cookie(
    response: Response, tenant: Tenant, name: str, value: str, *, seconds: int | None = None
) -> None:
    """Give the browser a cookie for the pages of `tenant`; without `seconds`, until it is closed."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=_pages_of(tenant),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def take_cookie(response: Response, tenant: Tenant, name: str) -> None:
    """Have the browser forget a cookie."""
    response.delete_cookie(name, path=_pages_of(tenant), secure=request.is_secure, httponly=True)


def _pages_of(tenant: Tenant) -> str:
    return f"/{tenant.slug}/"
