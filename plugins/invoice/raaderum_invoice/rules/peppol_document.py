"""Peppol BIS Billing on the head of the document, its parties, VAT totals and codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice import codes
from raaderum_invoice.amounts import ZERO, number
from raaderum_invoice.formats import PEPPOL_BIS_3
from raaderum_invoice.rules.dates import date_of, is_plain_date
from raaderum_invoice.rules.en16931_parties import buyer, seller
from raaderum_invoice.rules.party_countries import country_of
from raaderum_invoice.rules.tax_amounts import tax_amounts

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

KNOWN_PROFILES: Final = frozenset(
    {
        "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
        "urn:peppol:france:billing:regulated",
        "urn:peppol:france:billing:non-regulated",
        "urn:peppol:bis:billing_with_response",
    },
)
PROJECT: Final = "50"
DIRECT_DEBITS: Final = frozenset({"49", "59"})
GERMANY: Final = "DE"
GERMAN_TYPES: Final = frozenset({"326", "384"})
_EXEMPTION_CATEGORIES: Final = {
    "VATEX-EU-G": ("PEPPOL-EN16931-P0104", "G"),
    "VATEX-EU-O": ("PEPPOL-EN16931-P0105", "O"),
    "VATEX-EU-IC": ("PEPPOL-EN16931-P0106", "K"),
    "VATEX-EU-AE": ("PEPPOL-EN16931-P0107", "AE"),
    "VATEX-EU-D": ("PEPPOL-EN16931-P0108", "E"),
    "VATEX-EU-F": ("PEPPOL-EN16931-P0109", "E"),
    "VATEX-EU-I": ("PEPPOL-EN16931-P0110", "E"),
    "VATEX-EU-J": ("PEPPOL-EN16931-P0111", "E"),
}
_LISTED_ATTRIBUTES: Final = {
    "EmbeddedDocumentBinaryObject": ("mimeCode", "PEPPOL-EN16931-CL001", codes.ATTACHMENT_TYPES),
    "EndpointID": ("schemeID", "PEPPOL-EN16931-CL008", codes.ADDRESS_SCHEMES),
}
_REASONS: Final = {
    "false": ("PEPPOL-EN16931-CL002", codes.ALLOWANCE_REASONS),
    "true": ("PEPPOL-EN16931-CL003", codes.CHARGE_REASONS),
}


def check_document(document: Document, report: Report) -> None:
    """Check what the document says of itself, and that nothing in it is empty."""
    top = document.top
    for name in document.empty:
        report("PEPPOL-EN16931-R008", name)
    profile, customization = top.texts.get("ProfileID"), top.text("CustomizationID")
    known = customization.startswith(PEPPOL_BIS_3) and "::" not in customization
    referenced = "BuyerReference" in top.texts or top.has("OrderReference", "ID")
    report.each(
        (
            ("PEPPOL-EN16931-R001", profile is None),
            ("PEPPOL-EN16931-R007", profile not in KNOWN_PROFILES),
            ("PEPPOL-EN16931-R004", not known),
            ("PEPPOL-EN16931-R002", top.count("Note") > 1 and not _both_are_german(document)),
            ("PEPPOL-EN16931-R003", not referenced),
            ("PEPPOL-EN16931-R080", document.is_credit_note and _names_projects(top) > 1),
        )
    )
    _check_type(document, report)
    _check_addresses(document, report)
    for means in document.all("PaymentMeans"):
        if means.text("PaymentMeansCode") in DIRECT_DEBITS and not means.has("PaymentMandate", "ID"):
            report("PEPPOL-EN16931-R061", means)


def _names_projects(top: Aggregate) -> int:
    references = top.parts.get("AdditionalDocumentReference", ())
    return sum(one.text("DocumentTypeCode") == PROJECT for one in references)


def _both_are_german(document: Document) -> bool:
    return country_of(seller(document)) == country_of(buyer(document)) == GERMANY


def _check_type(document: Document, report: Report) -> None:
    top = document.top
    if top.texts.get("ProfileID") not in KNOWN_PROFILES:
        return
    kind = top.texts.get("InvoiceTypeCode")
    if kind is not None and kind not in codes.PEPPOL_INVOICE_TYPES:
        report("PEPPOL-EN16931-P0100")
    if kind in GERMAN_TYPES and not _both_are_german(document):
        report("PEPPOL-EN16931-P0112")
    if top.texts.get("CreditNoteTypeCode", "381") not in codes.PEPPOL_CREDIT_NOTE_TYPES:
        report("PEPPOL-EN16931-P0101")


def _check_addresses(document: Document, report: Report) -> None:
    for party, rule in (
        (buyer(document), "PEPPOL-EN16931-R010"),
        (seller(document), "PEPPOL-EN16931-R020"),
    ):
        if party is not None and "EndpointID" not in party.texts:
            report(rule, party)


def check_tax_totals(document: Document, report: Report) -> None:
    """Check that VAT is broken down once, and told again in the other currency. Numbers must be readable."""
    top = document.top
    tax_totals = top.parts.get("TaxTotal", ())
    broken_down = [one for one in tax_totals if "TaxSubtotal" in one.parts]
    if len(broken_down) != 1:
        report("PEPPOL-EN16931-R053")
    tax_currency, currency = top.texts.get("TaxCurrencyCode"), top.texts.get("DocumentCurrencyCode")
    if len(tax_totals) - len(broken_down) != (0 if tax_currency is None else 1):
        report("PEPPOL-EN16931-R054")
    if tax_currency is None:
        return
    if tax_currency == currency:
        report("PEPPOL-EN16931-R005")
    if not _same_sign(document, {tax_currency, currency or ""}):
        report("PEPPOL-EN16931-R055")


def _same_sign(document: Document, currencies: set[str]) -> bool:
    """Say whether each of `currencies` has a total, and one sign fits all."""
    found = {
        currency: number(tax_total, "TaxAmount") or ZERO
        for currency, tax_total in tax_amounts(document)
        if currency in currencies
    }
    if found.keys() != currencies:
        return False
    least, most = min(found.values()), max(found.values())
    return most <= ZERO or least >= ZERO


def check_dates(document: Document, report: Report) -> None:
    """Check how dates are written, and that lines stay within the document's period."""
    for _, name, text, _ in document.dates:
        if not is_plain_date(text):
            report("PEPPOL-EN16931-F001", name)
    for _, name, _, _ in document.padded:
        if name.endswith("Date"):
            report("PEPPOL-EN16931-F001", name)
    for period in document.top.parts.get("InvoicePeriod", ())[:1]:
        start, end = date_of(period.texts.get("StartDate")), date_of(period.texts.get("EndDate"))
        for line in document.lines:
            for within in line.parts.get("InvoicePeriod", ()):
                line_start = date_of(within.texts.get("StartDate"))
                line_end = date_of(within.texts.get("EndDate"))
                if start is not None and line_start is not None and line_start < start:
                    report("PEPPOL-EN16931-R110", line)
                if end is not None and line_end is not None and line_end > end:
                    report("PEPPOL-EN16931-R111", line)


