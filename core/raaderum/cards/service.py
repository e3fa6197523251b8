"""Locking and unlocking the card side of a case, and finding it under lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.cards.tables import CardAccount
from raaderum.kernel import clock

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


def lock_card(session: Session, enrolment_id: UUID, because: str, by: Actor) -> bool:
    """Let the citizen's card buy nothing until it is unlocked; say whether that changed anything.

    `because` is a short code. What is held or drawn already goes on; money stays on the card.
    """
    account = locked_account(session, enrolment_id)
    if account is None or account.locked_because is not None:
        return False
    account.locked_because, account.locked_at = because, clock.now()
    _record(session, AuditEvent.CARD_LOCKED, enrolment_id, by, reason=because)
    return True


def unlock_card(session: Session, enrolment_id: UUID, by: Actor) -> bool:
    """Let the citizen's card buy again, at once; say whether that changed anything."""
    account = locked_account(session, enrolment_id)
    if account is None or account.locked_because is None:
        return False
    account.locked_because = account.locked_at = None
    _record(session, AuditEvent.CARD_UNLOCKED, enrolment_id, by)
    return True


def locked_account(session: Session, enrolment_id: UUID) -> CardAccount | None:
    """Return the card side of an enrolment, locked: all that moves the card's money stands in line here."""
    lock = (
        select(CardAccount)
        .where(CardAccount.id == enrolment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalar(lock)


def _record(
    session: Session, event: AuditEvent, enrolment_id: UUID, by: Actor, **detail: str | int | None
) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="card_account",
        subject_id=enrolment_id,
        enrolment_id=enrolment_id,
        **detail,
    )
