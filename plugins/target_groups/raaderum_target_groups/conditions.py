"""Conditions that a yes or a no decides, and "at least one of"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raaderum.plugin_api import Question, ScreeningFacts, Text
from raaderum_target_groups.judged import MET, NEEDS_JUDGEMENT, NOT_MET, Condition, Judged, unusable

if TYPE_CHECKING:
    from raaderum_target_groups.circumstances import Circumstance


@dataclass(frozen=True, slots=True)
class _AboutOne:
    """What a condition about one circumstance is made of."""

    circumstance: Circumstance

    @property
    def questions(self) -> tuple[Question, ...]:
        """The one question about the circumstance."""
        return (self.circumstance.question,)


@dataclass(frozen=True, slots=True)
class Holds(_AboutOne):
    """A circumstance that must be there."""

    def judge(self, facts: ScreeningFacts) -> Judged:
        """A yes is met, a no is not met."""
        return _by_answer(self.circumstance, facts, wanted=True)


@dataclass(frozen=True, slots=True)
class HoldsNot(_AboutOne):
    """A circumstance that must not be there."""

    def judge(self, facts: ScreeningFacts) -> Judged:
        """A no is met, a yes is not met."""
        return _by_answer(self.circumstance, facts, wanted=False)


@dataclass(frozen=True, slots=True)
class Typical(_AboutOne):
    """A circumstance that most of the target group have, but that shuts nobody out by itself."""

    def judge(self, facts: ScreeningFacts) -> Judged:
        """A yes is met; a no needs judgement."""
        judged = _by_answer(self.circumstance, facts, wanted=True)
        if judged.outcome is not NOT_MET:
            return judged
        not_required = Text(
            "Det er typisk for målgruppen, men intet krav: vurdér det, og skriv hvorfor.",
            "It is typical of the target group but not required: judge it, and write why.",
        )
        return Judged(NEEDS_JUDGEMENT, (*judged.reasons, not_required))


@dataclass(frozen=True, slots=True)
class Judgement(_AboutOne):
    """A question that only a person can judge; `task` says what to weigh."""

    task: Text

    def judge(self, facts: ScreeningFacts) -> Judged:
        """Repeat the judgement that was recorded; without one the criterion stays open."""
        if facts.answers.get(self.circumstance.question.name) is None:
            return Judged(NEEDS_JUDGEMENT, (self.task,))
        return _by_answer(self.circumstance, facts, wanted=True)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of several conditions."""

    parts: tuple[Condition, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the parts ask, in their order."""
        return tuple(question for part in self.parts for question in part.questions)

    def judge(self, facts: ScreeningFacts) -> Judged:
        """One part met is enough; not met only when all parts are; else what is open needs judgement."""
        judged = [part.judge(facts) for part in self.parts]
        outcomes = {part.outcome for part in judged}
        outcome = next(one for one in (MET, NEEDS_JUDGEMENT, NOT_MET) if one in outcomes)
        decisive = [part for part in judged if part.outcome is outcome]
        return Judged(
            outcome,
            tuple(reason for part in decisive for reason in part.reasons),
            tuple(topic for part in decisive for topic in part.ask_about),
        )


def _by_answer(circumstance: Circumstance, facts: ScreeningFacts, *, wanted: bool) -> Judged:
    answer = facts.answers.get(circumstance.question.name)
    if answer is None:
        return Judged(NEEDS_JUDGEMENT, ask_about=(circumstance.topic,))
    if not isinstance(answer, bool):
        return unusable(circumstance.topic, Text("ja eller nej", "yes or no"))
    sentence = circumstance.when_yes if answer else circumstance.when_no
    return Judged(MET if answer is wanted else NOT_MET, (sentence,))
