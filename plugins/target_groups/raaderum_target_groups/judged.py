"""How one condition comes out, and how that is said to a caseworker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from raaderum.plugin_api import CriterionOutcome, Question, ScreeningFacts, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

MET: Final = CriterionOutcome.MET
NOT_MET: Final = CriterionOutcome.NOT_MET
NEEDS_JUDGEMENT: Final = CriterionOutcome.NEEDS_JUDGEMENT


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome with whole sentences as reasons, and the topics that have to be asked about first."""

    outcome: CriterionOutcome
    reasons: tuple[Text, ...] = ()
    ask_about: tuple[Text, ...] = ()

    @property
    def reason(self) -> Text:
        """All of it as one text: the sentences, then what is not known yet."""
        sentences = [*self.reasons, *([_not_known_yet(self.ask_about)] if self.ask_about else [])]
        return Text(
            " ".join(sentence.danish for sentence in sentences),
            " ".join(sentence.english for sentence in sentences),
        )


class Condition(Protocol):
    """Something that holds for a citizen, does not hold, or needs judgement."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What has to be asked, in order; empty where the answer is known from elsewhere."""
        ...

    def judge(self, facts: ScreeningFacts) -> Judged:
        """Say how the condition comes out. Never raises, whatever was answered."""
        ...


def unusable(topic: Text, how: Text) -> Judged:
    """Say that an answer is of the wrong kind. Never repeats it: nobody knows what was typed there."""
    reason = Text(
        f"Svaret om {topic.danish} kan ikke bruges: svar med {how.danish}.",
        f"The answer about {topic.english} cannot be used: answer with {how.english}.",
    )
    return Judged(NEEDS_JUDGEMENT, (reason,))


def listed(texts: Sequence[Text], *, danish: str, english: str) -> Text:
    """Join texts as people list things: with commas, and the word for "and" or "or" before the last."""
    return Text(
        _joined([text.danish for text in texts], danish),
        _joined([text.english for text in texts], english),
    )


def _not_known_yet(topics: Sequence[Text]) -> Text:
    topic = listed(topics, danish="og", english="and")
    return Text(
        f"Vides ikke endnu: spørg ind til {topic.danish}.", f"Not known yet: ask about {topic.english}."
    )


def _joined(parts: Sequence[str], last_word: str) -> str:
    *rest, last = parts
    return f"{', '.join(rest)} {last_word} {last}" if rest else last
