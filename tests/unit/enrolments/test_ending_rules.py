from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from raaderum.enrolments.ending_rules import (
    ENDING_REASON_NAMES,
    EndingReason,
    EndOutsideCourse,
    ReasonDoesNotFit,
    check_last_day,
    check_reason,
    reasons_for,
)
from raaderum.enrolments.rules import EnrolmentState
from raaderum.programmes.directory import ProgrammeDirectory
from raaderum.programmes.rules import ProgrammeVersion
from raaderum.tenancy.directory import TenantDirectory

OURS = Path(__file__).parents[3] / "tenants"
STARTED, ENDS = date(2027, 1, 1), date(2027, 12, 31)
ALWAYS = {
    EndingReason.ORDINARY_EMPLOYMENT,
    EndingReason.CITIZEN_LEAVES,
    EndingReason.SERIOUS_DISTRUST,
    EndingReason.AGREEMENTS_BROKEN,
    EndingReason.MOVED_AWAY,
    EndingReason.DIED,
}


@dataclass(frozen=True)
class Course:
    state: str
    offered_on: date | None = None
    accepted_on: date | None = date(2026, 12, 1)
    started_on: date | None = STARTED
    ends_on: date | None = ENDS


@pytest.fixture(scope="module")
def programmes() -> ProgrammeDirectory:
    return ProgrammeDirectory.load(OURS, TenantDirectory.load(OURS))


def ltt(programmes: ProgrammeDirectory) -> ProgrammeVersion:
    return programmes.version_in_force("aarhus", "langtidsledige-tager-teten", on=STARTED)


def lejre(programmes: ProgrammeDirectory) -> ProgrammeVersion:
    return programmes.version_in_force("lejre", "personligt-borgerstyret-budget", on=STARTED)


def test_every_reason_of_the_field_has_a_name_in_both_languages() -> None:
    assert len(EndingReason) == 9
    assert set(ENDING_REASON_NAMES) == set(EndingReason)
    assert len({name.danish for name in ENDING_REASON_NAMES.values()}) == 9
    assert len({name.english for name in ENDING_REASON_NAMES.values()}) == 9


def test_before_a_plan_is_approved_the_plan_can_be_the_reason_and_the_months_cannot(
    programmes: ProgrammeDirectory,
) -> None:
    course = Course(EnrolmentState.RUN_IN, started_on=None, ends_on=None)
    found = reasons_for(course, ltt(programmes), on=date(2030, 1, 1))
    assert set(found) == ALWAYS | {EndingReason.NO_APPROVABLE_PLAN}


def test_the_months_are_the_reason_from_their_last_day_on(programmes: ProgrammeDirectory) -> None:
    course, rules = Course(EnrolmentState.ACTIVE), lejre(programmes)
    assert set(reasons_for(course, rules, on=ENDS)) == ALWAYS | {EndingReason.PERIOD_OVER}
    with pytest.raises(ReasonDoesNotFit) as caught:
        check_reason(EndingReason.PERIOD_OVER, course, rules, on=ENDS - timedelta(days=1))
    assert "løber til og med 2027-12-31" in caught.value.message.danish


def test_six_months_without_effect_is_a_reason_in_the_job_programme_only(
    programmes: ProgrammeDirectory,
) -> None:
    course, sixth_month_ends = Course(EnrolmentState.ACTIVE), date(2027, 6, 30)
    check_reason(EndingReason.NO_EFFECT, course, ltt(programmes), on=sixth_month_ends + timedelta(days=1))
    with pytest.raises(ReasonDoesNotFit, match="2027-06-30"):
        check_reason(EndingReason.NO_EFFECT, course, ltt(programmes), on=sixth_month_ends)
    with pytest.raises(ReasonDoesNotFit, match="no such reason"):
        check_reason(EndingReason.NO_EFFECT, course, lejre(programmes), on=ENDS)


def test_a_course_ends_between_the_yes_and_today() -> None:
    yes, today = date(2026, 1, 1), date(2026, 6, 1)
    for day in (yes, today):
        check_last_day(day, begun_on=yes, today=today)
    for day in (yes - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(EndOutsideCourse):
            check_last_day(day, begun_on=yes, today=today)
