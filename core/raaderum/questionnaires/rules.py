"""Questionnaires at start and end: the scales word for word, and what two answers say together; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.enrolments.rules import UNDER_WAY, EnrolmentState
from raaderum.kernel.errors import Conflict, InvalidInput, NotAllowed
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LONGEST_COMMENT: Final = 5_000


class Moment(StrEnum):
    """When a questionnaire is answered."""

    START = "start"
    END = "end"


class Respondent(StrEnum):
    """Who answers; always the two, each by themselves."""

    CITIZEN = "citizen"
    SUPPORT_PERSON = "support_person"


class Distance(StrEnum):
    """How far the citizen says it is to the long-term goal, from the farthest to the goal itself."""

    VERY_FAR = "very_far"
    FAR = "far"
    SOME_WAY = "some_way"
    CLOSE = "close"
    ACHIEVED = "achieved"


class Degree(StrEnum):
    """To what degree the support person believes that the goal will be, or was, reached; highest first."""

    VERY_HIGH = "very_high"
    HIGH = "high"
    PARTLY = "partly"
    LESSER = "lesser"
    LOW = "low"


class AnswerState(StrEnum):
    """What a respondent did; before that there is nothing."""

    ANSWERED = "answered"
    DECLINED = "declined"


class Way(StrEnum):
    """How an answer came in."""

    SELF = "self"
    PAPER = "paper"
    IMPORTED = "imported"


class Movement(StrEnum):
    """Where the citizen went, by their own two answers."""

    ACHIEVED = "achieved"
    CLOSER = "closer"
    THE_SAME = "the_same"
    FURTHER_AWAY = "further_away"
    NOT_COMPARABLE = "not_comparable"
    """One of the two answers is missing or was declined."""


class Gap(StrEnum):
    """How the two see the same end."""

    ALIKE = "alike"
    CITIZEN_BRIGHTER = "citizen_brighter"
    SUPPORT_PERSON_BRIGHTER = "support_person_brighter"


RESPONDENT_NAMES: Final[Mapping[Respondent, Text]] = {
    Respondent.CITIZEN: Text("borgeren", "the citizen"),
    Respondent.SUPPORT_PERSON: Text("støttepersonen", "the support person"),
}
RATING_NAMES: Final[Mapping[str, Text]] = {
    Distance.VERY_FAR: Text("meget langt fra", "very far"),
    Distance.FAR: Text("langt fra", "far"),
    Distance.SOME_WAY: Text("et stykke fra", "some way"),
    Distance.CLOSE: Text("tæt på", "close"),
    Distance.ACHIEVED: Text("opnået", "achieved"),
    Degree.VERY_HIGH: Text("i meget høj grad", "to a very high degree"),
    Degree.HIGH: Text("i høj grad", "to a high degree"),
    Degree.PARTLY: Text("delvist", "partly"),
    Degree.LESSER: Text("i mindre grad", "to a lesser degree"),
    Degree.LOW: Text("i lav grad", "to a low degree"),
}
"""The words of both scales; no code stands on both."""
STATE_NAMES: Final[Mapping[AnswerState, Text]] = {
    AnswerState.ANSWERED: Text("besvaret", "answered"),
    AnswerState.DECLINED: Text("ønskede ikke at svare", "declined to answer"),
}
MOVEMENT_NAMES: Final[Mapping[Movement, Text]] = {
    Movement.ACHIEVED: Text("målet er opnået", "the goal is achieved"),
    Movement.CLOSER: Text("tættere på målet", "closer to the goal"),
    Movement.THE_SAME: Text("hverken tættere på eller længere fra målet", "the same distance as before"),
    Movement.FURTHER_AWAY: Text("længere fra målet", "further away from the goal"),
    Movement.NOT_COMPARABLE: Text("kan ikke sammenlignes", "cannot be compared"),
}
GAP_NAMES: Final[Mapping[Gap, Text]] = {
    Gap.ALIKE: Text("De to ser ens på det.", "The two see it alike."),
    Gap.CITIZEN_BRIGHTER: Text(
        "Borgeren ser lysere på det end støttepersonen. Forskel på skalaen: {steps} trin.",
        "The citizen sees it brighter than the support person. Steps apart on the scale: {steps}.",
    ),
    Gap.SUPPORT_PERSON_BRIGHTER: Text(
        "Støttepersonen ser lysere på det end borgeren. Forskel på skalaen: {steps} trin.",
        "The support person sees it brighter than the citizen. Steps apart on the scale: {steps}.",
    ),
}
QUESTIONS: Final[Mapping[tuple[Moment, Respondent], Text]] = {
    (Moment.START, Respondent.CITIZEN): Text(
        "Hvor langt er du fra dit langsigtede mål i dag?", "How far are you from your long-term goal today?"
    ),
    (Moment.END, Respondent.CITIZEN): Text(
        "Hvor langt er du fra dit langsigtede mål nu?", "How far are you from your long-term goal now?"
    ),
    (Moment.START, Respondent.SUPPORT_PERSON): Text(
        "I hvor høj grad tror du, at borgeren når sit langsigtede mål i løbet af forløbet?",
        "To what degree do you believe that the citizen will reach the long-term goal during the course?",
    ),
    (Moment.END, Respondent.SUPPORT_PERSON): Text(
        "I hvor høj grad vurderer du, at borgeren har opnået sit langsigtede mål?",
        "To what degree do you judge that the citizen has reached the long-term goal?",
    ),
}
SCALES: Final[Mapping[tuple[Moment, Respondent], tuple[Distance, ...] | tuple[Degree, ...]]] = {
    (Moment.START, Respondent.CITIZEN): (Distance.VERY_FAR, Distance.FAR, Distance.SOME_WAY, Distance.CLOSE),
    (Moment.END, Respondent.CITIZEN): tuple(Distance),
    (Moment.START, Respondent.SUPPORT_PERSON): tuple(Degree),
    (Moment.END, Respondent.SUPPORT_PERSON): tuple(Degree),
}
"""“Achieved” is no answer at the start: a goal that is reached already is none."""

OPEN_IN: Final[Mapping[Moment, frozenset[EnrolmentState]]] = {
    Moment.START: frozenset(UNDER_WAY),
    Moment.END: frozenset({EnrolmentState.ACTIVE, EnrolmentState.ENDED}),
}
END_ASKED_MONTHS_BEFORE: Final = 2
"""From when the end questionnaire is asked for; it can be answered earlier."""


class RatingOutsideScale(InvalidInput):
    """A rating that this respondent cannot give at this moment."""

    code = "rating_outside_scale"
    text = Text(
        "»{given}« er ikke et af svarene. Vælg: {allowed}.",
        "“{given}” is not one of the answers. Choose: {allowed_english}.",
    )


class NotTheirQuestionnaire(NotAllowed):
    """Somebody was about to answer in another's place."""

    code = "not_their_questionnaire"
    text = Text(
        "Det er {respondent}, der svarer på dette spørgeskema. Papirsvar skrives ind af en koordinator, "
        "der ikke selv er støtteperson i sagen.",
        "This questionnaire is answered by {respondent_english}. Answers on paper are registered by a "
        "coordinator who is not the support person of the case.",
    )


