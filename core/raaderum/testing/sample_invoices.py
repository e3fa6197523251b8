"""Valid electronic invoices and credit notes made to order: for tests, walkthroughs and demonstrations.

All are in DKK with 25 % VAT and one line, from a made-up supplier to a made-up municipality unless
told otherwise. They keep to the official schemas and business rules of their format.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from string import Template
from typing import Final, TypedDict, Unpack
from xml.sax.saxutils import escape

DAYS_TO_PAY: Final = timedelta(days=30)
VAT_PERCENT: Final = 25


class SampleParameters(TypedDict, total=False):
    """What can be told; the rest is made up.

    `amount_with_vat` and `prepaid`, which leaves less to pay, are in øre. The customer goes by
    `customer_cvr` if given, else by `customer_gln`. Only invoices tell `due_on`. A `credited_number` on
    an invoice is a reference to an earlier one.
    """

    number: str
    issued_on: date
    due_on: date
    supplier_name: str
    supplier_cvr: str
    customer_name: str
    customer_gln: str
    customer_cvr: str | None
    order_reference: str | None
    credited_number: str | None
    description: str
    amount_with_vat: int
    note: str | None
    type_code: str
    prepaid: int


def peppol_invoice(**parameters: Unpack[SampleParameters]) -> bytes:
    """Return an invoice in Peppol BIS Billing 3.0."""
    content = _Content(**parameters)
    return content.filled_into(
        _PEPPOL,
        root="Invoice",
        due=f"<cbc:DueDate>{content.paid_by}</cbc:DueDate>",
        kind=f"<cbc:InvoiceTypeCode>{content.type_code}</cbc:InvoiceTypeCode>",
        payment=_PEPPOL_PAYMENT,
        quantity="Invoiced",
        **content.in_peppol(),
    )


def peppol_credit_note(**parameters: Unpack[SampleParameters]) -> bytes:
    """Return a credit note in Peppol BIS Billing 3.0."""
    content = _Content(**parameters)
    return content.filled_into(
        _PEPPOL,
        root="CreditNote",
        due="",
        kind="<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>",
        payment="",
        quantity="Credited",
        **content.in_peppol(),
    )


def oioubl_invoice(**parameters: Unpack[SampleParameters]) -> bytes:
    """Return an invoice in OIOUBL 2.1."""
    content = _Content(**parameters)
    return content.filled_into(
        _OIOUBL,
        root="Invoice",
        kind=Template(_OIOUBL_KIND).substitute(type_code=content.type_code),
        payment=Template(_OIOUBL_PAYMENT).substitute(due_on=content.paid_by),
        quantity="Invoiced",
        **content.in_oioubl(),
    )


def oioubl_credit_note(**parameters: Unpack[SampleParameters]) -> bytes:
    """Return a credit note in OIOUBL 2.1."""
    content = _Content(**parameters)
    return content.filled_into(
        _OIOUBL,
        root="CreditNote",
        kind="",
        payment="",
        quantity="Credited",
        **content.in_oioubl(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    number: str = "F-1001"
    issued_on: date = date(2026, 3, 2)
    due_on: date | None = None
    supplier_name: str = "Køreskolen Ny Vej ApS"
    supplier_cvr: str = "10000009"
    customer_name: str = "Eksempel Kommune"
    customer_gln: str = "5790000000012"
    customer_cvr: str | None = None
    order_reference: str | None = None
    credited_number: str | None = None
    description: str = "Kørekort, 1. rate"
    amount_with_vat: int = 125_00
    note: str | None = None
    type_code: str = "380"
    prepaid: int = 0

    @property
    def paid_by(self) -> date:
        return self.due_on or self.issued_on + DAYS_TO_PAY

    def in_peppol(self) -> dict[str, str]:
        """Return what Peppol writes in its own way."""
        cvr = self.customer_cvr
        return {
            "customer_id": cvr or self.customer_gln,
            "customer_scheme": "0184" if cvr else "0088",
            "customer_company": f'<cbc:CompanyID schemeID="0184">{cvr}</cbc:CompanyID>' if cvr else "",
        }

    def in_oioubl(self) -> dict[str, str]:
        """Return what OIOUBL writes in its own way."""
        cvr = self.customer_cvr
        return {
            "customer_id": f"DK{cvr}" if cvr else self.customer_gln,
            "customer_scheme": "DK:CVR" if cvr else "GLN",
        }

    def filled_into(self, form: str, **parts: str) -> bytes:
        """Return `form` with all placeholders filled, as UTF-8."""
        whole = 100 + VAT_PERCENT
        without_vat = (self.amount_with_vat * 200 + whole) // (2 * whole)
        texts = {
            "number": self.number,
            "issued_on": self.issued_on.isoformat(),
            "supplier_name": self.supplier_name,
            "supplier_cvr": self.supplier_cvr,
            "customer_name": self.customer_name,
            "description": self.description,
            "with_vat": _kroner(self.amount_with_vat),
            "without_vat": _kroner(without_vat),
            "vat": _kroner(self.amount_with_vat - without_vat),
            "payable": _kroner(self.amount_with_vat - self.prepaid),
        }
        references = {
            "notes": _element("Note", self.note),
            "prepaid": _PREPAID.format(_kroner(self.prepaid)) if self.prepaid else "",
            "order": _element("ID", self.order_reference, "OrderReference"),
            "credited": _element("ID", self.credited_number, "BillingReference", "InvoiceDocumentReference"),
        }
        escaped = {name: escape(text) for name, text in texts.items()}
        return Template(form).substitute(escaped | references | parts).encode()


def _kroner(oere: int) -> str:
    return f"{oere // 100}.{oere % 100:02}"


def _element(name: str, value: str | None, *holders: str) -> str:
    """Return an element with `value` inside `holders`, or nothing where there is no value."""
    if not value:
        return ""
    element = f"<cbc:{name}>{escape(value)}</cbc:{name}>"
    for holder in reversed(holders):
        element = f"<cac:{holder}>{element}</cac:{holder}>"
    return element


_PREPAID: Final = '<cbc:PrepaidAmount currencyID="DKK">{}</cbc:PrepaidAmount>'
_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<$root xmlns="urn:oasis:names:specification:ubl:schema:xsd:$root-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
"""
_PEPPOL_CUSTOMIZATION: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_PEPPOL_PAYMENT: Final = """
 <cac:PaymentMeans>
  <cbc:PaymentMeansCode>42</cbc:PaymentMeansCode>
  <cac:PayeeFinancialAccount>
   <cbc:ID>0440116243</cbc:ID>
   <cac:FinancialInstitutionBranch><cbc:ID>1234</cbc:ID></cac:FinancialInstitutionBranch>
  </cac:PayeeFinancialAccount>
 </cac:PaymentMeans>"""
