"""A folder with a provider in it, orders of made-up people, and the published schemas if at hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from lxml import etree

from raaderum.plugin_api import (
    KeyedOrder,
    Mode,
    Oere,
    Payee,
    PaymentBatch,
    PaymentOrder,
    ProviderContext,
)
from raaderum_small_transfers.plugin import SmallTransfersKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from raaderum_small_transfers.provider import SmallTransfers

CONTRACTS = Path(__file__).resolve().parents[4] / "shared/contracts/iso20022"
SETTINGS = {
    "debtor_name": "Eksempel & Søn Kommune",
    "debtor_iban": "DK5000400440116243",
    "debtor_bic": "DABADKKK",
    "file_version": "pain.001.001.03",
    "service_level": "NURG",
    "charge_bearer": "SHAR",
}
CPR = "6101904321"
"""The day has 60 added, so that it is nobody's."""


@pytest.fixture
def contracts() -> Path:
    """The published schemas and samples; a test that needs them is skipped where they are not."""
    if not CONTRACTS.exists():
        pytest.skip("the published ISO 20022 schemas are not at hand")
    return CONTRACTS


@pytest.fixture
def is_valid(contracts: Path) -> Callable[[bytes], bool]:
    """Say whether a document is valid by the published schema of its own namespace."""

    def check(content: bytes) -> bool:
        document = etree.fromstring(content)
        name = str(etree.QName(document).namespace).rpartition(":")[2]
        schema = _schema(contracts / f"xsd/{name}.xsd")
        valid = schema.validate(document)
        assert valid, schema.error_log
        return True

    return check


@lru_cache
def _schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(file=path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "small_transfers"


@pytest.fixture
def configured(folder: Path) -> Callable[..., SmallTransfers]:
    """Make a provider that knows nothing but what stands on the disk."""

    def configure(**settings: str) -> SmallTransfers:
        context = ProviderContext(UUID(int=1), "lejre", Mode.SANDBOX, {**SETTINGS, **settings}, folder)
        return SmallTransfersKind().configure(context)

    return configure


@pytest.fixture
def provider(configured: Callable[..., SmallTransfers]) -> SmallTransfers:
    return configured()


@pytest.fixture
def outgoing(folder: Path) -> Callable[[], list[Path]]:
    """Return the files that the bank would take."""
    return lambda: sorted((folder / "sandbox/outgoing").glob("*"))


@pytest.fixture
def an_order() -> Callable[..., PaymentOrder]:
    def make(number: int = 1, **changed: Any) -> PaymentOrder:  # noqa: ANN401 - any field of an order
        fields: dict[str, Any] = {
            "payout_id": UUID(int=number),
            "attempt": 1,
            "amount": Oere(100_50 + number),
            "payee": Payee("Mia Mortensen", cpr=CPR),
            "code": f"RD-{number:08d}",
            "purpose": "Noget privat",
            "account": "5.38.38",
            "due_on": date(2026, 3, 2),
        }
        return PaymentOrder(**{**fields, **changed})

    return make


@pytest.fixture
def a_batch() -> Callable[..., PaymentBatch]:
    def make(orders: Sequence[PaymentOrder], key: str = "run:1", **changed: Any) -> PaymentBatch:  # noqa: ANN401 - any field
        fields: dict[str, Any] = {
            "batch_id": UUID(int=99),
            "idempotency_key": key,
            "made_at": datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
            "execute_on": date(2026, 3, 2),
            "count": len(orders),
            "total": Oere(sum(order.amount for order in orders)),
            "orders": tuple(KeyedOrder(one, f"payout:{one.payout_id}:{one.attempt}") for one in orders),
        }
        return PaymentBatch(**{**fields, **changed})

    return make
