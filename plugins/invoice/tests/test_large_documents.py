"""Reading takes time in proportion to the file, whatever it repeats."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from raaderum.testing.sample_invoices import (
    oioubl_credit_note,
    oioubl_invoice,
    peppol_credit_note,
    peppol_invoice,
)

if TYPE_CHECKING:
    from raaderum.plugin_api import InvoiceReader

DOCUMENTS = {
    "a Peppol invoice": peppol_invoice(),
    "a Peppol credit note": peppol_credit_note(credited_number="F-1"),
    "an OIOUBL invoice": oioubl_invoice(),
    "an OIOUBL credit note": oioubl_credit_note(credited_number="F-1"),
    "an OIOUBL 3 invoice": peppol_invoice().replace(
        b"urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
        b"urn:fdc:oioubl.dk:trns:billing:invoice:3.0",
    ),
}
TIMES = 700


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hundreds_of_everything_take_no_more_than_seconds(name: str, reader: InvoiceReader) -> None:
    root = etree.fromstring(DOCUMENTS[name])
    for part in root:
        if len(part):
            copy = etree.tostring(part)
            for _ in range(TIMES):
                part.addnext(etree.fromstring(copy))
    content = etree.tostring(root)
    started = time.perf_counter()
    reader.read(content)
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hundreds_of_everything_give_a_readable_number_of_findings(name: str, reader: InvoiceReader) -> None:
    root = etree.fromstring(DOCUMENTS[name])
    line = root[-1]
    for element in line:
        element.attrib.clear()
        element.text = ""
    for _ in range(TIMES):
        root.append(etree.fromstring(etree.tostring(line)))
    findings = reader.read(etree.tostring(root)).findings
    assert 20 <= len(findings) < 1_000


def test_an_invoice_of_a_thousand_lines_adds_up(reader: InvoiceReader) -> None:
    root = etree.fromstring(peppol_invoice(amount_with_vat=125_00))
    line = etree.tostring(root[-1])
    for number in range(2, 1_001):
        root.append(etree.fromstring(line.replace(b"<cbc:ID>1<", f"<cbc:ID>{number}<".encode())))
    line_amount = b'<cbc:LineExtensionAmount currencyID="DKK">100.00<'
    head, totals, lines = etree.tostring(root).partition(b"<cac:LegalMonetaryTotal>")
    tax, parted, rest = head.partition(b"<cac:TaxTotal>")
    rest = rest.replace(b">25.00<", b">25000.00<").replace(b">100.00<", b">100000.00<")
    sums, end, lines = lines.partition(b"</cac:LegalMonetaryTotal>")
    sums = sums.replace(b">100.00<", b">100000.00<").replace(b">125.00<", b">125000.00<")
    assert lines.count(line_amount) == 1_000
    reading = reader.read(tax + parted + rest + totals + sums + end + lines)
    assert reading.findings == ()
    assert reading.invoice is not None
    assert reading.invoice.payable == 125_000_00
