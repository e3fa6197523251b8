"""Who does which kind of work; queues and schedule as data."""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import TYPE_CHECKING, Final, Protocol

from raaderum.cards.issuing import change_cards, issue_cards, send_controls
from raaderum.cards.loading import CONTROLS
from raaderum.cards.ordering import CHANGE, ISSUE
from raaderum.cards.settling import SPENT_CHANGED
from raaderum.cards.telling import TELL_DECLINED, tell_declined
from raaderum.cards.told import TAKE_IN, take_in_events
from raaderum.invoices.answering import ANSWERS, PLACE, place_responses
from raaderum.invoices.fee_booking import book_fees
from raaderum.invoices.reminders import BOOK_FEE
from raaderum.notices.sending import send_notices
from raaderum.notices.service import QUEUE as NOTICES
from raaderum.notices.service import SEND as SEND_NOTICE
from raaderum.payouts.dispatch import send_payouts
from raaderum.payouts.service import QUEUE as MONEY
from raaderum.payouts.service import SEND
from raaderum.persistence.doorbell import ring_after_commit
from raaderum.persistence.outbox import claim_due_work, park_work
from raaderum.persistence.scheduled_runs import QUEUE as SCHEDULED
from raaderum.persistence.scheduled_runs import RUN
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_host.guard import AT_ONCE
from raaderum.receipts.following_payments import follow_spent
from raaderum.reconciliation.matching import match_files
from raaderum.reconciliation.taking_in import MATCH as MATCH_STATEMENT
from raaderum.refunds.service import BOOK, book_refunds
from raaderum.transfers.run_sending import send_runs
from raaderum.transfers.runs import SEND_RUN
from raaderum.worker.scheduler import do_scheduled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from raaderum.persistence.outbox import ClaimedWork

log = logging.getLogger(__name__)
QUEUES: Final = (MONEY, SCHEDULED, NOTICES, ANSWERS)
BATCH: Final = 10 * AT_ONCE
"""Whole rounds of questions to a provider: a last round of a few would leave the others idle."""
SWEEP_EVERY_SECONDS: Final = 5.0


class Handler(Protocol):
    """A function that does work of one kind."""

    def __call__(self, works: Sequence[ClaimedWork], /) -> None:
        """Do a batch for the current tenant, and finish, postpone or park each piece."""
        ...


HANDLERS: Final[Mapping[str, Handler]] = {
    SEND: send_payouts,
    SEND_RUN: send_runs,
    BOOK: book_refunds,
    SEND_NOTICE: send_notices,
    MATCH_STATEMENT: match_files,
    BOOK_FEE: book_fees,
    PLACE: place_responses,
    ISSUE: issue_cards,
    CHANGE: change_cards,
    CONTROLS: send_controls,
    TAKE_IN: take_in_events,
    TELL_DECLINED: tell_declined,
    SPENT_CHANGED: follow_spent,
    RUN: do_scheduled,
}


def do_due_work(queue: str) -> int:
    """Do all due work of `queue` for the current tenant, in batches; return how many pieces.

    Where a handler fails, its work comes back when its lease has run out, and that of the other
    handlers is done nevertheless.
    """
    done = 0
    while works := _claim(queue):
        by_kind: dict[str, list[ClaimedWork]] = defaultdict(list)
        for work in works:
            by_kind[work.kind].append(work)
        for kind, batch in by_kind.items():
            _hand_over(kind, batch)
        done += len(works)
    return done


def _hand_over(kind: str, batch: Sequence[ClaimedWork]) -> None:
    handler = HANDLERS.get(kind)
    if handler is None:
        _park(batch, because=f"nobody does work of the kind {kind}")
        return
    try:
        handler(batch)
    except Exception as error:  # noqa: BLE001 - one failure must not stop the rest
        # An error of the database's goes no further than its kind: its text may quote a row.
        log.warning("work of kind %s failed (%s) and comes back later", kind, type(error).__name__)


def _park(batch: Sequence[ClaimedWork], *, because: str) -> None:
    with unit_of_work() as session:
        for work in batch:
            park_work(session, work, because=because)


def _claim(queue: str) -> list[ClaimedWork]:
    """Claim a batch; where there is more than one, another worker is called, who finds the rest."""
    with unit_of_work() as session:
        works = claim_due_work(session, queue=queue, most=BATCH)
        if len(works) == BATCH:
            ring_after_commit(session, queue)
        return works
