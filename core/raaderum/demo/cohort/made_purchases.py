"""Made-up purchases that fit a plan: each item bought at its price or below, to a given sum."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from raaderum.demo.cohort.catalogue import DEBT
from raaderum.demo.cohort.chances import NothingFits
from raaderum.demo.cohort.made_plans import MadeUpItem
from raaderum.kernel.money import Oere

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from raaderum.demo.cohort.made_plans import Plan

_CHEAPEST: Final = 0.72
"""The least of its planned price that somebody paid for a thing, as a share."""
_FIRST_AFTER: Final = timedelta(days=10)
_PAID_BEFORE_END: Final = timedelta(days=45)
_PAID_AFTER: Final = (8, 30)
"""Days until a purchase is paid, from and to."""
_SATURDAY: Final = 5
OERE: Final = 100
"""In a krone."""
_HALF: Final = OERE // 2
_OFTEN: Final = 0.6
_BARGAIN: Final = 2_500
"""Kroner that a citizen saves by buying well; where more is left, something was not needed."""


@dataclass(frozen=True, slots=True)
class MadeUpPurchase:
    """A purchase towards item `position` of plan `version`."""

    version: int
    position: int
    item: MadeUpItem
    amount: Oere
    requested_on: date
    paid_on: date


def made_up_purchases(
    chance: Random, versions: Sequence[Plan], *, spent: int, began: date, ended: date
) -> tuple[MadeUpPurchase, ...]:
    """Return purchases of the last plan's items for `spent` whole kroner together.

    An item that stood in the first plan too may have been bought under it, before the change.
    """
    bought = _bought(chance, versions[-1], spent)
    amounts = _with_oere(chance, bought)
    days = _days(chance, len(bought), began, ended)
    purchases = []
    changed_on = began + (ended - began) / 2
    for (item, _), amount, day in zip(bought, amounts, days, strict=True):
        early = day < changed_on and item in versions[0]
        version = 1 if early else len(versions)
        position = versions[version - 1].index(item) + 1
        paid_on = day + timedelta(days=chance.randint(*_PAID_AFTER))
        purchases.append(MadeUpPurchase(version, position, item, amount, day, paid_on))
    return tuple(sorted(purchases, key=lambda one: one.version))


def _bought(chance: Random, plan: Plan, spent: int) -> list[tuple[MadeUpItem, int]]:
    """Leave out what was not needed, then find prices below the planned ones until the sum fits."""
    items = _needed(plan, spent)
    saved = sum(item.kroner for item in items) - spent
    prices = [item.kroner for item in items]
    for place in chance.sample(range(len(items)), len(items)):
        less = min(saved, prices[place] - _cheapest(prices[place]))
        prices[place], saved = prices[place] - less, saved - less
    return list(zip(items, prices, strict=True))


def _needed(plan: Plan, spent: int) -> Plan:
    """Return the largest part of the plan that costs hardly more than `spent`, else one to be had for it.

    A debt that has come up is always paid.
    Raises `NothingFits` where no part can.
    """
    owed = {item for item in plan if item.article is DEBT}
    parts = [
        part for size in range(len(plan), 0, -1) for part in combinations(plan, size) if owed.issubset(part)
    ]
    for part in parts:
        if 0 <= sum(item.kroner for item in part) - spent <= _BARGAIN and _can_be_had(part, spent):
            return part
    for part in parts:
        if _can_be_had(part, spent):
            return part
    raise NothingFits


def _can_be_had(part: Plan, spent: int) -> bool:
    return sum(_cheapest(item.kroner) for item in part) <= spent <= sum(item.kroner for item in part)


def _cheapest(kroner: int) -> int:
    return math.ceil(_CHEAPEST * kroner)


def _with_oere(chance: Random, bought: Sequence[tuple[MadeUpItem, int]]) -> list[Oere]:
    """Return the prices in øre: now and then one is half a krone less and the next half a krone more."""
    amounts = [kroner * OERE for _, kroner in bought]
    for here, there in pairwise(range(len(amounts))):
        item, kroner = bought[there]
        if kroner < item.kroner and chance.random() < _OFTEN:
            amounts[here], amounts[there] = amounts[here] - _HALF, amounts[there] + _HALF
    return [Oere(amount) for amount in amounts]


def _days(chance: Random, count: int, began: date, ended: date) -> list[date]:
    """Return weekdays between the beginning and what still can be paid before the end, in order."""
    first = began + _FIRST_AFTER
    length = max(1, (ended - _PAID_BEFORE_END - first).days)
    days = [first + timedelta(days=chance.randrange(length)) for _ in range(count)]
    return sorted(day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1)) for day in days)
