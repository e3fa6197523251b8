"""EN 16931 on the head of the document: what must be there, what may be there only once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice.rules.dates import ends_before_it_starts

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

MANDATORY: Final = {
    "CustomizationID": "BR-01",
    "ID": "BR-02",
    "IssueDate": "BR-03",
    "DocumentCurrencyCode": "BR-05",
}
ONLY_ONCE: Final = {
    ("ContractDocumentReference", "ID"): "UBL-SR-01",
    ("ReceiptDocumentReference", "ID"): "UBL-SR-02",
    ("DespatchDocumentReference", "ID"): "UBL-SR-03",
    ("PaymentTerms", "Note"): "UBL-SR-05",
    ("ProjectReference", "ID"): "UBL-SR-39",
    ("InvoicePeriod", "DescriptionCode"): "UBL-SR-49",
    ("OriginatorDocumentReference", "ID"): "UBL-SR-56",
}
INVOICED_OBJECT: Final = "130"
PROJECT: Final = "50"


def check_document(document: Document, report: Report) -> None:
    """Check the head and its references."""
    top = document.top
    for name, rule in MANDATORY.items():
        if not top.texts.get(name):
            report(rule)
    if not (top.text("InvoiceTypeCode") or top.text("CreditNoteTypeCode")):
        report("BR-04")
    if not document.lines:
        report("BR-16")
    if "TaxCurrencyCode" in top.texts:
        _check_tax_currency(document, report)
    for path, rule in ONLY_ONCE.items():
        if path[0] in top.parts and sum(part.count(path[1]) for part in top.parts[path[0]]) > 1:
            report(rule)
    _check_periods(document, report)
    if "AdditionalDocumentReference" in top.parts:
        _check_supporting_documents(document, report)
    for reference in document.all("BillingReference"):
        _check_billing_reference(reference, report)


def _check_tax_currency(document: Document, report: Report) -> None:
    currency = document.top.texts["TaxCurrencyCode"]
    given = (
        dict(attributes).get("currencyID")
        for owner, name, _, attributes in document.amounts
        if name == "TaxAmount" and owner.name == "TaxTotal"
    )
    if currency not in given:
        report("BR-53")


def _check_periods(document: Document, report: Report) -> None:
    periods = document.top.parts.get("InvoicePeriod", ())
    if len(periods) > 1:
        report("UBL-SR-08")
    for period in periods:
        if ends_before_it_starts(period):
            report("BR-29", period)
        if not period.texts.keys() & {"StartDate", "EndDate", "DescriptionCode"}:
            report("BR-CO-19", period)
        if "DescriptionCode" in period.texts and "TaxPointDate" in document.top.texts:
            report("BR-CO-03", period)


def _check_supporting_documents(document: Document, report: Report) -> None:
    references = document.top.parts["AdditionalDocumentReference"]
    objects = [one for one in references if one.text("DocumentTypeCode") == INVOICED_OBJECT]
    if len(objects) > 1 and sum(one.count("ID") for one in objects) > 1:
        report("UBL-SR-04")
    for reference in references:
        if not reference.text("ID"):
            report("BR-52", reference)
        if reference.count("DocumentDescription") > 1:
            report("UBL-SR-33", reference)
        if not _has_a_known_purpose(reference, document):
            report("UBL-SR-43", reference)


def _has_a_known_purpose(reference: Aggregate, document: Document) -> bool:
    purpose = reference.texts.get("DocumentTypeCode")
    if purpose is None:
        return reference.attribute("ID", "schemeID") is None
    return purpose == INVOICED_OBJECT or (purpose == PROJECT and document.is_credit_note)


def _check_billing_reference(reference: Aggregate, report: Report) -> None:
    invoices = reference.parts.get("InvoiceDocumentReference", ())
    if not any("ID" in invoice.texts for invoice in invoices):
        report("BR-55", reference)
        report("UBL-SR-07", reference)
    if len(invoices) > 1:
        report("UBL-SR-06", reference)