def check_codes(document: Document, report: Report) -> None:
    """Check the codes against Peppol's own, shorter lists."""
    for owner, name, _, attributes in document.identifiers:
        listed = _LISTED_ATTRIBUTES.get(name)
        if listed is not None:
            value = dict(attributes).get(listed[0])
            if value is not None and value not in listed[2]:
                report(listed[1], owner)
    for allowance in document.all("AllowanceCharge"):
        reason = allowance.texts.get("AllowanceChargeReasonCode")
        known = _REASONS.get(allowance.text("ChargeIndicator"))
        if reason is not None and known is not None and reason not in known[1]:
            report(known[0], allowance)
    for period in document.all("InvoicePeriod"):
        if period.texts.get("DescriptionCode", "3") not in codes.TAX_POINT_CODES:
            report("PEPPOL-EN16931-CL006", period)
    for category in document.all("TaxCategory"):
        expected = _EXEMPTION_CATEGORIES.get(category.text("TaxExemptionReasonCode").upper())
        if expected is not None and category.text("ID") != expected[1]:
            report(expected[0], category)


def check_currencies(document: Document, report: Report) -> None:
    """Check that amounts are in the document's one currency, and that there is such a currency."""
    currency = document.top.texts.get("DocumentCurrencyCode", "")
    usual = [("currencyID", currency)]
    if currency in codes.CURRENCIES and all(leaf[3] == usual for leaf in document.amounts):
        return
    for owner, name, _, attributes in document.amounts:
        given = dict(attributes).get("currencyID")
        if name not in codes.AMOUNTS_WITH_CURRENCY:
            continue
        if given not in codes.CURRENCIES:
            report("PEPPOL-EN16931-CL007", owner)
        alone = owner.name == "TaxTotal" and "TaxSubtotal" not in owner.parts
        if given != currency and not (name == "TaxAmount" and alone):
            report("PEPPOL-EN16931-R051", owner)
