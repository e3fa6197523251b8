"""Sending payouts: claim a batch, talk to the providers at once, settle what they said.

No lock is held while talking to a provider. A payout that was tried before is looked up
before anything is sent again; an outcome nobody knows stays unknown.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from raaderum.kernel.crash_points import crash_point
from raaderum.payouts.rules import wait_before_asking_again
from raaderum.payouts.settling import TOLD_BY_WORKER, settle_attempts
from raaderum.payouts.taking_on import VOID, Sending, take_on_all
from raaderum.persistence.batches import together_or_apart
from raaderum.persistence.outbox import ask_again, finish_work, postpone_work
from raaderum.plugin_api import Completed, Outcome, Refused
from raaderum.plugin_host.guard import Question, answers_in_waves, looked_up, outcome_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from sqlalchemy.orm import Session

    from raaderum.persistence.outbox import ClaimedWork

Answered = tuple[Sending, Outcome | None]
"""A sending with what the provider said; None: it was never asked."""


def send_payouts(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `payout.send` for the current tenant."""
    # Two workers of one tenant take their locks in the same order, so that neither waits for the other.
    in_order = sorted(works, key=lambda work: work.subject_id)
    sendings = together_or_apart(in_order, take_on_all, put_off=_put_off)
    sendings.sort(key=lambda sending: (sending.enrolment_id, sending.order.payout_id))
    crash_point("claim:after-commit")
    questions = [Question(one.provider_name, partial(_ask_provider, one)) for one in sendings]
    for wave in answers_in_waves(questions):
        answered = [(sendings[number], outcome) for number, outcome in wave.items()]
        together_or_apart(answered, _settle_all, put_off=_put_off_answered)
        crash_point("settle:after-commit")


def _settle_all(session: Session, answered: Sequence[Answered]) -> list[None]:
    """Write down what the providers said; where it is not final, they are asked again."""
    told = {sending.key: outcome for sending, outcome in answered if outcome is not None}
    settle_attempts(session, told, told_by=TOLD_BY_WORKER)
    finished: list[ClaimedWork] = []
    again: dict[timedelta, list[ClaimedWork]] = defaultdict(list)
    for sending, outcome in answered:
        match outcome:
            case None:
                _put_off(session, sending.work, "the provider is too slow to be asked")
            case Completed() | Refused():
                finished.append(sending.work)
            case _:
                again[wait_before_asking_again(sending.work.tries)].append(sending.work)
        crash_point("settle:mid")
    finish_work(session, finished)
    for wait, works in again.items():
        ask_again(session, works, by=wait)
    crash_point("settle:before-commit")
    return []


def _put_off(session: Session, work: ClaimedWork, because: str) -> None:
    postpone_work(session, work, by=wait_before_asking_again(work.tries), because=because)


def _put_off_answered(session: Session, answered: Answered, because: str) -> None:
    _put_off(session, answered[0].work, because)


def _ask_provider(sending: Sending) -> Outcome:
    """Look up first what was tried before; send only what the provider never got."""
    if sending.tried_before:
        found = looked_up(lambda: sending.provider.look_up(sending.key))
        crash_point("look-up:after")
        if found is not None:
            return found
        if sending.is_void:
            return VOID
    crash_point("send:before")
    outcome = outcome_of(lambda: sending.provider.send(sending.order, sending.key))
    crash_point("send:after")
    return outcome
