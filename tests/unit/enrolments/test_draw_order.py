from __future__ import annotations

from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.enrolments.selection_rules import (
    DrawOutcome,
    NobodyToDraw,
    PlacesOutOfRange,
    check_places,
    drawn,
    hash_of_seed,
    order_of_draw,
)

people = st.lists(st.uuids(), min_size=1, max_size=40, unique=True)


def test_the_order_can_be_checked_by_hand() -> None:
    one, two = UUID(int=1), UUID(int=2)
    by_hand = sorted((one, two), key=lambda each: sha256(f"frø:{each}".encode()).hexdigest())
    assert order_of_draw("frø", [two, one]) == by_hand
    assert hash_of_seed("frø") == sha256("frø".encode()).hexdigest()


@given(people, st.text(max_size=20), st.randoms(use_true_random=False))
def test_the_order_hangs_on_the_seed_alone(ids: list[UUID], seed: str, dice: object) -> None:
    shuffled = list(ids)
    dice.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis' own random
    assert order_of_draw(seed, ids) == order_of_draw(seed, shuffled)
    assert sorted(order_of_draw(seed, ids)) == sorted(ids)


@given(people, st.integers(1, 40), st.sets(st.integers(0, 39)))
def test_as_many_are_drawn_as_there_are_places_and_people_left(
    ids: list[UUID], places: int, gone: set[int]
) -> None:
    order = order_of_draw("frø", ids)
    passed_over = {one for number, one in enumerate(ids) if number in gone}
    outcomes = drawn(order, places=places, passed_over=passed_over)
    winners = [one for one in order if outcomes[one] is DrawOutcome.DRAWN]
    left = [one for one in order if one not in passed_over]
    assert winners == left[:places]
    assert {one for one in order if outcomes[one] is DrawOutcome.PASSED_OVER} == passed_over


@pytest.mark.parametrize("places", [0, -1, 4])
def test_a_draw_takes_at_least_one_and_at_most_all(places: int) -> None:
    with pytest.raises(PlacesOutOfRange) as refused:
        check_places(places, participants=3)
    assert "mellem 1 og 3" in refused.value.message.danish
    check_places(3, participants=3)


def test_nobody_cannot_be_drawn() -> None:
    with pytest.raises(NobodyToDraw):
        check_places(1, participants=0)
