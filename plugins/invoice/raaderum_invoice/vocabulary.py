"""The elements of UBL 2 that invoices use, and what the walk over a document does with each."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
BASIC: Final = f"{{{UBL}CommonBasicComponents-2}}"
AGGREGATE: Final = f"{{{UBL}CommonAggregateComponents-2}}"


class Sort(IntEnum):
    """What is kept of an element."""

    PLAIN = 0
    """Its text."""
    PART = 1
    """Its children: it is an aggregate."""
    AMOUNT = 2
    """Its text and attributes, and it is money."""
    NUMBER = 3
    """Its text and attributes, and it is a number."""
    IDENTIFIED = 4
    """Its text and attributes: a scheme or a list says what the text means."""
    DATE = 5
    """Its text, and it is a date."""


_NAMES: Final = {
    Sort.PLAIN: """
        AccountingCost AdditionalStreetName AllowanceChargeReason AllowanceChargeReasonCode AttributeID
        BuildingNumber BuyerReference ChargeIndicator CityName CopyIndicator CountrySubentity
        CreditNoteTypeCode CustomizationID Description DescriptionCode ElectronicMail
        IdentificationCode InstructionID InstructionNote IssueTime Line LineID Name Note PaymentID
        PaymentDueDate PaymentNote PostalZone ReferenceID RegistrationName SalesOrderID StreetName
        TaxExemptionReason TaxExemptionReasonCode Telefax Telephone UBLVersionID UUID Value
    """,
    Sort.AMOUNT: """
        AllowanceTotalAmount Amount BaseAmount ChargeTotalAmount LineExtensionAmount PaidAmount
        PayableAmount PayableRoundingAmount PerUnitAmount PrepaidAmount PriceAmount RoundingAmount
        TaxAmount TaxExclusiveAmount TaxInclusiveAmount TaxableAmount TransactionCurrencyTaxAmount
    """,
    Sort.NUMBER: """
        BaseQuantity CalculationRate CreditedQuantity InvoicedQuantity MultiplierFactorNumeric
        OrderableUnitFactorRate Percent
    """,
    Sort.IDENTIFIED: """
        AddressFormatCode CompanyID DocumentCurrencyCode DocumentTypeCode EmbeddedDocumentBinaryObject
        EndpointID ID InvoiceTypeCode ItemClassificationCode PaymentChannelCode PaymentMeansCode
        PricingCurrencyCode ProfileID TaxCurrencyCode TaxTypeCode
    """,
    Sort.DATE: "ActualDeliveryDate DueDate EndDate IssueDate StartDate TaxPointDate",
}
_AGGREGATES: Final = """
    AccountingCustomerParty AccountingSupplierParty AdditionalDocumentReference AdditionalItemProperty
    Address AddressLine AllowanceCharge Attachment BillingReference BuyersItemIdentification CardAccount
    ClassifiedTaxCategory CommodityClassification Contact ContractDocumentReference Country
    CreditNoteLine Delivery DeliveryLocation DeliveryParty DespatchDocumentReference DocumentReference
    ExternalReference FinancialInstitution FinancialInstitutionBranch InvoiceDocumentReference
    InvoiceLine InvoicePeriod Item LegalMonetaryTotal OrderLineReference OrderReference OriginCountry
    OriginatorDocumentReference Party PartyIdentification PartyLegalEntity PartyName PartyTaxScheme
    PayeeFinancialAccount PayeeParty PayerFinancialAccount PaymentMandate PaymentMeans PaymentTerms
    PostalAddress Price ProjectReference ReceiptDocumentReference SellersItemIdentification
    StandardItemIdentification TaxCategory TaxRepresentativeParty TaxScheme TaxSubtotal TaxTotal
"""


class Vocabulary(dict[str, tuple[int, str]]):
    """Maps a whole tag to its sort and local name; knows what to do with tags it has never seen."""

    def __missing__(self, tag: str) -> tuple[int, str]:
        """Take rare UBL elements by their namespace; others keep their whole tag as their name."""
        if tag.startswith(BASIC):
            return (int(Sort.PLAIN), tag[len(BASIC) :])
        if tag.startswith(AGGREGATE):
            return (int(Sort.PART), tag[len(AGGREGATE) :])
        return (int(Sort.PART), tag)


VOCABULARY: Final = Vocabulary(
    {BASIC + name: (int(sort), name) for sort, names in _NAMES.items() for name in names.split()}
    | {AGGREGATE + name: (int(Sort.PART), name) for name in _AGGREGATES.split()},
)
