"""From the structure of a document to what Råderum needs of it, the same for every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Oere, SupplierInvoice
from raaderum_invoice.amounts import minor_units
from raaderum_invoice.formats import Format
from raaderum_invoice.rules.dates import date_of
from raaderum_invoice.rules.en16931_parties import seller
from raaderum_invoice.suppliers import supplier_cvr, supplier_key, supplier_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from raaderum_invoice.document import Aggregate, Document

NO_ORDER: Final = frozenset({"na", "n/a"})
"""What OIOUBL 2.1 writes where there is no order, as its schema asks for one."""
OIOUBL_VAT: Final = frozenset({"63", "VAT"})

_REFERENCES: Final = (
    ("OrderReference", "SalesOrderID"),
    ("OrderReference", "CustomerReference"),
    ("BuyerReference",),
    ("ContractDocumentReference", "ID"),
    ("AccountingCost",),
    ("AccountingCostCode",),
    ("Note",),
    ("PaymentMeans", "PaymentID"),
    ("PaymentMeans", "InstructionID"),
    ("PaymentMeans", "InstructionNote"),
    ("PaymentMeans", "PayeeFinancialAccount", "PaymentNote"),
    ("PaymentTerms", "Note"),
    ("AdditionalDocumentReference", "ID"),
    ("ProjectReference", "ID"),
    ("OriginatorDocumentReference", "ID"),
    ("AccountingCustomerParty", "Party", "Contact", "ID"),
)
_LINE_REFERENCES: Final = (
    ("OrderLineReference", "OrderReference", "ID"),
    ("OrderLineReference", "LineID"),
    ("Note",),
    ("AccountingCost",),
    ("DocumentReference", "ID"),
    ("Item", "Name"),
    ("Item", "Description"),
)


def summarise(document: Document, form: Format) -> SupplierInvoice:
    """Return what the document says; what it leaves out or garbles is None or empty."""
    top, party = document.top, seller(document)
    totals = top.part("LegalMonetaryTotal")
    order = _order_reference(top, form)
    return SupplierInvoice(
        supplier_name=supplier_name(party),
        supplier_cvr=supplier_cvr(party),
        supplier_key=supplier_key(party),
        number=top.text("ID"),
        issued_on=date_of(top.texts.get("IssueDate")),
        due_on=_due_on(top),
        currency=top.text("DocumentCurrencyCode"),
        payable=minor_units(totals.texts.get("PayableAmount")) if totals is not None else None,
        vat=_vat_in_oioubl(top) if form is Format.OIOUBL_2 else _vat(document),
        order_reference=order,
        references=tuple(dict.fromkeys(_references(document, order))),
        credited_number=top.first_text("BillingReference", "InvoiceDocumentReference", "ID") or None,
    )


def _order_reference(top: Aggregate, form: Format) -> str | None:
    order = top.first_text("OrderReference", "ID")
    if form is Format.OIOUBL_2 and order.casefold() in NO_ORDER:
        return None
    return order or None


def _due_on(top: Aggregate) -> date | None:
    for path in (("DueDate",), ("PaymentMeans", "PaymentDueDate"), ("PaymentTerms", "PaymentDueDate")):
        due = date_of(top.first_text(*path))
        if due is not None:
            return due
    return None


def _vat(document: Document) -> Oere | None:
    """Return the VAT in the document's own currency; it may tell it in a second one as well."""
    tax_totals = document.top.parts.get("TaxTotal", ())
    if len(tax_totals) == 1:
        return minor_units(tax_totals[0].texts.get("TaxAmount"))
    own = ("currencyID", document.top.text("DocumentCurrencyCode"))
    for owner, name, text, attributes in document.amounts:
        if name == "TaxAmount" and owner in tax_totals and own in attributes:
            return minor_units(text)
    return None


def _vat_in_oioubl(top: Aggregate) -> Oere | None:
    """Return the VAT of an OIOUBL 2.1 document, without the other taxes that it may tell of."""
    amounts = [
        minor_units(one.texts.get("TaxAmount"))
        for one in top.parts.get("TaxTotal", ())
        if one.first_text("TaxSubtotal", "TaxCategory", "TaxScheme", "ID") in OIOUBL_VAT
    ]
    known = [amount for amount in amounts if amount is not None]
    return Oere(sum(known)) if known and len(known) == len(amounts) else None


def _references(document: Document, order: str | None) -> Iterator[str]:
    if order is not None:
        yield order
    for path in _REFERENCES:
        yield from _texts(document.top, path)
    for line in document.lines:
        for path in _LINE_REFERENCES:
            yield from _texts(line, path)


def _texts(aggregate: Aggregate, path: tuple[str, ...]) -> Iterator[str]:
    *holders, name = path
    if holders and holders[0] not in aggregate.parts:
        return
    for holder in aggregate.all_parts(*holders):
        for text in holder.all_texts(name):
            if text:
                yield text
