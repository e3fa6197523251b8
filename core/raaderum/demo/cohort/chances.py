"""Drawing so that a sum comes out: chance decides who, never how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

Kind = TypeVar("Kind")


class NothingFits(Exception):
    """Chance has led into a corner: what was drawn so far cannot be finished, and is to be drawn anew."""


def numbers_with_sum(
    chance: Random, total: int, *, among: Sequence[tuple[int, int]], grain: int = 1, step: int = 1
) -> list[int]:
    """Return one number for each (lowest, highest) of `among` so that they sum to `total`.

    All are drawn evenly, every `grain` of a number, then moved by `step` at random places until the
    sum fits. Raises `ValueError` where no such numbers exist.
    """
    if not sum(low for low, _ in among) <= total <= sum(high for _, high in among):
        raise ValueError("the sum lies outside what the numbers can reach")
    numbers = [chance.randrange(low, high + 1, grain) for low, high in among]
    missing = total - sum(numbers)
    while missing:
        place = chance.randrange(len(numbers))
        low, high = among[place]
        moved = min(high, max(low, numbers[place] + max(-step, min(step, missing))))
        missing -= moved - numbers[place]
        numbers[place] = moved
    return numbers


def shuffled(chance: Random, quota: Mapping[Kind, int]) -> list[Kind]:
    """Return each kind as often as its quota says, in an order of chance."""
    kinds = [kind for kind, count in quota.items() for _ in range(count)]
    chance.shuffle(kinds)
    return kinds
