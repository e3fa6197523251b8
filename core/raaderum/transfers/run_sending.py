"""Sending a run as one file: take it on, ask the provider, write down what it said of each payment.

No lock is held while the provider works. A run that was tried before is looked up first; one that
nobody can tell of stays unknown and is asked about again.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.kernel import clock
from raaderum.kernel.crash_points import crash_point
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.payouts.rules import APPROVAL_VOID, wait_before_asking_again
from raaderum.payouts.service import digest_of
from raaderum.payouts.settling import TOLD_BY_WORKER, ToldOf, settle_all_open, settle_attempts
from raaderum.persistence.outbox import ClaimedWork, ask_again, finish_work, park_work
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_api import (
    Accepted,
    Completed,
    Outcome,
    PaymentBatch,
    Refused,
    SendsBatches,
    Unknown,
)
from raaderum.plugin_host.guard import looked_up, outcome_of
from raaderum.plugin_host.providers import tenant_providers
from raaderum.transfers.run_lines import accept_all, fail_all
from raaderum.transfers.run_orders import RunOrders, lines_to_send
from raaderum.transfers.run_rules import UNDER_WAY, RunState, batch_key
from raaderum.transfers.runs import locked_run, record_run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from raaderum.plugin_api import PayoutProvider
    from raaderum.transfers.tables import PaymentRun

log = logging.getLogger(__name__)
_AT_ONCE: Final = 500
_VOID: Final = Refused(
    APPROVAL_VOID,
    Text("Den er ændret, siden den blev godkendt.", "It has been changed since it was approved."),
)
Answer = Mapping[str, Outcome] | Outcome


@dataclass(frozen=True, slots=True)
class _Sending:
    work: ClaimedWork
    batch: PaymentBatch
    provider: PayoutProvider
    batches: SendsBatches
    tried_before: bool


def send_runs(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `run.send` for the current tenant."""
    for work in works:
        with unit_of_work() as session:
            sending = _taken_on(session, work)
            crash_point("run:claim-before-commit")
        if sending is not None:
            answer = _asked(sending)
            crash_point("run:send-after")
            _settle(sending, answer)


def _taken_on(session: Session, work: ClaimedWork) -> _Sending | None:
    run = locked_run(session, work.subject_id)
    if run.state not in UNDER_WAY:
        finish_work(session, [work])
        return None
    provider = tenant_providers().payout_providers.get(run.provider)
    batches: object = provider
    if provider is None or not isinstance(batches, SendsBatches):
        park_work(session, work, because=f"the provider {run.provider} is not switched on for batches")
        return None
    tried_before = run.state != RunState.READY
    if not tried_before:
        _leave_out_void(session, run)
        run.state = RunState.SENDING
    count, total = _sums(session, run)
    if not count:
        _end(session, run, RunState.REFUSED, explanation=APPROVAL_VOID)
        finish_work(session, [work])
        return None
    batch = PaymentBatch(
        batch_id=run.id,
        idempotency_key=batch_key(run.id),
        made_at=run.started_at,
        execute_on=run.pay_on,
        count=count,
        total=total,
        orders=RunOrders(run.id),
    )
    return _Sending(work, batch, provider, batches, tried_before)


def _leave_out_void(session: Session, run: PaymentRun) -> None:
    """End what differs from what was approved, before anything is sent."""
    void = [
        ToldOf(payout, attempt, _VOID)
        for payout, attempt in session.execute(lines_to_send(run.id))
        if payout.approval_digest != digest_of(session, payout)
    ]
    settle_all_open(session, void, told_by=TOLD_BY_WORKER)


def _sums(session: Session, run: PaymentRun) -> tuple[int, Oere]:
    amounts = [payout.amount for payout, _ in session.execute(lines_to_send(run.id))]
    return len(amounts), Oere(sum(amounts))


