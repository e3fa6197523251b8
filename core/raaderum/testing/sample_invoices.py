"""Suppliers' electronic invoices and credit notes, made to measure: valid Peppol BIS 3 and OIOUBL 2.1.

One line with 25 % VAT. Where the amount cannot be split into a net amount and its VAT without
losing an øre, the øre stands as rounding, as both standards want it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, NotRequired, TypedDict, Unpack
from uuid import NAMESPACE_OID, uuid5
from xml.sax.saxutils import escape, quoteattr

_COMPONENTS: Final = "urn:oasis:names:specification:ubl:schema:xsd"
_CUSTOMER_CVR: Final = "12345674"
_SUPPLIERS_ACCOUNT: Final = ("1234", "0012345678")
_VAT: Final = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
_MOMS: Final = (
    '<cac:TaxScheme><cbc:ID schemeAgencyID="320" schemeID="urn:oioubl:id:taxschemeid-1.5">63</cbc:ID>'
    "<cbc:Name>Moms</cbc:Name></cac:TaxScheme>"
)


class _Facts(TypedDict):
    """What both kinds of documents say; `amount_with_vat` is in øre, VAT included."""

    number: str
    issued_on: date
    supplier_name: str
    supplier_cvr: str
    customer_name: str
    order_reference: str
    description: str
    amount_with_vat: int
    note: NotRequired[str]


class InvoiceFacts(_Facts):
    """What an invoice says."""

    due_on: date


class CreditNoteFacts(_Facts):
    """What a credit note says: also the number of the invoice that it credits."""

    credited_number: str


def peppol_invoice(**facts: Unpack[InvoiceFacts]) -> bytes:
    """Return a Peppol BIS Billing 3.0 invoice."""
    return _peppol(_Content(**facts))


def peppol_credit_note(**facts: Unpack[CreditNoteFacts]) -> bytes:
    """Return a Peppol BIS Billing 3.0 credit note."""
    return _peppol(_Content(**facts))


def oioubl_invoice(**facts: Unpack[InvoiceFacts]) -> bytes:
    """Return an OIOUBL 2.1 invoice."""
    return _oioubl(_Content(**facts))


def oioubl_credit_note(**facts: Unpack[CreditNoteFacts]) -> bytes:
    """Return an OIOUBL 2.1 credit note."""
    return _oioubl(_Content(**facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What a document says, and how its amount splits. A credit note names the invoice it credits."""

    number: str
    issued_on: date
    supplier_name: str
    supplier_cvr: str
    customer_name: str
    order_reference: str
    description: str
    amount_with_vat: int
    note: str = ""
    due_on: date | None = None
    credited_number: str | None = None

    @property
    def net(self) -> int:
        """The amount without VAT, in øre."""
        return (self.amount_with_vat * 4 + 2) // 5

    @property
    def vat(self) -> int:
        """25 % of the net amount, half an øre rounded up."""
        return (self.net + 2) // 4

    @property
    def rounding(self) -> int:
        """What net amount and VAT miss of the amount, in øre: -1, 0 or 1."""
        return self.amount_with_vat - self.net - self.vat


def _peppol(content: _Content) -> bytes:
    is_credit = content.credited_number is not None
    code = ("CreditNoteTypeCode", "381") if is_credit else ("InvoiceTypeCode", "380")
    head = [
        _field(
            "CustomizationID",
            "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
        ),
        _field("ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"),
        _field("ID", content.number),
        _field("IssueDate", content.issued_on.isoformat()),
        _field("DueDate", content.due_on.isoformat()) if content.due_on else "",
        _field(*code),
        _field("Note", content.note) if content.note else "",
        _field("DocumentCurrencyCode", "DKK"),
        _group("OrderReference", _field("ID", content.order_reference)),
        _billing_reference(content),
        _group("AccountingSupplierParty", _peppol_party(content.supplier_name, content.supplier_cvr)),
        _group("AccountingCustomerParty", _peppol_party(content.customer_name, _CUSTOMER_CVR)),
    ]
    category = _field("ID", "S") + _field("Percent", "25") + _VAT
    tax = _group(
        "TaxTotal",
        _amount("TaxAmount", content.vat)
        + _group(
            "TaxSubtotal",
            _amount("TaxableAmount", content.net)
            + _amount("TaxAmount", content.vat)
            + _group("TaxCategory", category),
        ),
    )
    totals = _totals(content, tax_exclusive=content.net)
    line = (
        _field("ID", "1")
        + _quantity(is_credit=is_credit)
        + _amount("LineExtensionAmount", content.net)
        + _group(
            "Item", _field("Name", content.description[:100]) + _group("ClassifiedTaxCategory", category)
        )
        + _group("Price", _amount("PriceAmount", content.net))
    )
    body = [*head, _peppol_payment(content), tax, totals, _group(_line_name(is_credit=is_credit), line)]
    return _document(is_credit=is_credit, body=body)


