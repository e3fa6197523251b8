"""Peppol BIS Billing on allowances, charges, prices and the sum of each line."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from raaderum_invoice.amounts import HUNDRED, ONE, ZERO, number, rounded
from raaderum_invoice.rules.allowances import is_allowance, is_charge

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report

SLACK: Final = Decimal("0.02")
INVOICED_OBJECT: Final = "130"


def check_amounts(document: Document, report: Report) -> None:
    """Check all allowances and charges, and all lines. Numbers must be readable."""
    for allowance in document.top.parts.get("AllowanceCharge", ()):
        _check_allowance(allowance, report)
    for line in document.lines:
        for allowance in line.parts.get("AllowanceCharge", ()):
            _check_allowance(allowance, report)
        _check_sum(line, report)
        if "DocumentReference" in line.parts:
            _check_references(line, report)
        for price in line.parts.get("Price", ()):
            _check_price(price, line, report)


def _check_allowance(allowance: Aggregate, report: Report) -> None:
    texts = allowance.texts
    if "MultiplierFactorNumeric" in texts and "BaseAmount" not in texts:
        report("PEPPOL-EN16931-R041", allowance)
    elif "BaseAmount" in texts and "MultiplierFactorNumeric" not in texts:
        report("PEPPOL-EN16931-R042", allowance)
    else:
        base, percent = number(allowance, "BaseAmount"), number(allowance, "MultiplierFactorNumeric")
        amount = number(allowance, "Amount") or ZERO
        if base is not None and percent is not None and abs(amount - base * percent / HUNDRED) > SLACK:
            report("PEPPOL-EN16931-R040", allowance)
        if texts.get("ChargeIndicator") not in ("true", "false"):
            report("PEPPOL-EN16931-R043", allowance)


def _check_sum(line: Aggregate, report: Report) -> None:
    name = "InvoicedQuantity" if line.name == "InvoiceLine" else "CreditedQuantity"
    quantity, price = number(line, name), line.part("Price")
    base = number(price, "BaseQuantity") or ONE
    net = number(line, "LineExtensionAmount") or ZERO
    allowances = line.parts.get("AllowanceCharge", ())
    added = sum((number(one, "Amount") or ZERO for one in allowances if is_charge(one)), ZERO)
    taken = sum((number(one, "Amount") or ZERO for one in allowances if is_allowance(one)), ZERO)
    gross = (ONE if quantity is None else quantity) * ((number(price, "PriceAmount") or ZERO) / base)
    if abs(net - (gross + rounded(added) - rounded(taken))) > SLACK:
        report("PEPPOL-EN16931-R120", line)


def _check_references(line: Aggregate, report: Report) -> None:
    references = line.parts["DocumentReference"]
    if len(references) > 1:
        report("PEPPOL-EN16931-R100", line)
    if any(one.text("DocumentTypeCode") != INVOICED_OBJECT for one in references):
        report("PEPPOL-EN16931-R101", line)


def _check_price(price: Aggregate, line: Aggregate, report: Report) -> None:
    base = number(price, "BaseQuantity")
    if base is not None:
        if base <= ZERO:
            report("PEPPOL-EN16931-R121", line)
        name = "InvoicedQuantity" if line.name == "InvoiceLine" else "CreditedQuantity"
        unit = price.attribute("BaseQuantity", "unitCode")
        if unit is not None and name in line.texts and unit != line.attribute(name, "unitCode"):
            report("PEPPOL-EN16931-R130", line)
    for discount in price.parts.get("AllowanceCharge", ()):
        if discount.texts.get("ChargeIndicator") != "false":
            report("PEPPOL-EN16931-R044", line)
        gross = number(discount, "BaseAmount")
        if gross is not None and number(price, "PriceAmount") != gross - (number(discount, "Amount") or ZERO):
            report("PEPPOL-EN16931-R046", line)
