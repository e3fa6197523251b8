"""OIOUBL 3.0 on the head of the document, its lines and totals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from raaderum_invoice.amounts import ZERO, number
from raaderum_invoice.rules.en16931_parties import VAT

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

INVOICE_CUSTOMIZATION: Final = "urn:fdc:oioubl.dk:trns:billing:invoice:3.0"
CREDIT_NOTE_CUSTOMIZATION: Final = "urn:fdc:oioubl.dk:trns:billing:creditnote:3.0"
PRIVATE_PROFILE: Final = "urn:fdc:oioubl.dk:bis:billing_private_without_response:3"
PROFILES: Final = frozenset({"urn:fdc:oioubl.dk:bis:billing_with_response:3", PRIVATE_PROFILE})
AGREED_BETWEEN_THEM: Final = "ZZZ"
UNSPSC_VERSIONS: Final = frozenset({"19.05.01", "19.0501", "26.08.01", "26.0801"})
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ZERO: Final = re.compile(r"0+(?:\.0+)?")
_RATE: Final = re.compile(r"[0-9]+(?:\.[0-9]{4})?")
_CONVERTED_FROM_PEPPOL: Final = "PEPPOLBIS32OIOUBL"
_NOT_NEGATIVE: Final = ("LineExtensionAmount", "TaxInclusiveAmount", "PayableAmount")
_DELIVERY_ONLY_ONCE: Final = (
    ("ActualDeliveryDate", "OIOUBL-BIL-101"),
    ("DeliveryLocation", "OIOUBL-BIL-102"),
    ("DeliveryParty", "OIOUBL-BIL-103"),
)
_EXCLUDED: Final = (
    ("OrderReference", "DocumentReference", "OIOUBL-COMMON-021"),
    ("BillingReference", "SelfBilledInvoiceDocumentReference", "OIOUBL-COMMON-023"),
    ("BillingReference", "SelfBilledCreditNoteDocumentReference", "OIOUBL-COMMON-024"),
    ("BillingReference", "DebitNoteDocumentReference", "OIOUBL-COMMON-025"),
    ("BillingReference", "AdditionalDocumentReference", "OIOUBL-COMMON-031"),
    ("InvoiceDocumentReference", "Attachment", "OIOUBL-COMMON-022"),
    ("Delivery", "DeliveryAddress", "OIOUBL-COMMON-027"),
    ("Delivery", "CarrierParty", "OIOUBL-COMMON-028"),
    ("DeliveryLocation", "CountrySubentity", "OIOUBL-COMMON-032"),
    ("DeliveryLocation", "CountrySubentityCode", "OIOUBL-COMMON-033"),
    ("PaymentMeans", "PaymentDueDate", "OIOUBL-COMMON-034"),
    ("AllowanceCharge", "PaymentMeans", "OIOUBL-COMMON-035"),
    ("TaxSubtotal", "Percent", "OIOUBL-COMMON-038"),
    ("TaxSubtotal", "BaseUnitMeasure", "OIOUBL-COMMON-039"),
    ("TaxSubtotal", "PerUnitAmount", "OIOUBL-COMMON-040"),
)
_EXCLUDED_FROM_LINES: Final = (
    ("Delivery", "LatestDeliveryDate", "OIOUBL-COMMON-052"),
    ("Delivery", "LatestDeliveryTime", "OIOUBL-COMMON-053"),
    ("Delivery", "DeliveryAddress", "OIOUBL-COMMON-054"),
    ("Item", "TransactionConditions", "OIOUBL-COMMON-063"),
)
_RATES: Final = (
    "TaxExchangeRate",
    "PricingExchangeRate",
    "PaymentExchangeRate",
    "PaymentAlternativeExchangeRate",
)


def check_document(document: Document, report: Report) -> None:
    """Check what the document says of itself, and what it may not say at all."""
    top = document.top
    customization = CREDIT_NOTE_CUSTOMIZATION if document.is_credit_note else INVOICE_CUSTOMIZATION
    if top.texts.get("CustomizationID", customization) != customization:
        report("OIOUBL-BIL-022" if document.is_credit_note else "OIOUBL-BIL-020")
    if top.texts.get("UBLVersionID", "2.1") != "2.1":
        report("OIOUBL-BIL-019")
    if "ProfileID" in top.texts and top.text("ProfileID") not in PROFILES:
        report("OIOUBL-BIL-023")
    if "UUID" in top.texts and not _UUID.fullmatch(top.text("UUID")):
        report("OIOUBL-COMMON-005")
    for holder, name, rule in _EXCLUDED:
        for one in document.all(holder):
            if name in one.texts or name in one.parts:
                report(rule, one)
    if document.all("Person"):
        report("OIOUBL-COMMON-041")
    for allowance in document.all("AllowanceCharge"):
        _check_allowance(allowance, report)


def _check_allowance(allowance: Aggregate, report: Report) -> None:
    if allowance.text("SequenceNumeric").startswith("-"):
        report("OIOUBL-COMMON-007", allowance)
    if allowance.text("AllowanceChargeReasonCode") == AGREED_BETWEEN_THEM:
        reason = allowance.text("AllowanceChargeReason")
        if "AllowanceChargeReason" not in allowance.texts:
            report("OIOUBL-COMMON-150", allowance)
        if "#" not in reason or reason.startswith("#") or reason.endswith("#"):
            report("OIOUBL-COMMON-014", allowance)


def check_sums(document: Document, report: Report) -> None:
    """Check totals, VAT and exchange rates. Numbers must be readable."""
    for totals in document.top.parts.get("LegalMonetaryTotal", ()):
        for name in _NOT_NEGATIVE:
            if totals.text(name).startswith("-"):
                report("OIOUBL-BIL-098", totals)
        if document.is_credit_note:
            _check_credit_note(totals, document, report)
    for subtotal in document.all("TaxSubtotal"):
        categories = subtotal.parts.get("TaxCategory", ())
        if not any("ID" in one.texts and _is_vat(one) for one in categories):
            report("OIOUBL-BIL-115", subtotal)
    for name in _RATES:
        for rate in document.all(name):
            _check_rate(rate, report)


def _is_vat(category: Aggregate) -> bool:
    return category.first_text("TaxScheme", "ID").upper() == VAT


def _check_credit_note(totals: Aggregate, document: Document, report: Report) -> None:
    payable, with_vat = number(totals, "PayableAmount"), number(totals, "TaxInclusiveAmount")
    if payable is None or payable <= ZERO:
        report("OIOUBL-BIL-016", totals)
    converted = any(
        one.text("DocumentTypeCode") == _CONVERTED_FROM_PEPPOL
        for one in document.top.parts.get("AdditionalDocumentReference", ())
    )
    if with_vat is not None and with_vat < ZERO and not converted:
        report("OIOUBL-BIL-099", totals)


def _check_rate(rate: Aggregate, report: Report) -> None:
    given, operator = rate.text("CalculationRate"), rate.text("MathematicOperatorCode")
    positive = (number(rate, "CalculationRate") or ZERO) > ZERO
    if not positive or not _RATE.fullmatch(given):
        report("OIOUBL-COMMON-140", rate)
    if operator not in ("multiply", "divide"):
        report("OIOUBL-COMMON-141", rate)
    if rate.name == "TaxExchangeRate":
        if not positive or len(given.partition(".")[2]) != 4:  # noqa: PLR2004 -- as many as the rule asks for
            report("OIOUBL-BIL-111", rate)
        if operator not in ("multiply", "divide"):
            report("OIOUBL-BIL-112", rate)


def check_lines(document: Document, report: Report) -> None:
    """Check every line."""
    ids = set[str]()
    once = [(name, rule) for name, rule in _DELIVERY_ONLY_ONCE if _delivers(document.top, name)]
    for line in document.lines:
        if line.text("ID") in ids:
            for rule in (
                ("OIOUBL-BIL-108", "OIOUBL-BIL-110") if document.is_credit_note else ("OIOUBL-BIL-107",)
            ):
                report(rule, line)
        ids.add(line.text("ID"))
        _check_line(line, document, report)
        for name, rule in once:
            if _delivers(line, name):
                report(rule, line)


def _check_line(line: Aggregate, document: Document, report: Report) -> None:
    ordered = "OrderReference" in document.top.parts
    report.each(
        (
            ("OIOUBL-BIL-105", _ZERO.fullmatch(line.text("InvoicedQuantity")) is not None),
            ("OIOUBL-BIL-130", "OrderLineReference" in line.parts and not ordered),
            ("OIOUBL-BIL-131", "TaxTotal" not in line.parts),
            ("OIOUBL-COMMON-062", "PaymentTerms" in line.parts),
            ("OIOUBL-COMMON-103", len(line.all_parts("Item", "ManufacturersItemIdentification")) > 1),
            ("OIOUBL-COMMON-064", bool(line.all_parts("Price", "AllowanceCharge", "PaymentMeans"))),
        ),
        line,
    )
    for holder, name, rule in _EXCLUDED_FROM_LINES:
        for one in line.parts.get(holder, ()):
            if name in one.texts or name in one.parts:
                report(rule, line)


def _delivers(holder: Aggregate, name: str) -> bool:
    deliveries = holder.parts.get("Delivery", ())
    return any(name in delivery.texts or name in delivery.parts for delivery in deliveries)
