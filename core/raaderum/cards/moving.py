"""Which money moves for a payment with a card, from how it was to how it is now; pure.

A card's money lies in a row: what is on the card, then what is free in the budget, then what there is
not. A draw takes from the left, what comes back is put back from the right, so that only the sums
decide where the money ends, never the order in which they became known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Purse:
    """One enrolment's money, in øre, as a card meets it.

    `held` is what this payment alone holds; `drawn_available` what all payments took of the free
    budget; `overdrawn` what they took beyond it.
    """

    card: int
    held: int
    available: int
    drawn_available: int
    overdrawn: int


def after(purse: Purse, *, spent: int, hold: int) -> Purse:
    """Return the purse when `spent` more øre (below 0: less) are spent and `hold` is what is to be held.

    Its own hold is let go first, and set again from what is on the card then: a hold never takes
    from anywhere else.
    """
    free = Purse(purse.card + purse.held, 0, purse.available, purse.drawn_available, purse.overdrawn)
    settled = _drawn(free, spent) if spent >= 0 else _put_back(free, -spent)
    held = min(hold, settled.card)
    return Purse(settled.card - held, held, settled.available, settled.drawn_available, settled.overdrawn)


def moves_between(before: Purse, now: Purse, enrolment_id: UUID) -> list[Move]:
    """Return the moves that bring the accounts of `enrolment_id` from `before` to `now`, each pair netted."""
    changes = {
        AccountKind.CARD_HELD: now.held - before.held,
        AccountKind.CARD: now.card - before.card,
        AccountKind.AVAILABLE: now.available - before.available,
        AccountKind.OVERDRAFT: before.overdrawn - now.overdrawn,
    }
    changes[AccountKind.SPENT] = -sum(changes.values())
    givers = [(kind, -change) for kind, change in changes.items() if change < 0]
    takers = [(kind, change) for kind, change in changes.items() if change > 0]
    moves = []
    while givers and takers:
        (source, given), (target, taken) = givers.pop(0), takers.pop(0)
        amount = min(given, taken)
        moves.append(Move(Oere(amount), Account(source, enrolment_id), Account(target, enrolment_id)))
        givers[:0] = [(source, given - amount)] if given > amount else []
        takers[:0] = [(target, taken - amount)] if taken > amount else []
    return moves


def _drawn(purse: Purse, amount: int) -> Purse:
    from_card = min(amount, purse.card)
    from_available = min(amount - from_card, purse.available)
    return Purse(
        card=purse.card - from_card,
        held=0,
        available=purse.available - from_available,
        drawn_available=purse.drawn_available + from_available,
        overdrawn=purse.overdrawn + amount - from_card - from_available,
    )


def _put_back(purse: Purse, amount: int) -> Purse:
    covered = min(amount, purse.overdrawn)
    to_available = min(amount - covered, purse.drawn_available)
    return Purse(
        card=purse.card + amount - covered - to_available,
        held=0,
        available=purse.available + to_available,
        drawn_available=purse.drawn_available - to_available,
        overdrawn=purse.overdrawn - covered,
    )
