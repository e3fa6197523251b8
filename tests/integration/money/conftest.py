"""What the tests of money have in common: invoices that fit a purchase, and what became of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from raaderum.invoices.service import approve_invoice
from raaderum.ledger.service import budget_statement
from raaderum.payouts.tables import Payout
from raaderum.plugin_host.providers import tenant_providers
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR
from raaderum.testing.sample_invoices import peppol_invoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.plugin_api import VoucherReceipt
    from raaderum.purchases.tables import Purchase
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

_OF_INVOICES = ("granted", "available", "committed", "in_payment", "spent")


@pytest.fixture
def invoice(
    municipality: Municipality, receive: Callable[..., InboxInvoice], act: Callable[..., Any]
) -> Callable[..., Payout]:
    """Have an invoice for a purchase taken in and approved; return the payout that was reserved."""

    def do(
        purchase: Purchase, *, amount: int | None = None, number: str = "F-1001", last: bool | None = None
    ) -> Payout:
        content = peppol_invoice(
            number=number,
            supplier_name=SUPPLIER,
            supplier_cvr=SUPPLIER_CVR,
            order_reference=purchase.code,
            amount_with_vat=purchase.amount if amount is None else amount,
        )
        officer = municipality.finance_officer
        approved = act(approve_invoice, receive(content).id, by=officer, last=last)
        found: Payout = act(lambda session: session.get_one(Payout, (municipality.id, approved.payout_id)))
        return found

    return do


@pytest.fixture
def payouts(read: Callable[..., Any]) -> Callable[[], list[Payout]]:
    """Return the municipality's payouts, oldest first."""

    def select_all(session: Session) -> list[Payout]:
        return list(session.scalars(select(Payout).order_by(Payout.id)))

    def do() -> list[Payout]:
        found: list[Payout] = read(select_all)
        return found

    return do


@pytest.fixture
def vouchers(municipality: Municipality) -> Callable[[], list[VoucherReceipt]]:
    """Return every voucher that stands in the municipality's files."""

    def do() -> list[VoucherReceipt]:
        with municipality.at_work():
            return list(tenant_providers().ledger_export.receipts())

    return do


@pytest.fixture
def money_of(read: Callable[..., Any]) -> Callable[[Case], dict[str, int]]:
    """Return where a citizen's money is, in øre."""

    def do(case: Case) -> dict[str, int]:
        statement = asdict(read(budget_statement, case.enrolment_id))
        return {name: statement[name] for name in _OF_INVOICES}

    return do
