"""Who a supplier is, and that nobody's personal number is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.testing.sample_invoices import oioubl_invoice, peppol_invoice

if TYPE_CHECKING:
    from raaderum.plugin_api import InvoiceReader, SupplierInvoice

PERSON = "0101901234"


def read(content: bytes, reader: InvoiceReader) -> SupplierInvoice:
    invoice = reader.read(content).invoice
    assert invoice is not None
    return invoice


def private(scheme: str, sample: bytes, old: bytes) -> bytes:
    return sample.replace(old, f'schemeID="{scheme}">{PERSON}'.encode())


@pytest.mark.parametrize(
    "content",
    [
        private("DK:CPR", oioubl_invoice(), b'schemeID="DK:CVR">DK10000009'),
        private("0237", peppol_invoice(), b'schemeID="0184">10000009'),
    ],
)
def test_a_private_person_goes_by_name(content: bytes, reader: InvoiceReader) -> None:
    invoice = read(content, reader)
    assert invoice.supplier_cvr is None
    assert invoice.supplier_key == "name:køreskolen ny vej aps"
    assert PERSON not in repr(reader.read(content))


def test_a_personal_number_without_its_scheme_is_not_kept_either(reader: InvoiceReader) -> None:
    content = peppol_invoice().replace(b'schemeID="0184">10000009', f'schemeID="ZZZ">{PERSON}'.encode())
    assert PERSON not in read(content, reader).supplier_key


def test_a_personal_number_as_the_name_is_left_out_of_the_key(reader: InvoiceReader) -> None:
    content = private(
        "DK:CPR", oioubl_invoice(supplier_name="010190-1234 Ib"), b'schemeID="DK:CVR">DK10000009'
    )
    assert read(content, reader).supplier_key == "name:ib"


def test_the_same_company_has_the_same_key_in_every_format(reader: InvoiceReader) -> None:
    keys = {
        read(make(supplier_cvr="10000017"), reader).supplier_key for make in (peppol_invoice, oioubl_invoice)
    }
    assert keys == {"cvr:10000017"}


def test_a_foreign_supplier_goes_by_scheme_and_number(reader: InvoiceReader) -> None:
    content = peppol_invoice().replace(b'schemeID="0184">10000009', b'schemeID="0192">987654325')
    invoice = read(content, reader)
    assert invoice.supplier_cvr is None
    assert invoice.supplier_key == "0192:987654325"


def test_a_company_by_its_gln_goes_by_the_gln(reader: InvoiceReader) -> None:
    content = peppol_invoice().replace(b'schemeID="0184">10000009', b'schemeID="0088">5790000000012')
    assert read(content, reader).supplier_key == "0088:5790000000012"
