"""Sending payouts: claim a batch, talk to the providers at once, settle what they said.

No lock is held while talking to a provider. A payout that was tried before is looked up
before anything is sent again; an outcome nobody knows stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.kernel import clock
from raaderum.kernel.crash_points import crash_point
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import post
from raaderum.payouts.rules import (
    OPEN_ATTEMPTS,
    AttemptState,
    PayoutState,
    approval_digest,
    idempotency_key,
    wait_before_asking_again,
)
from raaderum.payouts.service import (
    attempts_of,
    clearing_account,
    committed_account,
    locked_payout,
    record_payout,
)
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.persistence.outbox import ClaimedWork, finish_work, park_work, postpone_work
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_api import Accepted, Completed, Outcome, Payee, PaymentOrder, Refused, Unknown
from raaderum.plugin_host.guard import ask_at_once, looked_up, outcome_of
from raaderum.plugin_host.providers import tenant_providers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.plugin_api import PayoutProvider


@dataclass(frozen=True, slots=True)
class Sending:
    """One attempt that this worker has taken on."""

    work: ClaimedWork
    attempt_id: UUID
    order: PaymentOrder
    key: str
    tried_before: bool
    provider: PayoutProvider


def send_payouts(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `payout.send` for the current tenant."""
    with unit_of_work() as session:
        sendings = [sending for work in works if (sending := _take_on(session, work))]
        crash_point("claim:before-commit")
    crash_point("claim:after-commit")
    outcomes = ask_at_once([partial(_ask_provider, sending) for sending in sendings])
    with unit_of_work() as session:
        for sending, outcome in zip(sendings, outcomes, strict=True):
            _settle(session, sending, outcome)
            crash_point("settle:mid")
        crash_point("settle:before-commit")
    crash_point("settle:after-commit")


def _take_on(session: Session, work: ClaimedWork) -> Sending | None:
    """Open an attempt, or take the open one up again; None where there is nothing left to do."""
    payout = locked_payout(session, work.subject_id)
    if payout.state in {PayoutState.PAID, PayoutState.FAILED}:
        finish_work(session, [work])
        return None
    if not _is_as_approved(payout):
        park_work(session, work, because="payee, amount or purpose differ from what was approved")
        return None
    provider = tenant_providers().payout_providers.get(payout.provider)
    if provider is None:
        park_work(session, work, because=f"the provider {payout.provider} is not switched on")
        return None
    attempt = _open_attempt(session, payout)
    tried_before = attempt is not None
    if attempt is None:
        attempt = _new_attempt(session, payout)
    if payout.state == PayoutState.RESERVED:
        payout.state = PayoutState.SENDING
    return Sending(
        work=work,
        attempt_id=attempt.id,
        order=_as_order(payout, attempt),
        key=attempt.idempotency_key,
        tried_before=tried_before,
        provider=provider,
    )


def _ask_provider(sending: Sending) -> Outcome:
    """Look up first what was tried before; send only what the provider never got."""
    if sending.tried_before:
        found = looked_up(lambda: sending.provider.look_up(sending.key))
        crash_point("look-up:after")
        if found is not None:
            return found
    crash_point("send:before")
    outcome = outcome_of(lambda: sending.provider.send(sending.order, sending.key))
    crash_point("send:after")
    return outcome


def _settle(session: Session, sending: Sending, outcome: Outcome) -> None:
    """Write down what the provider said. Saying it twice changes nothing."""
    payout = locked_payout(session, sending.order.payout_id)
    attempt = session.scalars(
        select(PayoutAttempt).where(PayoutAttempt.id == sending.attempt_id).with_for_update()
    ).one()
    if attempt.state not in OPEN_ATTEMPTS:
        finish_work(session, [sending.work])
        return
    match outcome:
        case Completed(reference=reference):
            _paid(session, payout, attempt, reference)
            finish_work(session, [sending.work])
        case Refused(code=code):
            _failed(session, payout, attempt, code)
            finish_work(session, [sending.work])
        case Accepted(reference=reference):
            attempt.state, attempt.provider_reference = AttemptState.ACCEPTED, reference
            _ask_later(session, sending, "accepted, outcome not told yet")
        case Unknown(reason=reason):
            _unknown(session, payout, attempt, reason)
            _ask_later(session, sending, reason)


def _paid(session: Session, payout: Payout, attempt: PayoutAttempt, reference: str) -> None:
    attempt.state, attempt.finished_at = AttemptState.COMPLETED, clock.now()
    attempt.provider_reference = payout.provider_reference = reference
    payout.state, payout.paid_at = PayoutState.PAID, clock.now()
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
    record_payout(session, AuditEvent.PAYOUT_PAID, payout, SYSTEM, reference=reference)


def _failed(session: Session, payout: Payout, attempt: PayoutAttempt, code: str) -> None:
    attempt.state, attempt.finished_at, attempt.explanation = AttemptState.REFUSED, clock.now(), code
    payout.state = PayoutState.FAILED
    post(
        session,
        TransactionKind.RESTORE,
        Move(Oere(payout.amount), clearing_account(payout.provider), committed_account(payout)),
        key=f"restore:{payout.id}:{attempt.number}",
        subject_id=payout.id,
    )
    record_payout(session, AuditEvent.PAYOUT_FAILED, payout, SYSTEM, reason=code)


def _unknown(session: Session, payout: Payout, attempt: PayoutAttempt, reason: str) -> None:
    attempt.explanation = reason
    if attempt.state != AttemptState.UNKNOWN:
        attempt.state, payout.state = AttemptState.UNKNOWN, PayoutState.UNKNOWN
        record_payout(session, AuditEvent.PAYOUT_UNKNOWN, payout, SYSTEM, reason=reason)


def _ask_later(session: Session, sending: Sending, because: str) -> None:
    wait = wait_before_asking_again(sending.work.tries)
    postpone_work(session, sending.work, by=wait, because=because)


def _is_as_approved(payout: Payout) -> bool:
    """Say whether payee, amount and purpose are still those that the approver saw."""
    now = approval_digest(
        payee_name=payout.payee_name,
        payee_cvr=payout.payee_cvr,
        amount=payout.amount,
        purpose=payout.purpose,
        code=payout.code,
    )
    return now == payout.approval_digest


def _open_attempt(session: Session, payout: Payout) -> PayoutAttempt | None:
    return session.scalar(
        select(PayoutAttempt).where(
            PayoutAttempt.payout_id == payout.id, PayoutAttempt.state.in_(OPEN_ATTEMPTS)
        )
    )


def _new_attempt(session: Session, payout: Payout) -> PayoutAttempt:
    number = len(attempts_of(session, payout.id)) + 1
    attempt = PayoutAttempt(
        id=new_id(),
        payout_id=payout.id,
        number=number,
        idempotency_key=idempotency_key(payout.id, number),
        state=AttemptState.SENDING,
    )
    session.add(attempt)
    return attempt


def _as_order(payout: Payout, attempt: PayoutAttempt) -> PaymentOrder:
    return PaymentOrder(
        payout_id=payout.id,
        attempt=attempt.number,
        amount=Oere(payout.amount),
        payee=Payee(payout.payee_name, payout.payee_cvr),
        code=payout.code,
        purpose=payout.purpose,
        account=payout.account,
        due_on=payout.due_on,
        invoice_number=payout.invoice_number,
    )
