"""Settling: what became of an attempt, whoever tells it. Telling it twice changes nothing.

A worker, a provider's call, a status file, a bank statement and people all settle here, so that
money moves in one way only. What contradicts how an attempt ended moves nothing: it is kept, and
people are asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import post
from raaderum.payouts.contradictions import keep_if_contradicting
from raaderum.payouts.decision_rules import DecisionState
from raaderum.payouts.evidence import freeze_evidence
from raaderum.payouts.reserved import reserved_of
from raaderum.payouts.rules import APPROVAL_VOID, OPEN_ATTEMPTS, AttemptState, PayoutState
from raaderum.payouts.service import clearing_account, committed_account, record_payout
from raaderum.payouts.tables import Payout, PayoutAttempt, PayoutDecision
from raaderum.plugin_api import Accepted, Completed, Outcome, Refused, Unknown

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TOLD_BY_WORKER: Final = "worker"
TOLD_BY_CALLBACK: Final = "callback"
TOLD_BY_FILE: Final = "status_file"
TOLD_BY_BANK: Final = "bank_statement"
TOLD_BY_PEOPLE: Final = "people"


def settle_attempt(
    session: Session, idempotency_key: str, outcome: Outcome, *, told_by: str, provider: str | None = None
) -> bool:
    """Settle the open attempt with this key; False where no attempt has it, or not one of `provider`.

    A finished attempt is left alone. What is told against how it ended is kept for people to look
    at (`PayoutContradiction`).
    """
    found = session.execute(
        select(Payout, PayoutAttempt)
        .join(PayoutAttempt, PayoutAttempt.payout_id == Payout.id)
        .where(PayoutAttempt.idempotency_key == idempotency_key)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        return False
    payout, attempt = found
    if provider is not None and payout.provider != provider:
        return False
    if attempt.state in OPEN_ATTEMPTS:
        settle_open(session, payout, attempt, outcome, told_by=told_by)
    else:
        keep_if_contradicting(session, payout, attempt, outcome, told_by=told_by)
    return True


def settle_open(
    session: Session, payout: Payout, attempt: PayoutAttempt, outcome: Outcome, *, told_by: str
) -> None:
    """Write down what became of an open attempt; both rows are locked."""
    if payout.state == PayoutState.UNKNOWN and not isinstance(outcome, Unknown):
        _overtake_proposal(session, payout)
    match outcome:
        case Completed(reference=reference):
            attempt.told_by = told_by
            _paid(session, payout, attempt, reference)
        case Refused(code=code):
            attempt.told_by = told_by
            _failed(session, payout, attempt, code)
        case Accepted(reference=reference):
            attempt.state, attempt.provider_reference = AttemptState.ACCEPTED, reference
            payout.state, payout.unknown_since = PayoutState.SENDING, None
        case Unknown(reason=reason):
            _unknown(session, payout, attempt, reason)


def _paid(session: Session, payout: Payout, attempt: PayoutAttempt, reference: str) -> None:
    attempt.state, attempt.finished_at = AttemptState.COMPLETED, clock.now()
    attempt.provider_reference = payout.provider_reference = reference
    payout.state, payout.paid_at, payout.unknown_since = PayoutState.PAID, clock.now(), None
    post(
        session,
        TransactionKind.SETTLE,
        Move(
            Oere(payout.amount),
            clearing_account(payout.provider),
            Account(AccountKind.SPENT, payout.enrolment_id),
        ),
        key=f"settle:{payout.id}:{attempt.number}",
        subject_id=payout.id,
    )
    evidence = freeze_evidence(session, payout)
    record_payout(
        session,
        AuditEvent.PAYOUT_PAID,
        payout,
        SYSTEM,
        reference=reference,
        told_by=attempt.told_by,
        evidence=evidence.content_hash,
    )


def _failed(session: Session, payout: Payout, attempt: PayoutAttempt, code: str) -> None:
    attempt.state, attempt.finished_at, attempt.explanation = AttemptState.REFUSED, clock.now(), code
    is_void = code == APPROVAL_VOID
    payout.state = PayoutState.APPROVAL_VOID if is_void else PayoutState.FAILED
    payout.unknown_since = None
    post(
        session,
        TransactionKind.RESTORE,
        reserved_of(session, payout.id).back if is_void else _back(payout),
        key=f"restore:{payout.id}:{attempt.number}",
        subject_id=payout.id,
    )
    event = AuditEvent.PAYOUT_APPROVAL_VOID if is_void else AuditEvent.PAYOUT_FAILED
    record_payout(session, event, payout, SYSTEM, reason=code, told_by=attempt.told_by)


def _overtake_proposal(session: Session, payout: Payout) -> None:
    """Close what somebody proposed about a payout whose outcome has been told now."""
    session.execute(
        update(PayoutDecision)
        .where(PayoutDecision.payout_id == payout.id, PayoutDecision.state == DecisionState.PROPOSED)
        .values(state=DecisionState.OVERTAKEN, decided_at=clock.now())
    )


def _back(payout: Payout) -> Move:
    return Move(Oere(payout.amount), clearing_account(payout.provider), committed_account(payout))


def _unknown(session: Session, payout: Payout, attempt: PayoutAttempt, reason: str) -> None:
    attempt.explanation = reason
    if attempt.state != AttemptState.UNKNOWN:
        attempt.state, payout.state = AttemptState.UNKNOWN, PayoutState.UNKNOWN
        # By the database's clock, which decides when people are asked.
        payout.unknown_since = session.execute(select(func.now())).scalar_one()
        record_payout(session, AuditEvent.PAYOUT_UNKNOWN, payout, SYSTEM, reason=reason)
