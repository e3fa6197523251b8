"""Who does which kind of work; queues and schedule as data."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Protocol

from raaderum.payouts.dispatch import send_payouts
from raaderum.payouts.service import QUEUE as MONEY
from raaderum.payouts.service import SEND
from raaderum.persistence.outbox import claim_due_work
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.refunds.service import BOOK, book_refunds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from raaderum.persistence.outbox import ClaimedWork

QUEUES: Final = (MONEY,)
BATCH: Final = 200
SWEEP_EVERY_SECONDS: Final = 5.0


class Handler(Protocol):
    """A function that does work of one kind."""

    def __call__(self, works: Sequence[ClaimedWork], /) -> None:
        """Do a batch for the current tenant, and finish, postpone or park each piece."""
        ...


HANDLERS: Final[Mapping[str, Handler]] = {SEND: send_payouts, BOOK: book_refunds}


def do_due_work(queue: str) -> int:
    """Do all due work of `queue` for the current tenant, in batches; return how many pieces."""
    done = 0
    while works := _claim(queue):
        by_kind: dict[str, list[ClaimedWork]] = defaultdict(list)
        for work in works:
            by_kind[work.kind].append(work)
        for kind, batch in by_kind.items():
            HANDLERS[kind](batch)
        done += len(works)
    return done


def _claim(queue: str) -> list[ClaimedWork]:
    with unit_of_work() as session:
        return claim_due_work(session, queue=queue, most=BATCH)
