"""OIOUBL 2.1 on the head of the document: version, profile, currencies, references, periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice import codes, codes_oioubl
from raaderum_invoice.rules.dates import ends_before_it_starts
from raaderum_invoice.rules.rule_ids import either

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

VERSIONS: Final = frozenset({"2.0", "2.1"})
CUSTOMIZATIONS: Final = frozenset({"OIOUBL-2.01", "OIOUBL-2.02", "OIOUBL-2.1"})
UUID_LENGTH: Final = 36
CURRENCY_LIST, CURRENCY_AGENCY = "ISO 4217 Alpha", "6"
TAX_CURRENCIES: Final = frozenset({"DKK", "EUR"})
_CURRENCIES: Final = ("DocumentCurrencyCode", "TaxCurrencyCode", "PricingCurrencyCode", "PaymentCurrencyCode")
_PERIODS: Final = ("InvoicePeriod", "SettlementPeriod", "PenaltyPeriod", "ValidityPeriod")
_OTHER_CURRENCIES: Final = (
    ("PricingCurrencyCode", "PricingExchangeRate", ("F-INV019", "F-CRN014")),
    ("PaymentCurrencyCode", "PaymentExchangeRate", ("F-INV021", "F-CRN016")),
)


def check_document(document: Document, report: Report) -> None:
    """Check what the document says of itself."""
    top = document.top
    report.each(
        (
            ("F-LIB001", top.text("UBLVersionID") not in VERSIONS),
            ("F-LIB002", top.text("CustomizationID") not in CUSTOMIZATIONS),
            (either(document, ("F-INV009", "F-CRN006")), not top.text("ID")),
            (either(document, ("F-INV007", "F-CRN004")), not top.text("DocumentCurrencyCode")),
            (either(document, ("F-INV008", "F-CRN005")), "TaxTotal" not in top.parts),
            (either(document, ("F-INV004", "F-CRN159")), len(top.parts.get("InvoicePeriod", ())) > 1),
            ("F-LIB006", "UUID" in top.texts and len(top.text("UUID")) != UUID_LENGTH),
            ("F-LIB021", top.texts.keys() >= {"AccountingCost", "AccountingCostCode"}),
        )
    )
    _check_profile(document, report)
    _check_type(top, report)
    _check_currencies(document, report)
    for order in top.parts.get("OrderReference", ()):
        if not order.text("ID"):
            report(either(document, ("F-INV024", "F-CRN022")))
    for name in _PERIODS:
        for period in document.all(name):
            _check_period(period, report)


def _check_profile(document: Document, report: Report) -> None:
    top = document.top
    profile = top.text("ProfileID")
    known = codes_oioubl.PROFILES.get(top.attribute("ProfileID", "schemeID") or "")
    if known is None:
        report("W-LIB003")
    elif profile not in known[1]:
        report(known[0])
    if top.attribute("ProfileID", "schemeAgencyID") != "320":
        report("W-LIB203")
    if profile == codes_oioubl.ORDER_RESPONSE_PROFILE:
        report("F-LIB328")
    if profile == codes_oioubl.REMINDER_PROFILE:
        report("F-LIB352")
    if profile in codes_oioubl.PROFILES_WITH_ORDER and "OrderReference" not in top.parts:
        report(either(document, ("F-INV002", "F-CRN002")))


def _check_type(top: Aggregate, report: Report) -> None:
    listed = codes_oioubl.INVOICE_TYPES.get(top.attribute("InvoiceTypeCode", "listID") or "")
    if listed is not None and top.text("InvoiceTypeCode") not in listed[1]:
        report(listed[0])


def _check_currencies(document: Document, report: Report) -> None:
    top = document.top
    for name in _CURRENCIES:
        if name not in top.texts:
            continue
        if (top.attribute(name, "listID") or CURRENCY_LIST) != CURRENCY_LIST:
            report("F-LIB296", name)
        if (top.attribute(name, "listAgencyID") or CURRENCY_AGENCY) != CURRENCY_AGENCY:
            report("F-LIB297", name)
        if top.text(name) not in codes.CURRENCIES:
            report("F-LIB298", name)
    currency = top.text("DocumentCurrencyCode")
    if top.texts.get("TaxCurrencyCode", "DKK") not in TAX_CURRENCIES:
        report(either(document, ("F-INV016", "F-CRN011")))
    for name, rate, rules in _OTHER_CURRENCIES:
        if name in top.texts and top.text(name) != currency and rate not in top.parts:
            report(either(document, rules))
    _check_currency_of_amounts(document, currency, report)


def _check_currency_of_amounts(document: Document, currency: str, report: Report) -> None:
    usual = [("currencyID", currency)]
    known = currency in codes.CURRENCIES
    lines = ("InvoiceLine", "CreditNoteLine")
    for owner, name, _, attributes in document.amounts:
        if known and attributes == usual:
            continue
        given = dict(attributes).get("currencyID")
        if given is None:
            continue
        if given not in codes.CURRENCIES and name == "Amount":
            report("F-LIB403", owner)
        if given == currency:
            continue
        if name == "LineExtensionAmount" and owner.name in lines:
            report(either(document, ("F-INV012", "F-CRN007")), owner)
        if name == "LineExtensionAmount" and owner.name == "LegalMonetaryTotal":
            report(either(document, ("F-INV013", "F-CRN008")), owner)
        if name == "PayableAmount":
            report(either(document, ("F-INV014", "F-CRN009")), owner)


def _check_period(period: Aggregate, report: Report) -> None:
    if "StartTime" in period.texts and not period.text("StartDate"):
        report("F-LIB078", period)
    if "EndTime" in period.texts and not period.text("EndDate"):
        report("F-LIB079", period)
    if ends_before_it_starts(period):
        report("F-LIB080", period)
