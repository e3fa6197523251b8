from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.people.cpr import age_on

LEAP_DAY = date(2000, 2, 29)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2018, 2, 28), 17),
        (date(2018, 3, 1), 18),
        (date(2020, 2, 28), 19),
        (date(2020, 2, 29), 20),
        (date(2100, 2, 28), 99),  # 2100 is no leap year
        (date(2100, 3, 1), 100),
    ],
)
def test_who_is_born_on_29_february_ages_on_1_march_in_common_years(day: date, age: int) -> None:
    assert age_on(day, born_on=LEAP_DAY) == age


@pytest.mark.parametrize(
    ("day", "age"), [(date(2017, 12, 31), 17), (date(2018, 1, 1), 18), (date(2018, 1, 2), 18)]
)
def test_a_year_is_added_on_the_birthday_itself(day: date, age: int) -> None:
    assert age_on(day, born_on=date(2000, 1, 1)) == age


@pytest.mark.parametrize("years", [18, 30, 31])
@pytest.mark.parametrize("born_on", [date(1990, 6, 15), date(1999, 12, 31), date(2000, 3, 1), LEAP_DAY])
def test_the_limits_of_the_programmes_are_passed_on_the_birthday_and_not_the_day_before(
    years: int, born_on: date
) -> None:
    year = born_on.year + years
    is_common_leap_day = born_on == LEAP_DAY and year % 4
    birthday = date(year, 3, 1) if is_common_leap_day else born_on.replace(year=year)
    assert age_on(birthday - timedelta(days=1), born_on=born_on) == years - 1
    assert age_on(birthday, born_on=born_on) == years


def test_on_the_day_of_birth_the_age_is_zero() -> None:
    assert age_on(LEAP_DAY, born_on=LEAP_DAY) == 0


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(0, 40_000))
def test_a_person_never_grows_younger_and_ages_by_one_at_a_time(born_on: date, days: int) -> None:
    day = born_on + timedelta(days=days)
    step = age_on(day + timedelta(days=1), born_on=born_on) - age_on(day, born_on=born_on)
    assert step in {0, 1}
