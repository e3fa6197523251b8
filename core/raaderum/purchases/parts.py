"""A purchase that comes in parts: what is left of it, and what each part takes or gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.kernel.money import Oere
from raaderum.purchases.rules import PurchaseState

if TYPE_CHECKING:
    from raaderum.purchases.tables import Purchase


def left_of(purchase: Purchase) -> Oere:
    """Return what is set aside for a purchase and not yet approved to be paid; in øre, 0 unless open."""
    if purchase.state != PurchaseState.APPROVED:
        return Oere(0)
    return Oere(purchase.amount - purchase.invoiced)


def is_open(purchase: Purchase) -> bool:
    """Say whether more invoices can come for a purchase."""
    return purchase.state == PurchaseState.APPROVED


def take_part(purchase: Purchase, amount: Oere) -> None:
    """Take `amount` øre of what is left of a locked purchase; the caller has seen that it is there."""
    purchase.invoiced += amount


def give_part_back(purchase: Purchase, amount: Oere) -> None:
    """Let `amount` øre that were taken be asked for again, where the locked purchase is still open."""
    if is_open(purchase):
        purchase.invoiced = max(0, purchase.invoiced - amount)
