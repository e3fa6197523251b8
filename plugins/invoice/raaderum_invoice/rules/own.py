"""Our own rules: what a Danish municipality needs before it pays, whatever the format."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from stdnum.dk import cvr

from raaderum_invoice.amounts import ZERO, number, rounded, total
from raaderum_invoice.rules.allowances import is_allowance, is_charge

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from raaderum.plugin_api import SupplierInvoice
    from raaderum_invoice.document import Document
    from raaderum_invoice.report import Report

KRONER: Final = "DKK"
FURTHEST_AHEAD: Final = timedelta(days=60)
_SINGLE_TEXTS: Final = ("ID", "IssueDate", "DueDate", "DocumentCurrencyCode", "CustomizationID", "ProfileID")
_SINGLE_PARTS: Final = (
    "AccountingSupplierParty",
    "AccountingCustomerParty",
    "LegalMonetaryTotal",
    "OrderReference",
)


def check_structure(document: Document, report: Report) -> None:
    """Check that what is paid from is told once: of two, another system might read the other one."""
    top = document.top
    for name in _SINGLE_TEXTS:
        if name in top.repeats:
            report("RD-TWICE", name)
    for name in _SINGLE_PARTS:
        if len(top.parts.get(name, ())) > 1:
            report("RD-TWICE", name)
    for totals in top.parts.get("LegalMonetaryTotal", ()):
        for name in totals.repeats:
            report("RD-TWICE", name)
    for supplier in top.parts.get("AccountingSupplierParty", ()):
        if len(supplier.parts.get("Party", ())) > 1:
            report("RD-TWICE", supplier)


def check_summary(invoice: SupplierInvoice, today: date, report: Report) -> None:
    """Check what the payment will be made from."""
    if not invoice.number:
        report("RD-NUMBER-MISSING")
    if invoice.currency != KRONER:
        report("RD-CURRENCY")
    if invoice.payable is None:
        report("RD-PAYABLE-MISSING")
    elif invoice.payable < 0:
        report("RD-PAYABLE-NEGATIVE")
    if invoice.supplier_cvr is not None and not cvr.is_valid(invoice.supplier_cvr):
        report("RD-CVR")
    if invoice.issued_on is None:
        report("RD-ISSUE-DATE-MISSING")
    elif invoice.issued_on > today + FURTHEST_AHEAD:
        report("RD-ISSUED-IN-FUTURE")
    if invoice.issued_on is not None and invoice.due_on is not None and invoice.due_on < invoice.issued_on:
        report("RD-DUE-BEFORE-ISSUE")


def check_sums(document: Document, report: Report) -> None:
    """Check that the totals fit together, for formats whose own rules do not. Numbers must be readable."""
    totals = document.top.part("LegalMonetaryTotal")
    if totals is None:
        return
    lines = total(document.lines, "LineExtensionAmount")
    allowances = document.top.parts.get("AllowanceCharge", ())
    charged = total([one for one in allowances if is_charge(one)], "Amount")
    allowed = total([one for one in allowances if is_allowance(one)], "Amount")
    without_vat = lines + charged - allowed
    with_vat = without_vat + _vat(document)
    payable = with_vat - (number(totals, "PrepaidAmount") or ZERO)
    payable += number(totals, "PayableRoundingAmount") or ZERO
    expected = {
        "LineExtensionAmount": lines,
        "TaxExclusiveAmount": without_vat,
        "TaxInclusiveAmount": with_vat,
        "PayableAmount": payable,
    }
    for name, value in expected.items():
        stated = number(totals, name)
        if stated is not None and rounded(stated) != rounded(value):
            report("RD-SUMS", name)


def _vat(document: Document) -> Decimal:
    """Return the VAT of the total that is broken down, which is the one in the document's currency."""
    broken_down = [one for one in document.top.parts.get("TaxTotal", ()) if "TaxSubtotal" in one.parts]
    return total(broken_down, "TaxAmount")
