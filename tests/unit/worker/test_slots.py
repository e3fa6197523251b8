"""When a job is due: the same on every machine, once a day whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.kernel.clock import COPENHAGEN
from raaderum.kernel.text import Text
from raaderum.worker.schedule import SCHEDULE, Scheduled
from raaderum.worker.slots import latest_slot

TITLE = Text("Prøve", "Trial")
HALF_PAST_TWO = Scheduled("trial", TITLE, lambda: None, at=time(2, 30))
EVERY_TEN_MINUTES = Scheduled("trial", TITLE, lambda: None, every=timedelta(minutes=10))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside


def utc(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[arg-type,misc] # year, month, day and so on


def slots_of(job: Scheduled, first: datetime, last: datetime) -> list[datetime]:
    """Return the slots that a sweeper plans that looks every five minutes from `first` to `last`."""
    step = timedelta(minutes=5)
    moments = [first + number * step for number in range((last - first) // step + 1)]
    return sorted({latest_slot(job, now=moment) for moment in moments})


@given(moments)
def test_a_slot_is_never_ahead_and_never_older_than_a_day(now: datetime) -> None:
    slot = latest_slot(HALF_PAST_TWO, now=now)
    assert timedelta() <= now - slot <= timedelta(hours=25)
    assert timedelta() <= now - latest_slot(EVERY_TEN_MINUTES, now=now) < timedelta(minutes=10)


@given(moments)
def test_asking_at_the_slot_itself_answers_the_slot(now: datetime) -> None:
    for job in (HALF_PAST_TWO, EVERY_TEN_MINUTES):
        slot = latest_slot(job, now=now)
        assert latest_slot(job, now=slot) == slot
        assert latest_slot(job, now=slot - timedelta(microseconds=1)) < slot


def test_half_past_two_comes_once_in_the_night_that_has_it_twice() -> None:
    assert slots_of(HALF_PAST_TWO, utc(2026, 10, 24, 12), utc(2026, 10, 26, 12)) == [
        utc(2026, 10, 24, 0, 30),
        utc(2026, 10, 25, 0, 30),
        utc(2026, 10, 26, 1, 30),
    ]


def test_half_past_two_comes_once_in_the_night_that_does_not_have_it() -> None:
    assert slots_of(HALF_PAST_TWO, utc(2026, 3, 28, 12), utc(2026, 3, 30, 12)) == [
        utc(2026, 3, 28, 1, 30),
        utc(2026, 3, 29, 1, 30),
        utc(2026, 3, 30, 0, 30),
    ]


def test_the_leap_day_has_its_slot() -> None:
    slots = slots_of(HALF_PAST_TWO, utc(2028, 2, 28, 2), utc(2028, 3, 1, 2))
    assert [slot.astimezone(COPENHAGEN).day for slot in slots] == [28, 29, 1]


@pytest.mark.parametrize("name", [job.name for job in SCHEDULE])
def test_every_job_of_the_schedule_has_one_rhythm_and_a_title(name: str) -> None:
    (job,) = [one for one in SCHEDULE if one.name == name]
    assert (job.at is None) != (job.every is None)
    assert job.title.danish
    assert job.title.english
    assert latest_slot(job, now=utc(2026, 11, 22)) <= utc(2026, 11, 22)
