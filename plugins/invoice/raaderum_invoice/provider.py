"""Pays suppliers' invoices through the municipality's accounting system: one voucher for each payment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import (
    Manifest,
    Mode,
    Oere,
    PayoutMethod,
    RecipientField,
    Refused,
    Setting,
    SettingsInvalid,
    Text,
    Voucher,
    VoucherLine,
    today,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.plugin_api import (
        LedgerExport,
        Outcome,
        PaymentOrder,
        PayoutProvider,
        ProviderContext,
    )

CREDITOR_ACCOUNT: Final = Setting(
    name="creditor_account",
    description=Text(
        "Kontoen i kontoplanen, hvor det skyldes leverandører, indtil banken har betalt",
        "The account of the chart where suppliers are owed until the bank has paid",
    ),
)
_NOTHING_TO_PAY: Final = Refused(
    "amount_not_positive",
    Text("Beløbet skal være over 0 kr.", "The amount must be above DKK 0."),
)
"""The core never asks for it; the other way round it would take money from the supplier."""


@dataclass(frozen=True, slots=True)
class SupplierInvoicePayout:
    """Hands each payment on as a voucher; what becomes of it is what becomes of the voucher.

    Keeps no state: the accounting system knows the idempotency keys, so it can be asked from any
    thread or process.
    """

    ledger_export: LedgerExport
    creditor_account: str

    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Book what is owed: the budget's account is debited, the suppliers' account credited."""
        if order.amount <= 0:
            return _NOTHING_TO_PAY
        return self._book(self._voucher(order, order.amount, "Faktura"), idempotency_key)

    def take_back(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Book what comes back by a credit note: the same lines with opposite signs."""
        if order.amount <= 0:
            return _NOTHING_TO_PAY
        return self._book(self._voucher(order, Oere(-order.amount), "Kreditnota"), idempotency_key)

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say what became of the voucher; None: it never arrived."""
        return self.ledger_export.look_up(idempotency_key)

    def _book(self, voucher: Voucher, idempotency_key: str) -> Outcome:
        """Export `voucher` unless something stands under its key already; then tell what became of that.

        A call that is repeated tomorrow makes a voucher of another date, which an export may take
        for a misuse of the key. Told as a refusal, the payment would be made a second time.
        """
        earlier = self.ledger_export.look_up(idempotency_key)
        if earlier is not None:
            return earlier
        outcome = self.ledger_export.export(voucher, idempotency_key)
        if isinstance(outcome, Refused):
            return self.ledger_export.look_up(idempotency_key) or outcome
        return outcome

    def _voucher(self, order: PaymentOrder, amount: Oere, kind: str) -> Voucher:
        number = f" {order.invoice_number}" if order.invoice_number else ""
        text = f"{order.code} {kind}{number} {order.payee.name}"
        lines = (
            VoucherLine(account=order.account, amount=amount, text=text),
            VoucherLine(account=self.creditor_account, amount=Oere(-amount), text=text),
        )
        return Voucher(
            code=order.code,
            booked_on=today(),
            text=text,
            lines=lines,
            supplier_name=order.payee.name,
            supplier_cvr=order.payee.cvr,
            invoice_number=order.invoice_number,
            due_on=order.due_on,
        )


class SupplierInvoicePayoutKind:
    """Suppliers' invoices. In the sandbox it works the same, through the tenant's sandbox export."""

    identifier = "supplier_invoice"
    name = Text("Leverandørfaktura", "Supplier invoice")
    manifest = Manifest(PayoutMethod.INVOICE, frozenset({RecipientField.NAME, RecipientField.CVR}))
    settings: Sequence[Setting] = (CREDITOR_ACCOUNT,)

    def configure(self, context: ProviderContext) -> PayoutProvider:
        """Return the tenant's provider; raise `SettingsInvalid` where an account or export is missing."""
        account = context.settings.get(CREDITOR_ACCOUNT.name, "").strip()
        if context.mode is Mode.DISABLED:
            raise _invalid(context, "mode", "disabled; sandbox / live")
        if context.ledger_export is None:
            raise _invalid(context, "ledger_export", "missing")
        if not account:
            raise _invalid(context, CREDITOR_ACCOUNT.name, "missing")
        return SupplierInvoicePayout(context.ledger_export, account)


def _invalid(context: ProviderContext, setting: str, reason: str) -> SettingsInvalid:
    return SettingsInvalid(where=context.tenant_slug, setting=setting, reason=reason)
