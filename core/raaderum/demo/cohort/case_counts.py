"""What is counted in a municipality's cases, and leaves it: numbers alone, nobody in particular; pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

CEILING: Final = 50_000_00
"""Øre."""
_NEARLY_ALL: Final = 2_000_00
_ABOUT_3000: Final = (2_500_00, 3_500_00)
_MUCH: Final = (7_000_00, 11_000_00)


class Left(StrEnum):
    """How much of the 50,000 kroner somebody left, by the words of Halsnæs' closing note."""

    NEARLY_NOTHING = "nearly_nothing"
    ABOUT_3000 = "about_3000"
    FROM_7000_TO_11000 = "from_7000_to_11000"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """Counts of the cases of one programme of one municipality; they can be added.

    `years_of_age` is the sum of ages in whole years on 1 January 2018, `spent` in øre. `goals`,
    `starts`, `ends`, `movements`, `beliefs`, `achievements`, `changes` and `left` count by the codes
    of the rooms that own them; `purposes` counts the citizens who spent on each category.
    """

    citizens: int = 0
    women: int = 0
    years_of_age: int = 0
    answered: int = 0
    spent: int = 0
    goals: Counter[str] = field(default_factory=Counter)
    starts: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    movements: Counter[str] = field(default_factory=Counter)
    beliefs: Counter[str] = field(default_factory=Counter)
    achievements: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    purposes: Counter[str] = field(default_factory=Counter)


def added(counts: Iterable[CaseCounts]) -> CaseCounts:
    """Return the counts of several together."""
    all_counts = list(counts)
    return CaseCounts(
        **{
            one.name: sum((getattr(each, one.name) for each in all_counts), Counter())
            if one.default_factory is Counter
            else sum(getattr(each, one.name) for each in all_counts)
            for one in fields(CaseCounts)
        }
    )


def left_of(spent: int) -> Left:
    """Return how much of the ceiling is left after `spent` øre, in the note's words."""
    left = CEILING - spent
    if left <= _NEARLY_ALL:
        return Left.NEARLY_NOTHING
    if _ABOUT_3000[0] <= left <= _ABOUT_3000[1]:
        return Left.ABOUT_3000
    return Left.FROM_7000_TO_11000 if _MUCH[0] <= left <= _MUCH[1] else Left.OTHERWISE
