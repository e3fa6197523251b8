"""How much is to lie on a card on a day: what is due soon of the items it pays, and is not spent; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a plan that is paid by card, up to `amount` øre.

    `needed_on` None is needed at once, `until_on` None has no end of its own. A closed line answers for
    the `spent` that it had when it was closed and for no more; an open one has None.
    """

    id: UUID
    amount: int
    needed_on: date | None
    until_on: date | None
    spent: int | None = None

    def is_due(self, *, on: date, days_before: int) -> bool:
        """Say whether its money may lie on the card on the day `on`."""
        begins = date.min if self.needed_on is None else self.needed_on - timedelta(days=days_before)
        return self.spent is None and begins <= on and not self.is_over(on=on)

    def is_over(self, *, on: date) -> bool:
        """Say whether its last day is past."""
        return self.until_on is not None and on > self.until_on


def spent_by_line(lines: Sequence[Line], spent: int) -> dict[UUID, int]:
    """Share what was spent on the card out over the lines, as far as they reach.

    A shop does not know of lines: closed ones keep what they answered for, then those that end first
    answer, and among them those that were needed first.
    """
    shares = {line.id: line.spent for line in lines if line.spent is not None}
    left = max(0, spent - sum(shares.values()))
    for line in sorted((one for one in lines if one.spent is None), key=_order):
        shares[line.id] = min(left, line.amount)
        left -= shares[line.id]
    return shares


def wanted_on_card(lines: Sequence[Line], *, spent: int, on: date, days_before: int) -> int:
    """Return the øre that are to lie on the card, held ones included: the unspent rest of each due line."""
    shares = spent_by_line(lines, spent)
    return sum(line.amount - shares[line.id] for line in lines if line.is_due(on=on, days_before=days_before))


def _order(line: Line) -> tuple[date, date, UUID]:
    return line.until_on or date.max, line.needed_on or date.min, line.id
