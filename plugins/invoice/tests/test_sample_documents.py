"""Documents of our own making: valid in each format, and read alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import DocumentKind, Verdict
from raaderum.testing.sample_invoices import (
    oioubl_credit_note,
    oioubl_invoice,
    peppol_credit_note,
    peppol_invoice,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.plugin_api import InvoiceReader

INVOICES = [peppol_invoice, oioubl_invoice]
CREDIT_NOTES = [peppol_credit_note, oioubl_credit_note]


@pytest.mark.parametrize("make", INVOICES + CREDIT_NOTES)
@pytest.mark.parametrize("amount", [0, 1, 3, 99_99, 125_00, 13_37, 123_456_789_01])
def test_a_sample_keeps_all_rules_whatever_its_amount(
    make: Callable[..., bytes], amount: int, reader: InvoiceReader
) -> None:
    reading = reader.read(make(amount_with_vat=amount))
    assert reading.findings == ()
    assert reading.verdict is Verdict.ACCEPTED
    assert reading.invoice is not None
    assert reading.invoice.payable == amount


@pytest.mark.parametrize("make", INVOICES)
def test_an_invoice_tells_what_is_needed_to_pay_it(make: Callable[..., bytes], reader: InvoiceReader) -> None:
    reading = reader.read(
        make(
            number="2026-77",
            issued_on=date(2026, 5, 4),
            due_on=date(2026, 6, 3),
            supplier_name="Tømrer & Søn",
            supplier_cvr="10000017",
            order_reference="RD-7K3QW9XC",
            description="Værktøj",
            amount_with_vat=2_500_00,
            note="Hilsen <os>",
        )
    )
    invoice = reading.invoice
    assert invoice is not None
    assert reading.kind is DocumentKind.INVOICE
    assert (invoice.number, invoice.issued_on, invoice.due_on) == (
        "2026-77",
        date(2026, 5, 4),
        date(2026, 6, 3),
    )
    assert (invoice.supplier_name, invoice.supplier_cvr) == ("Tømrer & Søn", "10000017")
    assert invoice.supplier_key == "cvr:10000017"
    assert (invoice.currency, invoice.payable, invoice.vat) == ("DKK", 2_500_00, 500_00)
    assert invoice.order_reference == "RD-7K3QW9XC"
    assert invoice.references[0] == "RD-7K3QW9XC"
    assert {"Hilsen <os>", "Værktøj"} <= set(invoice.references)
    assert invoice.credited_number is None


@pytest.mark.parametrize("make", CREDIT_NOTES)
def test_a_credit_note_tells_which_invoice_it_takes_back(
    make: Callable[..., bytes], reader: InvoiceReader
) -> None:
    reading = reader.read(make(number="K-2", credited_number="F-1", amount_with_vat=125_00))
    assert reading.kind is DocumentKind.CREDIT_NOTE
    assert reading.invoice is not None
    assert (reading.invoice.number, reading.invoice.credited_number) == ("K-2", "F-1")
    assert reading.invoice.payable == 125_00


@pytest.mark.parametrize("make", INVOICES + CREDIT_NOTES)
def test_the_customer_may_go_by_a_company_number(make: Callable[..., bytes], reader: InvoiceReader) -> None:
    assert reader.read(make(customer_cvr="10000009")).findings == ()


def test_what_oioubl_writes_for_no_order_is_no_order(reader: InvoiceReader) -> None:
    reading = reader.read(oioubl_invoice(order_reference="NA"))
    assert reading.invoice is not None
    assert reading.invoice.order_reference is None
    assert "NA" not in reading.invoice.references


def test_the_vat_of_oioubl_is_not_taken_for_the_total_without_vat(reader: InvoiceReader) -> None:
    peppol, oioubl = (reader.read(make(amount_with_vat=125_00)).invoice for make in INVOICES)
    assert peppol is not None
    assert oioubl is not None
    assert peppol.vat == oioubl.vat == 25_00
