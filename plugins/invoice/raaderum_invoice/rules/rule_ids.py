"""OIOUBL 2.1 gives most rules one id for invoices and another for credit notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raaderum_invoice.document import Document


def either(document: Document, rules: tuple[str, str]) -> str:
    """Return the invoice's id or the credit note's."""
    return rules[1] if document.is_credit_note else rules[0]
