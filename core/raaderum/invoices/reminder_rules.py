"""Reminders and their fees: whom the invoice lies with, and who bears what; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.invoices.rules import InvoiceOutcome
from raaderum.kernel.errors import Conflict, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class LiesWith(StrEnum):
    """Where an invoice is waiting, and so who can get it on."""

    MATCHING = "matching"
    APPROVAL = "approval"
    PAYMENT = "payment"
    PAID = "paid"
    NOBODY = "nobody"


LIES_WITH_NAMES: Final[Mapping[LiesWith, Text]] = {
    LiesWith.MATCHING: Text(
        "hos koordinatoren eller økonomi: den mangler et køb",
        "with the coordinator or finance: it lacks a purchase",
    ),
    LiesWith.APPROVAL: Text("hos økonomi: den skal godkendes", "with finance: it is to be approved"),
    LiesWith.PAYMENT: Text("på vej til at blive betalt", "on its way to being paid"),
    LiesWith.PAID: Text("betalt", "paid"),
    LiesWith.NOBODY: Text("lagt til side", "put aside"),
}
REMINDS_OF: Final = Text(
    "Rykker for faktura {number}. Den betales ikke som en faktura; se, hvor fakturaen ligger.",
    "Reminder of invoice {number}. It is not paid as an invoice; see where the invoice lies.",
)
REMINDS_OF_UNKNOWN: Final = Text(
    "Rykker for en faktura, vi ikke har modtaget. Bed leverandøren sende fakturaen.",
    "Reminder of an invoice that we have not received. Ask the supplier to send the invoice.",
)
HOLDS_A_FEE: Final = Text(
    "Fakturaen indeholder et gebyr på {fee}, som borgerens budget ikke bærer.",
    "The invoice holds a fee of {fee}, which the citizen's budget does not bear.",
)


class FeeOnInvoice(RuleBroken):
    """An invoice with a fee for a reminder on it was to be paid from a citizen's budget."""

    code = "fee_on_invoice"
    text = Text(
        "Fakturaen indeholder et rykkergebyr på {fee}. Det betales ikke af borgerens penge: "
        "læg fakturaen til side, og bed leverandøren om en uden gebyr.",
        "The invoice holds a reminder fee of {fee}. It is not paid from the citizen's money: "
        "put the invoice aside and ask the supplier for one without the fee.",
    )


class NoFeeToPay(RuleBroken):
    """There is no fee on the file, or nothing tells which programme would bear it."""

    code = "no_fee_to_pay"
    text = Text(
        "Der er ikke noget gebyr at betale: rykkeren har intet, eller vi har ikke fakturaen, den rykker for.",
        "There is no fee to pay: the reminder has none, or we do not have the invoice it is about.",
    )


class NotAReminder(Conflict):
    """Something that is done to reminders was to be done to another file."""

    code = "not_a_reminder"
    text = Text("Filen er ikke en rykker, der venter.", "The file is no reminder that waits.")


class FeeState(StrEnum):
    """Where a fee is."""

    APPROVED = "approved"
    BOOKED = "booked"


@dataclass(frozen=True, slots=True)
class PaymentTimes:
    """How long an invoice took or has taken, in whole days; None for what has not happened."""

    lies_with: LiesWith
    days_here: int
    days_to_approval: int | None
    days_to_payment: int | None


def payment_times(
    outcome: InvoiceOutcome,
    *,
    received_on: date,
    approved_on: date | None,
    paid_on: date | None,
    today: date,
) -> PaymentTimes:
    """Return how long an invoice has lain and with whom; `approved_on` is the day it was decided on."""
    is_approved = outcome is InvoiceOutcome.APPROVED
    until_approval = (approved_on - received_on).days if is_approved and approved_on else None
    until_payment = (paid_on - approved_on).days if paid_on and approved_on else None
    if paid_on is not None:
        lies_with = LiesWith.PAID
    elif is_approved:
        lies_with = LiesWith.PAYMENT
    else:
        lies_with = _WAITING.get(outcome, LiesWith.NOBODY)
    ended_on = paid_on or (approved_on if lies_with is LiesWith.NOBODY else None) or today
    return PaymentTimes(lies_with, (ended_on - received_on).days, until_approval, until_payment)


_WAITING: Final[Mapping[InvoiceOutcome, LiesWith]] = {
    InvoiceOutcome.MATCHED: LiesWith.APPROVAL,
    InvoiceOutcome.SUGGESTED: LiesWith.MATCHING,
    InvoiceOutcome.UNMATCHED: LiesWith.MATCHING,
}
