"""EN 16931 on sums: the document's totals, its allowances and charges, and the totals of VAT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice.amounts import ZERO, number, rounded, total, with_more_than_two_decimals
from raaderum_invoice.rules.allowances import ALLOWANCE, CHARGE, is_allowance, is_charge, kind_of
from raaderum_invoice.rules.en16931_parties import is_vat
from raaderum_invoice.rules.tax_amounts import tax_amounts

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

MANDATORY: Final = {
    "LineExtensionAmount": "BR-12",
    "TaxExclusiveAmount": "BR-13",
    "TaxInclusiveAmount": "BR-14",
    "PayableAmount": "BR-15",
}
_DECIMALS_IN_TOTALS: Final = {
    "LineExtensionAmount": "BR-DEC-09",
    "AllowanceTotalAmount": "BR-DEC-10",
    "ChargeTotalAmount": "BR-DEC-11",
    "TaxExclusiveAmount": "BR-DEC-12",
    "TaxInclusiveAmount": "BR-DEC-14",
    "PrepaidAmount": "BR-DEC-16",
    "PayableRoundingAmount": "BR-DEC-17",
    "PayableAmount": "BR-DEC-18",
}
_DECIMALS_IN_BREAKDOWN: Final = {"TaxableAmount": "BR-DEC-19", "TaxAmount": "BR-DEC-20"}
_DECIMALS_IN_ALLOWANCES: Final = {
    ("document", ALLOWANCE): {"Amount": "BR-DEC-01", "BaseAmount": "BR-DEC-02"},
    ("document", CHARGE): {"Amount": "BR-DEC-05", "BaseAmount": "BR-DEC-06"},
    ("line", ALLOWANCE): {"Amount": "BR-DEC-24", "BaseAmount": "BR-DEC-25"},
    ("line", CHARGE): {"Amount": "BR-DEC-27", "BaseAmount": "BR-DEC-28"},
}
_ALLOWANCE_RULES: Final = {
    ALLOWANCE: ("BR-31", "BR-32", ("BR-33", "BR-CO-21"), "UBL-SR-30"),
    CHARGE: ("BR-36", "BR-37", ("BR-38", "BR-CO-22"), "UBL-SR-31"),
}


def check_totals(document: Document, report: Report) -> None:
    """Check that the sums add up. All numbers must have been found readable."""
    top = document.top
    for allowance in top.parts.get("AllowanceCharge", ()):
        _check_allowance(allowance, report)
    if "TaxTotal" not in top.parts or not any("TaxSubtotal" in one.parts for one in top.parts["TaxTotal"]):
        report("BR-CO-18")
    for totals in document.all("LegalMonetaryTotal")[:1]:
        _check_monetary_total(totals, document, report)
    _check_total_with_vat(document, report)
    for tax_total in top.parts.get("TaxTotal", ()):
        _check_tax_total(tax_total, report)


def _check_allowance(allowance: Aggregate, report: Report) -> None:
    kind = kind_of(allowance)
    if kind is None:
        return
    amount, category, reasons, _ = _ALLOWANCE_RULES[kind]
    if "Amount" not in allowance.texts:
        report(amount, allowance)
    if not any(is_vat(one) and "ID" in one.texts for one in allowance.parts.get("TaxCategory", ())):
        report(category, allowance)
    if not has_reason(allowance):
        for rule in reasons:
            report(rule, allowance)


def has_reason(allowance: Aggregate) -> bool:
    """Say whether an allowance or charge tells why."""
    return "AllowanceChargeReason" in allowance.texts or "AllowanceChargeReasonCode" in allowance.texts


def _check_monetary_total(totals: Aggregate, document: Document, report: Report) -> None:
    for name, rule in MANDATORY.items():
        if name not in totals.texts:
            report(rule, totals)
    line_total, without_vat = number(totals, "LineExtensionAmount"), number(totals, "TaxExclusiveAmount")
    lines = (*document.all("InvoiceLine"), *document.all("CreditNoteLine"))
    if line_total != rounded(total(lines, "LineExtensionAmount")):
        report("BR-CO-10", totals)
    allowances = _check_sum_of(is_allowance, "AllowanceTotalAmount", "BR-CO-11", totals, document, report)
    charges = _check_sum_of(is_charge, "ChargeTotalAmount", "BR-CO-12", totals, document, report)
    if line_total is None or without_vat != rounded(line_total - allowances + charges):
        report("BR-CO-13", totals)
    _check_payable(totals, report)


def _check_sum_of(
    belongs: Callable[[Aggregate], bool],
    name: str,
    rule: str,
    totals: Aggregate,
    document: Document,
    report: Report,
) -> Decimal:
    stated = number(totals, name)
    parts = [one for one in document.top.parts.get("AllowanceCharge", ()) if belongs(one)]
    if (stated is not None or parts) and stated != rounded(total(parts, "Amount")):
        report(rule, totals)
    return stated or ZERO


def _check_payable(totals: Aggregate, report: Report) -> None:
    with_vat, payable = number(totals, "TaxInclusiveAmount"), number(totals, "PayableAmount")
    prepaid, rounding = number(totals, "PrepaidAmount"), number(totals, "PayableRoundingAmount")
    fits = (
        with_vat is not None
        and payable is not None
        and rounded(payable - (rounding or ZERO)) == rounded(with_vat - (prepaid or ZERO))
    )
    if not fits:
        report("BR-CO-16", totals)


def _check_total_with_vat(document: Document, report: Report) -> None:
    top = document.top
    currency = top.texts.get("DocumentCurrencyCode")
    if currency is None:
        return
    taxes = [number(one, "TaxAmount") for given, one in tax_amounts(document) if given == currency]
    totals = top.part("LegalMonetaryTotal")
    without_vat, with_vat = number(totals, "TaxExclusiveAmount"), number(totals, "TaxInclusiveAmount")
    if (
        len(taxes) != 1
        or taxes[0] is None
        or without_vat is None
        or with_vat != rounded(without_vat + taxes[0])
    ):
        report("BR-CO-15")


def _check_tax_total(tax_total: Aggregate, report: Report) -> None:
    subtotals = tax_total.parts.get("TaxSubtotal")
    if subtotals and number(tax_total, "TaxAmount") != rounded(total(subtotals, "TaxAmount")):
        report("BR-CO-14", tax_total)


def check_decimals(document: Document, report: Report) -> None:
    """Check that no amount has more than two decimals, except prices."""
    long = with_more_than_two_decimals(document.amounts)
    if not long:
        return
    of_prices = {id(one) for price in document.all("Price") for one in price.parts.get("AllowanceCharge", ())}
    of_document = {id(one) for one in document.top.parts.get("AllowanceCharge", ())}
    for owner, name, _, _ in long:
        if name == "PriceAmount" or id(owner) in of_prices:
            continue
        report("UBL-DT-01", owner)
        rule = _decimal_rule(owner, name, "document" if id(owner) in of_document else "line")
        if rule is not None:
            report(rule, owner)


def _decimal_rule(owner: Aggregate, name: str, level: str) -> str | None:
    if owner.name == "LegalMonetaryTotal":
        return _DECIMALS_IN_TOTALS.get(name)
    if owner.name == "TaxSubtotal":
        return _DECIMALS_IN_BREAKDOWN.get(name)
    if owner.name in ("InvoiceLine", "CreditNoteLine"):
        return "BR-DEC-23" if name == "LineExtensionAmount" else None
    kind = kind_of(owner)
    if owner.name != "AllowanceCharge" or kind is None:
        return None
    return _DECIMALS_IN_ALLOWANCES[level, kind].get(name)
