"""In which language a page is: asked for in the address, remembered in a cookie, else the tenant's first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import request

from raaderum.tenancy.tenant_file import LANGUAGES

if TYPE_CHECKING:
    from flask import Response

    from raaderum.tenancy.tenant_file import Tenant

PARAMETER: Final = "lang"
COOKIE: Final = "raaderum_language"
_A_YEAR: Final = 365 * 24 * 3600


def chosen_language(tenant: Tenant | None = None) -> str:
    """Return the language of this request's page: one of those the municipality has."""
    offered = LANGUAGES if tenant is None else tenant.languages
    wanted = (request.args.get(PARAMETER), request.cookies.get(COOKIE))
    return next((language for language in wanted if language in offered), offered[0])


def remember_language(response: Response) -> None:
    """Keep a language that the address asked for, for the pages to come."""
    asked = request.args.get(PARAMETER)
    if asked in LANGUAGES:
        response.set_cookie(
            COOKIE, asked, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
        )


def address_without_language() -> str:
    """Return the address of this page as the person sees it, less the wish for a language."""
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    return f"{request.path}?{urlencode(rest)}" if rest else request.path


def in_other_language(address: str, language: str) -> str:
    """Return the address of the same page in `language`."""
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={language}"
