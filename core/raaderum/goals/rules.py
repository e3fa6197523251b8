"""Goals: categories, and how many sub-goals there can be; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import InvalidInput, RuleBroken
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WORDS: Final = 20_000


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
