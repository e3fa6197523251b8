"""Builds the OpenAPI 3.1 document out of the operations, once, and serves it to everybody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response
from flask_smorest import Api  # type: ignore[import-untyped] # the library ships no types
from marshmallow import fields

from raaderum.web.documentation import (
    KEY_PARAMETER,
    KEY_PARAMETER_OBJECT,
    PROBLEM,
    REPLAYED,
    REPLAYED_OBJECT,
    SECURITY_SCHEME,
    SIGN_IN_PROBLEM,
    UNAVAILABLE_PROBLEM,
)
from raaderum.web.fields import OERE_DESCRIPTION, Choice
from raaderum.web.problems import PROBLEM_TYPE
from raaderum.web.schema import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from raaderum.web.operations import Resource

PREFIX: Final = "/api/v1"
DOCUMENT_PATH: Final = f"{PREFIX}/openapi.json"
OWN_ENDPOINTS: Final = "api_"
"""How the names of the API's endpoints begin: the portal may have a room of the same name."""
_TENANT_PARAMETER: Final[dict[str, Any]] = {
    "in": "path",
    "name": "tenant",
    "required": True,
    "description": "The slug of the municipality, such as `halsnaes`. A token is good for one of them only.",
    "schema": {"type": "string", "pattern": "^[a-z][a-z0-9-]{1,39}$"},
}
_DESCRIPTION: Final = f"""\
The acts of personal citizen-directed budgets, for other programs of a municipality.

- **Money**: {OERE_DESCRIPTION} Fields that hold an amount end with `_oere`.
- **Sign-in**: `Authorization: Bearer <token>`; a token belongs to one person in one role of one municipality.
- **Writes** need an `Idempotency-Key`; the same write sent again is answered as the first time.
- **Lists** come in pages: `limit` (at most 100) and `after`, the `next` of the page before.
- **Refusals** are problem documents (RFC 9457) with a stable `code`; texts are Danish, with English beside.
- **CPR numbers** are taken in bodies only, and never given back."""


class FaultAnswer(Answer):
    """One field and what is wrong with it."""

    where = fields.String(metadata={"description": "Such as `items[0].amount_oere`."})
    detail = fields.String(metadata={"description": "In Danish."})
    detail_en = fields.String(metadata={"description": "In English."})


class ProblemAnswer(Answer):
    """Why a request was refused (RFC 9457)."""

    type = fields.String(metadata={"description": "`/problems/<code>`, where the problem is explained."})
    title = fields.String(metadata={"description": "The kind of problem, in Danish."})
    title_en = fields.String(metadata={"description": "The kind of problem, in English."})
    status = fields.Integer(metadata={"description": "The HTTP status."})
    detail = fields.String(metadata={"description": "What happened and what to do, in Danish."})
    detail_en = fields.String(metadata={"description": "What happened and what to do, in English."})
    code = fields.String(metadata={"description": "Stable; programs branch on it."})
    where = fields.String(allow_none=True, metadata={"description": "The field or thing at fault."})
    errors = fields.List(fields.Nested(FaultAnswer), metadata={"description": "Each field at fault."})
    request_id = fields.String(metadata={"description": "Quote it to operations."})


class DocumentedApi(Api):  # type: ignore[misc] # the library ships no types
    """Collects the document; errors are not its business, they would reach the portal's pages too."""

    DEFAULT_ERROR_RESPONSE_NAME = None
    ERROR_SCHEMA = ProblemAnswer

    def _register_error_handlers(self) -> None:
        """Register none."""

    def _register_pagination_header(self) -> None:
        """Register none: pages of ours are told apart by their cursor."""


def mount(app: Flask, resources: Iterable[Resource]) -> None:
    """Serve the operations of every resource below `/api/v1/<tenant>`, and their document."""
    api = DocumentedApi(
        app,
        spec_kwargs={
            "title": "Råderum",
            "version": "1",
            "openapi_version": "3.1.0",
            "info": {"description": _DESCRIPTION, "license": {"name": "MPL-2.0", "identifier": "MPL-2.0"}},
            "servers": [{"url": "/"}],
        },
    )
    api.register_field(Choice, "string", None)
    _register_components(api)
    for resource in resources:
        _mount_one(app, api, resource)
    document = json.dumps(api.spec.to_dict(), ensure_ascii=False).encode()
    app.add_url_rule(
        DOCUMENT_PATH, f"{OWN_ENDPOINTS}document", lambda: Response(document, mimetype="application/json")
    )


def _mount_one(app: Flask, api: DocumentedApi, resource: Resource) -> None:
    name = f"{OWN_ENDPOINTS}{resource.name}"
    app.register_blueprint(resource, url_prefix=f"{PREFIX}/<tenant>", name=name)
    resource.register_views_in_doc(api, app, api.spec, name=name, parameters=[dict(_TENANT_PARAMETER)])
    api.spec.tag({"name": resource.name, "description": resource.description})


def _register_components(api: DocumentedApi) -> None:
    components = api.spec.components
    components.security_scheme(SECURITY_SCHEME, {"type": "http", "scheme": "bearer"})
    components.parameter(KEY_PARAMETER, "header", {"name": "Idempotency-Key", **KEY_PARAMETER_OBJECT})
    components.header(REPLAYED, REPLAYED_OBJECT)
    problem = {"content": {PROBLEM_TYPE: {"schema": ProblemAnswer}}}
    components.response(PROBLEM, {"description": "Refused; nothing was changed.", **problem})
    components.response(
        SIGN_IN_PROBLEM,
        {
            "description": "No valid token of this municipality.",
            "headers": {"WWW-Authenticate": {"schema": {"type": "string"}}},
            **problem,
        },
    )
    components.response(
        UNAVAILABLE_PROBLEM,
        {
            "description": "The database is away or busy; nothing was changed.",
            "headers": {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}},
            **problem,
        },
    )
