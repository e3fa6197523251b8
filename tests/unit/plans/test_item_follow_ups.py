from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.plans.item_follow_ups import (
    FEWEST_DAYS,
    LONGEST_ANSWER,
    OUTCOME_NAMES,
    AnswerTooLong,
    ItemOutcome,
    asked_on,
    check_answer,
    due_on,
)


@pytest.mark.parametrize(
    ("bought", "asked"),
    [
        (date(2026, 1, 15), date(2026, 4, 15)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 10, 1), date(2027, 1, 1)),
        (date(2026, 9, 30), date(2026, 12, 30)),
    ],
)
def test_an_item_is_asked_about_on_the_same_day_three_months_later(bought: date, asked: date) -> None:
    assert asked_on(bought) == asked
    assert due_on(bought, []) == asked


@given(st.dates(max_value=date(9999, 1, 1)))
def test_three_months_are_never_shorter_than_is_counted_on(bought: date) -> None:
    assert asked_on(bought) - bought >= timedelta(days=FEWEST_DAYS)


def test_not_yet_is_asked_again_and_any_other_answer_is_the_last() -> None:
    bought, answered = date(2026, 1, 1), date(2026, 4, 20)
    assert due_on(bought, [(answered, ItemOutcome.NOT_YET)]) == date(2026, 7, 20)
    for outcome in set(ItemOutcome) - {ItemOutcome.NOT_YET}:
        assert due_on(bought, [(answered, ItemOutcome.NOT_YET), (date(2026, 8, 1), outcome)]) is None


def test_an_answer_of_a_book_is_refused() -> None:
    check_answer("x" * LONGEST_ANSWER)
    with pytest.raises(AnswerTooLong):
        check_answer("x" * (LONGEST_ANSWER + 1))


def test_every_outcome_has_a_name() -> None:
    assert set(OUTCOME_NAMES) == set(ItemOutcome)
