"""The rules of Peppol BIS Billing in our own words."""

from __future__ import annotations

from typing import Final

from raaderum_invoice.messages.entry import (
    AS_WRITTEN,
    MISSING,
    NO_SUCH_NUMBER,
    UNKNOWN_CODE,
    WRONG_SUM,
    Entry,
    family,
)

_RULES: Final = (
    family(
        MISSING,
        {
            "PEPPOL-EN16931-R001": "forretningsprocessen (ProfileID)|the business process (ProfileID)",
            "PEPPOL-EN16931-R003": "købers reference eller ordrenummer|the buyer's reference or order number",
            "PEPPOL-EN16931-R010": "købers elektroniske adresse|the buyer's electronic address",
            "PEPPOL-EN16931-R020": "sælgers elektroniske adresse|the seller's electronic address",
            "PEPPOL-EN16931-R041": "grundlaget for en procent|the base of a percentage",
            "PEPPOL-EN16931-R042": "procenten til et grundlag|the percentage of a base",
            "PEPPOL-EN16931-R061": "aftalen om direkte debitering|the direct debit mandate",
        },
    )
    | family(
        WRONG_SUM,
        {
            "PEPPOL-EN16931-R040": "rabat eller gebyr er ikke grundlag gange procent"
            "|allowance or charge is not base times percentage",
            "PEPPOL-EN16931-R046": "nettoprisen er ikke bruttopris minus rabat"
            "|the net price is not the gross price minus discount",
            "PEPPOL-EN16931-R055": "moms i de to valutaer har ikke samme fortegn"
            "|VAT in the two currencies does not have the same sign",
            "PEPPOL-EN16931-R120": "linjens beløb er ikke antal gange pris plus gebyrer minus rabatter"
            "|the line's amount is not quantity times price plus charges minus allowances",
        },
    )
    | family(
        AS_WRITTEN,
        {
            "PEPPOL-EN16931-R002": "Der er mere end én note|There is more than one note",
            "PEPPOL-EN16931-R004": "CustomizationID er ikke Peppol BIS Billing 3.0"
            "|CustomizationID is not Peppol BIS Billing 3.0",
            "PEPPOL-EN16931-R005": "Momsvalutaen er den samme som fakturaens valuta"
            "|The VAT currency is the same as the invoice's currency",
            "PEPPOL-EN16931-R007": "Forretningsprocessen (ProfileID) er ukendt"
            "|The business process (ProfileID) is not known",
            "PEPPOL-EN16931-R008": "Et element er tomt|An element is empty",
            "PEPPOL-EN16931-R043": "ChargeIndicator er hverken true eller false"
            "|ChargeIndicator is neither true nor false",
            "PEPPOL-EN16931-R044": "Prisen må ikke have et gebyr|The price may not have a charge",
            "PEPPOL-EN16931-R051": "Et beløb er i en anden valuta end fakturaens"
            "|An amount is in another currency than the invoice's",
            "PEPPOL-EN16931-R053": "Der er ikke præcis én momstotal med opgørelse"
            "|There is not exactly one VAT total with a breakdown",
            "PEPPOL-EN16931-R054": "Momstotalen i momsvalutaen mangler eller er overflødig"
            "|The VAT total in the VAT currency is missing, or there is no such currency",
            "PEPPOL-EN16931-R080": "Der er mere end én projektreference"
            "|There is more than one project reference",
            "PEPPOL-EN16931-R100": "Linjen har mere end én dokumentreference"
            "|The line has more than one document reference",
            "PEPPOL-EN16931-R101": "Linjens dokumentreference er ikke et faktureret objekt (130)"
            "|The line's document reference is not an invoiced object (130)",
            "PEPPOL-EN16931-R110": "Linjens periode begynder før fakturaens"
            "|The line's period begins before the invoice's",
            "PEPPOL-EN16931-R111": "Linjens periode slutter efter fakturaens"
            "|The line's period ends after the invoice's",
            "PEPPOL-EN16931-R121": "Prisens antal er ikke over 0|The price's quantity is not above 0",
            "PEPPOL-EN16931-R130": "Prisens enhed er ikke linjens enhed"
            "|The price's unit is not the line's unit",
            "PEPPOL-EN16931-F001": "En dato er ikke skrevet ÅÅÅÅ-MM-DD|A date is not written YYYY-MM-DD",
        },
    )
    | family(
        UNKNOWN_CODE,
        {
            "PEPPOL-EN16931-CL001": "bilagets medietype|the attachment's media type",
            "PEPPOL-EN16931-CL002": "rabattens årsag|the allowance's reason",
            "PEPPOL-EN16931-CL003": "gebyrets årsag|the charge's reason",
            "PEPPOL-EN16931-CL006": "momsdatokoden|the VAT date code",
            "PEPPOL-EN16931-CL007": "et beløbs valuta|an amount's currency",
            "PEPPOL-EN16931-CL008": "typen af en elektronisk adresse|the scheme of an electronic address",
            "PEPPOL-EN16931-P0100": "fakturatypen|the invoice type",
            "PEPPOL-EN16931-P0101": "kreditnotatypen|the credit note type",
        },
    )
    | family(
        AS_WRITTEN,
        {
            "PEPPOL-EN16931-P0112": "Fakturatype 326 og 384 er kun for to tyske parter"
            "|Invoice types 326 and 384 are for two German parties only",
        },
    )
)
_EXEMPTIONS: Final = family(
    AS_WRITTEN,
    {
        f"PEPPOL-EN16931-P{number:04}": "Årsagen til momsfritagelse passer ikke til momskategorien"
        "|The reason for VAT exemption does not fit the VAT category"
        for number in range(104, 112)
    },
)
_IDENTIFIERS: Final = family(
    NO_SUCH_NUMBER,
    {
        "PEPPOL-COMMON-R040": "en parts GLN (0088)|a party's GLN (0088)",
        "PEPPOL-COMMON-R041": "et norsk virksomhedsnummer (0192)|a Norwegian company number (0192)",
        "PEPPOL-COMMON-R042": "et CVR-nummer (0184)|a CVR number (0184)",
        "PEPPOL-COMMON-R043": "et belgisk virksomhedsnummer (0208)|a Belgian company number (0208)",
        "PEPPOL-COMMON-R049": "et svensk virksomhedsnummer (0007)|a Swedish company number (0007)",
        "PEPPOL-COMMON-R050": "et australsk virksomhedsnummer (0151)|an Australian company number (0151)",
        "PEPPOL-COMMON-R052": "et P-nummer (0096)|a P number (0096)",
        "PEPPOL-COMMON-R053": "et dansk SE-nummer (0198)|a Danish SE number (0198)",
    },
) | family(
    NO_SUCH_NUMBER,
    {
        "PEPPOL-COMMON-R044": "en italiensk kontorkode (0201)|an Italian office code (0201)",
        "PEPPOL-COMMON-R045": "et italiensk skattenummer (0210)|an Italian tax number (0210)",
        "PEPPOL-COMMON-R046": "et italiensk skattenummer (9907)|an Italian tax number (9907)",
        "PEPPOL-COMMON-R047": "et italiensk momsnummer (0211)|an Italian VAT number (0211)",
        "PEPPOL-COMMON-R054": "et hollandsk KVK-nummer (0106)|a Dutch KVK number (0106)",
        "PEPPOL-COMMON-R055": "et hollandsk OIN-nummer (0190)|a Dutch OIN number (0190)",
        "PEPPOL-COMMON-R056-1": "et hollandsk momsnummer (9944)|a Dutch VAT number (9944)",
        "PEPPOL-COMMON-R056-2": "et hollandsk momsnummer|a Dutch VAT number",
        "PEPPOL-COMMON-R057": "et nummer af type 0217|a number of scheme 0217",
    },
    fatal=False,
)

PEPPOL: Final[dict[str, Entry]] = _RULES | _EXEMPTIONS | _IDENTIFIERS
