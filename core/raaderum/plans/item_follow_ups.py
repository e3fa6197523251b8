"""Three months after a thing was bought: did it do what was thought? Pure.

The reason for asking: those who bought equipment and instruments moved less than those who bought courses.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.calendar import months_after
from raaderum.kernel.errors import Conflict, InvalidInput
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

MONTHS_UNTIL_ASKED: Final = 3
FEWEST_DAYS: Final = 89
"""Of three months: those from the first of February to the first of May."""
LONGEST_ANSWER: Final = 5_000


class ItemOutcome(StrEnum):
    """Whether a thing did what the citizen thought it would."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_YET = "not_yet"


OUTCOME_NAMES: Final[Mapping[ItemOutcome, Text]] = {
    ItemOutcome.YES: Text("ja", "yes"),
    ItemOutcome.PARTLY: Text("delvist", "partly"),
    ItemOutcome.NO: Text("nej", "no"),
    ItemOutcome.NOT_YET: Text("ikke endnu", "not yet"),
}


class FollowUpNotDue(Conflict):
    """The item has not been bought for long enough, or was answered for already."""

    code = "follow_up_not_due"
    text = Text(
        "Der er ikke noget at svare på nu: posten er ikke købt, først købt for nylig, eller alt er besvaret.",
        "There is nothing to answer now: the item has not been bought, only recently, or all is answered.",
    )


class AnswerTooLong(InvalidInput):
    """More words than there is room for."""

    code = "follow_up_too_long"
    text = Text(
        "Svaret fylder {length} tegn; der er plads til {most}.",
        "The answer has {length} characters; there is room for {most}.",
    )


def asked_on(start: date) -> date:
    """Return the day three months later; the last of the month where it is shorter."""
    return months_after(start, MONTHS_UNTIL_ASKED)


def due_on(bought_on: date, answers: Sequence[tuple[date, ItemOutcome]]) -> date | None:
    """Return when the item is to be asked about; None where nothing is open any more.

    `answers` are those so far, with the day they were given, oldest first: after “not yet” it falls due
    again three months later, any other answer is the last.
    """
    if not answers:
        return asked_on(bought_on)
    answered_on, outcome = answers[-1]
    return asked_on(answered_on) if outcome is ItemOutcome.NOT_YET else None


def check_answer(words: str) -> None:
    """Raise `AnswerTooLong`."""
    if len(words) > LONGEST_ANSWER:
        raise AnswerTooLong(where="words", length=len(words), most=LONGEST_ANSWER)
