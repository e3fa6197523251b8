"""The reader, and the folder of official examples where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from raaderum_invoice.reader import UblInvoiceReader

CONTRACTS = Path(__file__).parents[3].parent / "shared" / "contracts" / "invoice"


@pytest.fixture(scope="session")
def reader() -> UblInvoiceReader:
    return UblInvoiceReader()


@pytest.fixture(scope="session")
def contracts() -> Path:
    if not CONTRACTS.is_dir():
        pytest.skip("the official examples are not beside this checkout")
    return CONTRACTS
