"""What is wrong with a document, by the id of the rule that it breaks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import Verdict
from raaderum.testing.sample_invoices import (
    oioubl_credit_note,
    oioubl_invoice,
    peppol_credit_note,
    peppol_invoice,
)

if TYPE_CHECKING:
    from raaderum.plugin_api import InvoiceReader

PEPPOL = [
    ("<cbc:ID>F-1001</cbc:ID>", "", "BR-02"),
    ("<cbc:IssueDate>2026-03-02</cbc:IssueDate>", "", "BR-03"),
    ("2026-03-02", "2026-02-30", "PEPPOL-EN16931-F001"),
    ("<cbc:DocumentCurrencyCode>DKK", "<cbc:DocumentCurrencyCode>EUR", "PEPPOL-EN16931-R051"),
    ("<cbc:DocumentCurrencyCode>DKK", "<cbc:DocumentCurrencyCode>XXY", "BR-CL-04"),
    ("<cbc:BuyerReference>Borgerbudget</cbc:BuyerReference>", "", "PEPPOL-EN16931-R003"),
    ("<cbc:BuyerReference>Borgerbudget<", "<cbc:BuyerReference><", "PEPPOL-EN16931-R008"),
    ("billing:01:1.0", "billing:99:1.0", "PEPPOL-EN16931-R007"),
    ("poacc:billing:3.0", "poacc:billing:2.0", "PEPPOL-EN16931-R004"),
    ('<cbc:CompanyID schemeID="0184">10000009</cbc:CompanyID>', "", "DK-R-002"),
    ('<cbc:CompanyID schemeID="0184">', '<cbc:CompanyID schemeID="0088">', "DK-R-014"),
    (
        '<cbc:EndpointID schemeID="0088">5790000000012',
        '<cbc:EndpointID schemeID="0088">5790000000013',
        "PEPPOL-COMMON-R040",
    ),
    ('schemeID="0184">10000009', 'schemeID="0184">1000000', "PEPPOL-COMMON-R042"),
    ('schemeID="0184">', 'schemeID="0777">', "BR-CL-25"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>30", "DK-R-005"),
    ("<cbc:ID>1234</cbc:ID>", "", "DK-R-006"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>49", "PEPPOL-EN16931-R061"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>50", "DK-R-008"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>93", "DK-R-010"),
    ("<cbc:InvoiceTypeCode>380", "<cbc:InvoiceTypeCode>999", "BR-CL-01"),
    ("<cbc:ID>S</cbc:ID>", "<cbc:ID>Z</cbc:ID>", "BR-Z-05"),
    ("<cbc:Percent>25<", "<cbc:Percent>20<", "BR-CO-17"),
    ('unitCode="C62"', "", "BR-23"),
    ("<cbc:Name>Kørekort, 1. rate</cbc:Name>", "", "BR-25"),
]
OIOUBL = [
    ("<cbc:ID>F-1001</cbc:ID>", "", "F-INV009"),
    ("<cbc:UBLVersionID>2.1", "<cbc:UBLVersionID>2.2", "F-LIB001"),
    ("OIOUBL-2.1<", "OIOUBL-2.9<", "F-LIB002"),
    ("profile5:ver2.0", "profile6:ver2.0", "F-LIB302"),
    ('invoicetypecode-1.1">380', 'invoicetypecode-1.1">381', "F-INV011"),
    ("<cbc:ID>Borgerbudget</cbc:ID>", "", "F-INV051"),
    (
        '<cbc:EndpointID schemeAgencyID="320" schemeID="DK:CVR">DK',
        '<cbc:EndpointID schemeID="DK:CVR">',
        "F-LIB180",
    ),
    ('<cbc:EndpointID schemeID="GLN">579', '<cbc:EndpointID schemeID="GLN">57', "F-LIB181"),
    ('<cbc:CompanyID schemeID="DK:CVR">DK', '<cbc:CompanyID schemeID="DK:CVR">', "F-LIB190"),
    ('<cbc:CompanyID schemeID="DK:SE">DK', '<cbc:CompanyID schemeID="DK:VAT">DK', "F-LIB195"),
    ("<cbc:PostalZone>9990</cbc:PostalZone>", "", "F-LIB033"),
    ("<cbc:BuildingNumber>1</cbc:BuildingNumber>", "", "F-LIB035"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>99", "F-LIB100"),
    ("DK:BANK", "IBAN", "F-LIB128"),
    ("<cbc:ID>1234</cbc:ID>", "", "F-LIB127"),
    ("<cbc:ID>0440116243</cbc:ID>", "<cbc:ID>00440116243</cbc:ID>", "F-LIB131"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>93", "F-LIB152"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>50", "F-LIB147"),
    ("<cbc:PaymentMeansCode>42", "<cbc:PaymentMeansCode>97", "F-LIB164"),
    (">63<", ">64<", "F-LIB199"),
    ("<cbc:Percent>25</cbc:Percent>", "", "F-LIB382"),
    ("StandardRated", "HalfRated", "F-LIB309"),
    ("StandardRated", "ZeroRated", "F-LIB400"),
    ('<cbc:InvoicedQuantity unitCode="EA">1', '<cbc:InvoicedQuantity unitCode="EA">0', "F-INV147"),
    ('<cbc:InvoicedQuantity unitCode="EA">1', '<cbc:InvoicedQuantity unitCode="EA">2', "F-INV340"),
    ('<cbc:InvoicedQuantity unitCode="EA">1', "<cbc:InvoicedQuantity>1", "F-LIB007"),
    ("<cbc:Name>Kørekort, 1. rate</cbc:Name>", "", "F-INV163"),
    ("<cbc:DocumentCurrencyCode>DKK", "<cbc:DocumentCurrencyCode>EUR", "F-INV014"),
]


@pytest.mark.parametrize(("old", "new", "rule"), PEPPOL)
def test_a_change_to_a_peppol_invoice_breaks_its_rule(
    old: str, new: str, rule: str, reader: InvoiceReader
) -> None:
    _assert_breaks(peppol_invoice(), old, new, rule, reader)


@pytest.mark.parametrize(("old", "new", "rule"), OIOUBL)
def test_a_change_to_an_oioubl_invoice_breaks_its_rule(
    old: str, new: str, rule: str, reader: InvoiceReader
) -> None:
    _assert_breaks(oioubl_invoice(), old, new, rule, reader)


def _assert_breaks(document: bytes, old: str, new: str, rule: str, reader: InvoiceReader) -> None:
    changed = document.decode().replace(old, new)
    assert changed != document.decode()
    reading = reader.read(changed.encode())
    assert rule in reading.broken_rules
    assert reading.verdict is Verdict.REJECTED


def test_a_danish_credit_note_is_not_negative(reader: InvoiceReader) -> None:
    document = peppol_credit_note().replace(b">125.00</cbc:PayableAmount>", b">-125.00</cbc:PayableAmount>")
    assert {"DK-R-016", "RD-PAYABLE-NEGATIVE"} <= set(reader.read(document).broken_rules)


def test_an_oioubl_credit_note_has_rules_of_its_own(reader: InvoiceReader) -> None:
    document = oioubl_credit_note().replace(b">125.00</cbc:PayableAmount>", b">125.01</cbc:PayableAmount>")
    assert reader.read(document).broken_rules == ("F-CRN079",)


def test_other_currencies_than_kroner_are_rejected_by_our_own_rule(reader: InvoiceReader) -> None:
    for make in (peppol_invoice, oioubl_invoice):
        assert reader.read(make().replace(b"DKK", b"EUR")).broken_rules == ("RD-CURRENCY",)


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        (peppol_invoice(supplier_cvr="12345678"), "RD-CVR"),
        (peppol_invoice(issued_on=date(2126, 1, 1)), "RD-ISSUED-IN-FUTURE"),
        (peppol_invoice(due_on=date(2026, 3, 1)), "RD-DUE-BEFORE-ISSUE"),
    ],
)
def test_what_is_odd_but_payable_is_a_warning(document: bytes, rule: str, reader: InvoiceReader) -> None:
    reading = reader.read(document)
    assert [(finding.rule, finding.fatal) for finding in reading.findings] == [(rule, False)]
    assert reading.verdict is Verdict.ACCEPTED


def test_an_amount_that_is_no_number_is_never_calculated_with(reader: InvoiceReader) -> None:
    for garbage in ("1,5", "NaN", "Infinity", "1e5", "", "ti", "1" * 40):
        document = peppol_invoice().replace(b">125.00<", f">{garbage}<".encode())
        reading = reader.read(document)
        assert "RD-NUMBER" in reading.broken_rules, garbage
        assert reading.invoice is not None
        assert reading.invoice.payable is None


def test_a_finding_says_where_it_is_and_what_it_means(reader: InvoiceReader) -> None:
    document = oioubl_invoice().replace(
        b'<cbc:InvoicedQuantity unitCode="EA">1', b'<cbc:InvoicedQuantity unitCode="EA">2'
    )
    (finding,) = reader.read(document).findings
    assert finding.where == "InvoiceLine 1"
    assert "antal gange pris" in finding.message.danish
    assert "quantity times price" in finding.message.english


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            b"<cbc:PayableAmount",
            b'<cbc:PayableAmount currencyID="DKK">1.00</cbc:PayableAmount><cbc:PayableAmount',
        ),
        (b"<cbc:IssueDate>", b"<cbc:IssueDate>2026-03-01</cbc:IssueDate><cbc:IssueDate>"),
        (b"<cac:LegalMonetaryTotal>", b"<cac:LegalMonetaryTotal/><cac:LegalMonetaryTotal>"),
        (b"<cac:AccountingSupplierParty>", b"<cac:AccountingSupplierParty><cac:Party/>"),
    ],
)
def test_nothing_that_is_paid_from_may_be_told_twice(old: bytes, new: bytes, reader: InvoiceReader) -> None:
    for make in (peppol_invoice, peppol_credit_note, oioubl_invoice, oioubl_credit_note):
        assert "RD-TWICE" in reader.read(make().replace(old, new)).broken_rules