def _asked(sending: _Sending) -> Answer:
    """Look up first what was tried before; send only what the provider never got."""
    provider, batch = sending.provider, sending.batch
    if sending.tried_before:
        found = looked_up(lambda: provider.look_up(batch.idempotency_key))
        crash_point("run:look-up-after")
        if isinstance(found, Unknown):
            return found
        if found is not None:
            return _each_looked_up(sending)
    crash_point("run:send-before")
    answers: list[Mapping[str, Outcome]] = []

    def send() -> object:
        answer = sending.batches.send_batch(batch)
        if isinstance(answer, Mapping):
            answers.append(answer)
            return Accepted("")
        return answer

    outcome = outcome_of(send)
    return answers[0] if answers else outcome


def _each_looked_up(sending: _Sending) -> Answer:
    """Return what became of each order of a batch that has arrived; one that was not in it is refused."""
    keys = [one.idempotency_key for one in sending.batch.orders]
    found = {key: looked_up(lambda key=key: sending.provider.look_up(key)) for key in keys}  # type: ignore[misc] # bound now
    return {key: outcome or _NOT_IN_IT for key, outcome in found.items()}


_NOT_IN_IT: Final = Refused(
    "not_in_the_file", Text("Den kom ikke med i filen.", "It did not go along in the file.")
)


def _settle(sending: _Sending, answer: Answer) -> None:
    """Write down what the provider said. Saying it twice changes nothing."""
    if isinstance(answer, Unknown):
        _put_off(sending, answer)
        return
    if isinstance(answer, Mapping):
        _settle_each(answer)
    elif isinstance(answer, Completed):
        keys = [one.idempotency_key for one in sending.batch.orders]
        _settle_each(dict.fromkeys(keys, answer))
    crash_point("run:settle-before")
    with unit_of_work() as session:
        run = locked_run(session, sending.work.subject_id)
        if run.state in UNDER_WAY:
            _settle_run(session, run, answer)
        finish_work(session, [sending.work])
    crash_point("run:settle-after")


def _settle_run(session: Session, run: PaymentRun, answer: Answer) -> None:
    match answer:
        case Refused(code=code):
            fail_all(session, run, code=code)
            _end(session, run, RunState.REFUSED, explanation=code)
        case Accepted(reference=reference) | Completed(reference=reference):
            accept_all(session, run, reference)
            _end(session, run, RunState.SENT, reference=reference)
        case _:
            found = _reference_in(answer)
            if found is not None:
                accept_all(session, run, found)
            _end(session, run, RunState.REFUSED if found is None else RunState.SENT, reference=found)


def _end(
    session: Session,
    run: PaymentRun,
    state: RunState,
    *,
    reference: str | None = None,
    explanation: str | None = None,
) -> None:
    run.state, run.provider_reference, run.explanation = state, reference, explanation
    if state is RunState.SENT:
        run.sent_at = clock.now()
    event = AuditEvent.RUN_SENT if state is RunState.SENT else AuditEvent.RUN_REFUSED
    record_run(session, event, run, SYSTEM, reference=reference, reason=explanation)


def _settle_each(answers: Mapping[str, Outcome]) -> None:
    """Settle those whose outcome is more than that they were taken in."""
    decided = iter(sorted((key, one) for key, one in answers.items() if not isinstance(one, Accepted)))
    while page := list(islice(decided, _AT_ONCE)):
        with unit_of_work() as session:
            settle_attempts(session, dict(page), told_by=TOLD_BY_WORKER)


def _reference_in(answers: Answer) -> str | None:
    """Return the provider's reference of the file; None where it took in no order at all."""
    if not isinstance(answers, Mapping):
        return None
    references: Iterator[str] = (
        one.reference for one in answers.values() if isinstance(one, Accepted | Completed)
    )
    unclear = any(isinstance(one, Unknown) for one in answers.values())
    return next(references, "" if unclear else None)


def _put_off(sending: _Sending, answer: Unknown) -> None:
    with unit_of_work() as session:
        run = locked_run(session, sending.work.subject_id)
        if run.state in UNDER_WAY:
            run.state, run.explanation = RunState.UNKNOWN, answer.reason
        wait = wait_before_asking_again(sending.work.tries)
        # A whole run that may have been paid is asked about for as long as nobody knows.
        ask_again(session, [sending.work], by=wait)
