"""A folder with an export in it, and what must hold for every folder."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import Oere, Voucher, VoucherLine
from raaderum_ledger_file.export import FileLedgerExport
from raaderum_ledger_file.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sandbox"


@pytest.fixture
def restarted(folder: Path) -> Callable[[], FileLedgerExport]:
    """Make an export that knows nothing but what stands on the disk."""

    def restart() -> FileLedgerExport:
        journal = Journal(folder)
        journal.prepare()
        return FileLedgerExport(journal)

    return restart


@pytest.fixture
def export(restarted: Callable[[], FileLedgerExport]) -> FileLedgerExport:
    return restarted()


@pytest.fixture
def a_voucher() -> Callable[..., Voucher]:
    def make(amount: int = 125_00, *, booked_on: date = date(2026, 3, 2)) -> Voucher:
        return Voucher(
            code="RD-7K3QW9XC",
            booked_on=booked_on,
            text="Kørekort – 1. rate",
            lines=(
                VoucherLine("5.38.38.003.4.9", Oere(amount), "Transport"),
                VoucherLine("9.52.56", Oere(-amount), "Kreditor"),
            ),
            supplier_name="Køreskolen »Ny Vej«",
            supplier_cvr="12345678",
            invoice_number="F-1",
            due_on=date(2026, 4, 1),
        )

    return make


@pytest.fixture
def assert_sound(restarted: Callable[[], FileLedgerExport]) -> Callable[[Mapping[str, str]], None]:
    """Numbers without gaps in each year, one voucher per key, and every answer that was given still true."""

    def check(told: Mapping[str, str]) -> None:
        numbers: dict[str, list[str]] = defaultdict(list)
        by_key: dict[str, str] = {}
        for receipt in restarted().receipts():
            numbers[receipt.number[:4]].append(receipt.number)
            assert receipt.idempotency_key not in by_key
            by_key[receipt.idempotency_key] = receipt.number
        for year, of_year in numbers.items():
            assert of_year == [f"{year}-{number:06d}" for number in range(1, len(of_year) + 1)]
        assert told.items() <= by_key.items()

    return check
