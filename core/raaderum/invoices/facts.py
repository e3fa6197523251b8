"""What is kept of a file beside the file: columns that can be searched, and texts in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.people.cpr import masked

if TYPE_CHECKING:
    from raaderum.kernel.text import Text
    from raaderum.plugin_api import Finding, SupplierInvoice


def facts_of(invoice: SupplierInvoice | None) -> dict[str, Any]:
    """Return the columns that a readable file fills.

    Suppliers write a citizen's CPR number where they please; it stays in the sealed file. The
    invoice number is kept whole: it must go back to the supplier with the money.
    """
    if invoice is None:
        return {}
    about = invoice.credited_number or next(iter(invoice.reminded_numbers), None)
    return {
        "supplier_name": masked(invoice.supplier_name),
        "supplier_cvr": invoice.supplier_cvr,
        "supplier_key": invoice.supplier_key,
        "number": invoice.number,
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "currency": invoice.currency,
        "payable": invoice.payable,
        "prepaid": invoice.prepaid or None,
        "fee": invoice.fee or None,
        "is_deposit": invoice.is_deposit,
        "about_number": about,
        "order_reference": masked(invoice.order_reference) if invoice.order_reference else None,
    }


def storable_name(file_name: str) -> str:
    """Return a name that the database can hold, whatever the sender's system took for characters."""
    return masked(file_name.encode(errors="replace").decode().replace("\0", ""))


def stored_text(message: Text) -> dict[str, str]:
    """Return a text as a column keeps it."""
    return {"da": message.danish, "en": message.english}


def stored_finding(finding: Finding) -> dict[str, Any]:
    """Return a finding as a column keeps it."""
    return {
        "rule": finding.rule,
        "fatal": finding.fatal,
        "where": finding.where,
        **stored_text(finding.message),
    }
