"""Files that are not invoices, or worse: each gets a reading, quickly and in little memory."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import DocumentKind, Verdict
from raaderum.testing.sample_invoices import oioubl_invoice, peppol_invoice

if TYPE_CHECKING:
    from raaderum.plugin_api import InvoiceReader

INVOICE = peppol_invoice()
BODY = INVOICE.partition(b"?>")[2]
BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9))
    + b"]><x>&j;</x>"
)
HOSTILE = {
    "nothing at all": (b"", "RD-XML-EMPTY"),
    "only spaces": (b" \r\n\t ", "RD-XML-EMPTY"),
    "another sort of file": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "RD-XML-MALFORMED"),
    "an archive": (b"PK\x03\x04\x14\x00\x00\x00", "RD-XML-ENCODING"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "RD-XML-ENCODING"),
    "a DOCTYPE": (b'<!DOCTYPE Invoice SYSTEM "file:///etc/passwd">' + BODY, "RD-XML-DTD"),
    "a billion laughs": (BILLION_LAUGHS, "RD-XML-DTD"),
    "a NUL in the text": (INVOICE.replace(b"F-1001", b"F-\x001001"), "RD-XML-ENCODING"),
    "bytes that are not UTF-8": (INVOICE.replace("ø".encode(), b"\xf8"), "RD-XML-MALFORMED"),
    "an encoding that does not exist": (
        INVOICE.replace(b'"UTF-8"', b'"UTF-99"'),
        "RD-XML-ENCODING",
    ),
    "an encoding to hide in": (INVOICE.replace(b'"UTF-8"', b'"UTF-7"'), "RD-XML-ENCODING"),
    "half a file": (INVOICE[: len(INVOICE) // 2], "RD-XML-MALFORMED"),
    "something after the end": (INVOICE + INVOICE, "RD-XML-MALFORMED"),
    "deep nesting": (b"<a>" * 100_000, "RD-XML-MALFORMED"),
    "other XML": (b"<html><body/></html>", "RD-XML-ROOT"),
    "an invoice in no namespace": (b"<Invoice/>", "RD-XML-ROOT"),
    "elements where a value belongs": (
        INVOICE.replace(b">F-1001<", b"><cbc:ID>F-1001</cbc:ID><"),
        "RD-XML-UBL",
    ),
    "too large a file": (b"<a>" + b"x" * 10_000_000 + b"</a>", "RD-XML-SIZE"),
    "too many elements": (b"<a>" + b"<b/>" * 1_500_000 + b"</a>", "RD-XML-ELEMENTS"),
    "too many attributes": (b"<a>" + b'<b c=""/>' * 250_000 + b"</a>", "RD-XML-ELEMENTS"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_unreadable_and_says_why(name: str, reader: InvoiceReader) -> None:
    content, rule = HOSTILE[name]
    started = time.perf_counter()
    reading = reader.read(content)
    assert time.perf_counter() - started < 1
    assert reading.kind is DocumentKind.UNREADABLE
    assert reading.verdict is Verdict.REJECTED
    assert reading.broken_rules == (rule,)
    assert reading.invoice is None


def test_a_million_elements_never_become_a_tree(
    monkeypatch: pytest.MonkeyPatch, reader: InvoiceReader
) -> None:
    def must_not_be_called(*_: object) -> None:
        pytest.fail("the tree was built")

    monkeypatch.setattr("raaderum_invoice.safe_xml.etree.fromstring", must_not_be_called)
    assert reader.read(HOSTILE["too many elements"][0]).broken_rules == ("RD-XML-ELEMENTS",)


def test_sixteen_bits_a_character_are_read(reader: InvoiceReader) -> None:
    text = INVOICE.decode().replace("UTF-8", "UTF-16")
    for content in (text.encode("utf-16"), text.encode("utf-16-le"), text.encode("utf-16-be")):
        assert reader.recognises(content)
        assert reader.read(content) == reader.read(INVOICE)


def test_sixteen_bits_hide_no_doctype(reader: InvoiceReader) -> None:
    content = HOSTILE["a billion laughs"][0].decode().encode("utf-16")
    assert reader.read(content).broken_rules == ("RD-XML-DTD",)


def test_a_byte_order_mark_does_no_harm(reader: InvoiceReader) -> None:
    assert reader.read(b"\xef\xbb\xbf" + INVOICE) == reader.read(INVOICE)


def test_older_danish_systems_may_write_latin_1(reader: InvoiceReader) -> None:
    content = INVOICE.decode().replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert reader.read(content) == reader.read(INVOICE)


def test_comments_and_instructions_are_passed_over(reader: InvoiceReader) -> None:
    content = INVOICE.replace(b"F-1001", b"F-<!-- 1 -->10<?print no?>01")
    assert reader.read(content) == reader.read(INVOICE)


def test_an_attachment_of_megabytes_is_read(reader: InvoiceReader) -> None:
    attachment = (
        b"<cac:AdditionalDocumentReference><cbc:ID>bilag-1</cbc:ID><cac:Attachment>"
        b'<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="bilag.pdf">'
        + b"QUJD" * 1_500_000
        + b"</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )
    content = INVOICE.replace(
        b" <cac:AccountingSupplierParty>", attachment + b" <cac:AccountingSupplierParty>"
    )
    reading = reader.read(content)
    assert reading.findings == ()
    assert reading.invoice is not None
    assert "bilag-1" in reading.invoice.references


@pytest.mark.parametrize(
    ("root", "rule"),
    [
        ("ApplicationResponse", "RD-RESPONSE"),
        ("Statement", "RD-STATEMENT"),
        ("Order", "RD-ORDER"),
        ("Catalogue", "RD-OTHER"),
    ],
)
def test_another_business_document_is_said_to_be_that(root: str, rule: str, reader: InvoiceReader) -> None:
    content = (
        oioubl_invoice().replace(b"<Invoice", f"<{root}".encode()).replace(b"</Invoice", f"</{root}".encode())
    )
    content = content.replace(b"xsd:Invoice-2", f"xsd:{root}-2".encode())
    reading = reader.read(content)
    assert reading.kind is DocumentKind.OTHER
    assert reading.broken_rules == (rule,)
    assert reading.format == "oioubl-2.1"


def test_only_ubl_is_recognised(reader: InvoiceReader) -> None:
    assert reader.recognises(INVOICE)
    for content in (b"", b"<html/>", b"%PDF-1.7", b"\0" * 100):
        assert not reader.recognises(content)
