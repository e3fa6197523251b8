from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.kernel.money import Oere
from raaderum.plans.rules import (
    LONGEST_DESCRIPTION,
    PLAN_STATE_NAMES,
    SPENDING_NAMES,
    ItemDraft,
    ItemInvalid,
    PlanAboveCeiling,
    PlanEmpty,
    PlanState,
    SpendingCategory,
    check_items,
)

CEILING = 50_000_00
LICENCE = ItemDraft(
    sub_goal_id=UUID(int=1),
    description="Kørekort til bil",
    category=SpendingCategory.TRANSPORT,
    amount=Oere(12_500_00),
    theory_of_change="Med kørekort kan jeg tage job uden for byen.",
)


def costing(amount: int) -> ItemDraft:
    return replace(LICENCE, amount=Oere(amount))


@given(st.lists(st.integers(1, 60_000_00), min_size=1, max_size=10))
def test_a_plan_sums_to_its_items_and_never_above_the_ceiling(amounts: list[int]) -> None:
    items = [costing(amount) for amount in amounts]
    if sum(amounts) <= CEILING:
        assert check_items(items, ceiling=CEILING) == sum(amounts)
    else:
        with pytest.raises(PlanAboveCeiling):
            check_items(items, ceiling=CEILING)


def test_the_ceiling_itself_can_be_used_up_to_the_last_oere() -> None:
    assert check_items([costing(CEILING - 1), costing(1)], ceiling=CEILING) == CEILING
    with pytest.raises(PlanAboveCeiling) as refused:
        check_items([costing(CEILING), costing(1)], ceiling=CEILING)
    told = "Planen er på 50.000,01 kr., og rammen er 50.000,00 kr. Tag 0,01 kr. ud."
    assert refused.value.message.danish == told


def test_a_plan_needs_an_item() -> None:
    with pytest.raises(PlanEmpty) as refused:
        check_items([], ceiling=CEILING)
    assert "Tilføj mindst én" in refused.value.message.danish


@pytest.mark.parametrize(
    ("item", "field", "told"),
    [
        (costing(0), "amount", "Post 2: beløbet skal være over 0 kr."),
        (costing(-1), "amount", "Post 2: beløbet skal være over 0 kr."),
        (replace(LICENCE, description="  "), "description", "Post 2: skriv kort, hvad der skal købes."),
        (
            replace(LICENCE, description="x" * (LONGEST_DESCRIPTION + 1)),
            "description",
            "Post 2: teksten fylder 501 tegn; der er plads til 500.",
        ),
        (
            replace(LICENCE, theory_of_change="\n"),
            "theory_of_change",
            "Post 2: skriv, hvorfor pengene fører til forandring.",
        ),
    ],
)
def test_an_item_that_lacks_something_is_named_with_what_to_write(
    item: ItemDraft, field: str, told: str
) -> None:
    with pytest.raises(ItemInvalid) as refused:
        check_items([LICENCE, item], ceiling=CEILING)
    assert refused.value.where == f"items[1].{field}"
    assert refused.value.message.danish == told


def test_a_negative_item_cannot_make_room_for_others() -> None:
    with pytest.raises(ItemInvalid):
        check_items([costing(CEILING + 1), costing(-1)], ceiling=CEILING)


def test_every_state_and_category_has_a_name() -> None:
    assert set(PLAN_STATE_NAMES) == set(PlanState)
    assert set(SPENDING_NAMES) == set(SpendingCategory)
