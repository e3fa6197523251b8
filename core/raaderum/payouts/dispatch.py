"""Sending payouts: claim a batch, talk to the providers at once, settle what they said.

No lock is held while talking to a provider. A payout that was tried before is looked up
before anything is sent again; an outcome nobody knows stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from raaderum.kernel.crash_points import crash_point
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.payouts.rules import (
    APPROVAL_VOID,
    OPEN_ATTEMPTS,
    AttemptState,
    PayoutState,
    idempotency_key,
    wait_before_asking_again,
)
from raaderum.payouts.service import attempts_of, digest_of, locked_payout, order_of
from raaderum.payouts.settling import TOLD_BY_WORKER, settle_attempt, settle_open
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

_SENT_IN: Final = (PayoutState.RESERVED, PayoutState.SENDING, PayoutState.UNKNOWN)
_VOID: Final = Refused(
    APPROVAL_VOID,
    Text("Den er ændret, siden den blev godkendt.", "It has been changed since it was approved."),
)


@dataclass(frozen=True, slots=True)
class Sending:
    """One attempt that this worker has taken on."""

    work: ClaimedWork
    enrolment_id: UUID
    attempt_id: UUID
    order: PaymentOrder
    key: str
    tried_before: bool
    is_void: bool
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
    if payout.state not in _SENT_IN:
        finish_work(session, [work])
        return None
    provider = tenant_providers().payout_providers.get(payout.provider)
    if provider is None:
        park_work(session, work, because=f"the provider {payout.provider} is not switched on")
        return None
    attempt = _open_attempt(session, payout)
    tried_before = attempt is not None
    is_void = payout.approval_digest != digest_of(session, payout)
    if attempt is None:
        attempt = _new_attempt(session, payout)
        if is_void:
            settle_open(session, payout, attempt, _VOID, told_by=TOLD_BY_WORKER)
            finish_work(session, [work])
            return None
    if payout.state == PayoutState.RESERVED:
        payout.state = PayoutState.SENDING
    return Sending(
        work=work,
        enrolment_id=payout.enrolment_id,
        attempt_id=attempt.id,
        order=order_of(session, payout, attempt=attempt.number),
        key=attempt.idempotency_key,
        tried_before=tried_before,
        is_void=is_void,
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
        if sending.is_void:
            return _VOID
    crash_point("send:before")
    outcome = outcome_of(lambda: sending.provider.send(sending.order, sending.key))
    crash_point("send:after")
    return outcome


def _settle(session: Session, sending: Sending, outcome: Outcome | None) -> None:
    """Write down what the provider said; where it is not final, the provider is asked again."""
    if outcome is None:
        _put_off(session, sending.work, "the provider is too slow to be asked")
        return
    settle_attempt(session, sending.key, outcome, told_by=TOLD_BY_WORKER)
    match outcome:
        case Completed() | Refused():
            finish_work(session, [sending.work])
        case Accepted():
            _ask_again(session, sending.work, "accepted, outcome not told yet")
        case Unknown(reason=reason):
            _ask_again(session, sending.work, reason)


def _ask_again(session: Session, work: ClaimedWork, because: str) -> None:
    """Come back to what may have been paid, for as long as nobody knows: it is never parked out of sight."""
    by = wait_before_asking_again(work.tries)
    postpone_work(session, work, by=by, because=because, for_ever=True)


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
