from __future__ import annotations

from datetime import date, timedelta

import pytest

from raaderum.payouts.bank_days import (
    bank_day_on_or_after,
    bank_days_after,
    easter_sunday,
    expected_pay_date,
    is_bank_day,
)

CLOSED_2026 = {
    (1, 1), (4, 2), (4, 3), (4, 6), (5, 14), (5, 15), (5, 25), (6, 5), (12, 24), (12, 25), (12, 31),
}  # fmt: skip
CLOSED_2027 = {(1, 1), (3, 25), (3, 26), (3, 29), (5, 6), (5, 7), (5, 17), (12, 24), (12, 31)}
"""The weekdays among the closed days that Danmarks Nationalbank lists."""


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize(("year", "closed"), [(2026, CLOSED_2026), (2027, CLOSED_2027)], ids=str)
def test_banks_are_closed_on_weekends_and_on_the_days_that_the_central_bank_lists(
    year: int, closed: set[tuple[int, int]]
) -> None:
    found = {(day.month, day.day) for day in days_of(year) if day.weekday() < 5 and not is_bank_day(day)}
    assert found == closed
    assert not any(is_bank_day(day) for day in days_of(year) if day.weekday() >= 5)


def test_the_general_prayer_day_was_a_holiday_until_2023() -> None:
    assert not is_bank_day(date(2023, 5, 5))
    assert is_bank_day(date(2024, 4, 26))


@pytest.mark.parametrize(
    "sunday",
    [date(1943, 4, 25), date(2008, 3, 23), date(2024, 3, 31), date(2025, 4, 20), date(2038, 4, 25)],
    ids=str,
)
def test_easter_falls_where_it_falls(sunday: date) -> None:
    assert easter_sunday(sunday.year) == sunday


def test_easter_is_always_a_sunday_between_22_march_and_25_april() -> None:
    found = [easter_sunday(year) for year in range(1900, 2200)]
    assert {day.weekday() for day in found} == {6}
    assert min((day.month, day.day) for day in found) >= (3, 22)
    assert max((day.month, day.day) for day in found) <= (4, 25)


def test_a_due_date_on_a_closed_day_moves_on_to_the_next_bank_day() -> None:
    assert bank_day_on_or_after(date(2026, 4, 2)) == date(2026, 4, 7)
    assert bank_day_on_or_after(date(2026, 4, 1)) == date(2026, 4, 1)


def test_bank_days_are_counted_over_weekends_and_holidays() -> None:
    assert bank_days_after(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert bank_days_after(date(2026, 12, 30), 1) == date(2027, 1, 4)
    assert bank_days_after(date(2026, 12, 24), 0) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("due_on", "sent_on", "lead", "expected"),
    [
        (date(2026, 11, 27), date(2026, 11, 20), 0, date(2026, 11, 27)),
        (date(2026, 11, 28), date(2026, 11, 20), 0, date(2026, 11, 30)),
        (date(2026, 11, 10), date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 27), date(2026, 11, 20), 1, date(2026, 11, 30)),
        (date(2026, 4, 1), date(2026, 4, 1), 2, date(2026, 4, 8)),
    ],
    ids=str,
)
def test_money_is_expected_when_due_never_before_it_is_sent_and_so_long_on_its_way(
    due_on: date, sent_on: date, lead: int, expected: date
) -> None:
    assert expected_pay_date(due_on=due_on, sent_on=sent_on, lead_bank_days=lead) == expected
