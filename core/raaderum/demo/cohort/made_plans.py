"""Made-up budget plans: what somebody with such goals spends on, to a given sum, and how it changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from raaderum.demo.cohort.catalogue import ARTICLES, BASICS, DEBT, FITTING, Article
from raaderum.demo.cohort.chances import NothingFits, numbers_with_sum
from raaderum.plans.size_of_change import SizeOfChange

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from random import Random

    from raaderum.goals.rules import GoalCategory
    from raaderum.plans.rules import SpendingCategory

_FEWEST: Final = 3
_MOST: Final = 10
_TRIES: Final = 100
_STEP: Final = 25
"""Kroner: prices end on 00, 25, 50 or 75, but for the one that makes the sum fit."""
_FITTING_WEIGHT: Final = 12
_BASIC_WEIGHT: Final = 5
_MAJOR_SHARE: Final = (0.42, 0.7)
"""How much of the money a major change moves, from and to, as a share."""
_EXTRA: Final = (600, 2_200)
"""Kroner of an extra thing, that makes a change a minor one."""


@dataclass(frozen=True, slots=True)
class MadeUpItem:
    """A plan item: what, for how many whole kroner, and towards which sub-goal (1–5)."""

    article: Article
    kroner: int
    sub_goal: int
    why: str


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What a plan is to come to: the goals behind it, its sum, how many sub-goals there are."""

    goals: Sequence[GoalCategory]
    kroner: int
    sub_goals: int
    pays_debt: bool = False


Plan = tuple[MadeUpItem, ...]


def made_up_versions(chance: Random, wish: PlanWish, change: SizeOfChange) -> tuple[Plan, ...]:
    """Return the versions of a plan, oldest first: two, unless nothing changed.

    The last one is what was wished for; the first is how it looked before the change. Debt
    settlement comes in with a change: nobody had planned it. Raises `NothingFits`.
    """
    last = _items(chance, wish, must=(DEBT,) if wish.pays_debt else ())
    match change:
        case SizeOfChange.NONE:
            return (last,)
        case SizeOfChange.MINOR:
            return _before_an_extra(chance, last, wish), last
        case SizeOfChange.MAJOR:
            return _before_a_swap(chance, last, wish), last
        case SizeOfChange.ENTIRE:
            return _others(chance, last, wish), last


def _before_an_extra(chance: Random, last: Plan, wish: PlanWish) -> Plan:
    """Leave the smallest thing out, as long as it is small; otherwise have the first plan hold one more."""
    smallest = min(last, key=lambda item: item.kroner)
    is_small_enough = smallest.kroner <= _EXTRA[1] and len(last) > _FEWEST
    if is_small_enough or len(last) == _MOST:
        return tuple(item for item in last if item is not smallest)
    article = chance.choice([one for one in _not_in(last) if one.low <= _EXTRA[1]])
    cheaper = _taken_from_largest(last, kroner := chance.randrange(*_EXTRA, 100))
    return (*cheaper, _item(chance, article, kroner, wish))


def _taken_from_largest(plan: Plan, kroner: int) -> Plan:
    largest = max(plan, key=lambda item: item.kroner)
    return tuple(replace(item, kroner=item.kroner - kroner) if item is largest else item for item in plan)


def _before_a_swap(chance: Random, last: Plan, wish: PlanWish) -> Plan:
    """Swap things for a good half of the money with others out of categories that the last plan lacks."""
    total = sum(item.kroner for item in last)
    for _ in range(_TRIES):
        new = [item for item in last if item.article is DEBT]
        for item in chance.sample(last, len(last)):
            if sum(one.kroner for one in new) < _MAJOR_SHARE[0] * total and item not in new:
                new.append(item)
        moved = sum(item.kroner for item in new)
        if len(new) < len(last) and moved <= _MAJOR_SHARE[1] * total:
            kept = tuple(item for item in last if item not in new)
            without = {item.article.category for item in last}
            sizes = (max(1, _FEWEST - len(kept)), _MOST - len(kept))
            return (*kept, *_items(chance, replace(wish, kroner=moved), without=without, sizes=sizes))
    raise NothingFits


def _others(chance: Random, last: Plan, wish: PlanWish) -> Plan:
    return _items(chance, wish, without={item.article.category for item in last})


def _items(
    chance: Random,
    wish: PlanWish,
    *,
    must: tuple[Article, ...] = (),
    without: Collection[SpendingCategory] = (),
    sizes: tuple[int, int] = (_FEWEST, _MOST),
) -> Plan:
    """Return items that sum to exactly the wish, by articles that fit the goals, tried until they do."""
    fewest, most = sizes
    for _ in range(_TRIES):
        articles = list(must)
        while sum(one.low + one.high for one in articles) < 2 * wish.kroner and len(articles) < most:
            articles.append(_another(chance, articles, wish.goals, without))
        lowest, highest = sum(one.low for one in articles), sum(one.high for one in articles)
        if lowest <= wish.kroner <= highest and len(articles) >= fewest:
            prices = numbers_with_sum(
                chance, wish.kroner, among=[(one.low, one.high) for one in articles], grain=_STEP, step=_STEP
            )
            return tuple(
                _item(chance, article, kroner, wish) for article, kroner in zip(articles, prices, strict=True)
            )
    raise NothingFits


def _not_in(plan: Plan) -> list[Article]:
    present = {item.article for item in plan}
    return [article for article in ARTICLES if article not in present]


def _another(
    chance: Random,
    taken: Sequence[Article],
    goals: Sequence[GoalCategory],
    without: Collection[SpendingCategory],
) -> Article:
    left = [one for one in ARTICLES if one not in taken and one.category not in without]
    fitting = {category for goal in goals for category in FITTING[goal]}
    weights = [
        _FITTING_WEIGHT if one.category in fitting else _BASIC_WEIGHT if one.category in BASICS else 1
        for one in left
    ]
    return chance.choices(left, weights)[0]


def _item(chance: Random, article: Article, kroner: int, wish: PlanWish) -> MadeUpItem:
    return MadeUpItem(article, kroner, chance.randint(1, wish.sub_goals), chance.choice(article.why))
