"""Which payments a receipt most likely belongs to; pure, and always in the same order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from raaderum.kernel.money import Oere

_MOST: Final = 3
_TELLS_NOTHING: Final = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A payment that lacks a receipt."""

    due_id: UUID
    amount: Oere
    paid_on: date


def suggested(
    candidates: Iterable[Candidate], *, amount: Oere | None, bought_on: date
) -> tuple[Candidate, ...]:
    """Return the likeliest payments first, at most three.

    The same amount goes before all, then the nearest day, then the nearest amount; the id settles a tie.
    """

    def unlikeliness(one: Candidate) -> tuple[bool, int, int, UUID]:
        days = abs((one.paid_on - bought_on).days)
        away = _TELLS_NOTHING if amount is None else abs(one.amount - amount)
        return away > 0, days, away, one.due_id

    return tuple(sorted(candidates, key=unlikeliness)[:_MOST])
