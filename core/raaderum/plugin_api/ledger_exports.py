"""Accounting systems that vouchers are handed to: files, e-conomic, SAP and others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from raaderum.plugin_api.configuration import ProviderContext, Setting
    from raaderum.plugin_api.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One line: `account` of the municipality's chart; `amount` in øre, debit above 0, credit below."""

    account: str
    amount: Oere
    text: str


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher in DKK whose lines sum to 0. Holds no CPR number and no citizen's name.

    `code` is the payment's short code; `invoice_number` is the supplier's, whole.
    """

    code: str
    booked_on: date
    text: str
    lines: tuple[VoucherLine, ...]
    supplier_name: str = ""
    supplier_cvr: str | None = None
    invoice_number: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class VoucherReceipt:
    """A voucher as the accounting system holds it, under its own `number`."""

    number: str
    idempotency_key: str
    voucher: Voucher


class LedgerExport(Protocol):
    """An accounting system, configured for one tenant. Called from several threads and processes."""

    def export(self, voucher: Voucher, idempotency_key: str) -> Outcome:
        """Book `voucher` at most once for `idempotency_key`; `Completed.reference` is its number."""
        ...

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say what became of the voucher sent with `idempotency_key`; None: it never arrived."""
        ...

    def receipts(self) -> Iterator[VoucherReceipt]:
        """Go through every voucher the system holds, oldest first, for reconciliation."""
        ...


@runtime_checkable
class LedgerExportKind(Protocol):
    """An accounting system that can be switched on: what it needs, and how to make one for a tenant."""

    @property
    def identifier(self) -> str:
        """The name that files and other programs call it by; never changes."""
        ...

    @property
    def name(self) -> Text:
        """What people call it."""
        ...

    @property
    def settings(self) -> Sequence[Setting]:
        """What must be known before one can be made for a tenant."""
        ...

    def configure(self, context: ProviderContext) -> LedgerExport:
        """Return the export for one tenant; raise `SettingsInvalid` where it cannot work."""
        ...
