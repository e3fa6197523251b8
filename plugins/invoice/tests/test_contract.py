"""The invoice plugin keeps the payout contract, over an accounting system that keeps vouchers in a file."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from raaderum.plugin_api import (
    Completed,
    Mode,
    Outcome,
    ProviderContext,
    Refused,
    Text,
    Unknown,
    Voucher,
    VoucherReceipt,
)
from raaderum.testing.payout_contract import PayoutContract
from raaderum_invoice.provider import SupplierInvoicePayoutKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TENANT = UUID("0195ce71-dc9c-72c8-bf2c-9890a4a9f0a3")
SILENT, DEAF, REFUSING = "silent", "deaf", "refusing"


@dataclass(frozen=True, slots=True)
class AccountingSystem:
    """Takes each key once, for one voucher; misbehaves while a file of that name lies beside it."""

    folder: Path

    def export(self, voucher: Voucher, idempotency_key: str) -> Outcome:
        if self._is(DEAF):
            raise TimeoutError
        if self._is(REFUSING):
            return Refused("closed", Text("Lukket.", "Closed."))
        with self._file() as file:
            file.execute("insert or ignore into voucher values (?, ?)", (idempotency_key, len(voucher.lines)))
            file.execute("insert into booking select ? where changes() = 1", (idempotency_key,))
        return Unknown("time-out") if self._is(SILENT) else Completed(f"B-{idempotency_key}")

    def look_up(self, idempotency_key: str) -> Outcome | None:
        if self._is(DEAF):
            raise TimeoutError
        return Completed(f"B-{idempotency_key}") if self.bookings(idempotency_key) else None

    def receipts(self) -> Iterator[VoucherReceipt]:
        return iter(())

    def bookings(self, key: str) -> int:
        with self._file() as file:
            return int(file.execute("select count(*) from booking where key = ?", (key,)).fetchone()[0])

    @contextmanager
    def misbehaving(self, how: str) -> Iterator[None]:
        (self.folder / how).touch()
        yield
        (self.folder / how).unlink()

    def _is(self, how: str) -> bool:
        return (self.folder / how).exists()

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        file = sqlite3.connect(self.folder / "vouchers.sqlite", timeout=30)
        try:
            file.execute("create table if not exists voucher (key text primary key, lines integer)")
            file.execute("create table if not exists booking (key text)")
            with file:
                yield file
        finally:
            file.close()


class TestContract(PayoutContract):
    kind = SupplierInvoicePayoutKind()

    def context(self, folder: Path, mode: Mode) -> ProviderContext:
        settings = {"creditor_account": "9.52.56"}
        return ProviderContext(TENANT, "eksempel", mode, settings, folder / "files", AccountingSystem(folder))

    def effects_of(self, folder: Path, idempotency_key: str) -> int:
        return AccountingSystem(folder).bookings(idempotency_key)

    @contextmanager
    def silence(self, folder: Path, *, after_doing: bool) -> Iterator[None]:
        with AccountingSystem(folder).misbehaving(SILENT if after_doing else DEAF):
            yield

    @contextmanager
    def refusal(self, folder: Path) -> Iterator[None]:
        with AccountingSystem(folder).misbehaving(REFUSING):
            yield
