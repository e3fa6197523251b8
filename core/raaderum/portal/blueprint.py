"""Mounts the portal on the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, request
from werkzeug.routing import PathConverter

from raaderum.portal.demo_sign_in import sign_in_as
from raaderum.portal.error_pages import handle_errors, page_not_found
from raaderum.portal.languages import remember_language
from raaderum.portal.municipalities import show_municipalities
from raaderum.portal.routes import DEEDS, PAGES
from raaderum.portal.security_headers import add_security_headers
from raaderum.portal.serving import serve_deed, serve_page
from raaderum.portal.sign_in import sign_in, sign_in_by_made_up_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Response
    from flask.typing import ResponseReturnValue

    from raaderum.portal.serving import Deed, Page

OPEN_TO_EVERYONE: Final = frozenset(
    {"static", "show_municipalities", "sign_in", "sign_in_as", "page_not_found"}
)
"""What is served without sign-in; everything else stands in `routes` with the act it asks for."""
_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
_A_YEAR: Final = 365 * 24 * 3600


class OutsideTheApi(PathConverter):
    """Any path but the API's, whose errors are not for people."""

    regex = r"(?!api/|api$)[^/].*?"


def register_portal(app: Flask, *, demo: bool) -> None:
    """Mount the portal under `/<tenant>/`, in the demo with a sign-in page of made-up people."""
    app.url_map.converters["outside_the_api"] = OutsideTheApi
    portal = Blueprint("portal", __name__, static_folder="static", static_url_path="/portal-files")
    portal.add_url_rule("/", "show_municipalities", show_municipalities)
    if demo:
        portal.add_url_rule("/<tenant>/log-ind", "sign_in", sign_in_by_made_up_people)
        portal.add_url_rule("/<tenant>/log-ind", "sign_in_as", sign_in_as, methods=["POST"])
    else:
        portal.add_url_rule("/<tenant>/log-ind", "sign_in", sign_in)
    for page in PAGES:
        portal.add_url_rule(f"/<tenant>{page.path}", page.name, _view_of_page(page))
    for deed in DEEDS:
        portal.add_url_rule(f"/<tenant>{deed.path}", deed.name, _view_of_deed(deed), methods=["POST"])
    portal.add_url_rule("/<outside_the_api:path>", "page_not_found", page_not_found, methods=_METHODS)
    handle_errors(portal)
    portal.after_request(_finish)
    app.register_blueprint(portal)


def _view_of_page(page: Page) -> Callable[..., ResponseReturnValue]:
    def view(tenant: str, **values: Any) -> ResponseReturnValue:  # noqa: ANN401 - the path's own types
        return serve_page(page, tenant, values)

    return view


def _view_of_deed(deed: Deed) -> Callable[..., ResponseReturnValue]:
    def view(tenant: str, **values: Any) -> ResponseReturnValue:  # noqa: ANN401 - the path's own types
        return serve_deed(deed, tenant, values)

    return view


def _finish(response: Response) -> Response:
    add_security_headers(response)
    remember_language(response)
    if request.endpoint == "portal.static":
        response.headers["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    return response
