"""How much the use of the money changed: none, minor, major or entire; pure.

The evaluation of Halsnæs: of 25 citizens, 15 used their money as foreseen or nearly so ("one or two
extra things", or a couple of things left out), 10 changed much (one thing in place of another, or single
changes "that cover a large part of the budget"), and of these one changed everything. In its words there
is nothing wrong in changing the budget: the size is data, not a deviation.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text
from raaderum.plans.differences import CategoryChange, by_category, category_changes, compare
from raaderum.plans.rules import SpendingCategory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from raaderum.kernel.money import Oere
    from raaderum.plans.differences import ComparedPlan, PlanDifference


class SizeOfChange(StrEnum):
    """How much changed."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    ENTIRE = "entire"


SIZE_NAMES: Final[Mapping[SizeOfChange, Text]] = {
    SizeOfChange.NONE: Text("ingen ændring", "no change"),
    SizeOfChange.MINOR: Text("mindre ændringer", "minor changes"),
    SizeOfChange.MAJOR: Text("større ændringer", "major changes"),
    SizeOfChange.ENTIRE: Text("helt ændret", "changed entirely"),
}

LARGEST_NONE: Final = Fraction(1, 20)
"""Up to this share is no change: what a thing costs in the shop is seldom what the quote said."""
LARGEST_MINOR: Final = Fraction(1, 4)
"""Above this share a change is major: beyond a quarter it covers "a large part of the budget", while one
or two things of a usual plan of eight stay below."""
LARGEST_KEPT_OF_ENTIRE: Final = Fraction(1, 10)
"""Everything is changed where at most a tenth of the money is left where it was: small things such as a
bus card stay in nearly every plan."""
MOST_EXTRA: Final = 2
"""One or two extra (or left out) items are minor whatever they cost, where nothing else moved."""


@dataclass(frozen=True, slots=True)
class ChangeOfUse:
    """How much changed and where. Shares are of the larger of the two totals, from 0 to 1.

    `moved` came to categories that had less before; `replaced` is for other things than before within
    the same categories too (0 where only sums are known); `kept` stayed in its category.
    """

    size: SizeOfChange
    moved: Fraction
    replaced: Fraction
    kept: Fraction
    before: int
    after: int
    categories: tuple[CategoryChange, ...]

    @property
    def share(self) -> Fraction:
        """The share that the size is told by."""
        return max(self.moved, self.replaced)

    @property
    def new_categories(self) -> tuple[SpendingCategory, ...]:
        """What nothing was planned for before, debt perhaps."""
        return tuple(change.category for change in self.categories if change.before == 0)


def size_of_plan_change(before: ComparedPlan, after: ComparedPlan) -> ChangeOfUse:
    """Return how much a plan changed from one version to another, items and all."""
    difference = compare(before, after)
    measured = size_of_change(by_category(before.items), by_category(after.items))
    return _classed(measured, difference)


def size_of_change(
    planned: Mapping[SpendingCategory, Oere], actual: Mapping[SpendingCategory, Oere]
) -> ChangeOfUse:
    """Return how much the actual use differs from the planned, by sums of categories alone."""
    before, after = sum(planned.values()), sum(actual.values())
    changes = category_changes(planned, actual)
    moved = _share(sum(max(0, change.difference) for change in changes), before, after)
    kept = _share(
        sum(min(planned.get(one, 0), actual.get(one, 0)) for one in SpendingCategory), before, after
    )
    is_left_out = _share(sum(max(0, -change.difference) for change in changes), before, after) > LARGEST_NONE
    return ChangeOfUse(
        size=_size(moved, kept=kept, is_touched=is_left_out, is_extra_only=False),
        moved=moved,
        replaced=Fraction(0),
        kept=kept if before or after else Fraction(1),
        before=before,
        after=after,
        categories=changes,
    )


def _classed(measured: ChangeOfUse, difference: PlanDifference) -> ChangeOfUse:
    """Return the measure of the sums, classed anew with what is known of the single items."""
    others = [change for change in difference.changed if change.is_another_thing]
    gone = sum(item.amount for item in difference.removed) + sum(one.before.amount for one in others)
    come = sum(item.amount for item in difference.added) + sum(one.after.amount for one in others)
    replaced = _share(min(gone, come), measured.before, measured.after)
    is_anything_left = difference.kept or len(difference.changed) > len(others)
    is_replaced = bool(difference.before.items and difference.after.items and not is_anything_left)
    return ChangeOfUse(
        size=SizeOfChange.ENTIRE
        if is_replaced
        else _size(
            max(measured.moved, replaced),
            kept=measured.kept,
            is_touched=bool(difference.added or difference.removed or others),
            is_extra_only=_is_extra_only(difference),
        ),
        moved=measured.moved,
        replaced=replaced,
        kept=measured.kept,
        before=measured.before,
        after=measured.after,
        categories=measured.categories,
    )


def _size(share: Fraction, *, kept: Fraction, is_touched: bool, is_extra_only: bool) -> SizeOfChange:
    if share > LARGEST_MINOR and kept <= LARGEST_KEPT_OF_ENTIRE and not is_extra_only:
        return SizeOfChange.ENTIRE
    if share <= LARGEST_NONE and not is_touched:
        return SizeOfChange.NONE
    return SizeOfChange.MINOR if share <= LARGEST_MINOR or is_extra_only else SizeOfChange.MAJOR


def _is_extra_only(difference: PlanDifference) -> bool:
    """Say whether all that changed is one or two things more, of kinds that were there already."""
    kinds = {item.category for item in difference.before.items}
    amounts = Counter(item.category for item in difference.added)
    return (
        0 < amounts.total() <= MOST_EXTRA
        and set(amounts) <= kinds
        and not difference.removed
        and all(
            change.before.amount == change.after.amount
            and change.before.category == change.after.category
            and not change.is_another_thing
            for change in difference.changed
        )
    )


def _share(part: int, before: int, after: int) -> Fraction:
    whole = max(before, after)
    return Fraction(part, whole) if whole else Fraction(0)
