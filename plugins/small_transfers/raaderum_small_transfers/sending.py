"""Writing a batch at most once, whatever crashes in between.

The file is written where nobody takes it, the journal is committed, and only then is the file
moved to the outgoing folder: one atomic step, which whoever comes next completes. So a file that
the bank may have is always in the journal, and one in the journal is never written again.
"""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Oere, Refused, Text, format_kroner, today
from raaderum_small_transfers.checks import find_fault
from raaderum_small_transfers.journal import KeptBatch, KeptPayment, PaymentState
from raaderum_small_transfers.payment_file import FileHead, instruction_id, lines_of, message_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from raaderum.plugin_api import KeyedOrder, PaymentBatch
    from raaderum_small_transfers.debtor import Debtor
    from raaderum_small_transfers.journal import Journal, Writing
    from raaderum_small_transfers.outgoing import Outgoing

_AT_ONCE: Final = 2_000


@dataclass(slots=True)
class _Sums:
    """What going through a batch comes to; `faults` are those that cannot be paid, by key."""

    count: int = 0
    total: int = 0
    sound: int = 0
    sound_total: int = 0
    content: str = ""
    faults: dict[str, Refused] = field(default_factory=dict)


class FileSending:
    """Writes the files of one tenant."""

    def __init__(self, journal: Journal, outgoing: Outgoing, debtor: Debtor) -> None:
        self._journal = journal
        self._outgoing = outgoing
        self._debtor = debtor

    def send(self, batch: PaymentBatch) -> Refused | None:
        """Write the batch's file, or see to it that the one that was written stands in the outgoing folder.

        Return why nothing was written; None where the journal now says what became of each payment.
        """
        sums = _gone_through(batch)
        if (sums.count, sums.total) != (batch.count, batch.total):
            return _sums_differ(batch, sums)
        try:
            with self._journal.writing() as writing:
                kept = writing.find_batch(batch.idempotency_key)
                if kept is None:
                    self._write(writing, batch, sums)
                elif kept.content != sums.content:
                    return _key_reused(kept)
        except sqlite3.IntegrityError:
            # Left by the journal as it was: an order of another file was to go into this one.
            self._outgoing.discard(f"{message_id(batch.idempotency_key)}.xml")
            return _SENT_BEFORE
        self.complete()
        return None

    def complete(self) -> None:
        """Place the files that were written and not seen placed: a crash came in between, or nothing did."""
        for key in self._journal.unplaced():
            self._outgoing.place(f"{message_id(key)}.xml")
            with self._journal.writing() as writing:
                writing.mark_placed(key)

    def _write(self, writing: Writing, batch: PaymentBatch, sums: _Sums) -> None:
        message = message_id(batch.idempotency_key)
        orders = _checked(writing, batch, sums)
        head = FileHead(message, batch.made_at, max(batch.execute_on, today()), sums.sound, sums.sound_total)
        name = f"{message}.xml"
        self._outgoing.write(name, lines_of(head, self._debtor, orders))
        writing.add_batch(
            batch.idempotency_key,
            KeptBatch(message, sums.count, sums.total, sums.content, is_placed=False),
        )
        if not sums.sound:
            self._outgoing.discard(name)
            writing.mark_placed(batch.idempotency_key)


_SENT_BEFORE: Final = Refused(
    "order_sent_before",
    Text(
        "En af betalingerne er allerede sendt i en anden fil; intet er sendt. Slå den op i stedet.",
        "One of the payments has been sent in another file already; nothing was sent. Look it up instead.",
    ),
)


def _gone_through(batch: PaymentBatch) -> _Sums:
    """Go through the orders once: the control sums must stand in the file before the first payment."""
    sums, content = _Sums(), hashlib.sha256()
    for one in batch.orders:
        fault = find_fault(one.order, one.idempotency_key)
        sums.count += 1
        sums.total += one.order.amount
        content.update(f"{one.idempotency_key}\n{one.order.amount}\n".encode())
        if fault is None:
            sums.sound += 1
            sums.sound_total += one.order.amount
        else:
            sums.faults[one.idempotency_key] = fault
    sums.content = content.hexdigest()
    return sums


def _checked(writing: Writing, batch: PaymentBatch, sums: _Sums) -> Iterator[KeyedOrder]:
    """Go through the orders that can be paid, keeping all; raises `sqlite3.IntegrityError`."""
    message = message_id(batch.idempotency_key)
    orders = iter(batch.orders)
    while page := list(itertools.islice(orders, _AT_ONCE)):
        kept = [_as_kept(one, batch.idempotency_key, message, sums.faults) for one in page]
        writing.add_payments(kept)
        for one in page:
            if one.idempotency_key not in sums.faults:
                yield one


def _as_kept(one: KeyedOrder, batch_key: str, message: str, faults: dict[str, Refused]) -> KeptPayment:
    fault = faults.get(one.idempotency_key)
    return KeptPayment(
        instruction_id(one.idempotency_key),
        one.idempotency_key,
        batch_key,
        one.order.code,
        one.order.amount,
        PaymentState.ACCEPTED if fault is None else PaymentState.REFUSED,
        message if fault is None else fault.code,
    )


def _key_reused(kept: KeptBatch) -> Refused:
    return Refused(
        "key_reused",
        Text(
            f"Nøglen er allerede brugt til en anden fil, {kept.message_id}.",
            f"The key has already been used for another file, {kept.message_id}.",
        ),
    )


def _sums_differ(batch: PaymentBatch, sums: _Sums) -> Refused:
    said, found = format_kroner(batch.total), format_kroner(Oere(sums.total))
    return Refused(
        "control_sums_differ",
        Text(
            f"Kontrolsummerne passer ikke: {batch.count} betalinger på {said} er opgivet, "
            f"{sums.count} på {found} er fundet. Intet er sendt.",
            f"The control sums do not fit: {batch.count} payments of {said} were stated, "
            f"{sums.count} of {found} were found. Nothing was sent.",
        ),
    )
