"""OIOUBL 3.0, by a document made from our Peppol sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import Verdict
from raaderum.testing.sample_invoices import peppol_invoice

if TYPE_CHECKING:
    from raaderum.plugin_api import InvoiceReader

SUBTOTAL = """<cac:TaxTotal><cbc:TaxAmount currencyID="DKK">25.00</cbc:TaxAmount><cac:TaxSubtotal>
 <cbc:TaxableAmount currencyID="DKK">100.00</cbc:TaxableAmount>
 <cbc:TaxAmount currencyID="DKK">25.00</cbc:TaxAmount>
 <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent>
 <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>
</cac:TaxSubtotal></cac:TaxTotal>"""
CHANGES = [
    (
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
        "urn:fdc:oioubl.dk:trns:billing:invoice:3.0",
    ),
    ("urn:fdc:peppol.eu:2017:poacc:billing:01:1.0", "urn:fdc:oioubl.dk:bis:billing_with_response:3"),
    (" 1</cbc:StreetName>", "</cbc:StreetName><cbc:BuildingNumber>1</cbc:BuildingNumber>"),
    (
        '<cbc:EndpointID schemeID="0184">10000017</cbc:EndpointID>',
        (
            '<cbc:EndpointID schemeID="0184">10000017</cbc:EndpointID>'
            "<cac:PartyName><cbc:Name>Eksempel Kommune</cbc:Name></cac:PartyName>"
        ),
    ),
    ("<cbc:CompanyID>DK", '<cbc:CompanyID schemeID="0198">DK'),
    ("<cac:Item>", SUBTOTAL + "<cac:Item>"),
]
BROKEN = [
    ("billing_with_response:3", "billing_without:3", "OIOUBL-BIL-023"),
    ("billing:invoice:3.0", "billing:invoice:3.9", "OIOUBL-BIL-020"),
    ('<cbc:EndpointID schemeID="0184">1', '<cbc:EndpointID schemeID="0184">DK1', "OIOUBL-COMMON-001"),
    ('schemeID="0198">DK', 'schemeID="0198">', "OIOUBL-COMMON-004"),
    (' schemeID="0198"', "", "OIOUBL-COMMON-114"),
    ("<cbc:BuildingNumber>1</cbc:BuildingNumber>", "", "OIOUBL-COMMON-009"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>30", "OIOUBL-BIL-005"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>31", "OIOUBL-BIL-120"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>48", "OIOUBL-BIL-044"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>49", "OIOUBL-BIL-122"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>50", "OIOUBL-BIL-069"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>93", "OIOUBL-BIL-084"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>97", "OIOUBL-BIL-089"),
    ("<cbc:ID>1234</cbc:ID>", "<cbc:ID>123</cbc:ID>", "OIOUBL-BIL-039"),
    (SUBTOTAL, "", "OIOUBL-BIL-131"),
    ('unitCode="C62">1<', 'unitCode="C62">0<', "OIOUBL-BIL-105"),
    ('unitCode="C62">1<', 'unitCode="C62">3<', "PEPPOL-EN16931-R120"),
    ("<cbc:BuyerReference>Borgerbudget</cbc:BuyerReference>", "", "PEPPOL-EN16931-R003"),
    (">125.00</cbc:PayableAmount>", ">125.01</cbc:PayableAmount>", "RD-SUMS"),
    (">125.00</cbc:PayableAmount>", ">-125.00</cbc:PayableAmount>", "OIOUBL-BIL-098"),
]


def document() -> str:
    text = peppol_invoice(customer_cvr="10000017").decode()
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_sound_document_is_accepted(reader: InvoiceReader) -> None:
    reading = reader.read(document().encode())
    assert reading.format == "oioubl-3.0"
    assert reading.findings == ()
    assert reading.invoice is not None
    assert (reading.invoice.payable, reading.invoice.vat) == (125_00, 25_00)


@pytest.mark.parametrize(("old", "new", "rule"), BROKEN)
def test_a_change_breaks_its_rule(old: str, new: str, rule: str, reader: InvoiceReader) -> None:
    changed = document().replace(old, new)
    assert changed != document()
    reading = reader.read(changed.encode())
    assert rule in reading.broken_rules
    assert reading.verdict is Verdict.REJECTED
