"""What is told against how an attempt ended: kept, raised to people, never acted on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import SYSTEM, person_of
from raaderum.audit.events import AuditEvent
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.payouts.claim_rules import ContradictionOutcome
from raaderum.payouts.decision_rules import ContradictionSettled, DecisionWaiting, check_because
from raaderum.payouts.rules import AttemptState
from raaderum.payouts.service import record_payout
from raaderum.payouts.tables import Payout, PayoutAttempt, PayoutContradiction
from raaderum.people.roles import Act, require
from raaderum.persistence.sealed_fields import seal_field
from raaderum.plugin_api import Completed, Outcome, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


def keep_if_contradicting(
    session: Session, payout: Payout, attempt: PayoutAttempt, outcome: Outcome, *, told_by: str
) -> None:
    """Keep what is told of a finished attempt if it ended otherwise; the payout is locked."""
    match outcome:
        case Completed(reference=words) if attempt.state == AttemptState.REFUSED:
            _keep(session, payout, attempt, AttemptState.COMPLETED, words, told_by)
        case Refused(code=words) if attempt.state == AttemptState.COMPLETED:
            _keep(session, payout, attempt, AttemptState.REFUSED, words, told_by)


def contradictions_waiting(
    session: Session,
) -> Sequence[tuple[PayoutContradiction, Payout, PayoutAttempt]]:
    """Return what was told against how it ended and nobody has settled, the oldest first."""
    waiting = (
        select(PayoutContradiction, Payout, PayoutAttempt)
        .join(Payout, Payout.id == PayoutContradiction.payout_id)
        .join(PayoutAttempt, PayoutAttempt.id == PayoutContradiction.attempt_id)
        .where(PayoutContradiction.settled_at.is_(None))
        .order_by(PayoutContradiction.id)
    )
    return [(one, payout, attempt) for one, payout, attempt in session.execute(waiting)]


def check_waiting(session: Session, contradiction_id: UUID, *, by: Actor) -> PayoutContradiction:
    """Return what nobody has settled yet, locked; raise `NotFound` or `ContradictionSettled`."""
    require(by, Act.DECIDE_UNKNOWN_PAYOUT)
    row = session.scalar(
        select(PayoutContradiction).where(PayoutContradiction.id == contradiction_id).with_for_update()
    )
    if row is None:
        raise NotFound(where="contradiction")
    if row.settled_at is not None:
        raise ContradictionSettled(where="contradiction")
    return row


def settle_contradiction(
    session: Session, contradiction_id: UUID, *, because: str, by: Actor
) -> PayoutContradiction:
    """Say what was found out; money that must move is moved by the acts for that, never by this one.

    Raises `DecisionWaiting` where somebody has proposed to book the payment as made.
    """
    row = check_waiting(session, contradiction_id, by=by)
    if row.proposed_by is not None:
        raise DecisionWaiting(where="contradiction")
    row.outcome = ContradictionOutcome.NOTED
    seal_field(session, row, "because", check_because(because))
    row.settled_by, row.settled_at = person_of(by), clock.now()
    payout = session.scalars(select(Payout).where(Payout.id == row.payout_id)).one()
    record_payout(session, AuditEvent.PAYOUT_CONTRADICTION_SETTLED, payout, by, told=row.told)
    return row


def _keep(
    session: Session, payout: Payout, attempt: PayoutAttempt, told: AttemptState, words: str, told_by: str
) -> None:
    """Keep it once, however often it is told."""
    known = select(PayoutContradiction.id).where(
        PayoutContradiction.attempt_id == attempt.id, PayoutContradiction.told == told
    )
    if session.scalar(known) is not None:
        return
    session.add(
        PayoutContradiction(
            id=new_id(),
            payout_id=payout.id,
            attempt_id=attempt.id,
            told=told,
            told_by=told_by,
            told_words=words,
        )
    )
    record_payout(session, AuditEvent.PAYOUT_CONTRADICTED, payout, SYSTEM, told=told, told_by=told_by)
