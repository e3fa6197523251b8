from __future__ import annotations

from datetime import date

from raaderum.plans.calibration import Course, QuarterColours, StepDays, calibrate, quarter_of
from raaderum.plans.rules import Colour

GREEN, YELLOW, RED = Colour.GREEN, Colour.YELLOW, Colour.RED
MARCH, APRIL = date(2026, 3, 30), date(2026, 4, 10)

COURSES = [
    Course(MARCH, ((GREEN, date(2026, 3, 31)),), (), date(2026, 3, 31), is_approved=True),
    Course(
        MARCH,
        ((YELLOW, date(2026, 3, 31)), (GREEN, date(2026, 4, 4))),
        (GREEN, GREEN, RED),
        date(2026, 4, 5),
        is_approved=True,
    ),
    Course(
        APRIL,
        ((YELLOW, date(2026, 4, 12)), (RED, date(2026, 4, 22))),
        (RED,),
        date(2026, 5, 2),
        is_approved=True,
    ),
    Course(APRIL, ((RED, date(2026, 4, 11)),), (), date(2026, 4, 20), is_approved=False),
    Course(APRIL, ((YELLOW, date(2026, 4, 14)),), (GREEN,), None, is_approved=False),
    Course(APRIL, (), (), None, is_approved=False),
]


def test_the_first_colours_are_counted_by_quarter() -> None:
    found = calibrate(COURSES)
    assert found.quarters == (
        QuarterColours("2026-Q1", green=1, yellow=1, red=0),
        QuarterColours("2026-Q2", green=0, yellow=2, red=1),
    )
    assert [found.quarters[1].percent(colour) for colour in Colour] == [0, 67, 33]


def test_first_and_final_colours_are_set_side_by_side_for_approved_plans() -> None:
    assert calibrate(COURSES).changes == {(GREEN, GREEN): 1, (YELLOW, GREEN): 1, (YELLOW, RED): 1}


def test_agreement_counts_the_comments_that_advised_the_final_colour() -> None:
    found = calibrate(COURSES)
    assert (found.comments, found.comments_agreeing, found.percent_agreeing) == (4, 3, 75)
    assert calibrate(COURSES[:1]).percent_agreeing is None


def test_each_step_tells_its_median_and_its_longest_days() -> None:
    assert calibrate(COURSES).days == {
        "assess": StepDays(5, 1, 4),
        "discuss": StepDays(2, 10, 10),
        "decide_together": StepDays(2, 10, 10),
        "whole": StepDays(4, 10, 22),
    }


def test_nothing_assessed_gives_an_empty_picture() -> None:
    found = calibrate([])
    assert (found.quarters, found.changes, found.days) == ((), {}, {})


def test_a_quarter_is_written_as_its_year_and_number() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026-Q1",
        "2026-Q1",
        "2026-Q2",
        "2026-Q4",
    ]
