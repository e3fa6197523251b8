"""Interviews of the solution-focused kind (LØFT): when they are due, and what the citizen decides; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.enrolments.rules import UNDER_WAY, EnrolmentState
from raaderum.kernel.calendar import months_after
from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_SUMMARY: Final = 50_000
LONGEST_COMMENT: Final = 5_000


class InterviewKind(StrEnum):
    """The five, in their order."""

    BEFORE = "before"
    MIDWAY = "midway"
    END = "end"
    HALF_YEAR = "half_year"
    ONE_YEAR = "one_year"


class InterviewState(StrEnum):
    """What became of an interview; before that there is nothing."""

    HELD = "held"
    DECLINED = "declined"


class FollowUpWord(StrEnum):
    """What the citizen says to being contacted after the end."""

    YES = "yes"
    NO = "no"


class SummaryState(StrEnum):
    """What the citizen says to one version of a summary."""

    AWAITING = "awaiting"
    APPROVED = "approved"
    CHANGES_WANTED = "changes_wanted"


KIND_NAMES: Final[Mapping[InterviewKind, Text]] = {
    InterviewKind.BEFORE: Text("før start", "before the start"),
    InterviewKind.MIDWAY: Text("midtvejs", "midway"),
    InterviewKind.END: Text("afslutning", "end"),
    InterviewKind.HALF_YEAR: Text("et halvt år efter", "half a year after"),
    InterviewKind.ONE_YEAR: Text("et år efter", "one year after"),
}
STATE_NAMES: Final[Mapping[InterviewState, Text]] = {
    InterviewState.HELD: Text("holdt", "held"),
    InterviewState.DECLINED: Text("borgeren ønskede den ikke", "the citizen declined"),
}
SUMMARY_STATE_NAMES: Final[Mapping[SummaryState, Text]] = {
    SummaryState.AWAITING: Text("venter på borgerens godkendelse", "awaits the citizen's approval"),
    SummaryState.APPROVED: Text("godkendt af borgeren", "approved by the citizen"),
    SummaryState.CHANGES_WANTED: Text("borgeren ønsker ændringer", "the citizen wants changes"),
}
MONTHS_AFTER_END: Final[Mapping[InterviewKind, int]] = {
    InterviewKind.HALF_YEAR: 6,
    InterviewKind.ONE_YEAR: 12,
}
"""Follow-up: only where the citizen has agreed to it."""

OPEN_IN: Final[Mapping[InterviewKind, frozenset[EnrolmentState]]] = {
    InterviewKind.BEFORE: frozenset(UNDER_WAY),
    InterviewKind.MIDWAY: frozenset({EnrolmentState.ACTIVE}),
    InterviewKind.END: frozenset({EnrolmentState.ACTIVE, EnrolmentState.ENDED}),
    InterviewKind.HALF_YEAR: frozenset({EnrolmentState.ENDED}),
    InterviewKind.ONE_YEAR: frozenset({EnrolmentState.ENDED}),
}


@dataclass(frozen=True, slots=True)
class CourseDates:
    """The dates of a course that interviews hang on; None where it has not come so far."""

    accepted_on: date | None
    started_on: date | None
    ends_on: date | None
    ended_on: date | None
    has_died: bool = False


class FollowUpConsentMissing(RuleBroken):
    """A follow-up interview without the citizen's yes to being contacted after the end."""

    code = "follow_up_consent_missing"
    text = Text(
        "Borgeren har ikke sagt ja til opfølgning efter forløbet. Spørg borgeren først.",
        "The citizen has not agreed to follow-up after the course. Ask the citizen first.",
    )


class ConsentIsTheCitizens(RuleBroken):
    """Staff were about to register a yes after the citizen themselves had said no."""

    code = "consent_is_the_citizens"
    text = Text(
        "Borgeren har selv sagt nej til opfølgning. Kun borgeren selv kan sige ja igen.",
        "The citizen has said no to follow-up. Only the citizen can say yes again.",
    )


class InterviewNotHeld(RuleBroken):
    """A summary of an interview that has not been held."""

    code = "interview_not_held"
    text = Text(
        "Samtalen er ikke noteret som holdt. Notér først, hvornår den blev holdt.",
        "The interview is not recorded as held. Record first when it was held.",
    )


class InterviewHeldAlready(Conflict):
    """An interview that was held was to be held again, or declined."""

    code = "interview_held_already"
    text = Text("Samtalen er allerede holdt.", "The interview has been held already.")


class HeldInFuture(InvalidInput):
    """An interview dated after today."""

    code = "held_in_future"
    text = Text("Datoen ligger efter i dag. Ret den.", "The date lies after today. Correct it.")


class SummaryMissing(InvalidInput):
    """A summary or a comment without words, or with too many."""

    code = "summary_missing"
    text = Text(
        "Skriv teksten. Der er plads til {most} tegn.", "Write the text. There is room for {most} characters."
    )


class SummaryMovedOn(Conflict):
    """The citizen was about to decide on words that are no longer the newest, or were decided on."""

    code = "summary_moved_on"
    text = Text(
        "Referatet er skrevet om, eller der er allerede svaret på det. Læs det igen.",
        "The summary has been rewritten, or has been answered already. Read it again.",
    )


def due_on(kind: InterviewKind, dates: CourseDates) -> date | None:
    """Return the day on which an interview is due; None while, or where, it is not.

    Before: the day of the yes. Midway: half-way between the first and the last day. End: the last
    day. The two follow-ups: 6 and 12 calendar months after the day on which it ended. None of them
    for a citizen who has died.
    """
    if dates.has_died:
        return None
    match kind:
        case InterviewKind.BEFORE:
            return dates.accepted_on if dates.ended_on is None else None
        case InterviewKind.MIDWAY:
            return _midway(dates)
        case InterviewKind.END:
            return (dates.ended_on or dates.ends_on) if dates.started_on is not None else None
        case InterviewKind.HALF_YEAR | InterviewKind.ONE_YEAR:
            if dates.started_on is None or dates.ended_on is None:
                return None
            return months_after(dates.ended_on, MONTHS_AFTER_END[kind])


def _midway(dates: CourseDates) -> date | None:
    if dates.started_on is None or dates.ends_on is None or dates.ended_on is not None:
        return None
    return dates.started_on + (dates.ends_on - dates.started_on) // 2


def check_words(words: str, *, where: str, most: int) -> str:
    """Return `words` untouched; raise `SummaryMissing` where there are none or too many."""
    if not words.strip() or len(words) > most:
        raise SummaryMissing(where=where, most=most)
    return words


def check_decidable(state: SummaryState, version: int, newest: int) -> None:
    """Raise `SummaryMovedOn` unless it is the newest version, and the citizen has not answered yet."""
    if version != newest or state is not SummaryState.AWAITING:
        raise SummaryMovedOn(where="version")
