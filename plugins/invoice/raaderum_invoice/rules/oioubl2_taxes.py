"""OIOUBL 2.1 on taxes: categories, subtotals and totals, of the document and of each line."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from raaderum_invoice import codes_oioubl
from raaderum_invoice.amounts import HUNDRED, OERE_DECIMALS, ONE, ZERO, decimals, number, rounded, total
from raaderum_invoice.rules.allowances import ALLOWANCE, CHARGE, kind_of
from raaderum_invoice.rules.oioubl2_totals import percentage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

STANDARD, ZERO_RATED, REVERSE_CHARGE = "StandardRated", "ZeroRated", "ReverseCharge"
VAT_SCHEME: Final = "63"
VAT_SCHEMES: Final = frozenset({VAT_SCHEME, "VAT"})
_COMPARED: Final = frozenset({STANDARD, ZERO_RATED, REVERSE_CHARGE})
_LEAST_VAT: Final = Decimal("0.005")
_EXCLUDED_FROM_SUBTOTALS: Final = {
    "Percent": "F-LIB254",
    "BaseUnitMeasure": "F-LIB255",
    "PerUnitAmount": "F-LIB256",
    "TierRange": "F-LIB257",
    "TierRatePercent": "F-LIB258",
}
_PRO_FORMA: Final = "325"


def check_taxes(document: Document, report: Report) -> None:
    """Check all taxes. All numbers must have been found readable."""
    top = document.top
    for allowance in document.all("AllowanceCharge"):
        for category in allowance.parts.get("TaxCategory", ()):
            _check_category(category, report)
    _check_totals(top, document, report)
    for line in document.lines:
        _check_totals(line, document, report)
        for subtotal in line.all_parts("TaxTotal", "TaxSubtotal"):
            _check_rate(subtotal, report)
    taxed = _taxed_by_lines(document)
    for subtotal in top.all_parts("TaxTotal", "TaxSubtotal"):
        _check_against_lines(subtotal, taxed, report)
    named = _vat_categories(top.all_parts("TaxTotal", "TaxSubtotal", "TaxCategory"))
    used = _vat_categories(top.all_parts("AllowanceCharge", "TaxCategory"))
    for line in document.lines:
        used |= _vat_categories(line.all_parts("TaxTotal", "TaxSubtotal", "TaxCategory"))
    if document.lines and "TaxTotal" in top.parts and used != named:
        report("F-LIB404")


def _vat_categories(categories: Iterable[Aggregate]) -> set[str]:
    return {category.text("ID") for category in categories} & codes_oioubl.VAT_CATEGORIES


def _check_category(category: Aggregate, report: Report) -> None:
    value, percent = category.text("ID"), number(category, "Percent")
    listed = category.attribute("ID", "schemeID") in codes_oioubl.TAX_CATEGORY_LISTS
    report.each(
        (
            ("F-LIB072", "TierRange" in category.texts),
            ("F-LIB073", "TierRatePercent" in category.texts),
            ("F-LIB074", not value),
            ("F-LIB075", not listed),
            ("F-LIB309", listed and value != "" and not codes_oioubl.is_tax_category(value)),
            ("F-LIB231", "PerUnitAmount" in category.texts and percent is not None),
            ("F-LIB382", value == STANDARD and not percent),
        ),
        category,
    )


def _check_totals(holder: Aggregate, document: Document, report: Report) -> None:
    tax_totals = holder.parts.get("TaxTotal", ())
    if not tax_totals:
        return
    schemes = [_schemes(one) for one in tax_totals]
    if sum(1 for found in schemes if found & VAT_SCHEMES) != 1:
        report("F-LIB306", holder)
    if sum(len(found) for found in schemes) > len(set().union(*schemes)):
        report("F-LIB314", holder)
    for tax_total in tax_totals:
        _check_total(tax_total, document, report)


def _schemes(holder: Aggregate) -> set[str]:
    found = holder.all_parts("TaxSubtotal", "TaxCategory", "TaxScheme")
    return {scheme.text("ID") for scheme in found}


def _check_total(tax_total: Aggregate, document: Document, report: Report) -> None:
    subtotals = tax_total.parts.get("TaxSubtotal", ())
    amount, rounding = number(tax_total, "TaxAmount"), number(tax_total, "RoundingAmount")
    no_evidence = tax_total.text("TaxEvidenceIndicator") == "false"
    pro_forma = document.top.texts.get("InvoiceTypeCode", _PRO_FORMA) == _PRO_FORMA
    report.each(
        (
            ("F-LIB250", not _has_two_decimals(tax_total, "TaxAmount")),
            ("F-LIB385", bool(subtotals) and amount != rounded(total(subtotals, "TaxAmount"))),
            ("F-LIB251", rounding == ZERO),
            ("F-LIB252", rounding is not None and not _has_two_decimals(tax_total, "RoundingAmount")),
            ("F-LIB253", no_evidence and not pro_forma),
        ),
        tax_total,
    )
    times = Counter(_identity(subtotal) for subtotal in subtotals)
    if len({scheme for scheme, _ in times}) > 1:
        report("F-LIB316", tax_total)
    if any(count > 1 for (scheme, _), count in times.items() if scheme == VAT_SCHEME):
        report("F-LIB315", tax_total)
    for subtotal in subtotals:
        _check_subtotal(subtotal, report)


def _has_two_decimals(holder: Aggregate, name: str) -> bool:
    return decimals(holder.text(name)) == OERE_DECIMALS


def _identity(subtotal: Aggregate) -> tuple[str, str]:
    return (
        subtotal.first_text("TaxCategory", "TaxScheme", "ID"),
        subtotal.first_text("TaxCategory", "ID"),
    )


def _check_subtotal(subtotal: Aggregate, report: Report) -> None:
    for name, rule in _EXCLUDED_FROM_SUBTOTALS.items():
        if name in subtotal.texts:
            report(rule, subtotal)
    _, category = _identity(subtotal)
    transaction = "TransactionCurrencyTaxAmount"
    translated = transaction in subtotal.texts
    report.each(
        (
            ("F-LIB259", not subtotal.text("TaxableAmount")),
            ("F-LIB261", not _has_two_decimals(subtotal, "TaxableAmount")),
            ("F-LIB263", not _has_two_decimals(subtotal, "TaxAmount")),
            ("F-LIB373", translated and category != STANDARD),
            ("F-LIB267", translated and not _has_two_decimals(subtotal, transaction)),
            ("F-LIB381", category == STANDARD and _forgets_the_vat(subtotal)),
        ),
        subtotal,
    )
    for one in subtotal.parts.get("TaxCategory", ()):
        _check_category(one, report)


def _forgets_the_vat(subtotal: Aggregate) -> bool:
    taxable, percent = number(subtotal, "TaxableAmount"), number(subtotal.part("TaxCategory"), "Percent")
    if taxable is None or percent is None or number(subtotal, "TaxAmount") != ZERO:
        return False
    return taxable > ZERO and taxable * percent / HUNDRED >= _LEAST_VAT


def _check_rate(subtotal: Aggregate, report: Report) -> None:
    """Check that the VAT of a line is its rate's share of what is taxed."""
    category = subtotal.part("TaxCategory")
    kind = category.text("ID") if category is not None else ""
    percent = number(category, "Percent")
    taxable, tax = number(subtotal, "TaxableAmount"), number(subtotal, "TaxAmount")
    if tax is None:
        return
    if kind == ZERO_RATED and (tax != ZERO or percent):
        report("F-LIB400", subtotal)
    if kind == STANDARD and percent is not None and taxable is not None:
        off = tax if percent == ZERO else abs(tax - percentage(taxable, percent)) > ONE
        if off:
            report("F-LIB401", subtotal)


