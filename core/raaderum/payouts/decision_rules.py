"""Deciding what became of a payment that nobody knows of: when, by whom, and with what; pure."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from uuid import UUID

UNKNOWN_BEFORE_DECIDING: Final = timedelta(hours=4)
"""So long the provider is asked and waited for, before people may decide."""
MOST_WORDS: Final = 2_000
LONGEST_REFERENCE: Final = 100


class DecisionState(StrEnum):
    """Where a decision is. All but the first are final."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    OVERTAKEN = "overtaken"
    """The provider told the outcome while the second person had not yet looked."""


class NotUnknown(Conflict):
    """The payout's outcome is known, or was told in the meantime."""

    code = "payout_not_unknown"
    text = Text(
        "Betalingen er »{state}«, så der er intet at afgøre.",
        "The payment is “{state_english}”, so there is nothing to decide.",
    )


class TooEarlyToDecide(RuleBroken):
    """The provider is still being asked."""

    code = "too_early_to_decide"
    text = Text(
        "Udbyderen bliver stadig spurgt. Efter {hours} timer uden svar kan I afgøre det.",
        "The provider is still being asked. After {hours} hours without an answer you can decide.",
    )


class PartInPayment(RuleBroken):
    """Who asked for the money, approved it or proposed the decision cannot be who decides as well."""

    code = "part_in_payment"
    text = Text(
        "Du har selv bedt om, godkendt eller foreslået det. En anden skal afgøre det.",
        "You asked for it, approved it or proposed it yourself. Somebody else has to decide.",
    )


class DecisionWaiting(Conflict):
    """Somebody has proposed already how it is decided."""

    code = "payout_decision_waiting"
    text = Text(
        "Der er allerede et forslag. Bekræft det, eller afvis det først.",
        "There is a proposal already. Confirm it, or reject it first.",
    )


class NothingProposed(Conflict):
    """There is no proposal to confirm or to reject."""

    code = "no_payout_decision_proposed"
    text = Text("Der er intet forslag at tage stilling til.", "There is no proposal to take a stand on.")


class BecauseMissing(InvalidInput):
    """A decision without a word on what it rests on."""

    code = "payout_because_missing"
    text = Text(
        "Skriv, hvad afgørelsen bygger på, fx hvad banken svarede.",
        "Write what the decision rests on, such as what the bank answered.",
    )


class WordsTooLong(InvalidInput):
    """A whole story, or a whole file, where a few words were asked for."""

    code = "payout_words_too_long"
    text = Text("Skriv højst {most} tegn.", "Write at most {most} characters.")


class ReferenceMissing(InvalidInput):
    """A payment is said to have been made, and nothing shows which one it was."""

    code = "payout_reference_missing"
    text = Text(
        "Skriv bankens eller udbyderens reference på betalingen.",
        "Write the bank's or the provider's reference of the payment.",
    )


class ContradictionSettled(Conflict):
    """Somebody has settled it already."""

    code = "contradiction_settled"
    text = Text("Det er allerede afklaret.", "It has been settled already.")


def check_because(because: str) -> str:
    """Return the words without space around them; raise `BecauseMissing` or `WordsTooLong`."""
    written = check_length(because, where="because", most=MOST_WORDS)
    if not written:
        raise BecauseMissing(where="because")
    return written


def check_length(words: str, *, where: str, most: int) -> str:
    """Return the words without space around them; raise `WordsTooLong` beyond `most` characters."""
    written = words.strip()
    if len(written) > most:
        raise WordsTooLong(where=where, most=most)
    return written


def check_reference(reference: str, *, was_paid: bool) -> str | None:
    """Return the reference of a payment that was made; raise `ReferenceMissing` or `WordsTooLong`."""
    written = check_length(reference, where="reference", most=LONGEST_REFERENCE)
    if was_paid and not written:
        raise ReferenceMissing(where="reference")
    return written or None


def check_four_eyes(person_id: UUID | None, *involved: UUID) -> None:
    """Raise `PartInPayment` for who had a part in the payment or its proposal."""
    if person_id in involved:
        raise PartInPayment(where="decided_by")
