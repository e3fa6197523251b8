"""What can be wrong with a statement, in Danish and English."""

from __future__ import annotations

from typing import Final

from raaderum.plugin_api import Text

MALFORMED: Final = Text(
    "Filen går i stykker ved linje {line}: den er ikke velformet XML eller er skåret over. "
    "Hent den igen i banken.",
    "The file breaks off at line {line}: it is not well-formed XML, or was cut off. "
    "Fetch it from the bank again.",
)
ENCODING: Final = Text(
    "Filens tegnsæt kan ikke læses. Hent den igen i banken, uden at åbne den undervejs.",
    "The file's encoding cannot be read. Fetch it from the bank again, without opening it on the way.",
)
EMPTY: Final = Text("Filen er tom.", "The file is empty.")
DTD: Final = Text(
    "Filen har en dokumenttypedefinition (DTD), og sådanne læses ikke. Banken sender aldrig en.",
    "The file has a document type definition (DTD), and such are not read. A bank never sends one.",
)
NOT_A_STATEMENT: Final = Text(
    "Filen er XML, men ikke et kontoudtog (camt.053) eller en advisering (camt.054).",
    "The file is XML, but no statement (camt.053) and no advice (camt.054).",
)
TOO_MUCH_IN_ONE: Final = Text(
    "En enkelt post i filen fylder over 2 MB. Resten af filen læses ikke.",
    "A single entry of the file takes more than 2 MB. The rest of the file is not read.",
)
NO_AMOUNT: Final = Text(
    "Posten har intet beløb, der kan læses i hele øre (»{given}«).",
    "The entry has no amount that can be read in whole øre (“{given}”).",
)
NO_DIRECTION: Final = Text(
    "Posten siger ikke, om pengene gik ind eller ud (CdtDbtInd).",
    "The entry does not say whether the money came in or went out (CdtDbtInd).",
)
NO_DATE: Final = Text("Posten har ingen dato, der kan læses.", "The entry has no date that can be read.")
OTHER_CURRENCY: Final = Text(
    "Posten er i {given}, men kontoen er i {currency}.",
    "The entry is in {given}, but the account is in {currency}.",
)
BALANCE_UNREADABLE: Final = Text(
    "En saldo på udtoget kan ikke læses (»{given}«).",
    "A balance of the statement cannot be read (“{given}”).",
)
