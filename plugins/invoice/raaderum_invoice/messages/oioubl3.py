"""The rules of OIOUBL 3.0 in our own words. Elements go by their UBL names."""

from __future__ import annotations

from typing import Final

from raaderum_invoice.messages.entry import (
    AS_WRITTEN,
    MISSING,
    NO_SUCH_NUMBER,
    NOT_ALLOWED,
    UNKNOWN_CODE,
    Entry,
    family,
)

_BIL: Final = "OIOUBL-BIL-"
_COMMON: Final = "OIOUBL-COMMON-"
_NOTE: Final = "PaymentNote (højst 20 tegn)|PaymentNote (at most 20 characters)"
_CARD: Final = "oplysninger om kortet|details of the card"

_MISSING_IN_BILLING: Final = {
    "025": "bankens registreringsnummer|the bank's registration number",
    "026": "bankens navn|the bank's name",
    "027": "bankens adresse|the bank's address",
    "029": "PayeeFinancialAccount/ID",
    "006": "kontonummer eller registreringsnummer|account or registration number",
    "007": "betalingsaftalens id eller betalers konto|the mandate's id or the payer's account",
    "037": "PayeeFinancialAccount",
    "038": "PayeeFinancialAccount/ID",
    "046": "CardAccount",
    "057": "InstructionID",
    "060": "betalingsaftalens id eller betalers konto|the mandate's id or the payer's account",
    "064": "bankens ID (FinancialInstitution)|the bank's ID (FinancialInstitution)",
    "066": "korttypen (PaymentID)|the card type (PaymentID)",
    "067": "PayeeFinancialAccount/ID",
    "068": "betalings-id (InstructionID)|the payment id (InstructionID)",
    "075": "PayeeFinancialAccount/ID",
    "076": "korttypen (PaymentID)|the card type (PaymentID)",
    "077": "betalings-id (InstructionID)|the payment id (InstructionID)",
    "095": "bankens ID (FinancialInstitution)|the bank's ID (FinancialInstitution)",
    "096": "PaymentTerms/Note",
    "115": "PaymentChannelCode DK:FIK eller momskategorien|PaymentChannelCode DK:FIK or the VAT category",
    "120": "PaymentChannelCode",
    "122": "PaymentChannelCode",
    "130": "OrderReference",
    "131": "linjens TaxTotal|the line's TaxTotal",
}
_NOT_ALLOWED_IN_BILLING: Final = {
    "028": "InstructionNote",
    "032": "PaymentChannelCode",
    "033": "CreditAccount",
    "034": "InstructionNote",
    "041": "InstructionID",
    "042": "InstructionNote",
    "043": "PayerFinancialAccount",
    "044": "PayeeFinancialAccount",
    "045": "CreditAccount",
    **dict.fromkeys(("047", "048", "049", "050", "051", "052", "053", "054"), _CARD),
    "055": "InstructionNote",
    "056": "CreditAccount",
    "063": "registreringsnummer sammen med IBAN|a registration number together with IBAN",
    "065": "CreditAccount",
    "070": "InstructionNote",
    "078": "InstructionNote",
    "083": "InstructionID",
    "085": "InstructionID",
    "086": "InstructionNote",
    "087": "PaymentID",
    "088": "PayerFinancialAccount",
    "089": "PayeeFinancialAccount",
    "090": "CreditAccount",
    "094": "PaymentChannelCode",
    "097": "mere end én Note i PaymentTerms|more than one Note in PaymentTerms",
    "100": "et CPR-nummer for kunden|a CPR number for the customer",
    "101": "Delivery/ActualDeliveryDate både i hoved og linje|Delivery/ActualDeliveryDate in head and line",
    "102": "Delivery/DeliveryLocation både i hoved og linje|Delivery/DeliveryLocation in head and line",
    "103": "Delivery/DeliveryParty både i hoved og linje|Delivery/DeliveryParty in head and line",
    "124": "PaymentChannelCode",
    "125": "PaymentChannelCode",
    "126": "PaymentChannelCode",
}
_CODES_IN_BILLING: Final = {
    "005": "betalingsmåden|the way of paying",
    "019": "UBLVersionID",
    "020": "CustomizationID",
    "022": "CustomizationID",
    "023": "ProfileID",
    "069": "korttypen (PaymentID)|the card type (PaymentID)",
    "079": "korttypen (PaymentID)|the card type (PaymentID)",
    **dict.fromkeys(
        ("113", "114", "116", "121", "123"),
        "PaymentChannelCode til betalingsmåden|PaymentChannelCode for the way of paying",
    ),
    "112": "MathematicOperatorCode",
}
_NUMBERS_IN_BILLING: Final = {
    **dict.fromkeys(("030", "035", "058", "091", "092"), _NOTE),
    **dict.fromkeys(("031", "084"), "CreditAccount/AccountID"),
    **dict.fromkeys(("024", "040", "062", "074"), "kontonummeret|the account number"),
    **dict.fromkeys(
        ("039", "061"), "registreringsnummeret (fire cifre)|the registration number (four digits)"
    ),
    **dict.fromkeys(
        ("059", "072", "073", "080", "081", "082"),
        "betalings-id (InstructionID)|the payment id (InstructionID)",
    ),
    "111": "CalculationRate (fire decimaler)|CalculationRate (four decimals)",
}
_OTHERS_IN_BILLING: Final = {
    "016": "Kreditnotaens beløb er ikke over 0|The credit note's amount is not above 0",
    "098": "Et af totalbeløbene er negativt|One of the totals is negative",
    "099": "Totalen med moms er negativ|The total with VAT is negative",
    "105": "Linjens antal er 0|The line's quantity is 0",
    "107": "To linjer har samme nummer|Two lines have the same number",
    "108": "To linjer har samme nummer|Two lines have the same number",
    "110": "To linjer har samme nummer|Two lines have the same number",
}
_NUMBERS_IN_COMMON: Final = {
    "001": "et CVR-nummer (otte cifre)|a CVR number (eight digits)",
    "003": "et P-nummer (ti cifre)|a P number (ten digits)",
    "004": "et SE-nummer (DK og otte cifre)|an SE number (DK and eight digits)",
    "005": "UUID",
    "013": "et CPR-nummer (ti cifre)|a CPR number (ten digits)",
    "124": "et klokkeslæt|a time",
    "126": "telefonnummeret (begynder med + eller 00)|the telephone number (begins with + or 00)",
    "127": "mailadressen|the mail address",
    "140": "CalculationRate (fire decimaler)|CalculationRate (four decimals)",
}
_MISSING_IN_COMMON: Final = {
    "008": "adressens by eller postnummer|the address's city or postal code",
    "009": "adressens vej og husnummer, eller postboks|the address's street and house number, or box",
    "010": "vej og husnummer til etagen|street and house number for the floor",
    "011": "vej og husnummer til døren|street and house number for the room",
    "012": "vej til husnummer, eller husnummer til vej|street for the house number, or the other way round",
    "014": "tegnet # inde i begrundelsen for ZZZ|the sign # within the reason for ZZZ",
    "100": "PartyLegalEntity",
    "101": "PartyLegalEntity/CompanyID",
    "105": "kundens PartyIdentification/ID (præcis én)|the customer's PartyIdentification/ID (exactly one)",
    "106": "PartyName/Name (præcis én)|PartyName/Name (exactly one)",
    "107": "PartyLegalEntity (præcis én)|PartyLegalEntity (exactly one)",
    "108": "PartyLegalEntity/CompanyID (præcis én)|PartyLegalEntity/CompanyID (exactly one)",
    "109": "PartyTaxScheme/CompanyID",
    "110": "PartyTaxScheme/TaxScheme/ID",
    "111": "schemeID for EndpointID|the schemeID of EndpointID",
    "112": "schemeID for PartyIdentification/ID|the schemeID of PartyIdentification/ID",
    "113": "schemeID for PartyLegalEntity/CompanyID|the schemeID of PartyLegalEntity/CompanyID",
    "114": "schemeID for PartyTaxScheme/CompanyID|the schemeID of PartyTaxScheme/CompanyID",
    "122": "StartDate",
    "123": "EndDate",
    "129": "bilagets filnavn|the attachment's file name",
    "131": "ExternalReference/URI",
    "132": "DocumentHash eller HashAlgorithmMethod|DocumentHash or HashAlgorithmMethod",
    "133": "ExpiryDate",
    "134": "IssueDate",
    "150": "begrundelsen for ZZZ|the reason for ZZZ",
}
_CODES_IN_COMMON: Final = {
    "115": "schemeID for PartyTaxScheme/CompanyID|the schemeID of PartyTaxScheme/CompanyID",
    "130": "bilagets medietype|the attachment's media type",
    "141": "MathematicOperatorCode",
}
_NOT_ALLOWED_IN_COMMON: Final = {
    "007": "et negativt SequenceNumeric|a negative SequenceNumeric",
    "021": "OrderReference/DocumentReference",
    "022": "InvoiceDocumentReference/Attachment",
    "023": "SelfBilledInvoiceDocumentReference",
    "024": "SelfBilledCreditNoteDocumentReference",
    "025": "DebitNoteDocumentReference",
    "027": "Delivery/DeliveryAddress",
    "028": "Delivery/CarrierParty",
    "031": "BillingReference/AdditionalDocumentReference",
    "032": "DeliveryLocation/CountrySubentity",
    "033": "DeliveryLocation/CountrySubentityCode",
    "034": "PaymentMeans/PaymentDueDate",
    "035": "AllowanceCharge/PaymentMeans",
    "038": "TaxSubtotal/Percent",
    "039": "TaxSubtotal/BaseUnitMeasure",
    "040": "TaxSubtotal/PerUnitAmount",
    "041": "Person",
    "052": "Delivery/LatestDeliveryDate",
    "053": "Delivery/LatestDeliveryTime",
    "054": "Delivery/DeliveryAddress",
    "062": "PaymentTerms",
    "063": "Item/TransactionConditions",
    "064": "AllowanceCharge/PaymentMeans",
    "102": "et CPR-nummer i denne profil|a CPR number in this profile",
    "103": "mere end én ManufacturersItemIdentification|more than one ManufacturersItemIdentification",
    "125": "et CPR-nummer som Contact/ID|a CPR number as Contact/ID",
    "128": "bilag og henvisning samtidig|attachment and reference at once",
}


def _with(prefix: str, members: dict[str, str]) -> dict[str, str]:
    return {prefix + number: subject for number, subject in members.items()}


OIOUBL_3: Final[dict[str, Entry]] = (
    family(MISSING, _with(_BIL, _MISSING_IN_BILLING) | _with(_COMMON, _MISSING_IN_COMMON))
    | family(NOT_ALLOWED, _with(_BIL, _NOT_ALLOWED_IN_BILLING) | _with(_COMMON, _NOT_ALLOWED_IN_COMMON))
    | family(UNKNOWN_CODE, _with(_BIL, _CODES_IN_BILLING) | _with(_COMMON, _CODES_IN_COMMON))
    | family(NO_SUCH_NUMBER, _with(_BIL, _NUMBERS_IN_BILLING) | _with(_COMMON, _NUMBERS_IN_COMMON))
    | family(AS_WRITTEN, _with(_BIL, _OTHERS_IN_BILLING))
    | family(
        AS_WRITTEN,
        {"OIOUBL-COMMON-121": "En periode slutter, før den begynder|A period ends before it starts"},
    )
)
