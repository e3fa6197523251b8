"""OIOUBL 2.1 on the document's totals, allowances and charges.

Here `TaxExclusiveAmount` is the VAT, not the total without it as in Peppol.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from raaderum_invoice.amounts import HUNDRED, OERE_DECIMALS, ONE, ZERO, decimals, number, rounded, total
from raaderum_invoice.rules.rule_ids import either

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

SLACK: Final = Decimal("0.0055")
MOST_ROUNDING: Final = Decimal(10)
_CONVERTED_FROM_PEPPOL: Final = "PEPPOLBIS32OIOUBL"
_WITH_TWO_DECIMALS: Final = frozenset(
    {
        "LineExtensionAmount",
        "TaxExclusiveAmount",
        "TaxInclusiveAmount",
        "AllowanceTotalAmount",
        "ChargeTotalAmount",
        "PrepaidAmount",
        "PayableRoundingAmount",
        "PayableAmount",
    }
)
_MUST_BE_ABOVE_ZERO: Final = ("AllowanceTotalAmount", "ChargeTotalAmount", "PrepaidAmount")


def check_totals(document: Document, report: Report) -> None:
    """Check that the sums add up. All numbers must have been found readable."""
    for totals in document.top.parts.get("LegalMonetaryTotal", ())[:1]:
        if not totals.text("LineExtensionAmount"):
            report(either(document, ("F-INV120", "F-CRN066")), totals)
        _check_presence(totals, document, report)
        _check_sums(totals, document, report)
        _check_grand_totals(totals, document, report)
        _check_signs(totals, document, report)
    for allowance in document.top.parts.get("AllowanceCharge", ()):
        _check_allowance(allowance, report)
    for prepaid in document.top.parts.get("PrepaidPayment", ()):
        paid = number(prepaid, "PaidAmount")
        if paid is not None and paid <= ZERO:
            report("F-LIB013", prepaid)
        if paid is not None and decimals(prepaid.text("PaidAmount")) != OERE_DECIMALS:
            report("F-LIB014", prepaid)


def _of_kind(document: Document, indicator: str) -> list[Aggregate]:
    allowances = document.top.parts.get("AllowanceCharge", ())
    return [one for one in allowances if one.text("ChargeIndicator") == indicator]


def _check_presence(totals: Aggregate, document: Document, report: Report) -> None:
    top, texts = document.top, totals.texts
    if _of_kind(document, "false") and "AllowanceTotalAmount" not in texts:
        report(either(document, ("F-INV122", "F-CRN068")), totals)
    if _of_kind(document, "true") and "ChargeTotalAmount" not in texts:
        report(either(document, ("F-INV123", "F-CRN069")), totals)
    if (
        top.has("PrepaidPayment", "PaidAmount")
        and "PrepaidAmount" not in texts
        and not document.is_credit_note
    ):
        report("F-INV124", totals)
    if top.has("TaxTotal", "RoundingAmount") and "PayableRoundingAmount" not in texts:
        report(either(document, ("F-INV125", "F-CRN071")), totals)


def is_free(line: Aggregate) -> bool:
    """Say whether a line is told of, but not charged."""
    return line.texts.get("FreeOfChargeIndicator", "false") != "false"


def _check_sums(totals: Aggregate, document: Document, report: Report) -> None:
    top = document.top
    stated = number(totals, "LineExtensionAmount")
    lines = [line for line in document.lines if document.is_credit_note or not is_free(line)]
    if stated is not None and abs(stated - total(lines, "LineExtensionAmount")) > SLACK:
        report(either(document, ("F-INV126", "F-CRN072")), totals)
    taxes = top.all_parts("TaxTotal", "TaxSubtotal")
    _compare(
        totals, "TaxExclusiveAmount", taxes, "TaxAmount", either(document, ("F-INV127", "F-CRN073")), report
    )
    allowances, charges = _of_kind(document, "false"), _of_kind(document, "true")
    rules = either(document, ("F-INV129", "F-CRN075")), either(document, ("F-INV130", "F-CRN076"))
    _compare(totals, "AllowanceTotalAmount", allowances, "Amount", rules[0], report)
    _compare(totals, "ChargeTotalAmount", charges, "Amount", rules[1], report)
    if not document.is_credit_note:
        prepaid = top.parts.get("PrepaidPayment", ())
        _compare(totals, "PrepaidAmount", prepaid, "PaidAmount", "F-INV131", report)
    rounding = [one for one in top.parts.get("TaxTotal", ()) if "RoundingAmount" in one.texts]
    if rounding:
        rule = either(document, ("F-INV132", "F-CRN078"))
        _compare(totals, "PayableRoundingAmount", rounding, "RoundingAmount", rule, report)


def _compare(
    totals: Aggregate, name: str, parts: Sequence[Aggregate], part: str, rule: str, report: Report
) -> None:
    stated = number(totals, name)
    if stated is not None and rounded(stated) != rounded(total(parts, part)):
        report(rule, totals)


def _check_grand_totals(totals: Aggregate, document: Document, report: Report) -> None:
    top = document.top
    names = ("LineExtensionAmount", "ChargeTotalAmount", "PayableRoundingAmount")
    added = sum((number(totals, name) or ZERO for name in names), ZERO)
    taxes = total(top.all_parts("TaxTotal", "TaxSubtotal"), "TaxAmount")
    sum_of_all = added + taxes - (number(totals, "AllowanceTotalAmount") or ZERO)
    with_vat, payable = number(totals, "TaxInclusiveAmount"), number(totals, "PayableAmount")
    if with_vat is not None and rounded(with_vat) != rounded(sum_of_all):
        report(either(document, ("F-INV128", "F-CRN074")), totals)
    if rounded(payable or ZERO) != rounded(sum_of_all - (number(totals, "PrepaidAmount") or ZERO)):
        report(either(document, ("F-INV133", "F-CRN079")), totals)
    terms = top.parts.get("PaymentTerms")
    if terms and not document.is_credit_note:
        first = number(terms[0], "Amount")
        fits = payable is not None and rounded(payable) in {
            rounded(total(terms, "Amount")),
            None if first is None else rounded(first),
        }
        if not fits:
            report("F-INV134", totals)


def _check_signs(totals: Aggregate, document: Document, report: Report) -> None:
    for name, text in totals.texts.items():
        if name in _WITH_TWO_DECIMALS and decimals(text) != OERE_DECIMALS:
            report("F-LIB014", totals)
    credited, converted = document.is_credit_note, _was_converted(document)
    below = [
        name for name in _MUST_BE_ABOVE_ZERO if name in totals.texts and not _is_above_zero(totals, name)
    ]
    with_vat_is_negative = totals.text("TaxInclusiveAmount").startswith("-")
    rounding = number(totals, "PayableRoundingAmount")
    report.each(
        (
            ("F-LIB016", totals.text("PayableAmount").startswith("-")),
            ("F-LIB016", with_vat_is_negative and not credited),
            ("F-LIB375", with_vat_is_negative and credited and not converted),
            ("F-LIB013", bool(below) and not credited),
            ("F-LIB374", "PrepaidAmount" in below and credited and not converted),
            ("F-LIB303", rounding == ZERO),
            (either(document, ("F-INV338", "F-CRN208")), abs(rounding or ZERO) > MOST_ROUNDING),
        ),
        totals,
    )


def _is_above_zero(holder: Aggregate, name: str) -> bool:
    return (number(holder, name) or ZERO) > ZERO


def _was_converted(document: Document) -> bool:
    references = document.top.parts.get("AdditionalDocumentReference", ())
    return any(one.text("DocumentTypeCode") == _CONVERTED_FROM_PEPPOL for one in references)


def _check_allowance(allowance: Aggregate, report: Report) -> None:
    amount, base = number(allowance, "Amount"), number(allowance, "BaseAmount")
    multiplier = number(allowance, "MultiplierFactorNumeric")
    off = ZERO if multiplier is None or base is None else abs((amount or ZERO) - base * multiplier)
    report.each(
        (
            ("F-LIB021", allowance.texts.keys() >= {"AccountingCost", "AccountingCostCode"}),
            ("F-LIB224", "TaxTotal" in allowance.parts),
            ("F-LIB225", "PaymentMeans" in allowance.parts),
            ("F-LIB226", len(allowance.parts.get("TaxCategory", ())) != 1),
            ("F-LIB248", multiplier is not None and base is None),
            ("F-LIB228", off > ONE),
            ("F-LIB227", multiplier is not None and multiplier < ZERO),
            ("F-LIB020", allowance.text("SequenceNumeric").startswith("-")),
            ("F-LIB019", any(value is not None and value <= ZERO for value in (amount, base))),
        ),
        allowance,
    )


def percentage(base: Decimal, percent: Decimal) -> Decimal:
    """Return `percent` of `base`, in whole hundredths."""
    return rounded(base * percent / HUNDRED)
