"""Taking payouts on: an attempt is opened for each, or the open one taken up again, before anybody is asked.

A batch takes a few statements, however large it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import update

from raaderum.kernel.crash_points import crash_point
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.payouts.disputes import disputed_among
from raaderum.payouts.payees import load_payees
from raaderum.payouts.rules import (
    APPROVAL_VOID,
    OPEN_ATTEMPTS,
    AttemptState,
    PayoutState,
    idempotency_key,
    wait_before_asking_again,
)
from raaderum.payouts.service import attempts_of_payouts, digest_of, locked_payouts, order_of
from raaderum.payouts.settling import TOLD_BY_WORKER, ToldOf, settle_all_open
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.persistence.many_rows import among, insert_all
from raaderum.persistence.outbox import ClaimedWork, ask_again, finish_work, park_work
from raaderum.plugin_api import PaymentOrder, Refused
from raaderum.plugin_host.providers import tenant_providers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.plugin_api import PayoutProvider

_SENT_IN: Final = (PayoutState.RESERVED, PayoutState.SENDING, PayoutState.UNKNOWN)
VOID: Final = Refused(
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


@dataclass(slots=True)
class _Taken:
    """What has been found of a batch, to be written at once."""

    sendings: list[Sending] = field(default_factory=list)
    opened: list[PayoutAttempt] = field(default_factory=list)
    void: list[ToldOf] = field(default_factory=list)
    done: list[ClaimedWork] = field(default_factory=list)
    reserved: list[UUID] = field(default_factory=list)


def take_on_all(session: Session, works: Sequence[ClaimedWork]) -> list[Sending]:
    """Open or take up an attempt for each piece of work; what there is nothing left to do for is finished."""
    payouts = locked_payouts(session, [work.subject_id for work in works])
    attempts = attempts_of_payouts(session, list(payouts))
    load_payees(session, payouts.values())
    taken = _Taken()
    disputed = disputed_among(session, _between_attempts(attempts))
    for work in works:
        if work.subject_id not in payouts:
            raise NotFound(where="payout")
        if work.subject_id in disputed and payouts[work.subject_id].state in _SENT_IN:
            # It may have been paid already: nothing is sent before people have said.
            ask_again(session, [work], by=wait_before_asking_again(work.tries))
            continue
        _take_on(session, work, payouts[work.subject_id], attempts[work.subject_id], taken)
    _write(session, taken)
    crash_point("claim:before-commit")
    return taken.sendings


def _between_attempts(attempts: Mapping[UUID, Sequence[PayoutAttempt]]) -> list[UUID]:
    """Return those that were tried before and are to be tried anew."""
    return [
        payout_id
        for payout_id, tried in attempts.items()
        if tried and not any(one.state in OPEN_ATTEMPTS for one in tried)
    ]


def _take_on(
    session: Session, work: ClaimedWork, payout: Payout, tried: Sequence[PayoutAttempt], taken: _Taken
) -> None:
    if payout.state not in _SENT_IN:
        taken.done.append(work)
        return
    provider = tenant_providers().payout_providers.get(payout.provider)
    if provider is None:
        park_work(session, work, because=f"the provider {payout.provider} is not switched on")
        return
    is_void = payout.approval_digest != digest_of(session, payout)
    attempt = next((one for one in tried if one.state in OPEN_ATTEMPTS), None)
    tried_before = attempt is not None
    if attempt is None:
        attempt = _next_attempt(payout, tried)
        if is_void:
            taken.void.append(ToldOf(payout, attempt, VOID))
            taken.done.append(work)
            return
        taken.opened.append(attempt)
    if payout.state == PayoutState.RESERVED:
        taken.reserved.append(payout.id)
    taken.sendings.append(
        Sending(
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
    )


def _next_attempt(payout: Payout, tried: Sequence[PayoutAttempt]) -> PayoutAttempt:
    number = len(tried) + 1
    return PayoutAttempt(
        id=new_id(),
        tenant_id=payout.tenant_id,
        payout_id=payout.id,
        number=number,
        idempotency_key=idempotency_key(payout.id, number),
        state=AttemptState.SENDING,
    )


def _write(session: Session, taken: _Taken) -> None:
    """Write a batch down; an attempt that is never sent, because its approval is void, ends at once."""
    session.add_all([one.attempt for one in taken.void])
    session.flush()
    settle_all_open(session, taken.void, told_by=TOLD_BY_WORKER)
    insert_all(session, taken.opened)
    if taken.reserved:
        session.execute(
            update(Payout)
            .where(among(Payout.id, taken.reserved))
            .values(state=PayoutState.SENDING)
            .execution_options(synchronize_session=False)
        )
    if taken.done:
        finish_work(session, taken.done)
