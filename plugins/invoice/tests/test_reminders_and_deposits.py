"""Reminders, fees, deposits and prepaid amounts, as the documents tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import DocumentKind, Verdict
from raaderum.testing.sample_invoices import oioubl_invoice, peppol_credit_note, peppol_invoice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from raaderum.plugin_api import InvoiceReader

INVOICES = [peppol_invoice, oioubl_invoice]


def test_the_official_reminder_tells_its_invoice_and_its_fee(contracts: Path, reader: InvoiceReader) -> None:
    content = (contracts / "oioubl-2.1/examples/OIOUBL_Reminder_v2p2.xml").read_bytes()
    reading = reader.read(content)
    assert (reading.kind, reading.verdict) == (DocumentKind.REMINDER, Verdict.ACCEPTED)
    assert reading.invoice is not None
    assert reading.invoice.reminded_numbers == ("A00095678",)
    assert (reading.invoice.fee, reading.invoice.payable) == (43_00, 6_355_50)


@pytest.mark.parametrize("make", INVOICES)
@pytest.mark.parametrize(
    "told",
    [
        {"description": "Rykkergebyr"},
        {"description": "RYKKERGEBYR nr. 2", "credited_number": "F-1"},
        {"note": "Rykker nr. 1", "credited_number": "F-1"},
    ],
    ids=["a fee", "a fee of an invoice", "by its words"],
)
def test_an_invoice_that_is_a_reminder_is_told_from_the_others(
    make: Callable[..., bytes], told: dict[str, str], reader: InvoiceReader
) -> None:
    reading = reader.read(make(number="R-1", **told))
    assert reading.kind is DocumentKind.REMINDER
    assert "RD-REMINDER" in [finding.rule for finding in reading.findings]
    assert reading.invoice is not None
    assert reading.invoice.credited_number is None
    assert reading.invoice.reminded_numbers == (("F-1",) if "credited_number" in told else ())


@pytest.mark.parametrize("make", INVOICES)
def test_an_ordinary_invoice_is_no_reminder(make: Callable[..., bytes], reader: InvoiceReader) -> None:
    for told in ({"note": "Rykker sendes efter 14 dage"}, {"credited_number": "F-1"}, {}):
        reading = reader.read(make(**told))
        assert reading.kind is DocumentKind.INVOICE
        assert reading.invoice is not None
        assert reading.invoice.fee == 0


def test_a_credit_note_over_a_fee_is_a_credit_note(reader: InvoiceReader) -> None:
    reading = reader.read(peppol_credit_note(description="Rykkergebyr", credited_number="R-1"))
    assert reading.kind is DocumentKind.CREDIT_NOTE


@pytest.mark.parametrize("prepaid", [1_00, 125_00])
def test_what_was_prepaid_leaves_less_to_pay(prepaid: int, reader: InvoiceReader) -> None:
    reading = reader.read(peppol_invoice(amount_with_vat=125_00, prepaid=prepaid))
    assert reading.findings == ()
    assert reading.invoice is not None
    assert (reading.invoice.prepaid, reading.invoice.payable) == (prepaid, 125_00 - prepaid)


@pytest.mark.parametrize(
    ("make", "code", "is_deposit"),
    [
        (peppol_invoice, "386", True),
        (peppol_invoice, "380", False),
        (oioubl_invoice, "325", True),
        (oioubl_invoice, "380", False),
    ],
)
def test_a_deposit_is_told_by_its_type(
    make: Callable[..., bytes], code: str, reader: InvoiceReader, *, is_deposit: bool
) -> None:
    reading = reader.read(make(type_code=code))
    assert reading.verdict is Verdict.ACCEPTED
    assert reading.invoice is not None
    assert reading.invoice.is_deposit is is_deposit
