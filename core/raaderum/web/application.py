"""Mounts the JSON API on the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import MethodNotAllowed

from raaderum.web.errors import MethodNotOffered, PathUnknown
from raaderum.web.health import register_health
from raaderum.web.openapi import OWN_ENDPOINTS, mount
from raaderum.web.problems import problem_of
from raaderum.web.request_ids import begin_request, request_id
from raaderum.web.resources import RESOURCES
from raaderum.web.webhooks import register_webhooks

if TYPE_CHECKING:
    from flask import Flask, Response

LARGEST_REQUEST: Final = 11_000_000
"""Bytes: the largest file of the inbox and what surrounds it on its way."""
_API: Final = "/api/"
_HEALTH: Final = ("/healthz", "/readyz")


def register_api(app: Flask) -> None:
    """Mount version 1 of the API under `/api/v1`, and the health checks."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    _write_json_as_it_comes(app)
    app.before_request(_begin)
    app.after_request(_finish)
    register_health(app)
    register_webhooks(app)
    mount(app, RESOURCES)


def _write_json_as_it_comes(app: Flask) -> None:
    """Keep the order of the schemas' fields, and write Danish letters as they are."""
    assert isinstance(app.json, DefaultJSONProvider)  # noqa: S101 - Flask's own, until somebody swaps it
    app.json.sort_keys = False
    app.json.ensure_ascii = False


def _begin() -> Response | None:
    """Give the request its id, and answer below `/api/` what no route answers.

    It is done here and not by an error handler of the application: those belong to the portal.
    """
    begin_request()
    if not request.path.startswith(_API) or (request.endpoint or "").startswith(OWN_ENDPOINTS):
        return None
    error = request.routing_exception
    if not isinstance(error, MethodNotAllowed):
        return problem_of(PathUnknown())
    refusal = problem_of(MethodNotOffered(method=request.method))
    refusal.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return refusal


def _finish(response: Response) -> Response:
    if request.path.startswith(_API) or request.path in _HEALTH:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Request-Id"] = request_id()
    return response
