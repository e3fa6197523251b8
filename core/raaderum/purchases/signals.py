"""What an approver should look at before deciding on a purchase; pure. A signal stops nothing by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from raaderum.kernel.money import Oere

DAYS_OF_SAME_AGAIN: Final = 30
FEWEST_TO_COMPARE: Final = 20
"""Below this number of purchases in a category nobody knows what is usual there."""


class Signal(StrEnum):
    """Something unusual about a purchase."""

    ITEM_REPLACED = "item_replaced"
    ABOVE_ITEM = "above_item"
    SAME_AGAIN = "same_again"
    SHARED_EVIDENCE = "shared_evidence"
    UNUSUAL_AMOUNT = "unusual_amount"
    NEW_SUPPLIER = "new_supplier"
    NO_SUPPLIER_NUMBER = "no_supplier_number"


SIGNAL_NAMES: Final[Mapping[Signal, Text]] = {
    Signal.ITEM_REPLACED: Text(
        "Posten står i en plan, der er afløst af en nyere.",
        "The item belongs to a plan that a newer one has replaced.",
    ),
    Signal.ABOVE_ITEM: Text(
        "Købet er større end det, der er tilbage af posten i planen.",
        "The purchase is larger than what is left of the plan's item.",
    ),
    Signal.SAME_AGAIN: Text(
        f"Samme leverandør og beløb er ønsket for borgeren inden for {DAYS_OF_SAME_AGAIN} dage.",
        f"The same supplier and amount were asked for this citizen within {DAYS_OF_SAME_AGAIN} days.",
    ),
    Signal.SHARED_EVIDENCE: Text(
        "Dokumentationen for prisen er også brugt i en anden borgers plan.",
        "The evidence of the price is used in another citizen's plan too.",
    ),
    Signal.UNUSUAL_AMOUNT: Text(
        "Beløbet er højere end 95 % af kommunens køb i kategorien.",
        "The amount is higher than 95 % of the municipality's purchases in the category.",
    ),
    Signal.NEW_SUPPLIER: Text(
        "Kommunen har ikke købt hos leverandøren før.",
        "The municipality has not bought from the supplier before.",
    ),
    Signal.NO_SUPPLIER_NUMBER: Text("Leverandøren har intet CVR-nummer.", "The supplier has no CVR number."),
}


@dataclass(frozen=True, slots=True)
class PurchaseFacts:
    """What is known around a purchase over `amount` øre.

    `left_of_item` is what the plan's item has left without this purchase, in øre, below 0 where it
    is overdrawn. `usual_at_most` is the 95th percentile of the category, None where too few are known.
    """

    amount: Oere
    left_of_item: int
    is_item_in_force: bool
    is_same_again: bool
    is_evidence_shared: bool
    usual_at_most: int | None
    is_supplier_known: bool
    has_supplier_number: bool


def signals_of(facts: PurchaseFacts) -> tuple[Signal, ...]:
    """Return what is unusual, the weightiest first."""
    found = {
        Signal.ITEM_REPLACED: not facts.is_item_in_force,
        Signal.ABOVE_ITEM: facts.amount > facts.left_of_item,
        Signal.SAME_AGAIN: facts.is_same_again,
        Signal.SHARED_EVIDENCE: facts.is_evidence_shared,
        Signal.UNUSUAL_AMOUNT: facts.usual_at_most is not None and facts.amount > facts.usual_at_most,
        Signal.NEW_SUPPLIER: not facts.is_supplier_known,
        Signal.NO_SUPPLIER_NUMBER: not facts.has_supplier_number,
    }
    return tuple(signal for signal in Signal if found[signal])
