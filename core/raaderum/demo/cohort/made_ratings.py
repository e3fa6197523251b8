"""Made-up answers to the questionnaires: dealt out so that every published figure comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from raaderum.demo.cohort.chances import shuffled
from raaderum.demo.cohort.quotas import ACHIEVEMENTS, BELIEFS, MOVEMENTS
from raaderum.questionnaires.rules import Degree, Distance, Movement, movement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

Answer = TypeVar("Answer")

_DISTANCES: Final = tuple(Distance)
_NOISE: Final = 1.6
"""Steps by which a support person may see it differently from what the citizen says."""


@dataclass(frozen=True, slots=True)
class MadeUpRatings:
    """What citizen and support person answered at start and end."""

    start: Distance
    end: Distance
    belief: Degree
    achievement: Degree


def made_up_ratings(
    chance: Random, *, left_early: Sequence[bool], did_well: Sequence[bool]
) -> list[MadeUpRatings]:
    """Return the answers of each citizen who answered.

    Where the citizen came from and went to is dealt out as pairs. Nobody in a municipality where
    all `did_well` ends up further away; the support persons' answers lean towards the citizen's.
    """
    pairs = _dealt(chance, left_early, did_well)
    beliefs = _leaning(chance, BELIEFS, [_DISTANCES.index(start) for start, _ in pairs])
    achievements = _leaning(chance, ACHIEVEMENTS, [_DISTANCES.index(end) for _, end in pairs])
    return [
        MadeUpRatings(start, end, belief, achievement)
        for (start, end), belief, achievement in zip(pairs, beliefs, achievements, strict=True)
    ]


def _dealt(
    chance: Random, left_early: Sequence[bool], did_well: Sequence[bool]
) -> list[tuple[Distance, Distance]]:
    pairs = shuffled(chance, MOVEMENTS)
    for place, all_well in enumerate(did_well):
        if all_well and movement(*pairs[place]) is Movement.FURTHER_AWAY:
            other = _another(chance, pairs, lambda there: not did_well[there], Movement.CLOSER)
            pairs[place], pairs[other] = pairs[other], pairs[place]
    for place, is_early in enumerate(left_early):
        if is_early and movement(*pairs[place]) is not Movement.ACHIEVED:
            other = _another(chance, pairs, lambda there: not left_early[there], Movement.ACHIEVED)
            pairs[place], pairs[other] = pairs[other], pairs[place]
    return pairs


def _another(
    chance: Random,
    pairs: Sequence[tuple[Distance, Distance]],
    fits: Callable[[int], bool],
    wanted: Movement,
) -> int:
    return chance.choice(
        [place for place, pair in enumerate(pairs) if fits(place) and movement(*pair) is wanted]
    )


def _leaning(chance: Random, quota: Mapping[Degree, int], signals: Sequence[int]) -> list[Degree]:
    """Deal the answers out, the highest to where the signal is highest, with chance in it."""
    answers = [degree for degree in Degree for _ in range(quota[degree])]
    order = sorted(range(len(signals)), key=lambda place: -signals[place] + chance.gauss(0, _NOISE))
    dealt = dict(zip(order, answers, strict=True))
    return [dealt[place] for place in range(len(signals))]
