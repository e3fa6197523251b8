from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from raaderum.courses.rules import AttendanceMark, asks_for_course, is_through
from raaderum.programmes.selections import Arm

if TYPE_CHECKING:
    from raaderum.programmes.rules import ProgrammeVersion

CAME, EXCUSED, ABSENT = AttendanceMark.PRESENT, AttendanceMark.EXCUSED, AttendanceMark.ABSENT


@pytest.mark.parametrize(
    ("marks", "through"),
    [
        ([CAME, CAME, CAME], True),
        ([CAME, EXCUSED], True),
        ([CAME, None], False),
        ([CAME, ABSENT], False),
        ([None, None], False),
    ],
    ids=["came", "excused", "not noted", "did not come", "nothing noted"],
)
def test_through_a_course_is_who_came_to_every_meeting_or_was_excused(
    marks: list[AttendanceMark | None], *, through: bool
) -> None:
    assert is_through(marks) is through


@pytest.mark.parametrize(
    ("group_course", "arm", "asked"),
    [
        (True, None, True),
        (True, Arm.GROUP, True),
        (True, Arm.INDIVIDUAL, False),
        (False, Arm.GROUP, False),
        (None, None, False),
    ],
    ids=["all", "collective arm", "individual arm", "said no", "silent"],
)
def test_a_group_course_is_asked_for_where_the_programme_says_so_but_not_on_the_individual_arm(
    *, group_course: bool | None, arm: Arm | None, asked: bool
) -> None:
    rules = cast("ProgrammeVersion", SimpleNamespace(group_course=group_course))
    assert asks_for_course(rules, arm=arm) is asked
