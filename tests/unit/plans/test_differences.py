"""What differs between two versions of a plan, and how it reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.kernel.money import Oere
from raaderum.plans.differences import ComparedItem, ComparedPlan, by_category, compare
from raaderum.plans.rules import SpendingCategory

LICENCE = ComparedItem("Kørekort til bil", SpendingCategory.TRANSPORT, Oere(15_000_00), 1, "Så kan jeg.")
GUITAR = ComparedItem("Guitar", SpendingCategory.MUSIC, Oere(3_000_00), 2, "Jeg kan spille igen.")
BUS_CARD = ComparedItem("Buskort", SpendingCategory.TRANSPORT, Oere(400_00), 1, "Jeg kommer ud.")

items = st.builds(
    ComparedItem,
    description=st.sampled_from(["Kørekort", " kørekort ", "Cykel", "Guitar", "Sofa", "Gæld til Udbetaling"]),
    category=st.sampled_from(SpendingCategory),
    amount=st.integers(1, 50_000_00).map(Oere),
    sub_goal=st.integers(1, 5),
    theory_of_change=st.text(max_size=5),
)
plans = st.builds(ComparedPlan, st.text(max_size=5), st.lists(items, max_size=8).map(tuple))


def plan(*written: ComparedItem, motivation: str = "Nu.") -> ComparedPlan:
    return ComparedPlan(motivation, written)


def test_a_plan_differs_in_nothing_from_itself() -> None:
    assert compare(plan(LICENCE, GUITAR), plan(LICENCE, GUITAR)).is_nothing


def test_what_came_and_what_went_is_told_apart_from_what_changed() -> None:
    dearer = replace(LICENCE, description="kørekort  til BIL", amount=Oere(16_500_00), sub_goal=2)
    difference = compare(plan(LICENCE, GUITAR), plan(BUS_CARD, dearer))
    assert (difference.removed, difference.added) == ((GUITAR,), (BUS_CARD,))
    [change] = difference.changed
    assert {one.field: (one.before.danish, one.after.danish) for one in change.fields} == {
        "description": ("Kørekort til bil", "kørekort  til BIL"),
        "amount": ("15.000,00 kr.", "16.500,00 kr."),
        "sub_goal": ("1", "2"),
    }
    assert not change.is_another_thing
    assert [(one.category, one.before, one.after) for one in difference.categories] == [
        (SpendingCategory.TRANSPORT, 15_000_00, 16_900_00),
        (SpendingCategory.MUSIC, 3_000_00, 0),
    ]
    assert (difference.before.total, difference.after.total) == (18_000_00, 16_900_00)


def test_the_closest_likeness_is_paired_first() -> None:
    twin = replace(BUS_CARD, sub_goal=2, amount=Oere(300_00))
    difference = compare(plan(BUS_CARD, twin), plan(twin, BUS_CARD))
    assert difference.is_nothing
    moved = replace(BUS_CARD, category=SpendingCategory.FAMILY)
    [change] = compare(plan(BUS_CARD), plan(moved)).changed
    assert [(one.name.danish, one.before.danish, one.after.danish) for one in change.fields] == [
        ("slags", "transport", "familieoplevelser, ferie og jul")
    ]


@pytest.mark.parametrize(
    ("words", "another_things"), [("Kørekort, lovpakke", 0), ("Scooter", 1), ("kørekort til bil", 0)]
)
def test_one_thing_in_the_place_of_another_is_told_from_other_words_for_the_same(
    words: str, another_things: int
) -> None:
    changed = compare(plan(LICENCE), plan(replace(LICENCE, description=words, amount=Oere(1_00)))).changed
    assert [change.is_another_thing for change in changed] == [bool(another_things)]


def test_dates_words_teachers_and_motivation_are_compared_too() -> None:
    later = replace(GUITAR, needed_on=date(2027, 2, 28), who_will_teach="Ole", theory_of_change="Ny grund.")
    difference = compare(plan(GUITAR), plan(later, motivation="Senere."))
    assert difference.is_motivation_changed
    assert not difference.is_nothing
    assert [(one.field, one.before.danish, one.after.danish) for one in difference.changed[0].fields] == [
        ("needed_on", "", "2027-02-28"),
        ("theory_of_change", "Jeg kan spille igen.", "Ny grund."),
        ("who_will_teach", "", "Ole"),
    ]


@given(plans, plans)
def test_every_item_is_accounted_for_once(before: ComparedPlan, after: ComparedPlan) -> None:
    difference = compare(before, after)
    pairs = len(difference.changed) + len(difference.kept)
    assert len(before.items) == len(difference.removed) + pairs
    assert len(after.items) == len(difference.added) + pairs
    moved = sum(change.difference for change in difference.categories)
    assert moved == after.total - before.total


@given(plans)
def test_the_order_of_items_is_no_difference(before: ComparedPlan) -> None:
    after = replace(before, items=before.items[::-1])
    difference = compare(before, after)
    assert not difference.added
    assert not difference.removed
    assert not difference.categories
    assert by_category(before.items) == by_category(after.items)
