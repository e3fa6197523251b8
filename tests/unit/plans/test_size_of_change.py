"""How much the use of the money changed, and the published figures of Halsnæs over again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.kernel.money import Oere
from raaderum.plans.differences import ComparedItem, ComparedPlan
from raaderum.plans.rules import SpendingCategory as Kind
from raaderum.plans.size_of_change import (
    SIZE_NAMES,
    SizeOfChange,
    size_of_change,
    size_of_plan_change,
)


def item(description: str, kind: Kind, kroner: int) -> ComparedItem:
    return ComparedItem(description, kind, Oere(kroner * 100), 1, "Fordi.")


PLANNED = (
    item("Kørekort til bil", Kind.TRANSPORT, 14_000),
    item("Computer", Kind.COMPUTER_AND_PHONE, 6_000),
    item("Seng", Kind.HOUSING, 5_000),
    item("Sofa", Kind.HOUSING, 5_000),
    item("Tandlæge", Kind.DENTIST_AND_GLASSES, 8_000),
    item("Tøj", Kind.CLOTHES_AND_CARE, 4_000),
)
EXTRA_LAMP, EXTRA_BED = item("Lampe", Kind.HOUSING, 900), item("Gæsteseng", Kind.HOUSING, 25_000)
SUMMER_HOUSE = (item("Udbetaling til sommerhus", Kind.HOUSING, 45_000),)
PLAN_B = (item("Spabad", Kind.EXERCISE_AND_LEISURE, 28_000), item("Have", Kind.OTHER, 12_000))


def without(place: int) -> tuple[ComparedItem, ...]:
    return PLANNED[:place] + PLANNED[place + 1 :]


def costing(place: int, kroner: int) -> tuple[ComparedItem, ...]:
    changed = replace(PLANNED[place], amount=Oere(kroner * 100))
    return (*PLANNED[:place], changed, *PLANNED[place + 1 :])


NOTHING_OR_LITTLE = [
    *[PLANNED] * 6,
    PLANNED[::-1],
    costing(0, 14_500),
    (*PLANNED, EXTRA_LAMP),
    (*PLANNED, EXTRA_LAMP, item("Reol", Kind.HOUSING, 1_400)),
    (*PLANNED, EXTRA_BED),
    without(5),
    without(2),
    (*without(5), item("Psykolog", Kind.THERAPY, 4_000)),
    costing(1, 9_000),
]
MUCH = [
    (*without(0), item("Scooter", Kind.TRANSPORT, 14_000)),
    (*without(0), item("Gæld til el og husleje", Kind.DEBT, 14_000)),
    (*without(0)[:3], item("Højskole", Kind.TUITION, 24_000)),
    (*PLANNED, item("Gæld", Kind.DEBT, 20_000)),
    (*PLANNED[:2], item("Ferie", Kind.FAMILY, 22_000)),
    (*PLANNED[2:], item("Hund", Kind.PETS, 20_000)),
    costing(0, 45_000),
    (*PLANNED[:3], *[item(f"Time {n} hos psykolog", Kind.THERAPY, 1_500) for n in range(12)]),
    (PLANNED[4], PLANNED[5], item("Butik", Kind.BUSINESS, 30_000)),
]


def size(before: tuple[ComparedItem, ...], after: tuple[ComparedItem, ...]) -> SizeOfChange:
    return size_of_plan_change(ComparedPlan("", before), ComparedPlan("", after)).size


def test_a_cohort_of_25_comes_out_as_published() -> None:
    cohort = [(PLANNED, after) for after in (*NOTHING_OR_LITTLE, *MUCH)] + [(SUMMER_HOUSE, PLAN_B)]
    sizes = Counter(size(before, after) for before, after in cohort)
    assert len(cohort) == 25
    assert sizes[SizeOfChange.NONE] + sizes[SizeOfChange.MINOR] == 15
    assert (sizes[SizeOfChange.MAJOR], sizes[SizeOfChange.ENTIRE]) == (9, 1)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (PLANNED, SizeOfChange.NONE),
        (costing(0, 14_500), SizeOfChange.NONE),
        ((*PLANNED, EXTRA_LAMP), SizeOfChange.MINOR),
        ((*PLANNED, EXTRA_BED), SizeOfChange.MINOR),
        ((*PLANNED, *[item(f"Hylde {n}", Kind.HOUSING, 9_000) for n in range(3)]), SizeOfChange.MAJOR),
        ((*PLANNED, item("Gæld", Kind.DEBT, 900)), SizeOfChange.MINOR),
        ((*without(0), item("Scooter", Kind.TRANSPORT, 14_000)), SizeOfChange.MAJOR),
        ((*without(0), item("Kørekort, lovpakke", Kind.TRANSPORT, 14_000)), SizeOfChange.NONE),
        (tuple(item(f"Ny {n}", Kind.PETS, 9_000) for n in range(4)), SizeOfChange.ENTIRE),
    ],
)
def test_each_rule_has_its_size(after: tuple[ComparedItem, ...], expected: SizeOfChange) -> None:
    assert size(PLANNED, after) is expected


def test_new_categories_are_named() -> None:
    after = (*without(0), item("Gæld", Kind.DEBT, 14_000))
    change = size_of_plan_change(ComparedPlan("", PLANNED), ComparedPlan("", after))
    assert change.new_categories == (Kind.DEBT,)
    assert change.moved == Fraction(14, 42)


def test_what_is_bought_is_held_against_the_plan_by_category() -> None:
    planned = {Kind.HOUSING: Oere(30_000_00), Kind.TRANSPORT: Oere(10_000_00)}
    assert size_of_change(planned, planned).size is SizeOfChange.NONE
    assert size_of_change(planned, {Kind.HOUSING: Oere(29_000_00), Kind.TRANSPORT: Oere(10_400_00)}).size is (
        SizeOfChange.NONE
    )
    assert size_of_change(planned, {Kind.HOUSING: Oere(30_000_00)}).size is SizeOfChange.MINOR
    moved = size_of_change(planned, {Kind.HOUSING: Oere(15_000_00), Kind.DEBT: Oere(20_000_00)})
    assert (moved.size, moved.moved, moved.kept) == (SizeOfChange.MAJOR, Fraction(1, 2), Fraction(3, 8))
    assert size_of_change(planned, {Kind.DEBT: Oere(20_000_00)}).size is SizeOfChange.ENTIRE


sums = st.dictionaries(st.sampled_from(Kind), st.integers(1, 50_000_00).map(Oere))
some_items = st.lists(
    st.builds(item, st.sampled_from(["Cykel", "Gæld", "Sofa"]), st.sampled_from(Kind), st.integers(1, 50_000))
).map(tuple)


@given(sums, sums)
def test_shares_lie_between_nothing_and_everything_either_way(
    one: dict[Kind, Oere], other: dict[Kind, Oere]
) -> None:
    there, back = size_of_change(one, other), size_of_change(other, one)
    for change in (there, back):
        assert 0 <= change.moved <= 1
        assert 0 <= change.kept <= 1
        assert change.share + change.kept <= 1
    assert there.kept == back.kept
    assert {*there.new_categories, *back.new_categories} == set(one) ^ set(other)


@given(sums)
def test_what_is_used_as_planned_is_no_change(planned: dict[Kind, Oere]) -> None:
    change = size_of_change(planned, dict(planned))
    assert change.size is SizeOfChange.NONE
    assert [change.moved, change.kept] == [0, 1]
    assert not change.categories


@given(some_items)
def test_a_plan_does_not_change_from_itself(items: tuple[ComparedItem, ...]) -> None:
    assert size(items, items) is SizeOfChange.NONE


@given(some_items, some_items)
def test_every_change_of_a_plan_has_a_size_within_bounds(
    before: tuple[ComparedItem, ...], after: tuple[ComparedItem, ...]
) -> None:
    change = size_of_plan_change(ComparedPlan("", before), ComparedPlan("", after))
    assert change.size in SIZE_NAMES
    assert 0 <= change.share <= 1
