"""Every operation of the API × every role × own, another's and another municipality's case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from raaderum.people.access import Purpose
from raaderum.people.roles import PERMISSIONS, Act
from raaderum.testing.asking import Asking, Whose
from raaderum.testing.least_body import least_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from werkzeug.test import TestResponse

FINER = {"extension_needs_team_leader", "no_pause_then"}
"""Refusals of an act that the role has: they say why this time it cannot be done."""
DIGEST = {"digest": "0" * 64}
FILE = b"%PDF-1.4 made up"
AT_THE_END = re.compile(r"/(end|leave|moved|accept|decline|reject|deactivate|roles|support-person|hand-over)")
"""What closes a case or moves people about is called after everything else."""


@dataclass(frozen=True)
class Operation:
    """One operation of the document."""

    path: str
    method: str
    described: Mapping[str, Any]

    @property
    def names(self) -> set[str]:
        """What its path names."""
        return set(re.findall(r"\{(\w+)\}", self.path)) - {"tenant"}

    @property
    def act(self) -> Act:
        """The act it asks for."""
        return Act(self.described["x-raaderum-act"])


@dataclass(frozen=True)
class Api:
    """The API as its own document describes it."""

    app: Flask
    document: Mapping[str, Any]

    @property
    def operations(self) -> list[Operation]:
        """All operations: reading first, what ends things last."""
        found = [
            Operation(path, method, described)
            for path, methods in self.document["paths"].items()
            for method, described in methods.items()
            if method in {"get", "post", "put", "patch", "delete"}
        ]
        return sorted(
            found, key=lambda one: (one.method != "get", bool(AT_THE_END.search(one.path)), one.path)
        )

    def send(self, operation: Operation, ids: Mapping[str, str], *, slug: str, token: str) -> TestResponse:
        """Call an operation with the least that it takes, on the things in `ids`."""
        path = operation.path.replace("{tenant}", slug)
        for name in operation.names:
            path = path.replace(f"{{{name}}}", ids[name])
        headers = {"Authorization": f"Bearer {token}"}
        if operation.method != "get":
            headers["Idempotency-Key"] = str(uuid4())
        return self.app.test_client().open(
            path,
            method=operation.method.upper(),
            headers=headers,
            query_string=self._query(operation, ids),
            **self._content(operation, ids),
        )

    def _content(self, operation: Operation, ids: Mapping[str, str]) -> dict[str, Any]:
        content = operation.described.get("requestBody", {}).get("content", {})
        if not content:
            return {}
        kind, shape = next(iter(content.items()))
        if kind == "application/json":
            known = {name: id_ for name, id_ in ids.items() if name.endswith("_id")}
            body = least_body(
                self.document, shape["schema"], known | {"programme": ids["programme"]} | DIGEST
            )
            return {"json": body}
        if kind == "multipart/form-data":
            return {"data": {"file": (BytesIO(FILE), "fil.pdf")}, "content_type": kind}
        return {"data": FILE, "content_type": kind}

    def _query(self, operation: Operation, ids: Mapping[str, str]) -> dict[str, Any]:
        return {
            one["name"]: ids.get(one["name"]) or least_body(self.document, one["schema"], ids)
            for one in operation.described.get("parameters", [])
            if one.get("in") == "query" and one.get("required")
        }


@pytest.fixture
def api(app: Flask) -> Api:
    return Api(app, app.test_client().get("/api/v1/openapi.json").get_json())


def test_an_operation_answers_those_whom_the_table_lets_in_and_nobody_else(api: Api, asking: Asking) -> None:
    token, wrong = asking.token(Purpose.API), []
    for operation in api.operations:
        for whose in (Whose.OTHER_TENANTS, Whose.OTHERS, Whose.OWN):
            ids = asking.cases[whose].ids
            response = api.send(operation, ids, slug=asking.municipality.tenant.slug, token=token)
            if not is_right(response, asking, operation, whose):
                wrong.append((operation.method, operation.path, whose.value, response.get_data()[:300]))
    assert wrong == []


def test_no_operation_takes_a_token_at_another_municipality(api: Api, asking: Asking) -> None:
    token, ids = asking.token(Purpose.API), asking.cases[Whose.OTHER_TENANTS].ids
    slug = asking.elsewhere.tenant.slug
    answers = {one.path: api.send(one, ids, slug=slug, token=token).status_code for one in api.operations}
    assert {path: status for path, status in answers.items() if status != 401} == {}


def test_a_list_shows_nothing_of_the_cases_that_the_role_does_not_reach(api: Api, asking: Asking) -> None:
    """The audit log is left out: it holds ids of the whole municipality, and no word of a case."""
    token, slug = asking.token(Purpose.API), asking.municipality.tenant.slug
    beyond = [whose for whose in Whose if not asking.reaches(whose, {"enrolment_id"})]
    hidden = [asking.cases[whose].ids[name] for whose in beyond for name in ("enrolment_id", "citizen_id")]
    lists = [
        one
        for one in api.operations
        if one.method == "get" and not one.names and one.act is not Act.SEE_AUDIT
    ]
    texts = {
        one.path: api.send(one, asking.cases[Whose.OWN].ids, slug=slug, token=token).get_data()
        for one in lists
    }
    assert len(texts) > 5
    assert [path for path, text in texts.items() if any(id_.encode() in text for id_ in hidden)] == []


def is_right(response: TestResponse, asking: Asking, operation: Operation, whose: Whose) -> bool:
    """Say whether an answer is the one that the tables of permissions and reach ask for."""
    status = response.status_code
    code = (response.get_json() or {}).get("code", "") if status >= 400 else ""
    if asking.role not in PERMISSIONS[operation.act]:
        return (status, code) == (403, "role_may_not")
    if not asking.reaches(whose, operation.names):
        return (status, code) == (404, "not_found")
    if not operation.names and whose is not Whose.OWN and status == 404:
        return True  # its body names something of the other's
    return code in FINER or (status not in {401, 403, 404, 405} and status < 500)
