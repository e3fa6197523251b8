"""Reads one file: from bytes to a verdict. Whatever the bytes are, the answer is a reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import DocumentKind, InvoiceReading, Text, Verdict, today
from raaderum_invoice.extraction import NotUbl, extract
from raaderum_invoice.formats import format_of
from raaderum_invoice.reminders import REMINDER, is_reminder
from raaderum_invoice.report import Report
from raaderum_invoice.responses import response_to
from raaderum_invoice.rule_sets import check
from raaderum_invoice.rules.own import check_structure, check_summary
from raaderum_invoice.safe_xml import Refusal, parse
from raaderum_invoice.summary import summarise
from raaderum_invoice.vocabulary import UBL

if TYPE_CHECKING:
    from raaderum.plugin_api import InvoiceAnswer, SupplierInvoice

UNKNOWN_FORMAT: Final = "unknown"
_HEAD: Final = 16_384
_UBL: Final = UBL.encode()
_ROOT: Final = re.compile(rf"\{{{UBL}(\w+)-2\}}\1")
_KINDS: Final = {
    "Invoice": DocumentKind.INVOICE,
    "CreditNote": DocumentKind.CREDIT_NOTE,
    REMINDER: DocumentKind.REMINDER,
}
_OTHERS: Final = {
    "ApplicationResponse": "RD-RESPONSE",
    "Statement": "RD-STATEMENT",
    "Order": "RD-ORDER",
}


class UblInvoiceReader:
    """Peppol BIS Billing 3.0, other EN 16931 in UBL, OIOUBL 2.1 and OIOUBL 3.0."""

    identifier = "ubl"
    name = Text("Peppol og OIOUBL", "Peppol and OIOUBL")

    def recognises(self, content: bytes) -> bool:
        """Say whether the file's head names UBL, in whatever width its characters are."""
        return _UBL in content[:_HEAD].replace(b"\0", b"")

    def read(self, content: bytes) -> InvoiceReading:
        """Read `content` and check it. Never raises on bad content: what is wrong is a finding."""
        report = Report()
        root = parse(content)
        if isinstance(root, Refusal):
            report(root.rule, "" if root.line is None else f"linje {root.line}")
            return _unreadable(report)
        ubl = _ROOT.fullmatch(str(root.tag))
        if ubl is None:
            report("RD-XML-ROOT")
            return _unreadable(report)
        try:
            document = extract(root)
        except NotUbl:
            report("RD-XML-UBL")
            return _unreadable(report)
        form = format_of(document)
        kind = _KINDS.get(ubl[1])
        if kind is None:
            report(_OTHERS.get(ubl[1], "RD-OTHER"), ubl[1])
            return _reading(form, DocumentKind.OTHER, None, report)
        if kind is DocumentKind.REMINDER:
            check_structure(document, report)
        else:
            check(document, form, report)
            kind = DocumentKind.REMINDER if is_reminder(document) else kind
        invoice = summarise(document, form)
        check_summary(invoice, today(), report)
        if kind is DocumentKind.REMINDER:
            report("RD-REMINDER")
        elif invoice.fee:
            report("RD-FEE")
        return _reading(form, kind, invoice, report)

    def response(self, content: bytes, answer: InvoiceAnswer) -> bytes | None:
        """Return the electronic answer to the document `content`; None where it has none."""
        return response_to(content, answer)


def _unreadable(report: Report) -> InvoiceReading:
    return _reading(UNKNOWN_FORMAT, DocumentKind.UNREADABLE, None, report)


def _reading(
    form: str, kind: DocumentKind, invoice: SupplierInvoice | None, report: Report
) -> InvoiceReading:
    verdict = Verdict.REJECTED if report.rejects else Verdict.ACCEPTED
    return InvoiceReading(str(form), kind, verdict, invoice, tuple(report.findings))
