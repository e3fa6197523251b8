"""Settling: what became of an attempt, whoever tells it. Telling it twice changes nothing.

A worker, a provider's call, a status file, a bank statement and people all settle here, so that
money moves in one way only. What contradicts how an attempt ended moves nothing: it is kept, and
people are asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import Posting, post_all
from raaderum.payouts.contradictions import keep_if_contradicting
from raaderum.payouts.decision_rules import DecisionState
from raaderum.payouts.evidence import freeze_evidence
from raaderum.payouts.reserved import reserved_of
from raaderum.payouts.rules import APPROVAL_VOID, OPEN_ATTEMPTS, AttemptState, PayoutState
from raaderum.payouts.service import clearing_account, committed_account, record_payout
from raaderum.payouts.tables import Payout, PayoutAttempt, PayoutDecision
from raaderum.persistence.many_rows import among, update_all
from raaderum.plugin_api import Accepted, Completed, Outcome, Refused, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

TOLD_BY_WORKER: Final = "worker"
TOLD_BY_CALLBACK: Final = "callback"
TOLD_BY_FILE: Final = "status_file"
TOLD_BY_BANK: Final = "bank_statement"
TOLD_BY_PEOPLE: Final = "people"
_OF_PAYOUTS: Final = ("state", "provider_reference", "paid_at", "unknown_since")
_OF_ATTEMPTS: Final = ("state", "finished_at", "provider_reference", "explanation", "told_by")
"""What settling may change."""


@dataclass(frozen=True, slots=True)
class ToldOf:
    """What is told of one attempt; its rows are locked."""

    payout: Payout
    attempt: PayoutAttempt
    outcome: Outcome


def settle_attempt(
    session: Session, idempotency_key: str, outcome: Outcome, *, told_by: str, provider: str | None = None
) -> bool:
    """Settle the open attempt with this key; False where no attempt has it, or not one of `provider`.

    A finished attempt is left alone. What is told against how it ended is kept for people to look
    at (`PayoutContradiction`).
    """
    return settle_attempts(session, {idempotency_key: outcome}, told_by=told_by, provider=provider) == 1


def settle_attempts(
    session: Session, outcomes: Mapping[str, Outcome], *, told_by: str, provider: str | None = None
) -> int:
    """Settle many attempts by their keys, each as `settle_attempt` does it; return how many were found.

    A batch takes a few statements, not a few for each of it. Payouts are locked in the order of their
    ids, so that of two who settle the same ones none waits for the other in a circle.
    """
    if not outcomes:
        return 0
    wanted = (
        select(Payout, PayoutAttempt)
        .join(PayoutAttempt, PayoutAttempt.payout_id == Payout.id)
        .where(among(PayoutAttempt.idempotency_key, outcomes.keys()))
        .order_by(Payout.id, PayoutAttempt.number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if provider is not None:
        wanted = wanted.where(Payout.provider == provider)
    found = [ToldOf(*row, outcomes[row[1].idempotency_key]) for row in session.execute(wanted)]
    still_open = [one for one in found if one.attempt.state in OPEN_ATTEMPTS]
    finished = [one for one in found if one.attempt.state not in OPEN_ATTEMPTS]
    settle_all_open(session, still_open, told_by=told_by)
    for one in finished:
        keep_if_contradicting(session, one.payout, one.attempt, one.outcome, told_by=told_by)
    return len(found)


def settle_all_open(session: Session, told: Sequence[ToldOf], *, told_by: str) -> None:
    """Write down what became of open attempts: their rows, the money, and what it was paid for."""
    _overtake_proposals(session, told)
    postings = [
        (one.payout.enrolment_id, posting)
        for one in told
        if (posting := _settled(session, one, told_by)) is not None
    ]
    _doubt(session, [(one, why.reason) for one in told if isinstance(why := one.outcome, Unknown)])
    update_all(session, [one.attempt for one in told], _OF_ATTEMPTS)
    update_all(session, [one.payout for one in told], _OF_PAYOUTS)
    # Of two who settle payments of the same citizens, both take the accounts in one order.
    postings.sort(key=lambda one: (one[0], one[1].kind))
    post_all(session, [posting for _, posting in postings])
    evidence = freeze_evidence(session, [one.payout for one in told if isinstance(one.outcome, Completed)])
    for one in told:
        _record(session, one, evidence.get(one.payout.id))


def _settled(session: Session, one: ToldOf, told_by: str) -> Posting | None:
    """Change the rows by what is told; return how the money moves, None where it stays."""
    payout, attempt = one.payout, one.attempt
    match one.outcome:
        case Completed(reference=reference):
            attempt.told_by = told_by
            return _paid(payout, attempt, reference)
        case Refused(code=code):
            attempt.told_by = told_by
            return _failed(session, payout, attempt, code)
        case Accepted(reference=reference):
            attempt.state, attempt.provider_reference = AttemptState.ACCEPTED, reference
            payout.state, payout.unknown_since = PayoutState.SENDING, None
    return None


def _paid(payout: Payout, attempt: PayoutAttempt, reference: str) -> Posting:
    attempt.state, attempt.finished_at = AttemptState.COMPLETED, clock.now()
    attempt.provider_reference = payout.provider_reference = reference
    payout.state, payout.paid_at, payout.unknown_since = PayoutState.PAID, clock.now(), None
    spent = Account(AccountKind.SPENT, payout.enrolment_id)
    move = Move(Oere(payout.amount), clearing_account(payout.provider), spent)
    return Posting(TransactionKind.SETTLE, [move], f"settle:{payout.id}:{attempt.number}", payout.id)


def _failed(session: Session, payout: Payout, attempt: PayoutAttempt, code: str) -> Posting:
    attempt.state, attempt.finished_at, attempt.explanation = AttemptState.REFUSED, clock.now(), code
    is_void = code == APPROVAL_VOID
    payout.state = PayoutState.APPROVAL_VOID if is_void else PayoutState.FAILED
    payout.unknown_since = None
    move = reserved_of(session, payout.id).back if is_void else _back(payout)
    return Posting(TransactionKind.RESTORE, [move], f"restore:{payout.id}:{attempt.number}", payout.id)


def _back(payout: Payout) -> Move:
    return Move(Oere(payout.amount), clearing_account(payout.provider), committed_account(payout))


def _doubt(session: Session, told: Sequence[tuple[ToldOf, str]]) -> None:
    """Write down that nobody knows, and since when."""
    if not told:
        return
    # By the database's clock, which decides when people are asked.
    now = session.execute(select(func.now())).scalar_one()
    for one, reason in told:
        one.attempt.explanation = reason
        if one.attempt.state != AttemptState.UNKNOWN:
            one.attempt.state, one.payout.state = AttemptState.UNKNOWN, PayoutState.UNKNOWN
            one.payout.unknown_since = now
            record_payout(session, AuditEvent.PAYOUT_UNKNOWN, one.payout, SYSTEM, reason=reason)


def _record(session: Session, one: ToldOf, evidence: str | None) -> None:
    payout, told_by = one.payout, one.attempt.told_by
    match one.outcome:
        case Completed(reference=reference):
            paid: dict[str, str | None] = {"reference": reference, "told_by": told_by, "evidence": evidence}
            record_payout(session, AuditEvent.PAYOUT_PAID, payout, SYSTEM, **paid)
        case Refused(code=code):
            is_void = code == APPROVAL_VOID
            event = AuditEvent.PAYOUT_APPROVAL_VOID if is_void else AuditEvent.PAYOUT_FAILED
            record_payout(session, event, payout, SYSTEM, reason=code, told_by=told_by)


def _overtake_proposals(session: Session, told: Sequence[ToldOf]) -> None:
    """Close what somebody proposed about payouts whose outcome has been told now."""
    known_now = [
        one.payout.id
        for one in told
        if one.payout.state == PayoutState.UNKNOWN and not isinstance(one.outcome, Unknown)
    ]
    if not known_now:
        return
    session.execute(
        update(PayoutDecision)
        .where(among(PayoutDecision.payout_id, known_now), PayoutDecision.state == DecisionState.PROPOSED)
        .values(state=DecisionState.OVERTAKEN, decided_at=clock.now())
    )