_PEPPOL_CATEGORY: Final = f"""
   <cbc:ID>S</cbc:ID>
   <cbc:Percent>{VAT_PERCENT}</cbc:Percent>
   <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"""
_PEPPOL: Final = (
    _HEAD
    + """ <cbc:CustomizationID>"""
    + _PEPPOL_CUSTOMIZATION
    + """</cbc:CustomizationID>
 <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
 <cbc:ID>$number</cbc:ID>
 <cbc:IssueDate>$issued_on</cbc:IssueDate>
 $due
 $kind
 $notes
 <cbc:DocumentCurrencyCode>DKK</cbc:DocumentCurrencyCode>
 <cbc:BuyerReference>Borgerbudget</cbc:BuyerReference>
 $order
 $credited
 <cac:AccountingSupplierParty><cac:Party>
  <cbc:EndpointID schemeID="0184">$supplier_cvr</cbc:EndpointID>
  <cac:PartyName><cbc:Name>$supplier_name</cbc:Name></cac:PartyName>
  <cac:PostalAddress>
   <cbc:StreetName>Ny Vej 1</cbc:StreetName>
   <cbc:CityName>Eksempelby</cbc:CityName>
   <cbc:PostalZone>9990</cbc:PostalZone>
   <cac:Country><cbc:IdentificationCode>DK</cbc:IdentificationCode></cac:Country>
  </cac:PostalAddress>
  <cac:PartyTaxScheme>
   <cbc:CompanyID>DK$supplier_cvr</cbc:CompanyID>
   <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
  </cac:PartyTaxScheme>
  <cac:PartyLegalEntity>
   <cbc:RegistrationName>$supplier_name</cbc:RegistrationName>
   <cbc:CompanyID schemeID="0184">$supplier_cvr</cbc:CompanyID>
  </cac:PartyLegalEntity>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:AccountingCustomerParty><cac:Party>
  <cbc:EndpointID schemeID="$customer_scheme">$customer_id</cbc:EndpointID>
  <cac:PostalAddress>
   <cbc:StreetName>Rådhuspladsen 1</cbc:StreetName>
   <cbc:CityName>Eksempelby</cbc:CityName>
   <cbc:PostalZone>9990</cbc:PostalZone>
   <cac:Country><cbc:IdentificationCode>DK</cbc:IdentificationCode></cac:Country>
  </cac:PostalAddress>
  <cac:PartyLegalEntity>
   <cbc:RegistrationName>$customer_name</cbc:RegistrationName>
   $customer_company
  </cac:PartyLegalEntity>
 </cac:Party></cac:AccountingCustomerParty>$payment
 <cac:TaxTotal>
  <cbc:TaxAmount currencyID="DKK">$vat</cbc:TaxAmount>
  <cac:TaxSubtotal>
   <cbc:TaxableAmount currencyID="DKK">$without_vat</cbc:TaxableAmount>
   <cbc:TaxAmount currencyID="DKK">$vat</cbc:TaxAmount>
   <cac:TaxCategory>"""
    + _PEPPOL_CATEGORY
    + """</cac:TaxCategory>
  </cac:TaxSubtotal>
 </cac:TaxTotal>
 <cac:LegalMonetaryTotal>
  <cbc:LineExtensionAmount currencyID="DKK">$without_vat</cbc:LineExtensionAmount>
  <cbc:TaxExclusiveAmount currencyID="DKK">$without_vat</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="DKK">$with_vat</cbc:TaxInclusiveAmount>
  $prepaid
  <cbc:PayableAmount currencyID="DKK">$payable</cbc:PayableAmount>
 </cac:LegalMonetaryTotal>
 <cac:${root}Line>
  <cbc:ID>1</cbc:ID>
  <cbc:${quantity}Quantity unitCode="C62">1</cbc:${quantity}Quantity>
  <cbc:LineExtensionAmount currencyID="DKK">$without_vat</cbc:LineExtensionAmount>
  <cac:Item>
   <cbc:Name>$description</cbc:Name>
   <cac:ClassifiedTaxCategory>"""
    + _PEPPOL_CATEGORY
    + """</cac:ClassifiedTaxCategory>
  </cac:Item>
  <cac:Price><cbc:PriceAmount currencyID="DKK">$without_vat</cbc:PriceAmount></cac:Price>
 </cac:${root}Line>
</$root>
"""
)