def _taxed_by_lines(document: Document) -> dict[tuple[str, str], Decimal]:
    """Add up what is taxed by scheme and category: lines, and for those also charges less allowances."""
    taxed: dict[tuple[str, str], Decimal] = {}
    for line in document.lines:
        for subtotal in line.all_parts("TaxTotal", "TaxSubtotal"):
            key = _identity(subtotal)
            taxed[key] = taxed.get(key, ZERO) + (number(subtotal, "TaxableAmount") or ZERO)
    for allowance in document.top.parts.get("AllowanceCharge", ()):
        key, amount = _identity(allowance), number(allowance, "Amount") or ZERO
        if key in taxed:
            taxed[key] += {CHARGE: amount, ALLOWANCE: -amount}.get(kind_of(allowance) or "", ZERO)
    return taxed


def _check_against_lines(subtotal: Aggregate, taxed: dict[tuple[str, str], Decimal], report: Report) -> None:
    """Check that what is taxed is the sum of what lines, charges and allowances say is taxed."""
    scheme, category = _identity(subtotal)
    percent = subtotal.first_text("TaxCategory", "Percent")
    if scheme == "VAT":
        if not percent:
            report("F-LIB333", subtotal)
        elif decimals(percent) > OERE_DECIMALS:
            report("F-LIB334", subtotal)
    taxable, expected = number(subtotal, "TaxableAmount"), taxed.get((scheme, category))
    if category not in _COMPARED or taxable is None or expected is None:
        return
    if abs(taxable - expected) > ONE:
        report("F-LIB402", subtotal)
