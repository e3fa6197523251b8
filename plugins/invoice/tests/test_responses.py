"""Answers to suppliers: the codes of each format, and valid against the published schema."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from raaderum.plugin_api import AnswerReason, AnswersInvoices, AnswerStatus, InvoiceAnswer
from raaderum.testing.sample_invoices import (
    oioubl_credit_note,
    oioubl_invoice,
    peppol_credit_note,
    peppol_invoice,
)
from raaderum_invoice.responses import OIOUBL_2_CODES, PEPPOL_CODES, PEPPOL_REASONS
from raaderum_invoice.vocabulary import AGGREGATE, BASIC

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from raaderum_invoice.reader import UblInvoiceReader

DOCUMENTS = [peppol_invoice, peppol_credit_note, oioubl_invoice, oioubl_credit_note]
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def answer(status: AnswerStatus, reason: AnswerReason | None = None) -> InvoiceAnswer:
    return InvoiceAnswer("svar-1", AT, status, reason, "Beløbet er <ikke> aftalt & ukendt." if reason else "")


@pytest.fixture(scope="session")
def schema(contracts: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(contracts / "ubl-2.1-xsd/maindoc/UBL-ApplicationResponse-2.1.xsd"))


@pytest.mark.parametrize("make", DOCUMENTS)
@pytest.mark.parametrize("status", AnswerStatus)
def test_every_answer_is_valid_against_the_published_schema(
    make: Callable[..., bytes], status: AnswerStatus, reader: UblInvoiceReader, schema: etree.XMLSchema
) -> None:
    for reason in (None, *AnswerReason):
        written = reader.response(make(number="F & 1"), answer(status, reason))
        if written is None:
            assert make in {oioubl_invoice, oioubl_credit_note}
            assert status not in OIOUBL_2_CODES
            continue
        schema.assertValid(etree.fromstring(written))


def test_the_official_documents_can_be_answered(
    contracts: Path, reader: UblInvoiceReader, schema: etree.XMLSchema
) -> None:
    answered = [
        written
        for path in sorted(contracts.rglob("*.xml"))
        if (written := reader.response(path.read_bytes(), answer(AnswerStatus.ACCEPTED))) is not None
    ]
    for written in answered:
        schema.assertValid(etree.fromstring(written))
    assert answered


@pytest.mark.parametrize("status", AnswerStatus)
def test_peppol_is_told_by_its_own_codes(status: AnswerStatus, reader: UblInvoiceReader) -> None:
    written = reader.response(peppol_invoice(number="F-7"), answer(status))
    assert written is not None
    root = etree.fromstring(written)
    assert root.findtext(f".//{BASIC}ResponseCode") == PEPPOL_CODES[status]
    reason = root.findtext(f".//{BASIC}StatusReasonCode")
    assert (reason is not None) == (status in {AnswerStatus.REJECTED, AnswerStatus.UNDER_QUERY})
    assert root.findtext(f".//{AGGREGATE}DocumentReference/{BASIC}ID") == "F-7"


def test_who_sent_the_document_is_who_is_answered(reader: UblInvoiceReader) -> None:
    for make in DOCUMENTS:
        written = reader.response(make(supplier_cvr="10000017"), answer(AnswerStatus.ACCEPTED))
        assert written is not None
        receiver = etree.fromstring(written).findtext(f"{AGGREGATE}ReceiverParty/{BASIC}EndpointID")
        assert receiver in {"10000017", "DK10000017"}


@pytest.mark.parametrize("reason", AnswerReason)
def test_a_reason_is_told_with_its_code_and_words(reason: AnswerReason, reader: UblInvoiceReader) -> None:
    written = reader.response(peppol_invoice(), answer(AnswerStatus.REJECTED, reason))
    assert written is not None
    root = etree.fromstring(written)
    assert root.findtext(f".//{BASIC}StatusReasonCode") == PEPPOL_REASONS[reason]
    assert root.findtext(f".//{BASIC}StatusReason") == "Beløbet er <ikke> aftalt & ukendt."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<torn",
        b"<Invoice/>",
        peppol_invoice().replace(b"<cbc:ID>F-1001</cbc:ID>", b""),
        peppol_invoice().replace(b"EndpointID", b"OtherID"),
        peppol_invoice().replace(b"#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0", b""),
    ],
    ids=["empty", "torn", "other", "no number", "no address", "no network"],
)
def test_what_cannot_be_answered_is_not(content: bytes, reader: UblInvoiceReader) -> None:
    assert reader.response(content, answer(AnswerStatus.ACCEPTED)) is None


def test_the_reader_says_that_it_answers(reader: UblInvoiceReader) -> None:
    assert isinstance(reader, AnswersInvoices)
