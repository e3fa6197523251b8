"""From the structure of a document to what Råderum needs of it, the same for every format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Oere, SupplierInvoice
from raaderum_invoice.amounts import minor_units
from raaderum_invoice.formats import Format
from raaderum_invoice.reminders import fee_of, reminded_numbers
from raaderum_invoice.rules.dates import date_of
from raaderum_invoice.rules.en16931_parties import seller
from raaderum_invoice.rules.tax_amounts import tax_amounts
from raaderum_invoice.suppliers import supplier_cvr, supplier_key, supplier_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from raaderum_invoice.document import Aggregate, Document

NO_ORDER: Final = frozenset({"na", "n/a"})
"""What OIOUBL 2.1 writes where there is no order, as its schema asks for one."""
DEPOSITS: Final = frozenset({"325", "386"})
"""UNCL1001: a pro forma invoice and a prepayment invoice, both of which ask for money before delivery."""
OIOUBL_VAT: Final = frozenset({"63", "VAT"})


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which texts of an aggregate may hold our short code, and which of its parts have more of them."""

    texts: tuple[str, ...] = ()
    parts: Mapping[str, _Wanted] = field(default_factory=dict)


_ID: Final = _Wanted(("ID",))
_OF_DOCUMENT: Final = _Wanted(
    ("BuyerReference", "AccountingCost", "AccountingCostCode", "Note"),
    {
        "OrderReference": _Wanted(("SalesOrderID", "CustomerReference")),
        "ContractDocumentReference": _ID,
        "PaymentMeans": _Wanted(
            ("PaymentID", "InstructionID", "InstructionNote"),
            {"PayeeFinancialAccount": _Wanted(("PaymentNote",))},
        ),
        "PaymentTerms": _Wanted(("Note",)),
        "AdditionalDocumentReference": _ID,
        "ProjectReference": _ID,
        "OriginatorDocumentReference": _ID,
        "AccountingCustomerParty": _Wanted(parts={"Party": _Wanted(parts={"Contact": _ID})}),
    },
)
_OF_LINE: Final = _Wanted(
    ("Note", "AccountingCost"),
    {
        "OrderLineReference": _Wanted(("LineID",), {"OrderReference": _ID}),
        "DocumentReference": _ID,
        "Item": _Wanted(("Name", "Description")),
    },
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
        references=_references(document, order),
        credited_number=_credited_number(document),
        prepaid=_prepaid(totals),
        is_deposit=top.text("InvoiceTypeCode") in DEPOSITS,
        reminded_numbers=() if document.is_credit_note else reminded_numbers(document),
        fee=fee_of(document),
    )


def _credited_number(document: Document) -> str | None:
    """Return the invoice that a credit note takes back; an invoice's own references say nothing of that."""
    if not document.is_credit_note:
        return None
    return document.top.first_text("BillingReference", "InvoiceDocumentReference", "ID") or None


def _prepaid(totals: Aggregate | None) -> Oere:
    """Return what is told as paid beforehand; what makes no sense counts as nothing."""
    prepaid = minor_units(totals.texts.get("PrepaidAmount")) if totals is not None else None
    return prepaid if prepaid is not None and prepaid > 0 else Oere(0)


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
    own = document.top.text("DocumentCurrencyCode")
    for currency, tax_total in tax_amounts(document):
        if currency == own:
            return minor_units(tax_total.text("TaxAmount"))
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


def _references(document: Document, order: str | None) -> tuple[str, ...]:
    found = [order or ""]
    _collect(_OF_DOCUMENT, document.top, found)
    for line in document.lines:
        _collect(_OF_LINE, line, found)
    return tuple(dict.fromkeys(filter(None, found)))


def _collect(wanted: _Wanted, aggregate: Aggregate, found: list[str]) -> None:
    texts, parts = aggregate.texts, aggregate.parts
    for name in wanted.texts:
        if name in texts:
            found += aggregate.all_texts(name)
    for name, wanted_there in wanted.parts.items():
        if name in parts:
            for part in parts[name]:
                _collect(wanted_there, part, found)
