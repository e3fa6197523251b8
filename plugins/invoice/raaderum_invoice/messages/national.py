"""The national rules within Peppol BIS Billing in our own words: Denmark, the Netherlands, Norway."""

from __future__ import annotations

from typing import Final

from raaderum_invoice.messages.entry import AS_WRITTEN, MISSING, Entry, family

NATIONAL: Final[dict[str, Entry]] = (
    family(
        MISSING,
        {
            "DK-R-002": "sælgers CVR-nummer|the seller's CVR number",
            "DK-R-013": "typen (schemeID) af en parts id|the scheme of a party's id",
            "NL-R-001": "henvisningen til den krediterede faktura|the reference to the credited invoice",
            "NL-R-002": "gade, by eller postnummer hos sælger|the seller's street, city or postal code",
            "NL-R-004": "gade, by eller postnummer hos køber|the buyer's street, city or postal code",
            "NL-R-006": "gade, by eller postnummer hos skatterepræsentanten"
            "|the tax representative's street, city or postal code",
            "NL-R-007": "betalingsmåden|the way of paying",
            "NL-R-009": "ordrens nummer til en ordrelinje|the order's number for an order line",
        },
    )
    | family(
        AS_WRITTEN,
        {
            "DK-R-004": "Årsag ZZZ kræver en begrundelse med fire cifre eller med tegnet #"
            "|Reason ZZZ needs a reason of four digits, or with a # in it",
            "DK-R-005": "Betalingsmåden kan ikke bruges i Danmark"
            "|The way of paying cannot be used in Denmark",
            "DK-R-006": "Bankoverførsel kræver registreringsnummer og kontonummer"
            "|A bank transfer needs registration and account number",
            "DK-R-007": "Direkte debitering kræver aftalens id og betalers konto"
            "|Direct debit needs the mandate's id and the payer's account",
            "DK-R-008": "Girokort kræver korttype 01, 04 eller 15 og et kontonummer på 7-8 cifre"
            "|Giro needs card type 01, 04 or 15 and an account of 7 or 8 digits",
            "DK-R-009": "Girokort 04 og 15 kræver et betalings-id på 16 cifre"
            "|Giro cards 04 and 15 need a payment id of 16 digits",
            "DK-R-010": "Indbetalingskort kræver korttype 71, 73 eller 75 og et kreditornummer på 8 cifre"
            "|A payment slip needs card type 71, 73 or 75 and a creditor number of 8 digits",
            "DK-R-011": "Indbetalingskort 71 og 75 kræver et betalings-id på 15 eller 16 cifre"
            "|Payment slips 71 and 75 need a payment id of 15 or 16 digits",
            "DK-R-014": "Sælgers CVR-nummer er ikke angivet som type 0184"
            "|The seller's CVR number is not given with scheme 0184",
            "DK-R-016": "En kreditnota må ikke være negativ|A credit note may not be negative",
            "DK-R-017": "Købers CVR-nummer er ikke angivet som type 0184"
            "|The buyer's CVR number is not given with scheme 0184",
            "NL-R-003": "Sælgers nummer er ikke et KVK- eller OIN-nummer"
            "|The seller's number is not a KVK or OIN number",
            "NL-R-005": "Købers nummer er ikke et KVK- eller OIN-nummer"
            "|The buyer's number is not a KVK or OIN number",
            "NL-R-008": "Betalingsmåden kan ikke bruges i Holland"
            "|The way of paying cannot be used in the Netherlands",
            "NO-R-001": "Det norske momsnummer er forkert|The Norwegian VAT number is wrong",
        },
    )
    | family(
        AS_WRITTEN,
        {
            "DK-R-003": "UNSPSC-koden (TST) har ikke en godkendt version"
            "|The UNSPSC code has no accepted version",
            "NO-R-002": "Norsk sælger uden »Foretaksregisteret«"
            "|Norwegian seller without “Foretaksregisteret”",
        },
        fatal=False,
    )
)
