"""Our own rules in words."""

from __future__ import annotations

from typing import Final

from raaderum_invoice.messages.entry import AS_WRITTEN, Entry, family

OWN: Final[dict[str, Entry]] = family(
    AS_WRITTEN,
    {
        "RD-XML-EMPTY": "Filen er tom. Bed leverandøren sende fakturaen igen"
        "|The file is empty. Ask the supplier to send the invoice again",
        "RD-XML-SIZE": "Filen er for stor (over 10 MB)|The file is too big (above 10 MB)",
        "RD-XML-ELEMENTS": "Filen har for mange elementer|The file has too many elements",
        "RD-XML-DTD": "Filen har en DOCTYPE; det må en faktura ikke have"
        "|The file has a DOCTYPE; an invoice may not have one",
        "RD-XML-ENCODING": "Filens tegn kan ikke læses. Bed leverandøren sende den som UTF-8"
        "|The file's characters cannot be read. Ask the supplier to send it as UTF-8",
        "RD-XML-MALFORMED": "Filen er ikke hel eller ikke XML. Bed leverandøren sende den igen"
        "|The file is not whole, or not XML. Ask the supplier to send it again",
        "RD-XML-ROOT": "Filen er XML, men ikke en faktura eller kreditnota"
        "|The file is XML, but neither an invoice nor a credit note",
        "RD-XML-UBL": "Filen er ikke bygget som UBL: der er elementer, hvor der skal stå en værdi"
        "|The file is not built as UBL: there are elements where a value belongs",
        "RD-RESPONSE": "Filen er et svar på et dokument, ikke en faktura"
        "|The file is a response to a document, not an invoice",
        "RD-STATEMENT": "Filen er et kontoudtog, ikke en faktura|The file is a statement, not an invoice",
        "RD-ORDER": "Filen er en ordre, ikke en faktura|The file is an order, not an invoice",
        "RD-OTHER": "Filen er et andet UBL-dokument, ikke en faktura"
        "|The file is another UBL document, not an invoice",
        "RD-NUMBER": "Et beløb eller antal er ikke et tal|An amount or a quantity is not a number",
        "RD-NUMBER-MISSING": "Fakturanummeret mangler|The invoice number is missing",
        "RD-CURRENCY": "Fakturaen er ikke i danske kroner|The invoice is not in Danish kroner",
        "RD-PAYABLE-MISSING": "Beløbet til betaling mangler, eller er ikke hele øre"
        "|The amount to pay is missing, or is not whole øre",
        "RD-PAYABLE-NEGATIVE": "Beløbet til betaling er negativt; det skal sendes som kreditnota"
        "|The amount to pay is negative; it must be sent as a credit note",
        "RD-ISSUE-DATE-MISSING": "Fakturadatoen mangler eller findes ikke"
        "|The issue date is missing, or there is no such day",
        "RD-TWICE": "Noget, der kun må stå én gang i fakturaen, står flere gange"
        "|Something that may be given only once in the invoice is given more often",
        "RD-SUMS": "Fakturaens beløb stemmer ikke indbyrdes|The invoice's amounts do not fit together",
    },
) | family(
    AS_WRITTEN,
    {
        "RD-REMINDER": "Filen er en rykker. Den betales ikke; find fakturaen, den rykker for"
        "|The file is a reminder. It is not paid; find the invoice that it is about",
        "RD-FEE": "Fakturaen indeholder et gebyr for en rykker|The invoice holds a fee for a reminder",
        "RD-CVR": "Leverandørens CVR-nummer har forkert kontrolciffer. Tjek leverandøren"
        "|The supplier's CVR number has a wrong check digit. Check the supplier",
        "RD-DUE-BEFORE-ISSUE": "Forfaldsdatoen ligger før fakturadatoen"
        "|The due date is before the issue date",
        "RD-ISSUED-IN-FUTURE": "Fakturadatoen ligger langt ude i fremtiden"
        "|The issue date is far in the future",
    },
    fatal=False,
)
