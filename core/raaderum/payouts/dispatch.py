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
    idempotency_key,
    wait_before_asking_again,
)
from raaderum.payouts.service import (
    attempts_of,
    clearing_account,
    committed_account,
    digest_of,
    locked_payout,
    order_of,
    record_payout,
)
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.persistence.batches import together_or_apart
from raaderum.persistence.outbox import ClaimedWork, finish_work, park_work, postpone_work
from raaderum.plugin_api import Accepted, Completed, Outcome, PaymentOrder, Refused, Unknown
from raaderum.plugin_host.guard import Question, answers_in_waves, looked_up, outcome_of
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
    enrolment_id: UUID
    attempt_id: UUID
    order: PaymentOrder
    key: str
    tried_before: bool
    provider_name: str
    provider: PayoutProvider


Answered = tuple[Sending, Outcome | None]
"""A sending with what the provider said; None: it was never asked."""


def send_payouts(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `payout.send` for the current tenant."""
    # Two workers of one tenant take their locks in the same order, so that neither waits for the other.
    in_order = sorted(works, key=lambda work: work.subject_id)
    sendings = together_or_apart(in_order, _take_on_all, put_off=_put_off)
    sendings.sort(key=lambda sending: (sending.enrolment_id, sending.order.payout_id))
    crash_point("claim:after-commit")
    questions = [Question(one.provider_name, partial(_ask_provider, one)) for one in sendings]
    for wave in answers_in_waves(questions):
        answered = [(sendings[number], outcome) for number, outcome in wave.items()]
        together_or_apart(answered, _settle_all, put_off=_put_off_answered)
        crash_point("settle:after-commit")


def _take_on_all(session: Session, works: Sequence[ClaimedWork]) -> list[Sending]:
    sendings = [sending for work in works if (sending := _take_on(session, work))]
    crash_point("claim:before-commit")
    return sendings


def _settle_all(session: Session, answered: Sequence[Answered]) -> list[None]:
    for sending, outcome in answered:
        _settle(session, sending, outcome)
        crash_point("settle:mid")
    crash_point("settle:before-commit")
    return []


def _put_off(session: Session, work: ClaimedWork, because: str) -> None:
    postpone_work(session, work, by=wait_before_asking_again(work.tries), because=because)


def _put_off_answered(session: Session, answered: Answered, because: str) -> None:
    _put_off(session, answered[0].work, because)


def _take_on(session: Session, work: ClaimedWork) -> Sending | None:
    """Open an attempt, or take the open one up again; None where there is nothing left to do."""
    payout = locked_payout(session, work.subject_id)
    if payout.state in {PayoutState.PAID, PayoutState.FAILED}:
        finish_work(session, [work])
        return None
    if payout.approval_digest != digest_of(payout):
        park_work(session, work, because="the payment differs from what was approved")
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
        enrolment_id=payout.enrolment_id,
        attempt_id=attempt.id,
        order=order_of(payout, attempt=attempt.number),
        key=attempt.idempotency_key,
        tried_before=tried_before,
        provider_name=payout.provider,
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


def _settle(session: Session, sending: Sending, outcome: Outcome | None) -> None:
    """Write down what the provider said. Saying it twice changes nothing."""
    if outcome is None:
        _put_off(session, sending.work, "the provider is too slow to be asked")
        return
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
            payout.state = PayoutState.SENDING
            _put_off(session, sending.work, "accepted, outcome not told yet")
        case Unknown(reason=reason):
            _unknown(session, payout, attempt, reason)
            _put_off(session, sending.work, reason)


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
