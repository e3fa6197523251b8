"""Group courses: meetings, participants and attendance; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.text import Text
from raaderum.programmes.selections import Arm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from raaderum.programmes.rules import ProgrammeVersion

LONGEST_TITLE: Final = 200
MOST_SESSIONS: Final = 20


class AttendanceMark(StrEnum):
    """Whether somebody came."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


MARK_NAMES: Final[Mapping[AttendanceMark, Text]] = {
    AttendanceMark.PRESENT: Text("kom", "came"),
    AttendanceMark.ABSENT: Text("udeblev", "did not come"),
    AttendanceMark.EXCUSED: Text("meldte afbud", "excused"),
}


class CourseIncomplete(InvalidInput):
    """A course without a title, or without meetings, or with one that lacks its title."""

    code = "course_incomplete"
    text = Text(
        "Skriv, hvad forløbet hedder, og mindst ét møde med navn og dato (højst {most}).",
        "Write what the course is called, and at least one meeting with its name and date (at most {most}).",
    )


class OtherProgramme(RuleBroken):
    """The citizen is in another programme than the course."""

    code = "other_programme"
    text = Text(
        "Borgeren er i en anden ordning end gruppeforløbet.",
        "The citizen is in another programme than the group course.",
    )


class AlreadyOnCourse(Conflict):
    """The citizen is on the course already."""

    code = "already_on_course"
    text = Text("Borgeren er allerede på gruppeforløbet.", "The citizen is on the group course already.")


class GroupCourseMissing(RuleBroken):
    """The first plan was to be approved before the citizen has been on the obligatory group course."""

    code = "group_course_missing"
    text = Text(
        "Ordningen har et obligatorisk gruppeforløb. Notér, at borgeren kom til alle møder eller meldte "
        "afbud, før planen godkendes. Det gøres på siden »Gruppeforløb«.",
        "The programme has an obligatory group course. Note that the citizen came to every meeting or was "
        "excused before the plan is approved. That is done on the page “Group courses”.",
    )


class SessionAhead(RuleBroken):
    """Attendance at a meeting that has not been held yet."""

    code = "session_ahead"
    text = Text(
        "Mødet er først {held_on}. Notér fremmøde på dagen eller senere.",
        "The meeting is not until {held_on}. Note attendance on the day or later.",
    )


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """A meeting to plan."""

    title: str
    held_on: date


def check_course(title: str, sessions: Sequence[SessionDraft]) -> str:
    """Return the title without space around it; raise `CourseIncomplete`."""
    titles = [title, *(session.title for session in sessions)]
    fits = all(0 < len(one.strip()) <= LONGEST_TITLE for one in titles)
    if not fits or not 0 < len(sessions) <= MOST_SESSIONS:
        raise CourseIncomplete(where="sessions", most=MOST_SESSIONS)
    return title.strip()


def is_missing(mark: AttendanceMark | None, *, held_on: date, today: date) -> bool:
    """Say whether somebody has missed a meeting that was held: the course is obligatory."""
    return held_on < today and mark is not AttendanceMark.PRESENT


def asks_for_course(rules: ProgrammeVersion, *, arm: str | None) -> bool:
    """Say whether a citizen must have been on a group course: not one whose own course is individual."""
    return bool(rules.group_course) and arm != Arm.INDIVIDUAL


def is_through(marks: Iterable[AttendanceMark | None]) -> bool:
    """Say whether somebody has been through a course, by the mark for each of its meetings."""
    return all(mark in {AttendanceMark.PRESENT, AttendanceMark.EXCUSED} for mark in marks)
