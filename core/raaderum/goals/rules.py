"""Goals: categories, and how many sub-goals there can be; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import InvalidInput, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WORDS: Final = 20_000
MOST_WISHES: Final = 200
MOST_STRATEGY_LINES: Final = 100


class GoalCategory(StrEnum):
    """The national evaluation's eight categories; a goal can have several."""

    EDUCATION_AND_EMPLOYMENT = "education_and_employment"
    FINANCIAL_SELF_MANAGEMENT = "financial_self_management"
    SELF_WORTH = "self_worth"
    HEALTH = "health"
    FREEDOM_FROM_DRUGS = "freedom_from_drugs"
    HOUSING = "housing"
    SOCIAL_RELATIONS = "social_relations"
    INDEPENDENCE = "independence"


CATEGORY_NAMES: Final[Mapping[GoalCategory, Text]] = {
    GoalCategory.EDUCATION_AND_EMPLOYMENT: Text("uddannelse og beskæftigelse", "education and employment"),
    GoalCategory.FINANCIAL_SELF_MANAGEMENT: Text(
        "styr på økonomien og gældfrihed", "financial self-management and freedom from debt"
    ),
    GoalCategory.SELF_WORTH: Text(
        "selvtillid, selvværd eller trivsel", "self-confidence, self-worth or well-being"
    ),
    GoalCategory.HEALTH: Text("psykisk og/eller fysisk sundhed", "mental and/or physical health"),
    GoalCategory.FREEDOM_FROM_DRUGS: Text("frihed fra stoffer og alkohol", "freedom from drugs and alcohol"),
    GoalCategory.HOUSING: Text("bolig", "housing"),
    GoalCategory.SOCIAL_RELATIONS: Text("sociale relationer", "social relations"),
    GoalCategory.INDEPENDENCE: Text("selvstændighed", "independence"),
}


class WishChoice(StrEnum):
    """What has become of a wish: everything is written down first, and chosen among afterwards."""

    OPEN = "open"
    CHOSEN = "chosen"
    SET_ASIDE = "set_aside"


WISH_CHOICE_NAMES: Final[Mapping[WishChoice, Text]] = {
    WishChoice.OPEN: Text("ikke valgt endnu", "not chosen yet"),
    WishChoice.CHOSEN: Text("valgt", "chosen"),
    WishChoice.SET_ASIDE: Text("lagt til side", "set aside"),
}


class StrategyKind(StrEnum):
    """The three parts of the personal strategy."""

    CONTINUE = "continue"
    STOP = "stop"
    START = "start"


STRATEGY_NAMES: Final[Mapping[StrategyKind, Text]] = {
    StrategyKind.CONTINUE: Text("Det vil jeg fortsætte med", "This I want to continue"),
    StrategyKind.STOP: Text("Det vil jeg holde op med", "This I want to stop"),
    StrategyKind.START: Text("Det vil jeg begynde på", "This I want to start"),
}


class StrategyState(StrEnum):
    """Whether a line of the strategy still lives."""

    LIVING = "living"
    DONE = "done"
    DROPPED = "dropped"


STRATEGY_STATE_NAMES: Final[Mapping[StrategyState, Text]] = {
    StrategyState.LIVING: Text("i gang", "under way"),
    StrategyState.DONE: Text("lykkedes", "succeeded"),
    StrategyState.DROPPED: Text("lagt væk", "dropped"),
}


class WordsMissing(InvalidInput):
    """A goal without words."""

    code = "words_missing"
    text = Text("Skriv målet med borgerens egne ord.", "Write the goal in the citizen's own words.")


class WordsTooLong(InvalidInput):
    """A goal longer than a small book."""

    code = "words_too_long"
    text = Text(
        "Teksten fylder {length} tegn; der er plads til {most}.",
        "The text has {length} characters; there is room for {most}.",
    )


class TooManySubGoals(RuleBroken):
    """A sixth sub-goal."""

    code = "too_many_sub_goals"
    text = Text(
        "Et forløb kan højst have {most} delmål. Skriv et af de nuværende om i stedet.",
        "An enrolment can have at most {most} sub-goals. Rewrite one of the present ones instead.",
    )


class WordsAreTheCitizens(RuleBroken):
    """Staff tried to take the dream down a second time: from then on its words are the citizen's alone."""

    code = "words_are_the_citizens"
    text = Text(
        "Drømmen står allerede med borgerens ord. Kun borgeren selv kan skrive den om.",
        "The dream stands in the citizen's words already. Only the citizen can rewrite it.",
    )


class ListFull(RuleBroken):
    """A list of wishes or of the strategy longer than anybody reads."""

    code = "list_full"
    text = Text(
        "Listen har {most} linjer og er fuld. Saml nogle af dem.",
        "The list has {most} lines and is full. Join some of them.",
    )


class RecipientMissing(InvalidInput):
    """A release of the words to nobody."""

    code = "recipient_missing"
    text = Text(
        "Skriv, hvem der må få ordene, for eksempel »Jobcentret«. Højst {most} tegn.",
        "Write who may have the words, for example “Jobcentret”. At most {most} characters.",
    )


class WordsNotReleased(RuleBroken):
    """The citizen has taken their release back."""

    code = "words_not_released"
    text = Text(
        "Borgeren har trukket sin tilladelse tilbage. Spørg borgeren, før ordene gives videre.",
        "The citizen has taken the release back. Ask the citizen before the words are passed on.",
    )


class GoalMissing(RuleBroken):
    """A sub-goal or plan without a long-term goal to lead to."""

    code = "goal_missing"
    text = Text("Skriv drømmen og et delmål ned først.", "Write the dream and a sub-goal down first.")


def check_words(words: str) -> str:
    """Return `words` untouched, to the letter; raise where there are none or far too many."""
    if not words.strip():
        raise WordsMissing(where="words")
    if len(words) > LONGEST_WORDS:
        raise WordsTooLong(where="words", length=len(words), most=LONGEST_WORDS)
    return words
