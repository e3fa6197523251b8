"""What makes an order impossible to put into a payment file, found before anything is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import AccountInvalid, Refused, Text, checked_account
from raaderum_small_transfers.characters import written

if TYPE_CHECKING:
    from raaderum.plugin_api import BankAccount, PaymentOrder

_CPR: Final = re.compile(r"[0-9]{10}")
_CODE: Final = re.compile(r"[A-Za-z0-9/?:().,'+ -]{1,35}")
MOST_OERE: Final = 10**14
"""The schema takes 18 digits; no municipality pays a billion in one transfer."""


def find_fault(order: PaymentOrder, idempotency_key: str) -> Refused | None:
    """Return why `order` cannot be paid, or None where it can. Repeats nothing of the payee."""
    if not idempotency_key:
        return Refused("key_missing", Text("Betalingen har ingen nøgle.", "The payment has no key."))
    if not 0 < order.amount < MOST_OERE:
        return Refused("amount", Text("Beløbet kan ikke overføres.", "The amount cannot be transferred."))
    if not _CODE.fullmatch(order.code):
        return Refused(
            "code",
            Text("Betalingens korte kode kan ikke skrives.", "The payment's short code cannot be written."),
        )
    if not written(order.payee.name):
        return Refused("name_missing", Text("Modtageren mangler et navn.", "The payee has no name."))
    return _find_fault_in_payee(order)


def _find_fault_in_payee(order: PaymentOrder) -> Refused | None:
    payee = order.payee
    if payee.account is not None:
        return _find_fault_in_account(payee.account)
    if payee.cpr is None or not _CPR.fullmatch(payee.cpr):
        return Refused(
            "payee_incomplete",
            Text(
                "Der er hverken CPR-nummer til NemKonto eller en konto at overføre til.",
                "There is neither a CPR number for NemKonto nor an account to transfer to.",
            ),
        )
    return None


def _find_fault_in_account(account: BankAccount) -> Refused | None:
    try:
        checked_account(
            registration_number=account.registration_number,
            account_number=account.account_number,
            iban=account.iban,
        )
    except AccountInvalid as error:
        return Refused(
            "account_invalid", Text(str(error.values["reason"]), str(error.values["reason_english"]))
        )
    return None
