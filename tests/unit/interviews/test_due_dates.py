"""When each of the five interviews is due, and what can be decided on a summary."""

from __future__ import annotations

from datetime import date

import pytest

from raaderum.interviews.rules import (
    KIND_NAMES,
    OPEN_IN,
    STATE_NAMES,
    SUMMARY_STATE_NAMES,
    CourseDates,
    InterviewKind,
    InterviewState,
    SummaryMissing,
    SummaryMovedOn,
    SummaryState,
    check_decidable,
    check_words,
    due_on,
)

ACCEPTED, STARTED, LAST = date(2026, 1, 12), date(2026, 3, 1), date(2027, 2, 28)


def days(dates: CourseDates) -> dict[str, date]:
    found = {kind.value: due_on(kind, dates) for kind in InterviewKind}
    return {kind: day for kind, day in found.items() if day is not None}


def test_only_the_first_is_due_while_the_citizen_dreams() -> None:
    assert days(CourseDates(ACCEPTED, None, None, None)) == {"before": ACCEPTED}


def test_midway_lies_half_way_and_the_end_on_the_last_day() -> None:
    dates = CourseDates(ACCEPTED, STARTED, LAST, None)
    assert days(dates) == {"before": ACCEPTED, "midway": date(2026, 8, 30), "end": LAST}


def test_after_an_early_end_the_interview_at_the_end_is_due_at_once_and_midway_no_more() -> None:
    ended_on = date(2026, 8, 31)
    assert days(CourseDates(ACCEPTED, STARTED, LAST, ended_on)) == {
        "end": ended_on,
        "half_year": date(2027, 2, 28),
        "one_year": date(2027, 8, 31),
    }


def test_follow_up_keeps_to_the_calendar_over_leap_days() -> None:
    started = date(2027, 3, 1)
    ended = CourseDates(ACCEPTED, started, date(2028, 2, 29), date(2028, 2, 29))
    assert days(ended)["half_year"] == date(2028, 8, 29)
    assert days(ended)["one_year"] == date(2029, 2, 28)
    in_autumn = CourseDates(ACCEPTED, started, date(2028, 2, 29), date(2027, 8, 30))
    assert days(in_autumn)["half_year"] == date(2028, 2, 29)


def test_a_course_that_ended_before_it_began_has_no_interviews_after_it() -> None:
    assert days(CourseDates(ACCEPTED, None, None, date(2026, 2, 1))) == {}


def test_every_interview_and_every_state_has_words_and_a_time() -> None:
    assert set(KIND_NAMES) == set(OPEN_IN) == set(InterviewKind)
    assert set(STATE_NAMES) == set(InterviewState)
    assert set(SUMMARY_STATE_NAMES) == set(SummaryState)


@pytest.mark.parametrize("words", ["", " \n", "x" * 11])
def test_a_text_has_words_and_an_end(words: str) -> None:
    assert check_words(" ja\n", where="words", most=10) == " ja\n"
    with pytest.raises(SummaryMissing) as refused:
        check_words(words, where="words", most=10)
    assert refused.value.where == "words"


def test_the_citizen_decides_on_the_newest_words_and_once() -> None:
    check_decidable(SummaryState.AWAITING, 2, 2)
    for state, version in [
        (SummaryState.AWAITING, 1),
        (SummaryState.APPROVED, 2),
        (SummaryState.CHANGES_WANTED, 2),
    ]:
        with pytest.raises(SummaryMovedOn):
            check_decidable(state, version, 2)
