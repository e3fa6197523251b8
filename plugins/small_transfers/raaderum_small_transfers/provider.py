"""The way of paying: the journal's and the bank's answers as outcomes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from raaderum.plugin_api import (
    Accepted,
    Completed,
    KeyedOrder,
    Outcome,
    PaymentBatch,
    Refused,
    Text,
    Unknown,
)
from raaderum_small_transfers.answers import told_in
from raaderum_small_transfers.journal import PaymentState
from raaderum_small_transfers.reasons import reason_of
from raaderum_small_transfers.sending import FileSending
from raaderum_small_transfers.status_file import looks_like_status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from raaderum.plugin_api import PaymentOrder, Told
    from raaderum_small_transfers.debtor import Debtor
    from raaderum_small_transfers.journal import Journal, KeptPayment
    from raaderum_small_transfers.outgoing import Outgoing


class SmallTransfers:
    """Transfers of one tenant. Safe in several threads and processes."""

    def __init__(self, journal: Journal, outgoing: Outgoing, debtor: Debtor) -> None:
        self._journal = journal
        self._sending = FileSending(journal, outgoing, debtor)

    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Send `order` in a file of its own, at most once for the key; `Accepted` until the bank has told."""
        batch = PaymentBatch(
            batch_id=order.payout_id,
            idempotency_key=idempotency_key,
            made_at=datetime.now(UTC),
            execute_on=order.due_on,
            count=1,
            total=order.amount,
            orders=(KeyedOrder(order, idempotency_key),),
        )
        outcome = self.look_up(idempotency_key) or self.send_batch(batch)
        return outcome[idempotency_key] if isinstance(outcome, Mapping) else outcome

    def send_batch(self, batch: PaymentBatch) -> Mapping[str, Outcome] | Outcome:
        """Send all orders in one file, at most once for the batch's key.

        One outcome for all; one for each where some of them cannot be paid, and so are not in the file.
        """
        try:
            refused = self._sending.send(batch)
            return refused or self._outcome_of_batch(batch.idempotency_key)
        except (OSError, sqlite3.Error) as error:
            return _unknown(error)

    def take_back(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Refuse: a bank cannot be told to fetch a transfer back; it is agreed with whoever got it."""
        del order, idempotency_key
        return Refused(
            "cannot_take_back",
            Text(
                "En overførsel kan ikke hentes tilbage. Aftal med modtageren, at pengene betales tilbage.",
                "A transfer cannot be fetched back. Agree with the payee that the money is paid back.",
            ),
        )

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say what became of the order, or the batch, sent with the key; None: it never arrived."""
        try:
            self._sending.complete()
            payment = self._journal.find_payment(idempotency_key)
            if payment is not None:
                return _outcome(payment)
            batch = self._journal.find_batch(idempotency_key)
        except (OSError, sqlite3.Error) as error:
            return _unknown(error)
        return None if batch is None else Accepted(batch.message_id)

    def recognises_status(self, head: bytes) -> bool:
        """Say by a file's first kilobytes whether it is a payment status report."""
        return looks_like_status(head)

    def read_status(self, content: BinaryIO) -> Iterator[Told]:
        """Go through what the bank says of our payments; raise `StatusUnreadable` where the file breaks off.

        What is said is kept before it is told, so `look_up` says the same from then on.
        """
        return told_in(self._journal, content)

    def _outcome_of_batch(self, key: str) -> Mapping[str, Outcome] | Outcome:
        if next(self._journal.payments_of(key, PaymentState.REFUSED), None) is None:
            batch = self._journal.find_batch(key)
            return Accepted(batch.message_id) if batch else Unknown("the journal has lost the file")
        return {payment.key: _outcome(payment) for payment in self._journal.payments_of(key)}


def _outcome(payment: KeptPayment) -> Outcome:
    match payment.state:
        case PaymentState.ACCEPTED:
            return Accepted(payment.word)
        case PaymentState.COMPLETED:
            return Completed(payment.word)
        case PaymentState.REFUSED:
            return Refused(payment.word, reason_of(payment.word))
        case PaymentState.UNCLEAR:
            return Unknown(f"the bank has had it before ({payment.word})")


def _unknown(error: OSError | sqlite3.Error) -> Unknown:
    return Unknown(f"The payment files' folder cannot be used ({type(error).__name__}).")
