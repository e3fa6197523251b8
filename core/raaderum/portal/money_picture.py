"""A citizen's money as a picture: one bar, in parts that together are what was granted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from raaderum.kernel.money import Oere

if TYPE_CHECKING:
    from raaderum.ledger.service import BudgetStatement

WIDTH: Final = 1000
"""The bar is this many units wide."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar: what it stands for, its sum, and where it lies."""

    name: str
    amount: Oere
    x: int
    width: int


def parts_of(statement: BudgetStatement) -> list[Part]:
    """Return the parts from left to right, those without money left out; none before the grant.

    Neighbours share their border to the unit, so that the widths add up to `WIDTH`.
    """
    amounts = {
        "spent": statement.spent,
        "in_payment": statement.in_payment,
        "card_held": statement.card_held,
        "on_card": statement.on_card,
        "committed": statement.committed,
        "available": statement.available,
    }
    total = sum(amounts.values())
    if total <= 0:
        return []
    borders = [round(WIDTH * amount / total) for amount in accumulate(amounts.values(), initial=0)]
    return [
        Part(name, amount, left, right - left)
        for (name, amount), left, right in zip(amounts.items(), borders[:-1], borders[1:], strict=True)
        if amount > 0
    ]
