"""Sign-in: tokens of browsers and API clients. Each belongs to one tenant, one person, one role."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import update

from raaderum.audit.actor import Actor
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.people.tables import AccessToken
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.people.roles import Role


class Purpose(StrEnum):
    """What a token is for; one of the two cannot be used as the other."""

    BROWSER = "browser"
    API = "api"


_LIFETIME: Final = {Purpose.BROWSER: timedelta(hours=8), Purpose.API: timedelta(days=90)}
_ISSUED: Final = {Purpose.BROWSER: AuditEvent.SIGNED_IN, Purpose.API: AuditEvent.API_TOKEN_ISSUED}


class NotSignedIn(RaaderumError):
    """There is no valid token: missing, expired, revoked, of another tenant or made up."""

    code = "not_signed_in"
    text = Text("Du er ikke logget ind. Log ind igen.", "You are not signed in. Sign in again.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who holds a valid token."""

    token_id: UUID
    actor: Actor


def issue_token(session: Session, *, person_id: UUID, role: Role, purpose: Purpose) -> str:
    """Issue a token and return it as `<id>.<secret>`; it is shown this once."""
    secret = secrets.token_urlsafe(32)
    token = AccessToken(
        id=new_id(),
        purpose=purpose,
        person_id=person_id,
        role=role,
        secret_hash=_hash(secret),
        expires_at=clock.now() + _LIFETIME[purpose],
    )
    session.add(token)
    actor = Actor(person_id, role)
    record(session, _ISSUED[purpose], by=actor, subject_type="access_token", subject_id=token.id)
    return f"{token.id.hex}.{secret}"


def check_token(session: Session, token: str, *, purpose: Purpose) -> SignedIn:
    """Return who holds `token`; raise `NotSignedIn`."""
    row = _find(session, token)
    if row is None or row.purpose != purpose or row.revoked_at or row.expires_at <= clock.now():
        raise NotSignedIn
    return SignedIn(row.id, Actor(row.person_id, row.role))


def revoke_token(session: Session, signed_in: SignedIn) -> None:
    """Let the token end now."""
    row = session.get_one(AccessToken, (current_tenant_id(), signed_in.token_id))
    row.revoked_at = clock.now()
    record(
        session,
        AuditEvent.SIGNED_OUT,
        by=signed_in.actor,
        subject_type="access_token",
        subject_id=row.id,
    )


def revoke_tokens_of(session: Session, person_id: UUID, *, role: Role | None = None) -> None:
    """Let every token of a person end now, or those for one role: open browsers and programs alike."""
    alive = update(AccessToken).where(AccessToken.person_id == person_id, AccessToken.revoked_at.is_(None))
    if role is not None:
        alive = alive.where(AccessToken.role == role)
    session.execute(alive.values(revoked_at=clock.now()))


def _find(session: Session, token: str) -> AccessToken | None:
    """Return the row of `token` if its secret fits; any malformed token fits nothing."""
    written_id, _, secret = token.partition(".")
    try:
        token_id = UUID(hex=written_id)
    except ValueError:
        return None
    row = session.get(AccessToken, (current_tenant_id(), token_id))
    if row is None or not hmac.compare_digest(row.secret_hash, _hash(secret)):
        return None
    return row


def _hash(secret: str) -> bytes:
    """Hash a secret of 256 random bits: no salt or stretching is needed for such."""
    return hashlib.sha256(secret.encode()).digest()
