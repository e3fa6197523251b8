from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.people.likeness import SIGN_NAMES, LikenessSign, folded_name, like_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = date(1991, 3, 5)
FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))
SAME, DIGIT = LikenessSign.SAME_NAME_AND_BIRTH_DATE, LikenessSign.SAME_NAME_AND_ONE_DIGIT


def pairs(*people: tuple[UUID, str, date]) -> list[tuple[UUID, UUID, LikenessSign]]:
    return list(like_pairs(people))


@pytest.mark.parametrize(
    "written",
    [
        "Søren Aaberg Mæhl",
        "SØREN ÅBERG MÆHL",
        "Soeren Åberg Maehl",
        "Mæhl, Søren Aaberg",
        "  søren   Åberg-Mæhl ",
        "Søren A\u030aberg Mæhl",
        "Sören Åberg Mähl",
    ],
)
def test_a_name_is_the_same_however_it_is_spelt(written: str) -> None:
    assert folded_name(written) == folded_name("Søren Åberg Mæhl") == "aaberg maehl soeren"


@pytest.mark.parametrize(
    ("one", "other"), [("René Müller", "Rene Mueller"), ("Zoë Łukasz", "Zoe Lukasz"), ("Đặng An", "Dang An")]
)
def test_accents_do_not_count(one: str, other: str) -> None:
    assert folded_name(one) == folded_name(other)


@pytest.mark.parametrize(("one", "other"), [("Mia Holm", "Mia Holst"), ("Mia", "Mia Mia"), ("محمد", "أحمد")])
def test_other_names_are_other_names(one: str, other: str) -> None:
    assert folded_name(one) != folded_name(other)


def test_the_same_name_and_day_are_a_pair_with_the_smaller_id_first() -> None:
    assert pairs((SECOND, "Åse Holm", DAY), (FIRST, "holm aase", DAY)) == [(FIRST, SECOND, SAME)]


@pytest.mark.parametrize("day", [date(1991, 3, 6), date(1991, 8, 5), date(1992, 3, 5), date(1981, 3, 5)])
def test_one_digit_of_the_birth_date_may_differ(day: date) -> None:
    assert pairs((FIRST, "Mia Holm", DAY), (SECOND, "Mia Holm", day)) == [(FIRST, SECOND, DIGIT)]


@pytest.mark.parametrize("day", [date(1991, 5, 3), date(1992, 3, 6), date(2001, 3, 5), date(1990, 12, 31)])
def test_two_digits_that_differ_are_two_people(day: date) -> None:
    assert pairs((FIRST, "Mia Holm", DAY), (SECOND, "Mia Holm", day)) == []


def test_three_of_one_name_and_day_are_three_pairs() -> None:
    people = [(one, "Mia Holm", DAY) for one in (FIRST, SECOND, THIRD)]
    assert len(pairs(*people)) == 3


def test_names_without_a_letter_are_held_against_nobody() -> None:
    assert pairs((FIRST, "–", DAY), (SECOND, "🌱", DAY)) == []


@given(st.lists(st.tuples(st.uuids(), st.text(max_size=8), st.dates(date(1900, 1, 1)))))
def test_any_names_can_be_held_against_each_other(people: Sequence[tuple[UUID, str, date]]) -> None:
    assert all(first <= second for first, second, _ in like_pairs(people))


def test_every_sign_has_words() -> None:
    assert set(SIGN_NAMES) == set(LikenessSign)
