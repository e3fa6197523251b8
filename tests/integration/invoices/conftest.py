"""What the tests of the inbox have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.invoices.service import get_invoice, original_file
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR
from raaderum.testing.sample_invoices import oioubl_invoice, peppol_invoice

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.purchases.tables import Purchase
    from raaderum.testing.municipality import Municipality

OFFICIAL = Path(__file__).parents[4] / "shared" / "contracts" / "invoice"


@pytest.fixture
def invoice_for() -> Callable[..., bytes]:
    """Return an invoice that fits a purchase in every respect, but for what is told."""

    def do(purchase: Purchase, *, in_oioubl: bool = False, **told: Any) -> bytes:  # noqa: ANN401 - any sample parameter
        build = oioubl_invoice if in_oioubl else peppol_invoice
        fitting: dict[str, Any] = {
            "supplier_name": SUPPLIER,
            "supplier_cvr": SUPPLIER_CVR,
            "order_reference": purchase.code,
            "amount_with_vat": purchase.amount,
        }
        return build(**{**fitting, **told})

    return do


@pytest.fixture
def original(municipality: Municipality, read: Callable[..., Any]) -> Callable[[UUID], bytes]:
    """Return the file of the inbox as it arrived."""

    def open_it(session: Session, invoice_id: UUID) -> bytes:
        return original_file(session, get_invoice(session, invoice_id, by=municipality.finance_officer))

    def do(invoice_id: UUID) -> bytes:
        content: bytes = read(open_it, invoice_id)
        return content

    return do


@pytest.fixture(scope="session")
def official_samples() -> list[Path]:
    """Return the published samples; skip where they are not there."""
    if not OFFICIAL.is_dir():
        pytest.skip("the folder of published invoice samples is not there")
    return sorted(path for path in OFFICIAL.rglob("*.xml") if path.is_file())
