"""Pauses and extensions of the drawing right: grounds, limits and errors; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from raaderum.enrolments.clocks import Pause

LONGEST_CHANGE: Final = 366
"""Days that one pause or one extension can have; a longer one is a new decision."""


class ChangeKind(StrEnum):
    """How the end of the drawing right is moved."""

    PAUSE = "pause"
    EXTENSION = "extension"


class ChangeGround(StrEnum):
    """Why the drawing right is paused or extended."""

    ILLNESS = "illness"
    TREATMENT = "treatment"
    IMPRISONMENT = "imprisonment"
    FAMILY = "family"
    DELAYED_DELIVERY = "delayed_delivery"
    OTHER = "other"


CHANGE_KIND_NAMES: Final[Mapping[ChangeKind, Text]] = {
    ChangeKind.PAUSE: Text("pause", "pause"),
    ChangeKind.EXTENSION: Text("forlængelse", "extension"),
}

GROUND_NAMES: Final[Mapping[ChangeGround, Text]] = {
    ChangeGround.ILLNESS: Text("sygdom", "illness"),
    ChangeGround.TREATMENT: Text("behandling eller indlæggelse", "treatment or admission to hospital"),
    ChangeGround.IMPRISONMENT: Text("afsoning", "imprisonment"),
    ChangeGround.FAMILY: Text("barsel eller hændelser i familien", "parental leave or events in the family"),
    ChangeGround.DELAYED_DELIVERY: Text("leverandøren er forsinket", "the supplier is late"),
    ChangeGround.OTHER: Text("andet", "other"),
}


class OnPause(RuleBroken):
    """Something was to be spent during a pause."""

    code = "course_on_pause"
    text = Text(
        "Forløbet er på pause til og med {last}. Nye køb må vente, eller pausen må afsluttes først.",
        "The course is on pause through {last}. New purchases must wait, or the pause be ended first.",
    )


class PauseOverlaps(Conflict):
    """A pause that shares a day with another."""

    code = "pause_overlaps"
    text = Text(
        "Der er allerede en pause fra {first} til {last}. Vælg dage uden for den.",
        "There is already a pause from {first} to {last}. Choose days outside it.",
    )


class PauseOutsideCourse(InvalidInput):
    """A pause that ends before it begins, begins outside the drawing right, or lasts too long."""

    code = "pause_outside_course"
    text = Text(
        "Pausen skal begynde mellem {first} og {last} og vare mellem 1 og {most} dage.",
        "The pause must begin between {first} and {last} and last between 1 and {most} days.",
    )


class NoPauseThen(NotFound):
    """The citizen was to be back from a pause on a day that no pause covers."""

    code = "no_pause_then"
    text = Text(
        "Der er ingen pause, som {day} ligger i. Vælg en dag efter pausens første.",
        "There is no pause that {day} lies in. Choose a day after the first of the pause.",
    )


class ExtensionOutOfRange(RuleBroken):
    """An extension beyond what the programme allows in all."""

    code = "extension_out_of_range"
    text = Text(
        "Der kan forlænges med mellem 1 og {most} dage; {taken} dage er brugt allerede.",
        "The extension can have between 1 and {most} days; {taken} days have been used already.",
    )


class ExtensionNeedsTeamLeader(NotAllowed):
    """The programme has no rule on extensions, so each is a team leader's decision."""

    code = "extension_needs_team_leader"
    text = Text(
        "Ordningen har ingen fast grænse for forlængelse, så en teamleder skal beslutte den.",
        "The programme has no set limit for extensions, so a team leader must decide.",
    )


class GroundNoteMissing(InvalidInput):
    """The ground “other” without a word on what it is."""

    code = "ground_note_missing"
    text = Text("Skriv, hvad grunden er.", "Write what the ground is.")


def check_ground(ground: ChangeGround, note: str) -> None:
    """Raise `GroundNoteMissing` for the ground “other” without words."""
    if ground is ChangeGround.OTHER and not note.strip():
        raise GroundNoteMissing(where="note")


def check_pause(wanted: Pause, others: Iterable[Pause], *, started_on: date, ends_on: date) -> None:
    """Raise unless the pause begins within the drawing right and shares no day with another."""
    if not started_on <= wanted.from_on <= ends_on or not 1 <= wanted.days <= LONGEST_CHANGE:
        raise PauseOutsideCourse(where="from_on", first=started_on, last=ends_on, most=LONGEST_CHANGE)
    for other in others:
        if wanted.overlaps(other):
            raise PauseOverlaps(where="from_on", first=other.from_on, last=other.until_on)


def check_extension(days: int, *, taken: int, most_in_all: int | None, is_team_leader: bool) -> None:
    """Raise unless the extension keeps within the programme's rule, or a team leader decides without one."""
    if most_in_all is None and not is_team_leader:
        raise ExtensionNeedsTeamLeader(where="days")
    most = LONGEST_CHANGE if most_in_all is None else max(most_in_all - taken, 0)
    if not 1 <= days <= most:
        raise ExtensionOutOfRange(where="days", most=most, taken=taken)
