"""EN 16931 on the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice.amounts import ZERO, number
from raaderum_invoice.rules.allowances import ALLOWANCE, CHARGE, kind_of
from raaderum_invoice.rules.dates import ends_before_it_starts
from raaderum_invoice.rules.en16931_parties import is_vat
from raaderum_invoice.rules.en16931_totals import has_reason

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

_ALLOWANCE_RULES: Final = {
    ALLOWANCE: ("BR-41", ("BR-42", "BR-CO-23")),
    CHARGE: ("BR-43", ("BR-44", "BR-CO-24")),
}


def check_lines(document: Document, report: Report) -> None:
    """Check every line. All numbers must have been found readable."""
    for name in ("InvoiceLine", "CreditNoteLine"):
        for line in document.all(name):
            _check_line(line, report)
    for allowance in document.all("AllowanceCharge"):
        if "AllowanceChargeReason" in allowance.repeats:
            report("UBL-SR-30" if kind_of(allowance) == ALLOWANCE else "UBL-SR-31", allowance)
    for item_property in document.all("AdditionalItemProperty"):
        if not item_property.texts.keys() >= {"Name", "Value"}:
            report("BR-54", item_property)


def _check_line(line: Aggregate, report: Report) -> None:
    texts, parts = line.texts, line.parts
    if not texts.get("ID"):
        report("BR-21", line)
    quantity = "InvoicedQuantity" if "InvoicedQuantity" in texts else "CreditedQuantity"
    if quantity not in texts:
        report("BR-22", line)
    if line.attribute(quantity, "unitCode") is None:
        report("BR-23", line)
    if "LineExtensionAmount" not in texts:
        report("BR-24", line)
    _check_item(line, report)
    _check_price(line, report)
    for allowance in parts.get("AllowanceCharge", ()):
        _check_allowance(allowance, report)
    if "InvoicePeriod" in parts:
        _check_periods(line, report)
    if "Note" in line.repeats:
        report("UBL-SR-34", line)
    if sum(one.count("LineID") for one in parts.get("OrderLineReference", ())) > 1:
        report("UBL-SR-35", line)
    if len(parts.get("DocumentReference", ())) > 1:
        report("UBL-SR-52", line)


def _check_item(line: Aggregate, report: Report) -> None:
    items = line.parts.get("Item", ())
    if not any(item.texts.get("Name") for item in items):
        report("BR-25", line)
    categories = [category for item in items for category in item.parts.get("ClassifiedTaxCategory", ())]
    if len(categories) != 1:
        report("UBL-SR-48", line)
    if not any("ID" in category.texts and is_vat(category) for category in categories):
        report("BR-CO-04", line)
    for item in items:
        if "Description" in item.repeats:
            report("UBL-SR-50", line)
        for identification in item.parts.get("StandardItemIdentification", ()):
            if "ID" in identification.texts and identification.attribute("ID", "schemeID") is None:
                report("BR-64", line)
        for classification in item.parts.get("CommodityClassification", ()):
            code = "ItemClassificationCode"
            if code in classification.texts and classification.attribute(code, "listID") is None:
                report("BR-65", line)


def _check_price(line: Aggregate, report: Report) -> None:
    price = line.part("Price")
    amount = number(price, "PriceAmount")
    if price is None or amount is None:
        report("BR-26", line)
        report("BR-27", line)
        return
    if amount < ZERO:
        report("BR-27", line)
    discounts = price.parts.get("AllowanceCharge", ())
    for discount in discounts:
        gross = number(discount, "BaseAmount")
        if gross is not None and gross < ZERO:
            report("BR-28", line)
    if len(discounts) > 1 and sum(one.count("Amount") for one in discounts) > 1:
        report("UBL-SR-37", line)


def _check_allowance(allowance: Aggregate, report: Report) -> None:
    kind = kind_of(allowance)
    if kind is None:
        return
    amount, reasons = _ALLOWANCE_RULES[kind]
    if "Amount" not in allowance.texts:
        report(amount, allowance)
    if not has_reason(allowance):
        for rule in reasons:
            report(rule, allowance)


def _check_periods(line: Aggregate, report: Report) -> None:
    periods = line.parts["InvoicePeriod"]
    if len(periods) > 1:
        report("UBL-SR-36", line)
    for period in periods:
        if ends_before_it_starts(period):
            report("BR-30", line)
        if not period.texts.keys() & {"StartDate", "EndDate"}:
            report("BR-CO-20", line)
