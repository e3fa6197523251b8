"""The parts that need no database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.money import Oere
from raaderum.ledger.service import BudgetStatement
from raaderum.plans.rules import Colour
from raaderum.portal.calendar_words import day_in_words, moment_in_words
from raaderum.portal.money_picture import WIDTH, parts_of
from raaderum.portal.plan_rows import MOST_ROWS, count_rows, without_blank_rows
from raaderum.portal.typed import Typed

AMOUNTS = st.integers(min_value=0, max_value=10**10)


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_bar_is_as_wide_as_the_whole_grant(
    available: int, committed: int, paying: int, spent: int, on_card: int, held: int
) -> None:
    lying = (available, committed, paying, spent, on_card, held)
    total = sum(lying)
    parts = parts_of(BudgetStatement(*map(Oere, (total, *lying))))
    assert sum(part.amount for part in parts) == total
    if total:
        assert parts[0].x == 0
        assert parts[-1].x + parts[-1].width == WIDTH
        for left, right in pairwise(parts):
            assert left.x + left.width == right.x
        for part in parts:
            assert abs(part.width - WIDTH * part.amount / total) <= 1


def test_rows_are_moved_together_and_choices_alone_make_no_row() -> None:
    form = MultiDict(
        [
            ("motivation", "ja"),
            ("items[0].category", "other"),
            ("items[3].description", "Seng"),
            ("items[3].category", "housing"),
            ("items[7].amount", "5"),
            ("items[7].description", ""),
            ("items[8].description", "   "),
        ]
    )
    moved = without_blank_rows(form)
    assert moved.to_dict() == {
        "motivation": "ja",
        "items[0].description": "Seng",
        "items[0].category": "housing",
        "items[1].amount": "5",
        "items[1].description": "",
    }
    assert count_rows(moved) == 2


def test_no_form_holds_more_rows_than_the_page_can_show() -> None:
    form = MultiDict([(f"items[{number}].amount", "1") for number in range(200)])
    assert count_rows(without_blank_rows(form)) == MOST_ROWS


def test_line_ends_of_the_browser_become_plain_ones() -> None:
    assert Typed(MultiDict({"words": "Jeg vil\r\nbo."})).text("words") == "Jeg vil\nbo."


@pytest.mark.parametrize("typed", ["", "-1", "1,5", "٣", "1" * 10, "tre"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Typed(MultiDict({"months": typed})).number("months")
    assert refused.value.where == "months"


@pytest.mark.parametrize("typed", ["30-02-2026", "2026-02-30", "i morgen"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        Typed(MultiDict({"day": typed})).day("day")


def test_a_choice_is_one_of_those_offered() -> None:
    assert Typed(MultiDict({"colour": "red"})).choice("colour", Colour) is Colour.RED
    for wrong in (
        MultiDict({"colour": "blue"}),
        MultiDict(),
        MultiDict([("colour", "red"), ("colour", "green")]),
    ):
        with pytest.raises(InvalidInput):
            Typed(wrong).choice("colour", Colour)


def test_days_and_times_are_told_as_on_the_wall_in_denmark() -> None:
    assert day_in_words(date(2026, 11, 30), "da") == "30. november 2026"
    assert day_in_words(date(2026, 5, 1), "en") == "1 May 2026"
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert moment_in_words(summer, "da") == "2. juli 2026 kl. 00.30"
    assert moment_in_words(summer, "en") == "2 July 2026 00:30"
