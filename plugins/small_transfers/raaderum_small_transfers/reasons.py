"""The bank's reason codes in plain words, by the external code sets of ISO 20022."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

DUPLICATES: Final = frozenset({"AM05", "DU01", "DU02", "DU03", "DU04", "DU05"})
"""The bank has had the same before. What became of the first it does not say, so nobody may try again."""

_REASONS: Final[Mapping[str, Text]] = {
    "AC01": Text("Kontonummeret er forkert.", "The account number is wrong."),
    "AC03": Text("Modtagerens kontonummer er forkert.", "The payee's account number is wrong."),
    "AC04": Text("Kontoen er lukket.", "The account is closed."),
    "AC06": Text("Kontoen er spærret.", "The account is blocked."),
    "AG01": Text("Banken tillader ikke betalingen.", "The bank does not allow the payment."),
    "AG02": Text("Banken kender ikke betalingstypen.", "The bank does not know the kind of payment."),
    "AM01": Text("Beløbet er nul.", "The amount is zero."),
    "AM02": Text("Beløbet er større, end banken tillader.", "The amount is above what the bank allows."),
    "AM03": Text("Valutaen kan ikke bruges.", "The currency cannot be used."),
    "AM04": Text("Der er ikke penge nok på kommunens konto.", "The municipality's account lacks the money."),
    "AM09": Text("Beløbet er forkert.", "The amount is wrong."),
    "AM10": Text("Filens kontrolsum passer ikke.", "The file's control sum does not fit."),
    "BE01": Text("Navn og konto hører ikke sammen.", "Name and account do not belong together."),
    "BE04": Text("Modtagerens adresse mangler.", "The payee's address is missing."),
    "BE06": Text("Banken kan ikke finde modtageren.", "The bank cannot find the payee."),
    "CH03": Text("Betalingsdagen ligger for langt frem.", "The day of payment is too far ahead."),
    "CNOR": Text("Modtagerens bank kan ikke nås.", "The payee's bank cannot be reached."),
    "DT01": Text("Betalingsdagen kan ikke bruges.", "The day of payment cannot be used."),
    "FF01": Text("Banken kan ikke læse filen.", "The bank cannot read the file."),
    "MD07": Text("Modtageren er død.", "The payee has died."),
    "MS03": Text("Banken oplyser ingen grund.", "The bank gives no reason."),
    "NARR": Text("Banken har skrevet en forklaring; ring til den.", "The bank has written why; call it."),
    "RC01": Text("Bankens kode er forkert.", "The bank's code is wrong."),
    "RR04": Text("Banken må ikke gennemføre betalingen.", "The bank must not carry the payment out."),
}


def reason_of(code: str) -> Text:
    """Return what a reason code means; an unknown one is shown as it is."""
    return _REASONS.get(code) or Text(
        f"Banken har afvist betalingen med koden {code}.",
        f"The bank refused the payment with the code {code}.",
    )
