"""The two clocks of an enrolment, and every deadline that the dated rules give; pure.

The run-in clock goes from the citizen's yes to the approval of the plan, and eats none of the
months. The drawing right's goes from that approval to its end. A deadline is a day, and the whole
of that day in Denmark is within it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from raaderum.enrolments.rules import EnrolmentState, end_of_months
from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from raaderum.programmes.rules import ProgrammeVersion


class LengthOutOfRange(InvalidInput):
    """A length of the drawing right that the programme does not allow."""

    code = "length_out_of_range"
    text = Text(
        "Trækningsretten skal vare mellem {least} og {most} måneder. Skriv et tal imellem.",
        "The drawing right must last between {least} and {most} months. Write a number between.",
    )


class DeadlineKind(StrEnum):
    """What must have happened by a deadline."""

    REFLECTION = "reflection"
    PLANNING = "planning"
    DRAWING_RIGHT = "drawing_right"


DEADLINE_NAMES: Final[Mapping[DeadlineKind, Text]] = {
    DeadlineKind.REFLECTION: Text("betænkningstiden slutter", "the time to think ends"),
    DeadlineKind.PLANNING: Text("planen skal være godkendt", "the plan must be approved"),
    DeadlineKind.DRAWING_RIGHT: Text("trækningsretten slutter", "the drawing right ends"),
}


class Course(Protocol):
    """What the clocks need to know of an enrolment."""

    @property
    def state(self) -> str:
        """Where it is."""
        ...

    @property
    def offered_on(self) -> date | None:
        """The day of the offer."""
        ...

    @property
    def accepted_on(self) -> date | None:
        """The day the citizen said yes."""
        ...

    @property
    def started_on(self) -> date | None:
        """The first day of the drawing right."""
        ...

    @property
    def ends_on(self) -> date | None:
        """The last day of the drawing right, as it stands now."""
        ...


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that must have happened by the end of a day."""

    kind: DeadlineKind
    last_day: date

    def is_past(self, *, on: date) -> bool:
        """Say whether the day is over on the day `on`."""
        return on > self.last_day

    def days_left(self, *, on: date) -> int:
        """Return how many days are left after `on`; below zero once the deadline is past."""
        return (self.last_day - on).days


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which nothing is spent, with its first and last day."""

    from_on: date
    until_on: date

    @property
    def days(self) -> int:
        """How many days it lasts, and how far it moves the end."""
        return (self.until_on - self.from_on).days + 1

    def covers(self, day: date) -> bool:
        """Say whether the day lies within the pause."""
        return self.from_on <= day <= self.until_on

    def overlaps(self, other: Pause) -> bool:
        """Say whether the two share a day."""
        return self.from_on <= other.until_on and other.from_on <= self.until_on


def check_length(months: int, *, least: int, most: int) -> None:
    """Raise `LengthOutOfRange` unless the months lie between the programme's, both included."""
    if not least <= months <= most:
        raise LengthOutOfRange(where="months", least=least, most=most)


def last_day_to_think(offered_on: date, reflection_days: int) -> date | None:
    """Return the last day of the reflection period; None where the programme has none."""
    return offered_on + timedelta(days=reflection_days) if reflection_days else None


def last_day_to_plan(accepted_on: date, planning_limit_days: int | None) -> date | None:
    """Return the last day for a plan to be approved; None where the programme has no limit."""
    return None if planning_limit_days is None else accepted_on + timedelta(days=planning_limit_days)


def end_of_drawing_right(
    started_on: date, months: int, *, pauses: Iterable[Pause] = (), extension_days: int = 0
) -> date:
    """Return the last day of a drawing right: its months, moved by each pause's length and by extensions."""
    moved = extension_days + sum(pause.days for pause in pauses)
    return end_of_months(started_on, months) + timedelta(days=moved)


def deadlines_of(enrolment: Course, rules: ProgrammeVersion) -> tuple[Deadline, ...]:
    """Return the deadlines that run for an enrolment where it is now."""
    last_day: date | None = None
    match EnrolmentState(enrolment.state):
        case EnrolmentState.OFFERED if enrolment.offered_on is not None:
            kind = DeadlineKind.REFLECTION
            last_day = last_day_to_think(enrolment.offered_on, rules.reflection_days)
        case EnrolmentState.RUN_IN if enrolment.accepted_on is not None:
            kind = DeadlineKind.PLANNING
            last_day = last_day_to_plan(enrolment.accepted_on, rules.planning_limit_days)
        case EnrolmentState.ACTIVE:
            kind, last_day = DeadlineKind.DRAWING_RIGHT, enrolment.ends_on
        case _:
            return ()
    return () if last_day is None else (Deadline(kind, last_day),)
