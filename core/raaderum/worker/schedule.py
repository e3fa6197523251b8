"""What is done by the clock, as data: a line here is all that a new job needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING, Final

from raaderum.cards.loading import refresh_cards
from raaderum.cards.settling import expire_holds
from raaderum.cards.told import ask_for_missed_events
from raaderum.invoices.answering import answer_paid_invoices
from raaderum.kernel.text import Text
from raaderum.receipts.dues import open_receipt_dues
from raaderum.receipts.following_up import close_overdue_lanes, remind_of_receipts, remove_orphan_files
from raaderum.reconciliation.proof import prove_tonight
from raaderum.worker.upkeep import forget_writes

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A job that is done for every municipality: each day `at` a time in Copenhagen, or `every` so often.

    `act` is called inside `working_for(tenant)` and opens its own units of work; doing it twice must do
    no harm. `name` never changes, `title` is what people see.
    """

    name: str
    title: Text
    act: Callable[[], object]
    at: time | None = None
    every: timedelta | None = None


SCHEDULE: Final[tuple[Scheduled, ...]] = (
    Scheduled(
        "cards.refresh",
        Text("Læg penge på kort, og tag penge tilbage", "Load cards and take money back"),
        refresh_cards,
        every=timedelta(minutes=10),
    ),
    Scheduled(
        "cards.missed_events",
        Text("Spørg kortudstedere, om noget er gået tabt", "Ask card issuers for what was missed"),
        ask_for_missed_events,
        every=timedelta(minutes=15),
    ),
    Scheduled(
        "cards.expired_holds",
        Text("Slip beløb, som butikker ikke har trukket", "Let go holds that shops never drew"),
        expire_holds,
        at=time(4, 30),
    ),
    Scheduled(
        "receipts.open",
        Text("Se, hvilke betalinger der skal kvittering på", "See which payments need a receipt"),
        open_receipt_dues,
        every=timedelta(minutes=10),
    ),
    Scheduled(
        "receipts.remind",
        Text("Mind om kvitteringer", "Remind of receipts"),
        remind_of_receipts,
        at=time(8),
    ),
    Scheduled(
        "receipts.close",
        Text("Luk kort og overførsler, hvor en kvittering ikke kom", "Close what an overdue receipt closes"),
        close_overdue_lanes,
        every=timedelta(minutes=15),
    ),
    Scheduled(
        "files.orphans",
        Text("Fjern filer, som ingen sag nævner", "Remove files that no case names"),
        remove_orphan_files,
        at=time(3, 40),
    ),
    Scheduled(
        "books.proven",
        Text(
            "Bevis, at regnskab, betalingsveje og bank er enige", "Prove that books, providers and bank agree"
        ),
        prove_tonight,
        at=time(4, 45),
    ),
    Scheduled(
        "invoices.paid_told",
        Text("Fortæl leverandører, at de er betalt", "Tell suppliers that they have been paid"),
        answer_paid_invoices,
        every=timedelta(minutes=30),
    ),
    Scheduled(
        "web.old_writes",
        Text("Glem gamle svar på gentagne kald", "Forget old answers to repeated calls"),
        forget_writes,
        at=time(3, 10),
    ),
)
