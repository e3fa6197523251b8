"""OIOUBL 2.1 on the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum_invoice.amounts import OERE_DECIMALS, ONE, ZERO, decimals, number, rounded
from raaderum_invoice.rules.oioubl2_totals import is_free
from raaderum_invoice.rules.rule_ids import either

if TYPE_CHECKING:
    from decimal import Decimal

    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

_DELIVERY_ONLY_ONCE: Final = (
    ("ActualDeliveryDate", "F-INV330"),
    ("RequestedDeliveryPeriod", "F-INV331"),
    ("DeliveryLocation", "F-INV332"),
    ("DeliveryParty", "F-INV333"),
)


def check_lines(document: Document, report: Report) -> None:
    """Check every line. All numbers must have been found readable."""
    for line in document.lines:
        _check_line(line, document, report)
        _check_item(line, document, report)
        _check_sum(line, document, report)
        _check_negative_allowances(line, document, report)
        for allowance in line.parts.get("AllowanceCharge", ()):
            _check_allowance(allowance, report)
    if not document.is_credit_note:
        _check_only_in_invoices(document, report)


def _quantity_name(document: Document) -> str:
    return "CreditedQuantity" if document.is_credit_note else "InvoicedQuantity"


def _check_line(line: Aggregate, document: Document, report: Report) -> None:
    quantity, texts = _quantity_name(document), line.texts
    counted = bool(texts.get(quantity))
    too_short = "LineExtensionAmount" in texts and decimals(texts["LineExtensionAmount"]) < OERE_DECIMALS
    report.each(
        (
            (either(document, ("F-INV137", "F-CRN196")), not counted),
            ("F-LIB007", counted and line.attribute(quantity, "unitCode") is None),
            (either(document, ("F-INV147", "F-CRN088")), counted and number(line, quantity) == ZERO),
            (either(document, ("F-INV138", "F-CRN081")), "TaxTotal" not in line.parts),
            (either(document, ("F-INV140", "F-CRN084")), not texts.get("ID")),
            ("F-LIB021", texts.keys() >= {"AccountingCost", "AccountingCostCode"}),
            (either(document, ("F-INV149", "F-CRN089")), too_short),
            ("F-CRN082", document.is_credit_note and not line.parts.keys() & {"Item", "BillingReference"}),
            ("F-CRN083", document.is_credit_note and not line.parts.keys() & {"Price", "BillingReference"}),
        ),
        line,
    )


def _check_item(line: Aggregate, document: Document, report: Report) -> None:
    for item in line.parts.get("Item", ()):
        if not item.text("Name"):
            report(either(document, ("F-INV163", "F-CRN110")), line)
        for identification in item.parts.get("SellersItemIdentification", ()):
            if not identification.text("ID"):
                report(either(document, ("F-INV167", "F-CRN115")), line)
        if "OriginCountry" in item.parts:
            report(either(document, ("F-INV211", "F-CRN109")), line)


def _check_only_in_invoices(document: Document, report: Report) -> None:
    top, ids = document.top, set[str]()
    once = [(name, rule) for name, rule in _DELIVERY_ONLY_ONCE if _delivers(top, name)]
    for line in document.lines:
        if "PaymentTerms" in line.parts:
            report("F-INV135", line)
        if "DeliveryTerms" in line.parts:
            report("F-INV136", line)
        if len(line.parts.get("Price", ())) != 1:
            report("F-INV139", line)
        if line.text("ID") in ids:
            report("W-INV237", line)
        ids.add(line.text("ID"))
        orders = line.parts.get("OrderLineReference", ())
        if orders and "OrderReference" not in top.parts:
            report("F-INV142", line)
        if any(not order.text("LineID") for order in orders):
            report("F-INV153", line)
        for name, rule in once:
            if _delivers(line, name):
                report(rule, line)


def _delivers(holder: Aggregate, name: str) -> bool:
    deliveries = holder.parts.get("Delivery", ())
    return any(name in delivery.texts or name in delivery.parts for delivery in deliveries)


def _check_sum(line: Aggregate, document: Document, report: Report) -> None:
    """Check that a line is quantity times price; lines in a foreign price currency are not checked."""
    stated = number(line, "LineExtensionAmount")
    if stated is None or is_free(line) or "PricingExchangeRate" in document.top.parts:
        return
    name, price = _quantity_name(document), line.part("Price")
    unit, base_unit = line.attribute(name, "unitCode"), _base_unit(price)
    if unit is None or base_unit is None:
        rule, expected = either(document, ("F-INV348", "F-CRN216")), _by_base(line, price, document)
    elif unit == base_unit:
        rule, expected = either(document, ("F-INV340", "F-CRN210")), _by_base(line, price, document)
    else:
        rule, expected = either(document, ("F-INV343", "F-CRN194")), _by_factor(line, price, document)
    if expected is not None and abs(rounded(stated) - expected) > ONE:
        report(rule, line)


def _base_unit(price: Aggregate | None) -> str | None:
    return price.attribute("BaseQuantity", "unitCode") if price is not None else None


def _by_base(line: Aggregate, price: Aggregate | None, document: Document) -> Decimal | None:
    quantity, amount = number(line, _quantity_name(document)), number(price, "PriceAmount")
    base = number(price, "BaseQuantity")
    if base is None and not document.is_credit_note:
        base = ONE
    if quantity is None or amount is None or not base:
        return None
    return amount * quantity / base


def _by_factor(line: Aggregate, price: Aggregate | None, document: Document) -> Decimal | None:
    quantity, amount = number(line, _quantity_name(document)), number(price, "PriceAmount")
    factor = number(price, "OrderableUnitFactorRate")
    if quantity is None or amount is None or factor is None:
        return None
    return amount * quantity * factor


def _check_negative_allowances(line: Aggregate, document: Document, report: Report) -> None:
    price = line.part("Price")
    if line.text(_quantity_name(document)).startswith("-"):
        return
    if price is not None and price.text("PriceAmount").startswith("-"):
        return
    allowances = [*line.all_parts("Price", "AllowanceCharge")]
    if not document.is_credit_note:
        allowances += line.parts.get("AllowanceCharge", ())
    if any(one.text("Amount").startswith("-") for one in allowances):
        report(either(document, ("F-INV335", "F-CRN203")), line)


def _check_allowance(allowance: Aggregate, report: Report) -> None:
    base, multiplier = number(allowance, "BaseAmount"), number(allowance, "MultiplierFactorNumeric")
    if multiplier is None:
        return
    if base is None:
        report("F-LIB270", allowance)
    elif abs((number(allowance, "Amount") or ZERO) - base * multiplier) > ONE:
        report("F-LIB272", allowance)
    if multiplier <= ZERO:
        report("F-LIB271", allowance)
