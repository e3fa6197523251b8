"""The rules of EN 16931 in our own words, except those about VAT categories."""

from __future__ import annotations

from typing import Final

from raaderum_invoice.messages.entry import (
    AS_WRITTEN,
    DECIMALS,
    MISSING,
    NEEDS,
    ONLY_ONCE,
    UNKNOWN_CODE,
    WRONG,
    WRONG_SUM,
    Entry,
    family,
)

_MISSING: Final = family(
    MISSING,
    {
        "BR-01": "specifikationens id (CustomizationID)|the specification id (CustomizationID)",
        "BR-02": "fakturanummeret|the invoice number",
        "BR-03": "fakturadatoen|the issue date",
        "BR-04": "fakturatypen|the invoice type",
        "BR-05": "valutaen|the currency",
        "BR-06": "sælgers navn (RegistrationName)|the seller's name (RegistrationName)",
        "BR-07": "købers navn (RegistrationName)|the buyer's name (RegistrationName)",
        "BR-08": "sælgers postadresse|the seller's postal address",
        "BR-09": "landet i sælgers adresse|the country of the seller's address",
        "BR-10": "købers postadresse|the buyer's postal address",
        "BR-11": "landet i købers adresse|the country of the buyer's address",
        "BR-12": "summen af linjerne|the sum of the lines",
        "BR-13": "totalen uden moms|the total without VAT",
        "BR-14": "totalen med moms|the total with VAT",
        "BR-15": "beløbet til betaling|the amount to pay",
        "BR-16": "fakturalinjen; der skal være mindst én|the invoice line; there must be at least one",
        "BR-18": "navnet på sælgers skatterepræsentant|the name of the seller's tax representative",
        "BR-19": "skatterepræsentantens adresse|the tax representative's address",
        "BR-20": "landet i skatterepræsentantens adresse|the country of the tax representative's address",
        "BR-21": "linjens nummer|the line's number",
        "BR-22": "linjens antal|the line's quantity",
        "BR-23": "enheden for linjens antal|the unit of the line's quantity",
        "BR-24": "linjens beløb|the line's amount",
        "BR-25": "varens navn|the item's name",
        "BR-26": "varens pris|the item's price",
        "BR-31": "rabattens beløb|the allowance's amount",
        "BR-32": "rabattens momskategori|the allowance's VAT category",
        "BR-33": "rabattens begrundelse|the allowance's reason",
        "BR-36": "gebyrets beløb|the charge's amount",
        "BR-37": "gebyrets momskategori|the charge's VAT category",
        "BR-38": "gebyrets begrundelse|the charge's reason",
        "BR-41": "beløbet for linjens rabat|the amount of the line's allowance",
        "BR-42": "begrundelsen for linjens rabat|the reason for the line's allowance",
        "BR-43": "beløbet for linjens gebyr|the amount of the line's charge",
        "BR-44": "begrundelsen for linjens gebyr|the reason for the line's charge",
        "BR-45": "momsgrundlaget i momsopgørelsen|the taxable amount in the VAT breakdown",
        "BR-46": "momsbeløbet i momsopgørelsen|the VAT amount in the VAT breakdown",
        "BR-47": "momskategorien i momsopgørelsen|the category in the VAT breakdown",
        "BR-48": "momssatsen i momsopgørelsen|the rate in the VAT breakdown",
        "BR-49": "betalingsmåden|the way of paying",
        "BR-50": "kontoen, der skal betales til|the account to pay to",
        "BR-52": "bilagets id|the supporting document's id",
        "BR-53": "momsbeløbet i momsvalutaen|the VAT amount in the VAT currency",
        "BR-54": "vareegenskabens navn eller værdi|the name or value of an item's property",
        "BR-55": "nummeret på den faktura, der henvises til|the number of the invoice referred to",
        "BR-56": "skatterepræsentantens momsnummer|the tax representative's VAT number",
        "BR-57": "landet i leveringsadressen|the country of the delivery address",
        "BR-61": "kontoen til bankoverførslen|the account for the credit transfer",
        "BR-62": "typen (schemeID) af sælgers elektroniske adresse"
        "|the scheme of the seller's electronic address",
        "BR-63": "typen (schemeID) af købers elektroniske adresse"
        "|the scheme of the buyer's electronic address",
        "BR-64": "typen (schemeID) af varens standardnummer|the scheme of the item's standard number",
        "BR-65": "listen (listID) for varens klassifikation|the list of the item's classification",
        "BR-CO-04": "linjens momskategori|the line's VAT category",
        "BR-CO-18": "momsopgørelsen|the VAT breakdown",
        "BR-CO-21": "rabattens begrundelse eller kode|the allowance's reason or code",
        "BR-CO-22": "gebyrets begrundelse eller kode|the charge's reason or code",
        "BR-CO-23": "begrundelse eller kode for linjens rabat|reason or code of the line's allowance",
        "BR-CO-24": "begrundelse eller kode for linjens gebyr|reason or code of the line's charge",
        "UBL-DT-06": "bilagets medietype (mimeCode)|the attachment's media type (mimeCode)",
        "UBL-DT-07": "bilagets filnavn|the attachment's file name",
        "UBL-SR-53": "nummer eller ordning i PartyTaxScheme|number or scheme in PartyTaxScheme",
    },
)
_SUMS: Final = family(
    WRONG_SUM,
    {
        "BR-CO-10": "summen af linjerne er ikke linjernes sum"
        "|the sum of lines is not what the lines add up to",
        "BR-CO-11": "summen af rabatter|the sum of allowances",
        "BR-CO-12": "summen af gebyrer|the sum of charges",
        "BR-CO-13": "totalen uden moms er ikke linjer minus rabatter plus gebyrer"
        "|the total without VAT is not lines minus allowances plus charges",
        "BR-CO-14": "momstotalen er ikke summen af momsopgørelsen"
        "|the VAT total is not the sum of the breakdown",
        "BR-CO-15": "totalen med moms er ikke totalen uden moms plus moms"
        "|the total with VAT is not the total without VAT plus VAT",
        "BR-CO-16": "beløbet til betaling er ikke totalen med moms minus forudbetalt plus afrunding"
        "|the amount to pay is not the total with VAT minus prepaid plus rounding",
        "BR-CO-17": "momsbeløbet er ikke grundlaget gange satsen|the VAT amount is not base times rate",
    },
)
_OTHERS: Final = family(
    AS_WRITTEN,
    {
        "BR-17": "Betalingsmodtagerens navn mangler, eller modtageren er sælgeren selv"
        "|The payee's name is missing, or the payee is the seller itself",
        "BR-27": "Varens nettopris er negativ eller mangler|The item's net price is negative or missing",
        "BR-28": "Varens bruttopris er negativ|The item's gross price is negative",
        "BR-29": "Fakturaperioden slutter, før den begynder|The invoicing period ends before it starts",
        "BR-30": "Linjens periode slutter, før den begynder|The line's period ends before it starts",
        "BR-CO-03": "Momsdato og momsdatokode må ikke begge være angivet"
        "|VAT date and VAT date code exclude each other",
        "BR-CO-09": "Momsnummeret begynder ikke med en landekode"
        "|The VAT number does not begin with a country code",
        "BR-CO-19": "Fakturaperioden er tom|The invoicing period is empty",
        "BR-CO-20": "Linjens periode er tom|The line's period is empty",
        "BR-CO-26": "Sælger kan ikke genkendes: intet id, CVR- eller momsnummer"
        "|The seller cannot be identified: no id, company number or VAT number",
    },
) | family(
    AS_WRITTEN,
    {
        "BR-51": "Kun de sidste 4-6 cifre af et kortnummer bør stå i fakturaen"
        "|Only the last 4 to 6 digits of a card's number should be in the invoice",
    },
    fatal=False,
)
_CODES: Final = family(
    UNKNOWN_CODE,
    {
        "BR-CL-01": "fakturatypen|the invoice type",
        "BR-CL-03": "et beløbs valuta|an amount's currency",
        "BR-CL-04": "fakturaens valuta|the invoice's currency",
        "BR-CL-05": "momsvalutaen|the VAT currency",
        "BR-CL-06": "momsdatokoden|the VAT date code",
        "BR-CL-10": "typen (schemeID) af en parts id|the scheme of a party's id",
        "BR-CL-11": "typen (schemeID) af et virksomhedsnummer|the scheme of a company's number",
        "BR-CL-14": "landet|the country",
        "BR-CL-15": "oprindelseslandet|the country of origin",
        "BR-CL-16": "betalingsmåden|the way of paying",
        "BR-CL-17": "momskategorien|the VAT category",
        "BR-CL-18": "linjens momskategori|the line's VAT category",
        "BR-CL-19": "rabattens årsag|the allowance's reason",
        "BR-CL-20": "gebyrets årsag|the charge's reason",
        "BR-CL-21": "typen (schemeID) af varens standardnummer|the scheme of the item's standard number",
        "BR-CL-22": "årsagen til momsfritagelse|the reason for VAT exemption",
        "BR-CL-24": "bilagets medietype|the attachment's media type",
        "BR-CL-25": "typen (schemeID) af en elektronisk adresse|the scheme of an electronic address",
        "BR-CL-26": "typen (schemeID) af leveringsstedets id|the scheme of the delivery place's id",
    },
)
_DECIMALS: Final = family(
    DECIMALS,
    {
        "BR-DEC-01": "en rabat|an allowance",
        "BR-DEC-02": "en rabats grundlag|an allowance's base",
        "BR-DEC-05": "et gebyr|a charge",
        "BR-DEC-06": "et gebyrs grundlag|a charge's base",
        "BR-DEC-09": "summen af linjerne|the sum of the lines",
        "BR-DEC-10": "summen af rabatter|the sum of allowances",
        "BR-DEC-11": "summen af gebyrer|the sum of charges",
        "BR-DEC-12": "totalen uden moms|the total without VAT",
        "BR-DEC-14": "totalen med moms|the total with VAT",
        "BR-DEC-16": "det forudbetalte beløb|the prepaid amount",
        "BR-DEC-17": "afrundingen|the rounding",
        "BR-DEC-18": "beløbet til betaling|the amount to pay",
        "BR-DEC-19": "et momsgrundlag|a taxable amount",
        "BR-DEC-20": "et momsbeløb|a VAT amount",
        "BR-DEC-23": "en linjes beløb|a line's amount",
        "BR-DEC-24": "en linjes rabat|a line's allowance",
        "BR-DEC-25": "grundlaget for en linjes rabat|the base of a line's allowance",
        "BR-DEC-27": "en linjes gebyr|a line's charge",
        "BR-DEC-28": "grundlaget for en linjes gebyr|the base of a line's charge",
        "UBL-DT-01": "et beløb|an amount",
    },
)
_ONLY_ONCE: Final = family(
    ONLY_ONCE,
    {
        "UBL-SR-01": "kontraktreferencen|the contract reference",
        "UBL-SR-02": "modtagelsesreferencen|the receipt reference",
        "UBL-SR-03": "forsendelsesreferencen|the despatch reference",
        "UBL-SR-04": "det fakturerede objekt|the invoiced object",
        "UBL-SR-05": "betalingsbetingelserne|the payment terms",
        "UBL-SR-06": "den tidligere faktura i én henvisning|the earlier invoice in one reference",
        "UBL-SR-08": "fakturaperioden|the invoicing period",
        "UBL-SR-09": "sælgers navn|the seller's name",
        "UBL-SR-10": "sælgers handelsnavn|the seller's trading name",
        "UBL-SR-11": "sælgers virksomhedsnummer|the seller's company number",
        "UBL-SR-12": "sælgers momsnummer|the seller's VAT number",
        "UBL-SR-13": "sælgers skattenummer|the seller's tax number",
        "UBL-SR-14": "sælgers juridiske form|the seller's legal form",
        "UBL-SR-15": "købers navn|the buyer's name",
        "UBL-SR-16": "købers id|the buyer's id",
        "UBL-SR-17": "købers virksomhedsnummer|the buyer's company number",
        "UBL-SR-18": "købers momsnummer|the buyer's VAT number",
        "UBL-SR-22": "skatterepræsentantens navn|the tax representative's name",
        "UBL-SR-23": "skatterepræsentantens momsnummer|the tax representative's VAT number",
        "UBL-SR-24": "leveringen|the delivery",
        "UBL-SR-25": "modtagerens navn i leveringen|the receiver's name in the delivery",
        "UBL-SR-26": "betalingens id|the payment's id",
        "UBL-SR-27": "betalingsmåden|the way of paying",
        "UBL-SR-28": "betalingsaftalens id|the mandate's id",
        "UBL-SR-29": "kreditors SEPA-nummer|the creditor's SEPA number",
        "UBL-SR-30": "rabattens begrundelse|the allowance's reason",
        "UBL-SR-31": "gebyrets begrundelse|the charge's reason",
        "UBL-SR-32": "begrundelsen for momsfritagelse|the reason for VAT exemption",
        "UBL-SR-33": "bilagets beskrivelse|the supporting document's description",
        "UBL-SR-34": "linjens note|the line's note",
        "UBL-SR-35": "linjens ordrelinje|the line's order line",
        "UBL-SR-36": "linjens periode|the line's period",
        "UBL-SR-37": "prisens rabat|the price's discount",
        "UBL-SR-39": "projektreferencen|the project reference",
        "UBL-SR-40": "købers handelsnavn|the buyer's trading name",
        "UBL-SR-45": "forfaldsdatoen i betalingsmåden|the due date in the way of paying",
        "UBL-SR-46": "betalingsmådens navn|the name of the way of paying",
        "UBL-SR-48": "linjens momskategori (præcis én)|the line's VAT category (exactly one)",
        "UBL-SR-49": "momsdatokoden|the VAT date code",
        "UBL-SR-50": "varens beskrivelse|the item's description",
        "UBL-SR-51": "tredje adresselinje|the third address line",
        "UBL-SR-52": "linjens dokumentreference|the line's document reference",
        "UBL-SR-54": "betalingskortet|the payment card",
        "UBL-SR-55": "betalingsaftalen|the mandate",
        "UBL-SR-56": "udbudsreferencen|the tender reference",
    },
)
_STRUCTURE: Final = family(
    WRONG,
    {
        "UBL-SR-19": "betalingsmodtagerens navn|the payee's name",
        "UBL-SR-20": "betalingsmodtagerens id|the payee's id",
        "UBL-SR-21": "betalingsmodtagerens virksomhedsnummer|the payee's company number",
        "UBL-SR-42": "antallet af sælgers skatteordninger (højst to)"
        "|the number of the seller's tax registrations (at most two)",
        "UBL-SR-43": "typen af et bilag (kun 130, i kreditnotaer også 50)"
        "|the type of a supporting document (only 130, in credit notes also 50)",
        "UBL-SR-44": "betalingens id (skal være det samme overalt)"
        "|the payment's id (must be the same everywhere)",
        "UBL-SR-47": "betalingsmåden (skal være den samme overalt)"
        "|the way of paying (must be the same everywhere)",
    },
) | family(
    NEEDS,
    {"UBL-SR-07": "nummeret på den tidligere faktura|the number of the earlier invoice"},
)

EN_16931: Final[dict[str, Entry]] = _MISSING | _SUMS | _OTHERS | _CODES | _DECIMALS | _ONLY_ONCE | _STRUCTURE
