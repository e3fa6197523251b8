"""Who calls: a bearer token of the tenant in the path, and what its role may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.people.access import NotSignedIn, Purpose, check_token
from raaderum.people.roles import Act, require

if TYPE_CHECKING:
    from flask import Request
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_SCHEME: Final = "bearer"


def bearer_token(request: Request) -> str:
    """Return the token of the header `Authorization: Bearer <token>`; raise `NotSignedIn`."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != _SCHEME or not token.strip():
        raise NotSignedIn
    return token.strip()


def admit(session: Session, token: str, act: Act) -> Actor:
    """Return who holds `token` in the current tenant; raise `NotSignedIn`, or `RoleMayNot` do `act`."""
    actor = check_token(session, token, purpose=Purpose.API).actor
    require(actor, act)
    return actor
