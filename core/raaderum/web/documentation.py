"""What the OpenAPI document says of every operation beyond its schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from raaderum.people.roles import PERMISSIONS, ROLE_NAMES
from raaderum.web.idempotency import REPLAYED_HEADER

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.people.roles import Act
    from raaderum.web.fields import Anything

    View = Callable[..., Any]

SECURITY_SCHEME: Final = "bearer"
PROBLEM: Final = "Problem"
SIGN_IN_PROBLEM: Final = "SignInProblem"
UNAVAILABLE_PROBLEM: Final = "UnavailableProblem"
REPLAYED: Final = "IdempotencyReplayed"
KEY_PARAMETER: Final = "IdempotencyKey"
_READING_PROBLEMS: Final = (403, 404, 422, 500)
_WRITING_PROBLEMS: Final = (400, 403, 404, 409, 413, 415, 422, 500)

KEY_PARAMETER_OBJECT: Final[dict[str, Any]] = {
    "description": "Chosen by the caller, new for each act. The same key with the same content is answered "
    "as the first time and done once; with another content it is refused. Kept for 48 hours.",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[\x21-\x7e]+$"},
}
REPLAYED_OBJECT: Final[dict[str, Any]] = {
    "description": "`true` where this is the stored answer of an earlier request with the same key.",
    "schema": {"type": "string", "enum": ["true"]},
}


def describe(
    resource: Anything,
    view: View,
    act: Act,
    *,
    writes: bool = False,
    content: dict[str, Any] | None = None,
    file: dict[str, Any] | None = None,
) -> View:
    """Return `view` with the documentation of its roles, problems, key and security."""
    summary, _, description = (view.__doc__ or "").strip().partition("\n")
    codes = _WRITING_PROBLEMS if writes else _READING_PROBLEMS
    responses: dict[int, Any] = dict.fromkeys(codes, PROBLEM)
    responses |= {401: SIGN_IN_PROBLEM, 503: UNAVAILABLE_PROBLEM}
    if file is not None:
        responses[200] = file
    document: dict[str, Any] = {
        "operationId": view.__name__,
        "summary": summary.rstrip("."),
        "description": f"{_joined(description)} Roles: {_roles(act)}.".strip(),
        "security": [{SECURITY_SCHEME: []}],
        "responses": responses,
        "x-raaderum-act": act.value,
    }
    if writes:
        document["parameters"] = [KEY_PARAMETER]
        for code in view._apidoc["success_status_codes"]:  # type: ignore[attr-defined] # noqa: SLF001 - where flask-smorest keeps it
            responses[code] = {"headers": {REPLAYED_HEADER: REPLAYED}}
    if content is not None:
        document["requestBody"] = {"required": True, "content": content}
    described: View = resource.doc(**document)(view)
    return described


def _roles(act: Act) -> str:
    return ", ".join(ROLE_NAMES[role].english for role in ROLE_NAMES if role in PERMISSIONS[act])


def _joined(description: str) -> str:
    return " ".join(description.split())
