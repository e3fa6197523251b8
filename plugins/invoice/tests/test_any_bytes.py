"""Whatever the bytes are, reading them gives a reading."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from raaderum.plugin_api import DocumentKind, InvoiceReading, Verdict
from raaderum.testing.sample_invoices import (
    oioubl_credit_note,
    oioubl_invoice,
    peppol_credit_note,
    peppol_invoice,
)
from raaderum_invoice.reader import UblInvoiceReader

SAMPLES = (peppol_invoice(), peppol_credit_note(), oioubl_invoice(), oioubl_credit_note())
AS_OIOUBL_3 = peppol_invoice().replace(
    b"urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
    b"urn:fdc:oioubl.dk:trns:billing:invoice:3.0",
)
READER = UblInvoiceReader()
VALUES = st.one_of(
    st.sampled_from(
        ["", "0", "-1", "1e9", "NaN", "9" * 18, "0.001", "DKK", "2026-13-01", "true", "\u00e6", "S", "63"]
    ),
    st.text(max_size=12),
)
FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_sound(reading: InvoiceReading) -> None:
    fatal = any(finding.fatal for finding in reading.findings)
    assert (reading.verdict is Verdict.REJECTED) == fatal
    assert (reading.invoice is not None) == (reading.kind in {DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE})
    assert all(finding.message.danish and finding.message.english for finding in reading.findings)


@FEW
@given(st.binary(max_size=400))
def test_any_bytes_get_a_reading(content: bytes) -> None:
    READER.recognises(content)
    assert_sound(READER.read(content))


@FEW
@given(st.sampled_from(SAMPLES), st.data())
def test_an_invoice_with_damaged_bytes_gets_a_reading(sample: bytes, data: st.DataObject) -> None:
    content = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=6))
    assert_sound(READER.read(bytes(content)))


@FEW
@given(st.sampled_from((*SAMPLES, AS_OIOUBL_3)), st.data())
def test_an_invoice_with_elements_missing_doubled_or_changed_gets_a_reading(
    sample: bytes, data: st.DataObject
) -> None:
    root = etree.fromstring(sample)
    for _ in range(data.draw(st.integers(1, 5))):
        elements = list(root.iterdescendants())
        if not elements:
            break
        element = data.draw(st.sampled_from(elements))
        match data.draw(st.sampled_from(["drop", "double", "text", "attribute", "move"])):
            case "drop":
                _parent(element).remove(element)
            case "double":
                element.addnext(etree.fromstring(etree.tostring(element)))
            case "text":
                element.text = data.draw(VALUES.filter(_is_xml))
            case "attribute":
                for name in element.attrib:
                    element.set(name, data.draw(VALUES.filter(_is_xml)))
            case _:
                data.draw(st.sampled_from([*elements, root])).append(
                    etree.fromstring(etree.tostring(element))
                )
    assert_sound(READER.read(etree.tostring(root)))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _is_xml(text: str) -> bool:
    return all(sign in "\t\n\r" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" for sign in text)
