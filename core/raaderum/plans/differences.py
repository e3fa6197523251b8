"""What differs between two versions of a plan; pure.

**Which item is which.** An item of the later version is the same as one of the earlier where they agree
on the words of what is bought (case and spaces aside) — first those with the same sub-goal and category
too, then those with the same sub-goal, then the words alone. What is left over on both sides counts as
one item rewritten where sub-goal and category are the same, in the order of the plan; it counts as another
thing where the two share no word of four letters or more. Each item is matched at most once; what matches
nothing was added or removed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from raaderum.kernel.money import Oere, format_kroner
from raaderum.kernel.text import Text
from raaderum.plans.rules import SPENDING_NAMES, SpendingCategory

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One item as it is compared; `sub_goal` is its number as people know it, `evidence` ids of files."""

    description: str
    category: SpendingCategory
    amount: Oere
    sub_goal: int
    theory_of_change: str = ""
    who_will_teach: str = ""
    needed_on: date | None = None
    evidence: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class ComparedPlan:
    """One version as it is compared."""

    motivation: str
    items: tuple[ComparedItem, ...]

    @property
    def total(self) -> Oere:
        """What the items sum to."""
        return Oere(sum(item.amount for item in self.items))


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an item before and after, as people read it; '' where there was nothing."""

    field: str
    name: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that is in both versions, with what differs; `is_another_thing` in the place of the first."""

    before: ComparedItem
    after: ComparedItem
    fields: tuple[FieldChange, ...]
    is_another_thing: bool


@dataclass(frozen=True, slots=True)
class CategoryChange:
    """What a category sums to before and after."""

    category: SpendingCategory
    before: Oere
    after: Oere

    @property
    def difference(self) -> int:
        """How much more it is afterwards."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """All that differs. `categories` are those whose sum changed, `kept` the items that did not change."""

    before: ComparedPlan
    after: ComparedPlan
    added: tuple[ComparedItem, ...]
    removed: tuple[ComparedItem, ...]
    changed: tuple[ItemChange, ...]
    kept: tuple[ComparedItem, ...]
    categories: tuple[CategoryChange, ...]

    @property
    def is_motivation_changed(self) -> bool:
        """Say whether the citizen's motivation reads otherwise."""
        return self.before.motivation != self.after.motivation

    @property
    def is_nothing(self) -> bool:
        """Say whether the two versions say the same."""
        return not (self.added or self.removed or self.changed or self.is_motivation_changed)


_LONG_WORD: Final = re.compile(r"\w{4,}")
_FIELDS: Final[Mapping[str, Text]] = {
    "description": Text("hvad", "what"),
    "category": Text("slags", "kind"),
    "amount": Text("beløb", "amount"),
    "sub_goal": Text("delmål", "sub-goal"),
    "needed_on": Text("hvornår", "when"),
    "theory_of_change": Text("hvorfor", "why"),
    "who_will_teach": Text("hvem viser hvordan", "who shows how"),
    "evidence": Text("antal prisbilag", "files of evidence"),
}


def compare(before: ComparedPlan, after: ComparedPlan) -> PlanDifference:
    """Return what differs from one version to another, by the rule at the head of this file."""
    pairs, removed, added = _matched(before.items, after.items)
    both = [_change(*pair) for pair in pairs]
    return PlanDifference(
        before=before,
        after=after,
        added=added,
        removed=removed,
        changed=tuple(change for change in both if change.fields),
        kept=tuple(change.after for change in both if not change.fields),
        categories=category_changes(by_category(before.items), by_category(after.items)),
    )


def is_another_thing(one: ComparedItem, other: ComparedItem) -> bool:
    """Say whether the words of two items have nothing in common."""
    if _words(one) == _words(other):
        return False
    return not set(_LONG_WORD.findall(_words(one))) & set(_LONG_WORD.findall(_words(other)))


def by_category(items: Sequence[ComparedItem]) -> dict[SpendingCategory, Oere]:
    """Return what the items sum to by category."""
    sums: dict[SpendingCategory, int] = defaultdict(int)
    for item in items:
        sums[item.category] += item.amount
    return {category: Oere(total) for category, total in sums.items()}


def category_changes(
    before: Mapping[SpendingCategory, Oere], after: Mapping[SpendingCategory, Oere]
) -> tuple[CategoryChange, ...]:
    """Return the categories whose sum differs, in the order of the list of categories."""
    changes = (
        CategoryChange(category, before.get(category, Oere(0)), after.get(category, Oere(0)))
        for category in SpendingCategory
    )
    return tuple(change for change in changes if change.difference)


def _words(item: ComparedItem) -> str:
    return " ".join(item.description.casefold().split())


_KEYS: Final[tuple[Callable[[ComparedItem], Hashable], ...]] = (
    lambda item: (_words(item), item.sub_goal, item.category),
    lambda item: (_words(item), item.sub_goal),
    _words,
    lambda item: (item.sub_goal, item.category),
)
"""What two items must agree on, the closest likeness first."""


def _matched(
    before: Sequence[ComparedItem], after: Sequence[ComparedItem]
) -> tuple[list[tuple[ComparedItem, ComparedItem]], tuple[ComparedItem, ...], tuple[ComparedItem, ...]]:
    """Return the pairs in the order of the later version, what was removed, and what was added."""
    partner: dict[int, int] = {}
    free = list(range(len(before)))
    for key in _KEYS:
        for place, item in enumerate(after):
            if place in partner:
                continue
            found = next((one for one in free if key(before[one]) == key(item)), None)
            if found is not None:
                partner[place] = found
                free.remove(found)
    pairs = [(before[partner[place]], item) for place, item in enumerate(after) if place in partner]
    added = tuple(item for place, item in enumerate(after) if place not in partner)
    return pairs, tuple(before[one] for one in free), added


def _change(before: ComparedItem, after: ComparedItem) -> ItemChange:
    shown_before, shown_after = _shown(before), _shown(after)
    fields = tuple(
        FieldChange(field, name, shown_before[field], shown_after[field])
        for field, name in _FIELDS.items()
        if getattr(before, field) != getattr(after, field)
    )
    return ItemChange(before, after, fields, is_another_thing=is_another_thing(before, after))


def _shown(item: ComparedItem) -> dict[str, Text]:
    return {
        "description": _same(item.description),
        "category": SPENDING_NAMES[item.category],
        "amount": _same(format_kroner(item.amount)),
        "sub_goal": _same(str(item.sub_goal)),
        "needed_on": _same(item.needed_on.isoformat() if item.needed_on else ""),
        "theory_of_change": _same(item.theory_of_change),
        "who_will_teach": _same(item.who_will_teach),
        "evidence": _same(str(len(item.evidence))),
    }


def _same(words: str) -> Text:
    return Text(words, words)