def _oioubl(content: _Content) -> bytes:
    is_credit = content.credited_number is not None
    type_code = "CreditNoteTypeCode" if is_credit else "InvoiceTypeCode"
    type_list = {"listAgencyID": "320", "listID": "urn:oioubl:codelist:invoicetypecode-1.1"}
    head = [
        _field("UBLVersionID", "2.1"),
        _field("CustomizationID", "OIOUBL-2.1"),
        _field(
            "ProfileID",
            "urn:www.nesubl.eu:profiles:profile5:ver2.0",
            schemeAgencyID="320",
            schemeID="urn:oioubl:id:profileid-1.4",
        ),
        _field("ID", content.number),
        _field("UUID", str(uuid5(NAMESPACE_OID, content.number))),
        _field("IssueDate", content.issued_on.isoformat()),
        _field(type_code, "381" if is_credit else "380", **type_list),
        _field("Note", content.note) if content.note else "",
        _field("DocumentCurrencyCode", "DKK"),
        _group("OrderReference", _field("ID", content.order_reference)),
        _billing_reference(content),
        _group("AccountingSupplierParty", _oioubl_party(content.supplier_name, content.supplier_cvr)),
        _group(
            "AccountingCustomerParty",
            _oioubl_party(content.customer_name, _CUSTOMER_CVR, contact="Råderum"),
        ),
    ]
    tax_total = _oioubl_tax(content)
    line = (
        _field("ID", "1")
        + _quantity(is_credit=is_credit)
        + _amount("LineExtensionAmount", content.net)
        + tax_total
        + _group(
            "Item",
            _field("Description", content.description)
            + _field("Name", content.description[:40])
            + _group("ClassifiedTaxCategory", _oioubl_category()),
        )
        + _group("Price", _amount("PriceAmount", content.net))
    )
    totals = _totals(content, tax_exclusive=content.vat)
    body = [
        *head,
        _oioubl_payment(content),
        tax_total,
        totals,
        _group(_line_name(is_credit=is_credit), line),
    ]
    return _document(is_credit=is_credit, body=body)


def _totals(content: _Content, *, tax_exclusive: int) -> str:
    """Return the totals. OIOUBL 2.1 means the VAT by `TaxExclusiveAmount`, Peppol the net amount."""
    return _group(
        "LegalMonetaryTotal",
        _amount("LineExtensionAmount", content.net)
        + _amount("TaxExclusiveAmount", tax_exclusive)
        + _amount("TaxInclusiveAmount", content.net + content.vat)
        + (_amount("PayableRoundingAmount", content.rounding) if content.rounding else "")
        + _amount("PayableAmount", content.amount_with_vat),
    )


def _billing_reference(content: _Content) -> str:
    if content.credited_number is None:
        return ""
    reference = _field("ID", content.credited_number)
    return _group("BillingReference", _group("InvoiceDocumentReference", reference))


def _peppol_payment(content: _Content) -> str:
    branch, account = _SUPPLIERS_ACCOUNT
    payee = _field("ID", account) + _group("FinancialInstitutionBranch", _field("ID", branch))
    return _group(
        "PaymentMeans",
        _field("PaymentMeansCode", "42")
        + _field("PaymentID", content.number)
        + _group("PayeeFinancialAccount", payee),
    )