_OIOUBL_KIND: Final = """
 <cbc:InvoiceTypeCode listAgencyID="320"
  listID="urn:oioubl:codelist:invoicetypecode-1.1">$type_code</cbc:InvoiceTypeCode>"""
_OIOUBL_PAYMENT: Final = """
 <cac:PaymentMeans>
  <cbc:PaymentMeansCode>42</cbc:PaymentMeansCode>
  <cbc:PaymentDueDate>$due_on</cbc:PaymentDueDate>
  <cbc:PaymentChannelCode listAgencyID="320"
    listID="urn:oioubl:codelist:paymentchannelcode-1.1">DK:BANK</cbc:PaymentChannelCode>
  <cac:PayeeFinancialAccount>
   <cbc:ID>0440116243</cbc:ID>
   <cac:FinancialInstitutionBranch><cbc:ID>1234</cbc:ID></cac:FinancialInstitutionBranch>
  </cac:PayeeFinancialAccount>
 </cac:PaymentMeans>"""
_OIOUBL_SCHEME: Final = """
    <cac:TaxScheme>
     <cbc:ID schemeAgencyID="320" schemeID="urn:oioubl:id:taxschemeid-1.2">63</cbc:ID>
     <cbc:Name>Moms</cbc:Name>
    </cac:TaxScheme>"""