class AnswersClosed(Conflict):
    """An answer was to be changed after both were in."""

    code = "answers_closed"
    text = Text(
        "Begge har svaret, så svaret kan ikke længere rettes. Skriv det ned ved næste samtale i stedet.",
        "Both have answered, so the answer can no longer be corrected. Write it down at the next "
        "conversation instead.",
    )


class AnsweredInFuture(InvalidInput):
    """An answer dated after today."""

    code = "answered_in_future"
    text = Text("Datoen ligger efter i dag. Ret den.", "The date lies after today. Correct it.")


class CommentTooLong(InvalidInput):
    """A comment longer than anybody reads."""

    code = "comment_too_long"
    text = Text(
        "Der er plads til {most} tegn. Skriv kortere.", "There is room for {most} characters. Write less."
    )


def check_rating(given: str, *, moment: Moment, respondent: Respondent) -> Distance | Degree:
    """Return the rating called `given` on the respondent's scale; raise `RatingOutsideScale`."""
    scale = SCALES[moment, respondent]
    for rating in scale:
        if rating.value == given:
            return rating
    raise RatingOutsideScale(
        where="rating",
        given=given[:40],
        allowed=", ".join(f"{RATING_NAMES[one].danish} ({one.value})" for one in scale),
        allowed_english=", ".join(f"{RATING_NAMES[one].english} ({one.value})" for one in scale),
    )


def check_answered_on(answered_on: date, *, today: date) -> None:
    """Raise `AnsweredInFuture` for a day that has not come."""
    if answered_on > today:
        raise AnsweredInFuture(where="answered_on")


def check_change(before: AnswerState | None, other: AnswerState | None, wanted: AnswerState) -> None:
    """Raise `AnswersClosed` unless a respondent who did `before` may do `wanted` beside the other's `other`.

    Until both are in, anything can be corrected. After that only a decline can become an answer:
    nobody who said no is held to it.
    """
    is_late_answer = before is AnswerState.DECLINED and wanted is AnswerState.ANSWERED
    if before is not None and other is not None and not is_late_answer:
        raise AnswersClosed(where="rating")


def is_after_sight(before: AnswerState | None, other: AnswerState | None) -> bool:
    """Say whether a respondent who did `before` could see the other's answer when answering now."""
    return before is not None and other is AnswerState.ANSWERED


def movement(start: Distance | None, end: Distance | None) -> Movement:
    """Return where the citizen went between their two answers; None is an answer that was not given."""
    if start is None or end is None:
        return Movement.NOT_COMPARABLE
    if end is Distance.ACHIEVED:
        return Movement.ACHIEVED
    steps = _step(end) - _step(start)
    if steps == 0:
        return Movement.THE_SAME
    return Movement.CLOSER if steps > 0 else Movement.FURTHER_AWAY


def gap_at_end(citizen: Distance, support_person: Degree) -> tuple[Gap, int]:
    """Return who sees the end brighter, and by how many steps of the two five-step scales.

    At the start the two answer different questions, how far it is and whether it will be reached,
    and there is nothing to compare.
    """
    steps = _step(citizen) - (len(Degree) - 1 - list(Degree).index(support_person))
    if steps == 0:
        return Gap.ALIKE, 0
    return (Gap.CITIZEN_BRIGHTER if steps > 0 else Gap.SUPPORT_PERSON_BRIGHTER), abs(steps)


def other_than(respondent: Respondent) -> Respondent:
    """Return the other of the two."""
    return Respondent.CITIZEN if respondent is Respondent.SUPPORT_PERSON else Respondent.SUPPORT_PERSON


def _step(distance: Distance) -> int:
    return list(Distance).index(distance)
