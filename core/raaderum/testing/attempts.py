"""Payouts brought to where a provider leaves them, without a provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text, update

from raaderum.kernel.identifiers import new_id
from raaderum.payouts.rules import AttemptState, PayoutState, idempotency_key
from raaderum.payouts.service import attempts_of, locked_payout
from raaderum.payouts.settling import TOLD_BY_WORKER, settle_attempt
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.persistence.database import insert
from raaderum.plugin_api import Refused, Text, Unknown

if TYPE_CHECKING:
    from datetime import timedelta
    from uuid import UUID

    from sqlalchemy.orm import Session


def sent_attempt(session: Session, payout_id: UUID) -> str:
    """Have a reserved payout sent, and nothing answered yet; return the attempt's key."""
    payout = locked_payout(session, payout_id)
    number = len(attempts_of(session, payout_id)) + 1
    key = idempotency_key(payout_id, number)
    attempt = PayoutAttempt(
        id=new_id(), payout_id=payout_id, number=number, idempotency_key=key, state=AttemptState.SENDING
    )
    insert(session, attempt)
    payout.state = PayoutState.SENDING
    return key


def unknown_for(session: Session, payout_id: UUID, so_long: timedelta) -> str:
    """Have a payout sent, and nobody know for so long what became of it; return the attempt's key."""
    key = sent_attempt(session, payout_id)
    settle_attempt(session, key, Unknown("time-out"), told_by=TOLD_BY_WORKER)
    session.flush()
    session.execute(
        update(Payout)
        .where(Payout.id == payout_id)
        .values(unknown_since=text("now() - cast(:so_long as interval)"))
        .execution_options(synchronize_session=False),
        {"so_long": f"{so_long.total_seconds()} seconds"},
    )
    session.expire_all()
    return key


def refused_by_provider(session: Session, payout_id: UUID) -> str:
    """Have a payout sent and refused; return the attempt's key."""
    key = sent_attempt(session, payout_id)
    settle_attempt(session, key, Refused("no-such-account", Text("Nej.", "No.")), told_by=TOLD_BY_WORKER)
    return key
