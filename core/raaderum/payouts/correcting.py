"""A payment that was told refused had been made after all: two people book it as it was.

One proposes, another confirms; neither may have asked for the money or approved it. Money that was
set aside again is spent. Where the payment had been made a second time, or was no longer owed, what
left is claimed back, and the citizen bears nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import SYSTEM, person_of
from raaderum.audit.events import AuditEvent
from raaderum.kernel import clock
from raaderum.kernel.money import Oere, format_kroner
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import post
from raaderum.payouts.claim_rules import ContradictionOutcome, NotToldPaid, RetryUnderWay
from raaderum.payouts.claims import make_claim
from raaderum.payouts.contradictions import check_waiting
from raaderum.payouts.decision_rules import DecisionWaiting, NothingProposed, check_because, check_four_eyes
from raaderum.payouts.evidence import freeze_evidence
from raaderum.payouts.mending_rules import NotAsSetAside
from raaderum.payouts.reserved import reserved_of
from raaderum.payouts.rules import OPEN_ATTEMPTS, SETTLED_STATES, AttemptState, PayoutState
from raaderum.payouts.service import clearing_account, committed_account, locked_payout, record_payout
from raaderum.payouts.settling import TOLD_BY_PEOPLE
from raaderum.payouts.tables import Payout, PayoutAttempt, PayoutContradiction
from raaderum.people.roles import Act, require
from raaderum.persistence.sealed_fields import seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


def propose_paid(session: Session, contradiction_id: UUID, *, because: str, by: Actor) -> PayoutContradiction:
    """Propose that a payment had been made as it is told; another must confirm it.

    Raises `NotToldPaid`, `DecisionWaiting`, `PartInPayment`, `BecauseMissing` and what
    `check_waiting` raises.
    """
    row = check_waiting(session, contradiction_id, by=by)
    if row.told != AttemptState.COMPLETED:
        raise NotToldPaid(where="contradiction")
    if row.proposed_by is not None:
        raise DecisionWaiting(where="contradiction")
    written = check_because(because)
    payout = locked_payout(session, row.payout_id)
    check_four_eyes(by.person_id, payout.requested_by, payout.approved_by)
    seal_field(session, row, "because", written)
    row.proposed_by, row.proposed_at = person_of(by), clock.now()
    record_payout(session, AuditEvent.PAYOUT_CORRECTION_PROPOSED, payout, by, told=row.told)
    return row


def confirm_paid(session: Session, contradiction_id: UUID, *, by: Actor) -> PayoutContradiction:
    """Confirm what somebody else proposed, and book it: the payout is paid, or what left is claimed back.

    Raises `NothingProposed`, `PartInPayment`, `RetryUnderWay` while a further attempt is open, and
    `NotAsSetAside` where another amount was set aside than the payout is over.
    """
    row = check_waiting(session, contradiction_id, by=by)
    if row.proposed_by is None:
        raise NothingProposed(where="contradiction")
    payout = locked_payout(session, row.payout_id)
    check_four_eyes(by.person_id, payout.requested_by, payout.approved_by, row.proposed_by)
    attempt = session.get_one(PayoutAttempt, (current_tenant_id(), row.attempt_id))
    row.settled_by, row.settled_at = person_of(by), clock.now()
    if PayoutState(payout.state) in SETTLED_STATES:
        make_claim(session, payout, attempt.id, reference=row.told_words, by=by)
        row.outcome = ContradictionOutcome.CLAIMED
    else:
        _set_apart_again(session, payout, attempt)
        _paid(session, payout, attempt, row.told_words)
        row.outcome = ContradictionOutcome.PAID
    record_payout(session, AuditEvent.PAYOUT_CORRECTED, payout, by, outcome=row.outcome)
    return row


def reject_paid(session: Session, contradiction_id: UUID, *, by: Actor) -> PayoutContradiction:
    """Take a proposal away, one's own or another's; the contradicting word waits again."""
    require(by, Act.DECIDE_UNKNOWN_PAYOUT)
    row = check_waiting(session, contradiction_id, by=by)
    if row.proposed_by is None:
        raise NothingProposed(where="contradiction")
    row.proposed_by = row.proposed_at = row.because_sealed = None
    payout = locked_payout(session, row.payout_id)
    record_payout(session, AuditEvent.PAYOUT_CORRECTION_REJECTED, payout, by)
    return row


def _set_apart_again(session: Session, payout: Payout, attempt: PayoutAttempt) -> None:
    """Have the payment's money in clearing, as it was while the payment was on its way."""
    open_attempt = select(PayoutAttempt.id).where(
        PayoutAttempt.payout_id == payout.id, PayoutAttempt.state.in_(OPEN_ATTEMPTS)
    )
    if session.scalar(open_attempt) is not None:
        raise RetryUnderWay(where="payout")
    if payout.state == PayoutState.RESERVED:
        # It is to be tried again and nothing has been sent: that try never happens.
        return
    reserved = reserved_of(session, payout.id)
    if (reserved.amount, reserved.clearing) != (payout.amount, clearing_account(payout.provider)):
        raise NotAsSetAside(where="payout", amount=format_kroner(reserved.amount))
    post(
        session,
        TransactionKind.RESERVE,
        Move(Oere(payout.amount), committed_account(payout), clearing_account(payout.provider)),
        key=f"reserve:{payout.id}:corrected:{attempt.number}",
        subject_id=payout.id,
    )


def _paid(session: Session, payout: Payout, attempt: PayoutAttempt, reference: str) -> None:
    payout.state, payout.paid_at, payout.unknown_since = PayoutState.PAID, clock.now(), None
    payout.provider_reference = reference
    spent = Account(AccountKind.SPENT, payout.enrolment_id)
    post(
        session,
        TransactionKind.SETTLE,
        Move(Oere(payout.amount), clearing_account(payout.provider), spent),
        key=f"settle:{payout.id}:{attempt.number}",
        subject_id=payout.id,
    )
    session.flush()
    evidence = freeze_evidence(session, [payout])[payout.id]
    record_payout(
        session,
        AuditEvent.PAYOUT_PAID,
        payout,
        SYSTEM,
        reference=reference,
        told_by=TOLD_BY_PEOPLE,
        evidence=evidence,
    )
