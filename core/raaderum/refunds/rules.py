"""Refunds: states, and never more than was paid; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, RuleBroken
from raaderum.kernel.money import format_kroner
from raaderum.kernel.text import Text
from raaderum.ledger.rules import AmountNotPositive

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID


class RefundState(StrEnum):
    """Where a refund is. The money is the citizen's again from the approval on."""

    APPROVED = "approved"
    BOOKED = "booked"


class RefundKind(StrEnum):
    """How the money came back."""

    CREDIT_NOTE = "credit_note"
    BANK_RETURN = "bank_return"
    CARD = "card"


REFUND_KIND_NAMES: Final[Mapping[RefundKind, Text]] = {
    RefundKind.CREDIT_NOTE: Text("kreditnota", "credit note"),
    RefundKind.BANK_RETURN: Text("kom retur fra banken", "came back from the bank"),
    RefundKind.CARD: Text("tilbage på kortet", "back on the card"),
}


class NothingPaid(RuleBroken):
    """A credit note for a purchase that has not been paid."""

    code = "nothing_paid"
    text = Text(
        "Købet er ikke betalt endnu. Vent med kreditnotaen, til betalingen er gennemført.",
        "The purchase has not been paid yet. Leave the credit note until the payment is done.",
    )


class RefundAbovePayment(RuleBroken):
    """More would come back than was paid."""

    code = "refund_above_payment"
    text = Text(
        "Kreditnotaen er på {wanted}, men kun {left} af betalingen er ikke krediteret endnu.",
        "The credit note is for {wanted}, but only {left} of the payment has not been credited yet.",
    )


class ReturnReferenceReused(Conflict):
    """The same return was told of before, over another amount."""

    code = "return_reference_reused"
    text = Text(
        "Betalingen er allerede kommet retur under denne reference, men med {known}.",
        "The payment has come back under this reference already, but over {known}.",
    )


class RefundBooked(Conflict):
    """The refund has its voucher already."""

    code = "refund_booked"
    text = Text("Den er allerede bogført ({voucher}).", "It is booked already ({voucher}).")


def idempotency_key(refund_id: UUID) -> str:
    """Return the key under which a refund is booked, always the same."""
    return f"refund:{refund_id}"


def check_amount(*, wanted: int, paid: int, refunded: int) -> None:
    """Raise `RefundAbovePayment` where the refunds of a payment would exceed it; amounts in øre.

    Raises `AmountNotPositive` where nothing would come back.
    """
    if wanted <= 0:
        raise AmountNotPositive(where="amount", amount=format_kroner(wanted))
    if wanted > paid - refunded:
        left = format_kroner(paid - refunded)
        raise RefundAbovePayment(where="amount", wanted=format_kroner(wanted), left=left)
