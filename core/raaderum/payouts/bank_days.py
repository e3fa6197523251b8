"""Days on which Danish banks move money; pure. Closed days as Danmarks Nationalbank lists them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_SATURDAY: Final = 5
_AFTER_EASTER: Final = (-3, -2, 1, 39, 40, 50)
"""Maundy Thursday, Good Friday, Easter Monday, Ascension Day and the Friday after it, Whit Monday."""
_PRAYER_DAY_AFTER_EASTER: Final = 26
_LAST_YEAR_WITH_PRAYER_DAY: Final = 2023
"""The General Prayer Day is no holiday from 2024 on (Act 214 of 6 March 2023)."""
_FIXED: Final = ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31))
"""New Year's Day, Constitution Day, Christmas Eve, both Christmas Days, New Year's Eve."""


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, of_leap_centuries = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leap_years, of_leap_years = divmod(of_century, 4)
    weekday = (32 + 2 * of_leap_centuries + 2 * leap_years - epact - of_leap_years) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_bank_day(day: date) -> bool:
    """Say whether banks move money on `day`."""
    return day.weekday() < _SATURDAY and day not in _closed_days(day.year)


def bank_day_on_or_after(day: date) -> date:
    """Return `day`, or the first bank day after it where banks are closed."""
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day


def bank_days_after(day: date, number: int) -> date:
    """Return the bank day that is `number` bank days after the first one on or after `day`."""
    day = bank_day_on_or_after(day)
    for _ in range(number):
        day = bank_day_on_or_after(day + timedelta(days=1))
    return day


def expected_pay_date(*, due_on: date, sent_on: date, lead_bank_days: int) -> date:
    """Return when the money is with the payee: due, not before it is sent, and so long on its way."""
    return bank_days_after(max(due_on, sent_on), lead_bank_days)


@lru_cache(maxsize=64)
def _closed_days(year: int) -> frozenset[date]:
    easter = easter_sunday(year)
    movable = [*_AFTER_EASTER, *([_PRAYER_DAY_AFTER_EASTER] if year <= _LAST_YEAR_WITH_PRAYER_DAY else [])]
    return frozenset(
        [*(easter + timedelta(days=days) for days in movable)]
        + [date(year, month, day) for month, day in _FIXED]
    )
