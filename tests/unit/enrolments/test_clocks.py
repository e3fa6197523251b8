from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.enrolments.change_rules import (
    ChangeGround,
    ExtensionNeedsTeamLeader,
    ExtensionOutOfRange,
    GroundNoteMissing,
    PauseOutsideCourse,
    PauseOverlaps,
    check_extension,
    check_ground,
    check_pause,
)
from raaderum.enrolments.clocks import (
    Deadline,
    DeadlineKind,
    LengthOutOfRange,
    Pause,
    check_length,
    end_of_drawing_right,
    last_day_to_plan,
    last_day_to_think,
)
from raaderum.kernel.clock import start_of

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 3, 1), 12, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 15, date(2028, 2, 29)),
        (date(2026, 11, 22), 12, date(2027, 11, 21)),
    ],
    ids=str,
)
def test_months_end_on_the_day_before_the_same_day(start: date, months: int, last: date) -> None:
    assert end_of_drawing_right(start, months) == last


@given(DAYS, st.integers(1, 60))
def test_no_month_is_lost_or_won_whatever_the_calendar(start: date, months: int) -> None:
    first_after = end_of_drawing_right(start, months) + timedelta(days=1)
    passed = (first_after.year - start.year) * 12 + first_after.month - start.month
    if first_after.day == start.day:
        assert passed == months
    else:  # there is no such day in that month: the period ends with the month before
        assert (first_after.day, passed) == (1, months + 1)


@given(DAYS, st.integers(1, 24), st.lists(st.integers(1, 90), max_size=3), st.integers(0, 200))
def test_the_end_moves_by_each_pause_and_extension_in_whatever_order(
    start: date, months: int, lengths: list[int], extension: int
) -> None:
    pauses = [Pause(start, start + timedelta(days=length - 1)) for length in lengths]
    ends = {
        end_of_drawing_right(start, months, pauses=order, extension_days=extension)
        for order in permutations(pauses)
    }
    assert ends == {end_of_drawing_right(start, months) + timedelta(days=sum(lengths) + extension)}


@given(DAYS)
def test_a_deadline_lasts_to_the_end_of_its_day_in_denmark_also_when_the_clock_is_turned(day: date) -> None:
    over = start_of(day + timedelta(days=1))
    assert over.astimezone(COPENHAGEN) == datetime(day.year, day.month, day.day, tzinfo=COPENHAGEN) + (
        timedelta(days=1)
    )
    assert (over - timedelta(seconds=1)).astimezone(COPENHAGEN).date() == day
    assert over.astimezone(COPENHAGEN).date() == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 22), 24)], ids=str
)
def test_a_day_on_which_the_clock_is_turned_is_shorter_or_longer(day: date, hours: int) -> None:
    assert start_of(day + timedelta(days=1)) - start_of(day) == timedelta(hours=hours)


def test_the_rules_own_deadlines() -> None:
    assert last_day_to_think(date(2028, 2, 24), 7) == date(2028, 3, 2)
    assert last_day_to_think(date(2028, 2, 24), 0) is None
    assert last_day_to_plan(date(2028, 2, 24), 28) == date(2028, 3, 23)
    assert last_day_to_plan(date(2028, 2, 24), None) is None
    deadline = Deadline(DeadlineKind.PLANNING, date(2026, 12, 1))
    assert not deadline.is_past(on=date(2026, 12, 1))
    assert deadline.is_past(on=date(2026, 12, 2))
    assert deadline.days_left(on=date(2026, 12, 3)) == -2


@pytest.mark.parametrize("months", [0, 5, 13])
def test_the_length_lies_within_the_programmes(months: int) -> None:
    with pytest.raises(LengthOutOfRange):
        check_length(months, least=6, most=12)
    check_length(6, least=6, most=12)
    check_length(12, least=6, most=12)


STARTED, ENDS = date(2026, 1, 1), date(2026, 12, 31)


@given(st.dates(STARTED, ENDS), st.integers(1, 60), st.dates(STARTED, ENDS), st.integers(1, 60))
def test_two_pauses_share_no_day(one: date, length: int, other: date, other_length: int) -> None:
    first = Pause(one, one + timedelta(days=length - 1))
    second = Pause(other, other + timedelta(days=other_length - 1))
    shared = {one + timedelta(days=n) for n in range(length)} & {
        other + timedelta(days=n) for n in range(other_length)
    }
    if shared:
        with pytest.raises(PauseOverlaps):
            check_pause(second, [first], started_on=STARTED, ends_on=ENDS)
    else:
        check_pause(second, [first], started_on=STARTED, ends_on=ENDS)
        assert first.days == length


@pytest.mark.parametrize(
    ("from_on", "until_on"),
    [
        (STARTED - timedelta(days=1), STARTED),
        (ENDS + timedelta(days=1), ENDS + timedelta(days=2)),
        (date(2026, 5, 2), date(2026, 5, 1)),
        (date(2026, 5, 1), date(2027, 5, 2)),
    ],
    ids=str,
)
def test_a_pause_begins_within_the_drawing_right_and_has_a_length(from_on: date, until_on: date) -> None:
    with pytest.raises(PauseOutsideCourse):
        check_pause(Pause(from_on, until_on), [], started_on=STARTED, ends_on=ENDS)


def test_an_extension_keeps_within_the_programmes_rule_or_is_a_team_leaders() -> None:
    check_extension(30, taken=60, most_in_all=90, is_team_leader=False)
    for days, taken in ((31, 60), (0, 0), (1, 90), (-1, 0)):
        with pytest.raises(ExtensionOutOfRange):
            check_extension(days, taken=taken, most_in_all=90, is_team_leader=True)
    check_extension(366, taken=60, most_in_all=None, is_team_leader=True)
    with pytest.raises(ExtensionNeedsTeamLeader):
        check_extension(1, taken=0, most_in_all=None, is_team_leader=False)
    with pytest.raises(ExtensionOutOfRange):
        check_extension(367, taken=0, most_in_all=None, is_team_leader=True)


def test_another_ground_is_written_down() -> None:
    check_ground(ChangeGround.ILLNESS, "")
    check_ground(ChangeGround.OTHER, "Huset brændte.")
    with pytest.raises(GroundNoteMissing):
        check_ground(ChangeGround.OTHER, "  ")
