"""The ledger export: the journal's answers as outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.plugin_api import Completed, Outcome, Refused, Text, Unknown, Voucher, VoucherReceipt
from raaderum_ledger_file.checks import find_fault
from raaderum_ledger_file.year_file import JournalDamaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from raaderum_ledger_file.journal import Journal


class FileLedgerExport:
    """Books one tenant's vouchers in a journal. Safe in several threads, processes and after a fork."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def export(self, voucher: Voucher, idempotency_key: str) -> Outcome:
        """Book `voucher` at most once for `idempotency_key`; `Completed.reference` is its number.

        `Refused` only where nothing can have been written; trouble with the disk is `Unknown`.
        """
        fault = find_fault(voucher, idempotency_key)
        if fault is not None:
            return fault
        try:
            receipt = self._journal.find_or_append(voucher, idempotency_key)
        except (OSError, JournalDamaged) as error:
            return _unknown(error)
        if receipt.voucher != voucher:
            return _key_reused(receipt.number)
        return Completed(receipt.number)

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say what became of the voucher sent with `idempotency_key`; None: it never arrived."""
        try:
            receipt = self._journal.find(idempotency_key)
        except (OSError, JournalDamaged) as error:
            return _unknown(error)
        return None if receipt is None else Completed(receipt.number)

    def receipts(self) -> Iterator[VoucherReceipt]:
        """Go through every voucher booked so far, year by year in the order of their numbers.

        Reads as it goes. Raises `OSError` or `JournalDamaged` where the files cannot be read.
        """
        return self._journal.receipts()


def _key_reused(number: str) -> Refused:
    return Refused(
        "key_reused",
        Text(
            f"Nøglen er allerede brugt til et andet bilag, nummer {number}. "
            "Bogfør med en ny nøgle, hvis begge bilag skal stå.",
            f"The key has already been used for another voucher, number {number}. "
            "Book with a new key if both vouchers are meant.",
        ),
    )


def _unknown(error: OSError | JournalDamaged) -> Unknown:
    detail = error.strerror if isinstance(error, OSError) else error
    return Unknown(f"The voucher journal cannot be used: {detail}.")
