"""The OpenAPI document says what is served, and all of it."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from marshmallow import RAISE, Schema
from openapi_spec_validator import OpenAPIV31SpecValidator

from raaderum.web.fields import OERE_DESCRIPTION
from raaderum.web.schema import Answer, ApiSchema, Body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

WRITES = {"post", "put", "patch", "delete"}


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    response = app.test_client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    served: dict[str, Any] = response.get_json()
    return served


def operations_of(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in document["paths"].values():
        for method, operation in path.items():
            if method != "parameters":
                yield method, operation


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_route_is_documented_and_nothing_else(app: Flask, document: dict[str, Any]) -> None:
    routes = {
        (re.sub(r"<(?:uuid:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and not rule.rule.endswith("openapi.json")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    documented = {
        (path, method)
        for path, methods in document["paths"].items()
        for method in methods.keys() - {"parameters"}
    }
    assert documented == routes


def test_every_operation_says_what_it_does_who_may_and_how_it_refuses(document: dict[str, Any]) -> None:
    names = []
    for method, operation in operations_of(document):
        names.append(operation["operationId"])
        assert operation["summary"]
        assert len(operation["description"]) > 20, operation["operationId"]
        assert "Roles: " in operation["description"]
        assert operation["security"] == [{"bearer": []}]
        refusals = {"401", "403", "404", "422", "500", "503"} | (
            {"400", "409", "413", "415"} if method in WRITES else set()
        )
        assert refusals <= operation["responses"].keys(), operation["operationId"]
        assert all("Problem" in operation["responses"][status]["$ref"] for status in refusals)
    assert len(names) == len(set(names)) > 30
    for response in document["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]


def test_every_write_asks_for_an_idempotency_key_and_no_read_does(document: dict[str, Any]) -> None:
    key = {"$ref": "#/components/parameters/IdempotencyKey"}
    for method, operation in operations_of(document):
        assert (key in operation.get("parameters", [])) == (method in WRITES), operation["operationId"]
    assert document["components"]["parameters"]["IdempotencyKey"]["required"] is True


def test_every_amount_is_whole_oere_and_documented_as_danish_kroner(document: dict[str, Any]) -> None:
    amounts = [
        field
        for schema in document["components"]["schemas"].values()
        for name, field in schema["properties"].items()
        if name.endswith("_oere")
    ]
    assert len(amounts) > 20
    for amount in amounts:
        assert amount["description"] == OERE_DESCRIPTION
        assert amount["type"] in ("integer", ["integer", "null"])


def test_no_answer_has_a_field_for_a_cpr_number(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    having = [name for name, schema in schemas.items() if "cpr" in str(list(schema["properties"])).lower()]
    assert having == ["CitizenBody", "LookUpBody"]


def schemas_of_the_api() -> list[type[Schema]]:
    modules = [module for name, module in sys.modules.items() if name.startswith("raaderum.web")]
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Schema) and value is not Schema
    }
    return sorted(found - {ApiSchema, Body, Answer}, key=lambda schema: schema.__name__)


def test_every_schema_refuses_fields_that_it_does_not_know() -> None:
    schemas = schemas_of_the_api()
    assert len(schemas) > 40
    for schema in schemas:
        assert issubclass(schema, Body | Answer), schema.__name__
        assert schema().unknown == RAISE, schema.__name__


def test_every_object_of_the_document_is_closed(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("additionalProperties") is False, name
