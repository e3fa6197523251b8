from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.enrolments.rules import end_of_months

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 6, 15), 12, date(2027, 6, 14)),
        (date(2026, 6, 15), 15, date(2027, 9, 14)),
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 5, 31), 1, date(2026, 6, 30)),
        (date(2026, 12, 31), 12, date(2027, 12, 30)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
    ],
)
def test_the_last_day_of_a_period(start: date, months: int, last: date) -> None:
    assert end_of_months(start, months) == last


@given(DAYS, MONTHS)
def test_a_period_of_n_months_ends_the_day_before_the_same_day_n_months_later(
    start: date, months: int
) -> None:
    after = end_of_months(start, months) + timedelta(days=1)
    ahead = (start.year * 12 + start.month - 1) + months
    year, month = divmod(ahead, 12)
    if start.day <= monthrange(year, month + 1)[1]:
        assert after == date(year, month + 1, start.day)
    else:
        # There is no such day: the whole of that month belongs to the period.
        assert (after.year * 12 + after.month - 1, after.day) == (ahead + 1, 1)


@given(DAYS, MONTHS)
def test_a_longer_period_never_ends_earlier(start: date, months: int) -> None:
    assert end_of_months(start, months + 1) > end_of_months(start, months)


@given(DAYS, MONTHS)
def test_who_begins_a_day_later_never_ends_earlier(start: date, months: int) -> None:
    assert end_of_months(start + timedelta(days=1), months) >= end_of_months(start, months)
