"""What makes a voucher impossible to book, found before anything is written."""

from __future__ import annotations

from raaderum.plugin_api import Refused, Text, Voucher, VoucherReceipt, format_kroner
from raaderum_ledger_file.lines import LineUnreadable, line_of, receipt_from


def find_fault(voucher: Voucher, idempotency_key: str) -> Refused | None:
    """Return why `voucher` cannot be booked under `idempotency_key`, or None where it can."""
    if not idempotency_key:
        return Refused("key_missing", Text("Bilaget har ingen nøgle.", "The voucher has no key."))
    if not _can_be_read_back(VoucherReceipt("", idempotency_key, voucher)):
        return Refused(
            "not_writable",
            Text(
                "Bilaget indeholder noget, der ikke kan skrives i en fil. "
                "Beløb skal være hele øre, og tekster almindelige tegn.",
                "The voucher holds something that cannot be written to a file. "
                "Amounts must be whole øre, and texts ordinary characters.",
            ),
        )
    return _find_fault_in_lines(voucher)


def _find_fault_in_lines(voucher: Voucher) -> Refused | None:
    if not voucher.lines:
        return Refused("no_lines", Text("Bilaget har ingen linjer.", "The voucher has no lines."))
    if not all(line.account.strip() for line in voucher.lines):
        return Refused(
            "account_missing", Text("En linje mangler sin konto.", "A line is without its account.")
        )
    difference = sum(line.amount for line in voucher.lines)
    if difference != 0:
        amount = format_kroner(difference)
        return Refused(
            "not_balanced",
            Text(
                f"Debet og kredit skal være lige store; forskellen er {amount}.",
                f"Debit and credit must be equal; the difference is {amount}.",
            ),
        )
    return None


def _can_be_read_back(receipt: VoucherReceipt) -> bool:
    """Whatever got past this point unreadable would block the whole journal."""
    try:
        return receipt_from(line_of(receipt)) == receipt
    except LineUnreadable:
        return False
