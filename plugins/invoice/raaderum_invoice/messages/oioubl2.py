"""The rules of OIOUBL 2.1 in our own words. Elements go by their UBL names, as the supplier's system does."""

from __future__ import annotations

from typing import Final

from raaderum_invoice.messages.entry import (
    AS_WRITTEN,
    MISSING,
    NO_SUCH_NUMBER,
    NOT_ALLOWED,
    ONLY_ONCE,
    UNKNOWN_CODE,
    WRONG_SUM,
    Entry,
    family,
)

_Subjects = dict[tuple[str, ...], str]

_MISSING: Final[_Subjects] = {
    ("F-INV002", "F-CRN002"): "OrderReference",
    ("F-INV007", "F-CRN004"): "DocumentCurrencyCode",
    ("F-INV008", "F-CRN005"): "TaxTotal",
    ("F-INV009", "F-CRN006"): "fakturanummeret (ID)|the invoice number (ID)",
    ("F-INV019", "F-CRN014"): "PricingExchangeRate",
    ("F-INV021", "F-CRN016"): "PaymentExchangeRate",
    ("F-INV024", "F-CRN022"): "OrderReference/ID",
    ("F-INV031", "F-CRN028"): "leverandørens EndpointID|the supplier's EndpointID",
    ("F-INV044", "F-CRN040"): "kundens EndpointID|the customer's EndpointID",
    (
        "F-INV051",
        "F-CRN047",
    ): "kundens personreference (Contact/ID)|the customer's personal reference (Contact/ID)",
    ("F-INV120", "F-CRN066"): "LegalMonetaryTotal/LineExtensionAmount",
    ("F-INV122", "F-CRN068"): "AllowanceTotalAmount",
    ("F-INV123", "F-CRN069"): "ChargeTotalAmount",
    ("F-INV124",): "PrepaidAmount",
    ("F-INV125", "F-CRN071"): "PayableRoundingAmount",
    ("F-INV137", "F-CRN196"): "linjens antal|the line's quantity",
    ("F-INV138", "F-CRN081"): "linjens TaxTotal|the line's TaxTotal",
    ("F-INV140", "F-CRN084"): "linjens nummer (ID)|the line's number (ID)",
    ("F-INV142",): "OrderReference",
    ("F-INV153",): "OrderLineReference/LineID",
    ("F-INV163", "F-CRN110"): "varens navn (Item/Name)|the item's name (Item/Name)",
    ("F-INV167", "F-CRN115"): "SellersItemIdentification/ID",
    ("F-CRN082",): "linjens Item|the line's Item",
    ("F-CRN083",): "linjens Price|the line's Price",
    ("F-LIB007",): "linjens enhed (unitCode)|the line's unit (unitCode)",
    ("F-LIB022",): "en parts id eller navn|a party's id or name",
    ("F-LIB025",): "AddressFormatCode",
    ("F-LIB028", "F-LIB029"): "adressens schemeID|the address's schemeID",
    ("F-LIB033",): "adressens postnummer|the address's postal code",
    ("F-LIB034",): "adressens vej eller postboks|the address's street or box",
    ("F-LIB035",): "adressens husnummer eller postboks|the address's house number or box",
    ("F-LIB037",): "adressens ID|the address's ID",
    ("F-LIB039",): "adressens region eller land|the address's region or country",
    ("F-LIB065",): "TaxScheme/ID",
    ("F-LIB066",): "TaxScheme/Name",
    ("F-LIB074",): "TaxCategory/ID",
    ("F-LIB078",): "StartDate",
    ("F-LIB079",): "EndDate",
    ("F-LIB187",): "PartyLegalEntity/CompanyID",
    ("F-LIB193",): "PartyTaxScheme/CompanyID",
    ("F-LIB213",): "Country/IdentificationCode",
    ("F-LIB235",): "indholdet af Contact|the content of Contact",
    ("F-LIB246",): "PaymentTerms/Note",
    ("F-LIB248", "F-LIB270"): "BaseAmount",
    ("F-LIB259",): "TaxableAmount",
    ("F-LIB333",): "momssatsen (Percent)|the VAT rate (Percent)",
    ("F-LIB382",): "momssatsen for StandardRated|the VAT rate of StandardRated",
    ("F-LIB107", "F-LIB115", "F-LIB126", "F-LIB320", "F-LIB377"): "PayeeFinancialAccount/ID",
    ("F-LIB113", "F-LIB295"): "bankens ID (FinancialInstitution)|the bank's ID (FinancialInstitution)",
    ("F-LIB116", "F-LIB117", "F-LIB276"): "bankens registreringsnummer, navn eller adresse"
    "|the bank's registration number, name or address",
    ("F-LIB124", "F-LIB127"): "registreringsnummeret|the bank's registration number",
    ("F-LIB125", "F-LIB319"): "PayeeFinancialAccount",
    ("F-LIB144", "F-LIB152"): "korttypen (PaymentID)|the card type (PaymentID)",
    ("F-LIB145", "F-LIB153", "F-LIB312"): "betalings-id (InstructionID)|the payment id (InstructionID)",
    ("F-LIB342",): "CardAccount",
}
_NOT_ALLOWED: Final[_Subjects] = {
    ("F-INV029", "F-CRN026"): "DataSendingCapability",
    ("F-INV135",): "PaymentTerms",
    ("F-INV136",): "DeliveryTerms",
    ("F-INV211", "F-CRN109"): "OriginCountry",
    ("F-INV330",): "Delivery/ActualDeliveryDate",
    ("F-INV331",): "Delivery/RequestedDeliveryPeriod",
    ("F-INV332",): "Delivery/DeliveryLocation",
    ("F-INV333",): "Delivery/DeliveryParty",
    (
        "F-LIB021",
    ): "AccountingCost og AccountingCostCode samtidig|AccountingCost together with AccountingCostCode",
    ("F-LIB031", "F-LIB038", "F-LIB040"): "vej, husnummer, by, postnummer eller land"
    "|street, house number, city, postal code or country",
    ("F-LIB032", "F-LIB036"): "AddressLine",
    ("F-LIB067",): "TaxTypeCode",
    ("F-LIB072", "F-LIB257"): "TierRange",
    ("F-LIB073", "F-LIB258"): "TierRatePercent",
    ("F-LIB166",): "MarkCareIndicator",
    ("F-LIB167",): "MarkAttentionIndicator",
    ("F-LIB168",): "AgentParty",
    ("F-LIB186",): "CorporateRegistrationScheme",
    ("F-LIB192",): "TaxLevelCode",
    ("F-LIB210",): "BlockName",
    ("F-LIB211",): "TimezoneOffset",
    ("F-LIB212",): "LocationCoordinate",
    ("F-LIB224",): "TaxTotal",
    ("F-LIB225",): "PaymentMeans",
    ("F-LIB231",): "PerUnitAmount og Percent samtidig|PerUnitAmount together with Percent",
    ("F-LIB254",): "TaxSubtotal/Percent",
    ("F-LIB255",): "BaseUnitMeasure",
    ("F-LIB256",): "PerUnitAmount",
    ("F-LIB373",): "TransactionCurrencyTaxAmount",
    ("F-LIB103", "F-LIB119", "F-LIB135", "F-LIB148", "F-LIB154", "F-LIB160", "F-LIB367"): "InstructionNote",
    ("F-LIB108", "F-LIB294"): "registreringsnummer sammen med IBAN|a registration number together with IBAN",
    ("F-LIB122", "F-LIB137", "F-LIB142", "F-LIB165", "F-LIB370"): "CreditAccount",
    (
        "F-LIB134",
    ): "PaymentChannelCode og InstructionID samtidig|PaymentChannelCode together with InstructionID",
    ("F-LIB151",): "Address",
    ("F-LIB162", "F-LIB244"): "Country",
    ("F-LIB243",): "FinancialInstitution/Address",
    ("F-LIB159", "F-LIB275", "F-LIB366"): "InstructionID",
    ("F-LIB161",): "PaymentID",
    ("F-LIB163", "F-LIB368"): "PayerFinancialAccount",
    ("F-LIB164", "F-LIB369"): "PayeeFinancialAccount",
    ("F-LIB365",): "PaymentChannelCode",
    tuple(f"F-LIB{number}" for number in range(343, 351)): "oplysninger om kortet|details of the card",
}
_CODES: Final[_Subjects] = {
    ("F-INV011", "F-INV337"): "InvoiceTypeCode",
    ("F-INV016", "F-CRN011"): "TaxCurrencyCode",
    ("F-LIB001",): "UBLVersionID",
    ("F-LIB002",): "CustomizationID",
    ("F-LIB004", "F-LIB302", "F-LIB308", "F-LIB325", "F-LIB327", "F-LIB351"): "ProfileID",
    ("F-LIB328", "F-LIB352"): "ProfileID til denne slags dokument|ProfileID for this kind of document",
    ("F-LIB026", "F-LIB208"): "listen for AddressFormatCode|the list of AddressFormatCode",
    ("F-LIB027", "F-LIB209"): "AddressFormatCode",
    ("F-LIB070",): "schemeID for TaxScheme|the schemeID of TaxScheme",
    ("F-LIB071", "F-LIB197"): "TaxTypeCode",
    ("F-LIB075",): "schemeID for TaxCategory|the schemeID of TaxCategory",
    ("F-LIB100",): "PaymentMeansCode",
    (
        "F-LIB106",
        "F-LIB123",
        "F-LIB143",
        "F-LIB278",
    ): "listen for PaymentChannelCode|the list of PaymentChannelCode",
    (
        "F-LIB109",
        "F-LIB128",
        "F-LIB146",
        "F-LIB158",
        "F-LIB277",
        "F-LIB289",
        "F-LIB379",
        "F-LIB380",
    ): "PaymentChannelCode til betalingsmåden|PaymentChannelCode for the way of paying",
    ("F-LIB147", "F-LIB155"): "korttypen (PaymentID)|the card type (PaymentID)",
    ("F-LIB179",): "schemeID for EndpointID|the schemeID of EndpointID",
    ("F-LIB183",): "schemeID for PartyIdentification|the schemeID of PartyIdentification",
    ("F-LIB189",): "schemeID for PartyLegalEntity|the schemeID of PartyLegalEntity",
    ("F-LIB195",): "schemeID for PartyTaxScheme|the schemeID of PartyTaxScheme",
    ("F-LIB296", "F-LIB297"): "listen for valutaen|the list of the currency",
    ("F-LIB298", "F-LIB403"): "valutaen|the currency",
    ("F-LIB301",): "landet|the country",
    ("F-LIB309",): "TaxCategory/ID",
}
_NUMBERS: Final[_Subjects] = {
    (
        "F-LIB180",
        "F-LIB184",
        "F-LIB190",
    ): "et CVR-nummer (DK og otte cifre)|a CVR number (DK and eight digits)",
    ("F-LIB181", "F-LIB185"): "en GLN (13 cifre)|a GLN (13 digits)",
    ("F-LIB216", "F-LIB218"): "et EAN-nummer (13 cifre)|an EAN number (13 digits)",
    ("F-LIB191", "F-LIB215", "F-LIB217"): "et CPR-nummer|a CPR number",
    ("F-LIB196",): "et SE-nummer (DK og otte cifre)|an SE number (DK and eight digits)",
    ("F-LIB287",): "et P-nummer (ti cifre)|a P number (ten digits)",
    ("F-LIB006",): "UUID (36 tegn)|UUID (36 characters)",
    ("F-LIB112", "F-LIB305"): "CreditAccount/AccountID",
    (
        "F-LIB114",
        "F-LIB131",
        "F-LIB290",
        "F-LIB292",
        "F-LIB293",
        "F-LIB321",
    ): "kontonummeret|the account number",
    ("F-LIB130", "F-LIB132", "F-LIB291", "F-LIB311"): "registreringsnummeret|the bank's registration number",
    (
        "F-LIB140",
        "F-LIB149",
        "F-LIB156",
        "F-LIB157",
        "F-LIB336",
        "F-LIB390",
    ): "betalings-id (InstructionID)|the payment id (InstructionID)",
    (
        "F-LIB110",
        "F-LIB111",
        "F-LIB129",
        "F-LIB133",
        "F-LIB288",
    ): "PaymentNote (højst 20 tegn)|PaymentNote (at most 20 characters)",
}
_SUMS: Final[_Subjects] = {
    ("F-INV126", "F-CRN072"): "summen af linjerne|the sum of the lines",
    ("F-INV127", "F-CRN073"): "momsen (TaxExclusiveAmount)|the VAT (TaxExclusiveAmount)",
    ("F-INV128", "F-CRN074"): "totalen med moms|the total with VAT",
    ("F-INV129", "F-CRN075"): "summen af rabatter|the sum of allowances",
    ("F-INV130", "F-CRN076"): "summen af gebyrer|the sum of charges",
    ("F-INV131",): "det forudbetalte|what was prepaid",
    ("F-INV132", "F-CRN078"): "afrundingen|the rounding",
    ("F-INV133", "F-CRN079"): "beløbet til betaling|the amount to pay",
    ("F-INV134",): "betalingsbetingelserne og beløbet til betaling|the payment terms and the amount to pay",
    (
        "F-INV340",
        "F-INV343",
        "F-INV348",
        "F-CRN194",
        "F-CRN210",
        "F-CRN216",
    ): "linjen er ikke antal gange pris|the line is not quantity times price",
    (
        "F-LIB228",
        "F-LIB272",
    ): "rabat eller gebyr er ikke grundlag gange faktor|allowance or charge is not base times factor",
    (
        "F-LIB385",
    ): "momstotalen er ikke summen af momsopgørelsen|the tax total is not the sum of its subtotals",
    ("F-LIB381",): "momsen er 0, men satsen er ikke|the VAT is 0, but the rate is not",
    ("F-LIB400",): "der er moms på en momsfri linje|there is VAT on a zero rated line",
    ("F-LIB401",): "linjens moms er ikke grundlag gange sats|the line's VAT is not base times rate",
    ("F-LIB402",): "momsgrundlaget er ikke summen af linjerne|the taxable amount is not the sum of the lines",
    (
        "F-LIB404",
    ): "momskategorierne er ikke de samme som linjernes|the VAT categories are not those of the lines",
}
_OTHERS: Final[_Subjects] = {
    ("F-INV004", "F-CRN159"): "Der er mere end én InvoicePeriod|There is more than one InvoicePeriod",
    (
        "F-INV012",
        "F-CRN007",
        "F-INV013",
        "F-CRN008",
        "F-INV014",
        "F-CRN009",
    ): "Et beløb er i en anden valuta end dokumentet|An amount is in another currency than the document",
    ("F-INV030", "F-CRN027"): "Der er ikke præcis én leverandør|There is not exactly one supplier",
    (
        "F-INV034",
        "F-CRN031",
    ): "Leverandøren har ikke præcis én PartyLegalEntity|The supplier has not exactly one PartyLegalEntity",
    ("F-INV043", "F-CRN039"): "Der er ikke præcis én kunde|There is not exactly one customer",
    ("F-INV046", "F-CRN042"): "Kunden har ikke præcis én Contact|The customer has not exactly one Contact",
    ("F-INV139",): "Linjen har ikke præcis én Price|The line has not exactly one Price",
    ("F-INV147", "F-CRN088"): "Linjens antal er 0|The line's quantity is 0",
    ("F-INV149", "F-CRN089"): "Linjens beløb har ikke to decimaler|The line's amount has not two decimals",
    (
        "F-INV335",
        "F-CRN203",
    ): "En rabat er negativ på en positiv linje|An allowance is negative on a positive line",
    ("F-INV338", "F-CRN208"): "Afrundingen er over 10 kr.|The rounding is above 10",
    ("F-LIB013", "F-LIB019", "F-LIB374"): "Et beløb er negativt eller 0|An amount is negative or 0",
    (
        "F-LIB014",
        "F-LIB250",
        "F-LIB252",
        "F-LIB261",
        "F-LIB263",
        "F-LIB267",
    ): "Et beløb har ikke præcis to decimaler|An amount has not exactly two decimals",
    (
        "F-LIB016",
        "F-LIB020",
        "F-LIB227",
        "F-LIB271",
        "F-LIB375",
    ): "Et beløb eller tal er negativt|An amount or a number is negative",
    ("F-LIB080",): "En periode slutter, før den begynder|A period ends before it starts",
    (
        "F-LIB198",
        "F-LIB199",
    ): "TaxScheme 63 hedder Moms, og kun den|TaxScheme 63 is called Moms, and only that",
    (
        "F-LIB226",
    ): "Rabat eller gebyr har ikke præcis én TaxCategory|Allowance or charge has not exactly one TaxCategory",
    ("F-LIB251", "F-LIB303"): "En afrunding er 0|A rounding is 0",
    ("F-LIB253",): "TaxEvidenceIndicator er kun for proforma|TaxEvidenceIndicator is for pro forma only",
    ("F-LIB306",): "Der er ikke præcis én TaxTotal med moms|There is not exactly one TaxTotal with VAT",
    ("F-LIB314", "F-LIB315", "F-LIB316"): "Momsopgørelsen blander ordninger|The tax breakdown mixes schemes",
    ("F-LIB334",): "Momssatsen har mere end to decimaler|The VAT rate has more than two decimals",
}
_REPEATED: Final[_Subjects] = {
    ("F-INV045",): "kundens PartyLegalEntity|the customer's PartyLegalEntity",
    ("F-LIB247",): "PaymentTerms/Note",
}
_WARNINGS: Final = {
    "W-LIB003": "schemeID for ProfileID|the schemeID of ProfileID",
    "W-LIB203": "schemeAgencyID for ProfileID|the schemeAgencyID of ProfileID",
}


def _one_by_one(members: _Subjects) -> dict[str, str]:
    return {rule: subject for rules, subject in members.items() for rule in rules}


OIOUBL_2: Final[dict[str, Entry]] = (
    family(MISSING, _one_by_one(_MISSING))
    | family(NOT_ALLOWED, _one_by_one(_NOT_ALLOWED))
    | family(UNKNOWN_CODE, _one_by_one(_CODES))
    | family(NO_SUCH_NUMBER, _one_by_one(_NUMBERS))
    | family(WRONG_SUM, _one_by_one(_SUMS))
    | family(AS_WRITTEN, _one_by_one(_OTHERS))
    | family(ONLY_ONCE, _one_by_one(_REPEATED))
    | family(UNKNOWN_CODE, _WARNINGS, fatal=False)
    | family(ONLY_ONCE, {"W-INV237": "et linjenummer|a line's number"}, fatal=False)
)
