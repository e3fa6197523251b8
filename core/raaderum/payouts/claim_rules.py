"""Money that left and that nobody owed: states and errors of claiming it back; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class ClaimState(StrEnum):
    """Where a claim is. All but the first are final."""

    AWAITED = "awaited"
    BACK = "back"
    WRITTEN_OFF = "written_off"


CLAIM_STATE_NAMES: Final[Mapping[ClaimState, Text]] = {
    ClaimState.AWAITED: Text("skal kræves tilbage", "to be claimed back"),
    ClaimState.BACK: Text("kommet tilbage", "has come back"),
    ClaimState.WRITTEN_OFF: Text("afskrevet", "written off"),
}


class ContradictionOutcome(StrEnum):
    """What a contradicting word came to."""

    NOTED = "noted"
    """It was wrong, or money was moved by other acts."""
    PAID = "paid"
    """The payment had been made: the payout is paid."""
    CLAIMED = "claimed"
    """The payment had been made beside what was owed: it is claimed back."""


class NotToldPaid(RuleBroken):
    """The contradicting word does not say that money left."""

    code = "not_told_paid"
    text = Text(
        "Beskeden siger ikke, at pengene er gået. Bogfør en returbetaling, når pengene er kommet.",
        "The word does not say that the money left. Book a return when the money has come.",
    )


class RetryUnderWay(Conflict):
    """The payment is being tried again, and nobody knows yet what becomes of that."""

    code = "payout_retry_under_way"
    text = Text(
        "Betalingen er ved at blive prøvet igen. Vent, til I ved, hvad der blev af det.",
        "The payment is being tried again. Wait until you know what became of that.",
    )


class PaymentDisputed(Conflict):
    """Somebody says that the payment was made after all; sending or freeing its money might lose it."""

    code = "payment_disputed"
    text = Text(
        "Der er sagt, at betalingen er gået igennem alligevel. Afklar det først under "
        "»Modstridende beskeder«.",
        "It is said that the payment went through after all. Settle that first under “Contradicting words”.",
    )


class ClaimClosed(Conflict):
    """The claim has been closed already."""

    code = "claim_closed"
    text = Text("Kravet er allerede lukket: {state}.", "The claim is closed already: {state_english}.")
