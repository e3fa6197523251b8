"""Made-up dreams: which kinds of goals, in which words, and which steps on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.demo.cohort.dreams import DREAMS, LTT_DREAMS, SUB_GOALS
from raaderum.demo.cohort.quotas import EDUCATION_OR_EMPLOYMENT, HOUSING
from raaderum.goals.rules import GoalCategory

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_COUNTED: Final = (GoalCategory.EDUCATION_AND_EMPLOYMENT, GoalCategory.HOUSING)
_OTHERS: Final = tuple(category for category in GoalCategory if category not in _COUNTED)
_HOW_MANY_OTHERS: Final = (0, 1, 1, 2)
_MOST_SUB_GOALS: Final = 5


@dataclass(frozen=True, slots=True)
class MadeUpGoal:
    """What somebody dreams of."""

    words: str
    categories: tuple[GoalCategory, ...]
    sub_goals: tuple[str, ...]


def trial_goals(chance: Random, answered: Sequence[bool]) -> list[MadeUpGoal]:
    """Return a goal for each citizen of the trial: so many of education or employment, so many of housing.

    Both are found among those who answered, so that they come out whether 98 or 101 are counted.
    """
    there = [place for place, has_answered in enumerate(answered) if has_answered]
    learning = set(chance.sample(there, EDUCATION_OR_EMPLOYMENT))
    moving = set(chance.sample(there, HOUSING))
    goals = []
    for place in range(len(answered)):
        counted = [
            category for category, places in zip(_COUNTED, (learning, moving), strict=True) if place in places
        ]
        how_many = chance.choice(_HOW_MANY_OTHERS) if counted else chance.randint(1, 2)
        categories = (*counted, *chance.sample(_OTHERS, how_many))
        goals.append(_goal(chance, categories, _sentences(chance, categories, place)))
    return goals


def ltt_goal(chance: Random, number: int) -> MadeUpGoal:
    """Return the goal of somebody who is to find work again, the `number`th of them."""
    others = tuple(chance.sample(_OTHERS, chance.choice(_HOW_MANY_OTHERS)))
    sentences = [LTT_DREAMS[number % len(LTT_DREAMS)], *_sentences(chance, others, number)]
    return _goal(chance, (GoalCategory.EDUCATION_AND_EMPLOYMENT, *others), sentences)


def _sentences(chance: Random, categories: Sequence[GoalCategory], number: int) -> list[str]:
    """Return a sentence for each category: the first in turn, so that few are said twice."""
    return [
        DREAMS[category][number % len(DREAMS[category])] if first else chance.choice(DREAMS[category])
        for first, category in zip((True, *[False] * len(categories)), categories, strict=False)
    ]


def _goal(chance: Random, categories: Sequence[GoalCategory], sentences: Sequence[str]) -> MadeUpGoal:
    steps = [step for category in categories for step in SUB_GOALS[category]]
    taken = chance.sample(steps, chance.randint(1, min(_MOST_SUB_GOALS, len(steps))))
    return MadeUpGoal(" ".join(sentences), tuple(categories), tuple(taken))
