"""EN 16931 on codes: those lists that are short enough to carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice import codes
from raaderum_invoice.rules.allowances import ALLOWANCE, CHARGE, kind_of

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document, Leaf
    from raaderum_invoice.report import Report

_AT_TOP: Final = (
    ("InvoiceTypeCode", "BR-CL-01", codes.INVOICE_TYPES),
    ("CreditNoteTypeCode", "BR-CL-01", codes.CREDIT_NOTE_TYPES),
    ("DocumentCurrencyCode", "BR-CL-04", codes.CURRENCIES),
    ("TaxCurrencyCode", "BR-CL-05", codes.CURRENCIES),
)
_IN_AGGREGATES: Final = (
    ("Country", "IdentificationCode", "BR-CL-14", codes.COUNTRIES),
    ("OriginCountry", "IdentificationCode", "BR-CL-15", codes.COUNTRIES),
    ("PaymentMeans", "PaymentMeansCode", "BR-CL-16", codes.PAYMENT_MEANS),
    ("TaxCategory", "ID", "BR-CL-17", codes.VAT_CATEGORIES),
    ("ClassifiedTaxCategory", "ID", "BR-CL-18", codes.VAT_CATEGORIES),
    ("InvoicePeriod", "DescriptionCode", "BR-CL-06", codes.TAX_POINT_CODES),
)
_SCHEMES: Final = {
    ("PartyIdentification", "ID"): ("BR-CL-10", codes.IDENTIFIER_SCHEMES | {"SEPA"}),
    ("PartyLegalEntity", "CompanyID"): ("BR-CL-11", codes.IDENTIFIER_SCHEMES),
    ("StandardItemIdentification", "ID"): ("BR-CL-21", codes.IDENTIFIER_SCHEMES),
    ("DeliveryLocation", "ID"): ("BR-CL-26", codes.IDENTIFIER_SCHEMES),
    ("Party", "EndpointID"): ("BR-CL-25", codes.ADDRESS_SCHEMES),
}
_REASONS: Final = {
    ALLOWANCE: ("BR-CL-19", codes.ALLOWANCE_REASONS),
    CHARGE: ("BR-CL-20", codes.CHARGE_REASONS),
}


def check_codes(document: Document, report: Report) -> None:
    """Check the codes that say what kind, which currency, which country, which scheme."""
    for name, rule, known in _AT_TOP:
        if name in document.top.texts and document.top.texts[name] not in known:
            report(rule, name)
    for holder, name, rule, known in _IN_AGGREGATES:
        for aggregate in document.all(holder):
            if name in aggregate.texts and aggregate.texts[name] not in known:
                report(rule, aggregate)
    for leaf in document.identifiers:
        _check_scheme(leaf, report)
    for allowance in document.all("AllowanceCharge"):
        _check_reason(allowance, report)
    for category in document.all("TaxCategory"):
        exemption = category.texts.get("TaxExemptionReasonCode")
        if exemption is not None and exemption.upper() not in codes.VAT_EXEMPTIONS:
            report("BR-CL-22", category)
    _check_currencies(document, report)


def _check_scheme(leaf: Leaf, report: Report) -> None:
    owner, name, _, attributes = leaf
    if name == "EmbeddedDocumentBinaryObject":
        _check_attachment(owner, dict(attributes), report)
        return
    rule = _SCHEMES.get((owner.name, name))
    if rule is not None:
        scheme = dict(attributes).get("schemeID")
        if scheme is not None and scheme not in rule[1]:
            report(rule[0], owner)


def _check_attachment(owner: Aggregate, attributes: dict[str, str], report: Report) -> None:
    media_type = attributes.get("mimeCode")
    if media_type is None:
        report("UBL-DT-06", owner)
    elif media_type not in codes.ATTACHMENT_TYPES:
        report("BR-CL-24", owner)
    if "filename" not in attributes:
        report("UBL-DT-07", owner)


def _check_reason(allowance: Aggregate, report: Report) -> None:
    reason, kind = allowance.texts.get("AllowanceChargeReasonCode"), kind_of(allowance)
    if reason is not None and kind is not None and reason not in _REASONS[kind][1]:
        report(_REASONS[kind][0], allowance)


def _check_currencies(document: Document, report: Report) -> None:
    usual = [("currencyID", document.top.text("DocumentCurrencyCode"))]
    usual_is_known = usual[0][1] in codes.CURRENCIES
    for owner, name, _, attributes in document.amounts:
        if attributes == usual and usual_is_known:
            continue
        if dict(attributes).get("currencyID") not in codes.CURRENCIES and name in codes.AMOUNTS_WITH_CURRENCY:
            report("BR-CL-03", owner)