_OIOUBL_TAX: Final = (
    """
  <cac:TaxTotal>
   <cbc:TaxAmount currencyID="DKK">$vat</cbc:TaxAmount>
   <cac:TaxSubtotal>
    <cbc:TaxableAmount currencyID="DKK">$without_vat</cbc:TaxableAmount>
    <cbc:TaxAmount currencyID="DKK">$vat</cbc:TaxAmount>
    <cac:TaxCategory>
     <cbc:ID schemeAgencyID="320" schemeID="urn:oioubl:id:taxcategoryid-1.1">StandardRated</cbc:ID>
"""
    f"     <cbc:Percent>{VAT_PERCENT}</cbc:Percent>"
    + _OIOUBL_SCHEME
    + """
    </cac:TaxCategory>
   </cac:TaxSubtotal>
  </cac:TaxTotal>"""
)
_OIOUBL_ADDRESS: Final = """
  <cac:PostalAddress>
   <cbc:AddressFormatCode listAgencyID="320"
    listID="urn:oioubl:codelist:addressformatcode-1.1">StructuredDK</cbc:AddressFormatCode>
   <cbc:StreetName>Ny Vej</cbc:StreetName>
   <cbc:BuildingNumber>1</cbc:BuildingNumber>
   <cbc:CityName>Eksempelby</cbc:CityName>
   <cbc:PostalZone>9990</cbc:PostalZone>
   <cac:Country><cbc:IdentificationCode>DK</cbc:IdentificationCode></cac:Country>
  </cac:PostalAddress>"""
_OIOUBL: Final = (
    _HEAD
    + """ <cbc:UBLVersionID>2.1</cbc:UBLVersionID>
 <cbc:CustomizationID>OIOUBL-2.1</cbc:CustomizationID>
 <cbc:ProfileID schemeAgencyID="320"
  schemeID="urn:oioubl:id:profileid-1.2">urn:www.nesubl.eu:profiles:profile5:ver2.0</cbc:ProfileID>
 <cbc:ID>$number</cbc:ID>
 <cbc:IssueDate>$issued_on</cbc:IssueDate>$kind
 $notes
 <cbc:DocumentCurrencyCode>DKK</cbc:DocumentCurrencyCode>
 $order
 $credited
 <cac:AccountingSupplierParty><cac:Party>
  <cbc:EndpointID schemeAgencyID="320" schemeID="DK:CVR">DK$supplier_cvr</cbc:EndpointID>
  <cac:PartyName><cbc:Name>$supplier_name</cbc:Name></cac:PartyName>"""
    + _OIOUBL_ADDRESS
    + """
  <cac:PartyTaxScheme>
   <cbc:CompanyID schemeID="DK:SE">DK$supplier_cvr</cbc:CompanyID>"""
    + _OIOUBL_SCHEME
    + """
  </cac:PartyTaxScheme>
  <cac:PartyLegalEntity>
   <cbc:RegistrationName>$supplier_name</cbc:RegistrationName>
   <cbc:CompanyID schemeID="DK:CVR">DK$supplier_cvr</cbc:CompanyID>
  </cac:PartyLegalEntity>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:AccountingCustomerParty><cac:Party>
  <cbc:EndpointID schemeID="$customer_scheme">$customer_id</cbc:EndpointID>
  <cac:PartyName><cbc:Name>$customer_name</cbc:Name></cac:PartyName>"""
    + _OIOUBL_ADDRESS
    + """
  <cac:Contact><cbc:ID>Borgerbudget</cbc:ID></cac:Contact>
 </cac:Party></cac:AccountingCustomerParty>$payment"""
    + _OIOUBL_TAX
    + """
 <cac:LegalMonetaryTotal>
  <cbc:LineExtensionAmount currencyID="DKK">$without_vat</cbc:LineExtensionAmount>
  <cbc:TaxExclusiveAmount currencyID="DKK">$vat</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="DKK">$with_vat</cbc:TaxInclusiveAmount>
  $prepaid
  <cbc:PayableAmount currencyID="DKK">$payable</cbc:PayableAmount>
 </cac:LegalMonetaryTotal>
 <cac:${root}Line>
  <cbc:ID>1</cbc:ID>
  <cbc:${quantity}Quantity unitCode="EA">1</cbc:${quantity}Quantity>
  <cbc:LineExtensionAmount currencyID="DKK">$without_vat</cbc:LineExtensionAmount>"""
    + _OIOUBL_TAX
    + """
  <cac:Item><cbc:Name>$description</cbc:Name></cac:Item>
  <cac:Price>
   <cbc:PriceAmount currencyID="DKK">$without_vat</cbc:PriceAmount>
   <cbc:BaseQuantity unitCode="EA">1</cbc:BaseQuantity>
  </cac:Price>
 </cac:${root}Line>
</$root>
"""
)
