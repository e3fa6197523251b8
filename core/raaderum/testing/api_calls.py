"""Every operation of the API, as its own document describes it, called with the least that it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from raaderum.people.roles import Act
from raaderum.testing.least_body import least_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from werkzeug.test import TestResponse

_DIGEST: Final = {"digest": "0" * 64}
_FILE: Final = b"%PDF-1.4 made up"
_AT_THE_END: Final = re.compile(
    r"/(end|leave|moved|accept|decline|reject|deactivate|roles|support-person|hand-over)"
)
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

    @property
    def body_schema(self) -> Mapping[str, Any] | None:
        """The schema of the JSON that it takes, None where it takes none."""
        content = self.described.get("requestBody", {}).get("content", {})
        schema: Mapping[str, Any] | None = content.get("application/json", {}).get("schema")
        return schema


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
            found, key=lambda one: (one.method != "get", bool(_AT_THE_END.search(one.path)), one.path)
        )

    def send(
        self,
        operation: Operation,
        ids: Mapping[str, str],
        *,
        slug: str,
        token: str,
        body: object = None,
        key: str | None = None,
    ) -> TestResponse:
        """Call an operation on the things in `ids`, with `body` or the least that it takes."""
        path = operation.path.replace("{tenant}", slug)
        for name in operation.names:
            path = path.replace(f"{{{name}}}", ids[name])
        headers = {"Authorization": f"Bearer {token}"}
        if operation.method != "get":
            headers["Idempotency-Key"] = key or str(uuid4())
        return self.app.test_client().open(
            path,
            method=operation.method.upper(),
            headers=headers,
            query_string=self._query(operation, ids),
            **({"json": body} if body is not None else self._content(operation, ids)),
        )

    def least(self, operation: Operation, ids: Mapping[str, str], *, fully: bool = False) -> Any:  # noqa: ANN401 - any JSON
        """Return the least body that an operation takes; `fully` with all that could be left out."""
        known = {name: id_ for name, id_ in ids.items() if name.endswith("_id")}
        schema = operation.body_schema or {}
        given = known | {"programme": ids["programme"]} | _DIGEST
        return least_body(self.document, schema, given, fully=fully)

    def _content(self, operation: Operation, ids: Mapping[str, str]) -> dict[str, Any]:
        content = operation.described.get("requestBody", {}).get("content", {})
        if not content:
            return {}
        kind = next(iter(content))
        if kind == "application/json":
            return {"json": self.least(operation, ids)}
        if kind == "multipart/form-data":
            return {"data": {"file": (BytesIO(_FILE), "fil.pdf")}, "content_type": kind}
        return {"data": _FILE, "content_type": kind}

    def _query(self, operation: Operation, ids: Mapping[str, str]) -> dict[str, Any]:
        return {
            one["name"]: ids.get(one["name"]) or least_body(self.document, one["schema"], ids)
            for one in operation.described.get("parameters", [])
            if one.get("in") == "query" and one.get("required")
        }


def api_of(app: Flask) -> Api:
    """Return the API of an application."""
    return Api(app, app.test_client().get("/api/v1/openapi.json").get_json())
