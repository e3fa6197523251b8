from __future__ import annotations

from dataclasses import replace

import pytest

from raaderum.invoices.rules import (
    LARGEST_FILE,
    OPEN_OUTCOMES,
    OUTCOME_NAMES,
    FileTooLarge,
    InvoiceOutcome,
    above_committed,
    check_size,
    rejected_by,
    unreadable,
)
from raaderum.invoices.service import read_file
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.plugin_api import DocumentKind, Finding, InvoiceReading, SupplierInvoice, Verdict

INVOICE = SupplierInvoice(
    supplier_name="Køreskolen",
    supplier_cvr="12345674",
    supplier_key="cvr:12345674",
    number="4711",
    issued_on=None,
    due_on=None,
    currency="DKK",
    payable=Oere(1_250_00),
    vat=None,
    order_reference=None,
    references=(),
)
GOOD = InvoiceReading("peppol", DocumentKind.INVOICE, Verdict.ACCEPTED, INVOICE)


def finding(rule: str, *, fatal: bool = True) -> Finding:
    return Finding(rule, fatal, Text(f"Regel {rule} er brudt.", f"Rule {rule} is broken."))


class Reader:
    """Recognises files that begin with its name."""

    name = Text("prøve", "sample")

    def __init__(self, identifier: str) -> None:
        self.identifier = identifier

    def recognises(self, content: bytes) -> bool:
        return content.startswith(self.identifier.encode())

    def read(self, content: bytes) -> InvoiceReading:
        return replace(GOOD, format=f"{self.identifier}:{len(content)}")


@pytest.mark.parametrize("kind", [DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE])
def test_a_good_invoice_or_credit_note_goes_on_to_be_matched(kind: DocumentKind) -> None:
    assert rejected_by(replace(GOOD, kind=kind, findings=(finding("W1", fatal=False),))) is None


def test_a_broken_invoice_is_rejected_with_its_rules_each_once() -> None:
    findings = (finding("BR-CO-15"), finding("W1", fatal=False), finding("DK-R-002"), finding("BR-CO-15"))
    match = rejected_by(replace(GOOD, verdict=Verdict.REJECTED, findings=findings))
    assert match is not None
    assert (match.outcome, match.purchase_id) == (InvoiceOutcome.REJECTED, None)
    told = "Fakturaen bryder regler: BR-CO-15, DK-R-002. Bed leverandøren sende en ny."
    assert match.explanation.danish == told


@pytest.mark.parametrize("kind", [DocumentKind.OTHER, DocumentKind.UNREADABLE])
def test_what_nobody_pays_from_is_rejected_with_the_readers_reason(kind: DocumentKind) -> None:
    match = rejected_by(InvoiceReading("x", kind, Verdict.REJECTED, None, (finding("RD-REMINDER"),)))
    assert match is not None
    assert match.outcome is InvoiceOutcome.REJECTED
    assert match.explanation.danish == "Regel RD-REMINDER er brudt."


def test_a_reading_without_any_reason_is_rejected_all_the_same() -> None:
    match = rejected_by(InvoiceReading("x", DocumentKind.INVOICE, Verdict.ACCEPTED, None))
    assert match is not None
    assert "ikke en faktura eller kreditnota" in match.explanation.danish


def test_a_file_goes_to_the_first_reader_that_recognises_it() -> None:
    readers = [Reader("a"), Reader("ab"), Reader("b")]
    assert read_file(b"abc", readers).format == "a:3"
    assert read_file(b"bc", readers).format == "b:2"
    assert read_file(b"c", readers) == unreadable() == read_file(b"", [])


def test_a_file_up_to_ten_million_bytes_is_taken_in_and_no_larger() -> None:
    check_size(bytes(LARGEST_FILE))
    with pytest.raises(FileTooLarge) as refused:
        check_size(bytes(LARGEST_FILE + 1))
    told = refused.value.message.danish
    assert "10000001 byte; der er plads til 10000000" in told
    assert "Bed leverandøren" in told


def test_above_the_committed_amount_both_figures_are_told() -> None:
    told = above_committed("RD-7K3QW9XC", payable=1_250_01, left=1_250_00, committed=2_000_00).danish
    assert told.endswith("er på 1.250,01 kr., og der er kun 1.250,00 kr. tilbage af købet på 2.000,00 kr.")


def test_every_outcome_has_a_name_and_the_open_ones_wait_for_a_person() -> None:
    assert set(OUTCOME_NAMES) == set(InvoiceOutcome)
    closed = {"duplicate", "rejected", "reminder", "approved", "dismissed", "credited"}
    assert set(OPEN_OUTCOMES) | closed == set(InvoiceOutcome)
