"""Conditions on what is counted or chosen: the age, a number of months, one of several choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from raaderum.plugin_api import Question, ScreeningFacts, Text
from raaderum_target_groups.judged import MET, NEEDS_JUDGEMENT, NOT_MET, Judged, listed, unusable

_OLDEST_HUMAN: Final = 125
_LONGEST_IN_MONTHS: Final = _OLDEST_HUMAN * 12


@dataclass(frozen=True, slots=True)
class AgeBetween:
    """The age in whole years on the day of the screening; both ends count, `oldest` None is no end."""

    youngest: int
    oldest: int | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """Nothing is asked: the age comes from the citizen's master data."""
        return ()

    def judge(self, facts: ScreeningFacts) -> Judged:
        """Compare the age; one that no human has needs judgement."""
        age = _whole_number(facts.age, _OLDEST_HUMAN)
        if age is None:
            return Judged(
                NEEDS_JUDGEMENT, ask_about=(Text("borgerens fødselsdato", "the citizen's date of birth"),)
            )
        within = self.youngest <= age and (self.oldest is None or age <= self.oldest)
        return Judged(MET if within else NOT_MET, (self._reason(age),))

    def _reason(self, age: int) -> Text:
        if self.oldest is None:
            return Text(
                f"Borgeren er {age} år; kravet er mindst {self.youngest} år.",
                f"The citizen is {age}; the requirement is {self.youngest} or over.",
            )
        return Text(
            f"Borgeren er {age} år; kravet er {self.youngest}–{self.oldest} år, begge inklusive.",
            f"The citizen is {age}; the requirement is {self.youngest}–{self.oldest}, both included.",
        )


@dataclass(frozen=True, slots=True)
class MoreThanMonths:
    """A number of months above `limit`. A month that has begun counts, so the limit itself is too few.

    `finding` is the sentence for the reason, with the placeholders `{months}` and `{limit}`.
    """

    limit: int
    question: Question
    topic: Text
    finding: Text

    @property
    def questions(self) -> tuple[Question, ...]:
        """The question about the number of months."""
        return (self.question,)

    def judge(self, facts: ScreeningFacts) -> Judged:
        """Compare the months; anything but a believable whole number needs judgement."""
        answer = facts.answers.get(self.question.name)
        if answer is None:
            return Judged(NEEDS_JUDGEMENT, ask_about=(self.topic,))
        months = _whole_number(answer, _LONGEST_IN_MONTHS)
        if months is None:
            how = Text("et helt antal måneder", "a whole number of months")
            return unusable(self.topic, how)
        reason = self.finding.filled(months=months, limit=self.limit)
        return Judged(MET if months > self.limit else NOT_MET, (reason,))


@dataclass(frozen=True, slots=True)
class OneOfChoices:
    """A question with choices, of which only the `accepted` ones will do.

    `finding` is the sentence for the reason, with the placeholders `{chosen}` and `{accepted}`.
    """

    question: Question
    accepted: tuple[str, ...]
    topic: Text
    finding: Text

    @property
    def questions(self) -> tuple[Question, ...]:
        """The question with its choices."""
        return (self.question,)

    def judge(self, facts: ScreeningFacts) -> Judged:
        """Compare the choice; one that is not on the list needs judgement."""
        answer = facts.answers.get(self.question.name)
        if answer is None:
            return Judged(NEEDS_JUDGEMENT, ask_about=(self.topic,))
        if not isinstance(answer, str) or answer not in self.question.choices:
            return unusable(self.topic, Text("en af mulighederne", "one of the choices"))
        return Judged(MET if answer in self.accepted else NOT_MET, (self._reason(answer),))

    def _reason(self, answer: str) -> Text:
        chosen = self.question.choices[answer]
        accepted = listed(
            [self.question.choices[choice] for choice in self.accepted], danish="eller", english="or"
        )
        return Text(
            self.finding.danish.format(chosen=chosen.danish, accepted=accepted.danish),
            self.finding.english.format(chosen=chosen.english, accepted=accepted.english),
        )


def _whole_number(given: object, largest: int) -> int | None:
    """Return a believable whole number, or None; `True` is an answer of another kind, not 1."""
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= largest:
        return None
    return given
