"""Credit notes: what they can take off an invoice, and how it is said; pure."""

from __future__ import annotations

from typing import Final

from raaderum.kernel.errors import Conflict, RuleBroken
from raaderum.kernel.money import format_kroner
from raaderum.kernel.text import Text

CREDITS_A_PAYMENT: Final = Text(
    "Kreditnotaen hører til en betalt faktura (kode {code}).",
    "The credit note belongs to a paid invoice (code {code}).",
)
CREDITS_BEFORE_PAYMENT: Final = Text(
    "Kreditnotaen hører til en faktura, der er godkendt, men ikke betalt (kode {code}).",
    "The credit note belongs to an invoice that is approved and not paid (code {code}).",
)
CREDITS_AN_INVOICE: Final = Text(
    "Kreditnotaen hører til faktura {number}, der ikke er godkendt endnu.",
    "The credit note belongs to invoice {number}, which is not approved yet.",
)
CREDITS_WHAT_WAS_PUT_ASIDE: Final = Text(
    "Kreditnotaen hører til en faktura, der er lagt til side. Læg også kreditnotaen til side.",
    "The credit note belongs to an invoice that has been put aside. Put the credit note aside as well.",
)
SEVERAL_PAYMENTS: Final = Text(
    "Koden {code} hører til et køb med flere betalinger. Skriv koden på den, der krediteres.",
    "The code {code} belongs to a purchase with several payments. Write the code of the one credited.",
)
NOTHING_TO_CREDIT: Final = Text(
    "Vi fandt ingen betalt faktura, som kreditnotaen hører til.",
    "We found no paid invoice that the credit note belongs to.",
)
CREDITED: Final = Text(
    "Krediteret med {number}, før den blev betalt.", "Credited by {number} before it was paid."
)


class CreditAboveInvoice(RuleBroken):
    """A credit note over more than is left of an invoice that has not been paid."""

    code = "credit_above_invoice"
    text = Text(
        "Kreditnotaen er på {wanted}, men der er kun {left} tilbage af fakturaen.",
        "The credit note is for {wanted}, but only {left} is left of the invoice.",
    )


class CreditedPaymentUnclear(Conflict):
    """A purchase has several payments, and nothing says which of them is credited."""

    code = "credited_payment_unclear"
    text = Text(
        "Købet er betalt ad flere gange, og kreditnotaen siger ikke, hvilken faktura den hører til. "
        "Knyt den til koden på den rigtige betaling.",
        "The purchase was paid in several parts, and the credit note does not say which invoice it is for. "
        "Tie it to the code of the right payment.",
    )


def check_credit(*, wanted: int, left: int) -> None:
    """Raise `CreditAboveInvoice` where a credit note takes more than is `left` of an invoice; in øre."""
    if wanted > left:
        raise CreditAboveInvoice(where="payable", wanted=format_kroner(wanted), left=format_kroner(left))
