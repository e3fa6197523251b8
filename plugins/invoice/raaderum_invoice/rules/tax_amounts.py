"""The document's own totals of tax, told apart from its lines', each with its currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate, Document


def tax_amounts(document: Document) -> list[tuple[str, Aggregate]]:
    """Return the currency and the `TaxTotal` of each `TaxAmount` that belongs to the whole document."""
    own = {id(tax_total) for tax_total in document.top.parts.get("TaxTotal", ())}
    return [
        (dict(attributes).get("currencyID", ""), owner)
        for owner, name, _, attributes in document.amounts
        if name == "TaxAmount" and id(owner) in own
    ]