def _oioubl_payment(content: _Content) -> str:
    if content.due_on is None:
        return ""
    branch, account = _SUPPLIERS_ACCOUNT
    payee = _field("ID", account) + _group("FinancialInstitutionBranch", _field("ID", branch))
    return _group(
        "PaymentMeans",
        _field("ID", "1")
        + _field("PaymentMeansCode", "42")
        + _field("PaymentDueDate", content.due_on.isoformat())
        + _field(
            "PaymentChannelCode",
            "DK:BANK",
            listAgencyID="320",
            listID="urn:oioubl:codelist:paymentchannelcode-1.1",
        )
        + _group("PayeeFinancialAccount", payee),
    )


def _oioubl_tax(content: _Content) -> str:
    subtotal = (
        _amount("TaxableAmount", content.net)
        + _amount("TaxAmount", content.vat)
        + _group("TaxCategory", _oioubl_category())
    )
    return _group("TaxTotal", _amount("TaxAmount", content.vat) + _group("TaxSubtotal", subtotal))


def _oioubl_category() -> str:
    category = {"schemeAgencyID": "320", "schemeID": "urn:oioubl:id:taxcategoryid-1.1"}
    return _field("ID", "StandardRated", **category) + _field("Percent", "25") + _MOMS


def _peppol_party(name: str, cvr: str) -> str:
    return _group(
        "Party",
        _field("EndpointID", cvr, schemeID="0184")
        + _group("PartyName", _field("Name", name))
        + _group("PostalAddress", _address())
        + _group("PartyTaxScheme", _field("CompanyID", f"DK{cvr}") + _VAT)
        + _group(
            "PartyLegalEntity", _field("RegistrationName", name) + _field("CompanyID", cvr, schemeID="0184")
        ),
    )


def _oioubl_party(name: str, cvr: str, *, contact: str = "") -> str:
    address_format = _field(
        "AddressFormatCode",
        "StructuredDK",
        listAgencyID="320",
        listID="urn:oioubl:codelist:addressformatcode-1.1",
    )
    number = f"DK{cvr}"
    return _group(
        "Party",
        _field("EndpointID", number, schemeID="DK:CVR")
        + _group("PartyName", _field("Name", name))
        + _group("PostalAddress", address_format + _address(building_number="1"))
        + _group("PartyTaxScheme", _field("CompanyID", number, schemeID="DK:SE") + _MOMS)
        + _group(
            "PartyLegalEntity",
            _field("RegistrationName", name) + _field("CompanyID", number, schemeID="DK:CVR"),
        )
        + (_group("Contact", _field("ID", contact)) if contact else ""),
    )


def _address(*, building_number: str = "") -> str:
    return (
        _field("StreetName", "Hovedgaden")
        + (_field("BuildingNumber", building_number) if building_number else "")
        + _field("CityName", "Aarhus C")
        + _field("PostalZone", "8000")
        + _group("Country", _field("IdentificationCode", "DK"))
    )


def _quantity(*, is_credit: bool) -> str:
    return _field("CreditedQuantity" if is_credit else "InvoicedQuantity", "1", unitCode="EA")


def _line_name(*, is_credit: bool) -> str:
    return "CreditNoteLine" if is_credit else "InvoiceLine"


def _document(*, is_credit: bool, body: list[str]) -> bytes:
    root = "CreditNote" if is_credit else "Invoice"
    spaces = (
        f'xmlns="{_COMPONENTS}:{root}-2" xmlns:cac="{_COMPONENTS}:CommonAggregateComponents-2" '
        f'xmlns:cbc="{_COMPONENTS}:CommonBasicComponents-2"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {spaces}>{"".join(body)}</{root}>'.encode()


def _field(name: str, value: str, **attributes: str) -> str:
    written = "".join(f" {key}={quoteattr(text)}" for key, text in attributes.items())
    return f"<cbc:{name}{written}>{escape(value)}</cbc:{name}>"


def _amount(name: str, oere: int) -> str:
    sign = "-" if oere < 0 else ""
    return _field(name, f"{sign}{abs(oere) // 100}.{abs(oere) % 100:02d}", currencyID="DKK")


def _group(name: str, content: str) -> str:
    return f"<cac:{name}>{content}</cac:{name}>"
