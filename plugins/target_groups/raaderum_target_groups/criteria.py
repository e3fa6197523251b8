"""A target group as a list of criteria, each a condition with a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from raaderum.plugin_api import CriterionResult, Question, ScreeningFacts, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum_target_groups.judged import Condition


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: `key` for machines, `name` for people, and the condition that decides it."""

    key: str
    name: Text
    condition: Condition

    def result(self, facts: ScreeningFacts) -> CriterionResult:
        """Say how the criterion comes out for a citizen. Never raises, whatever was answered."""
        judged = self.condition.judge(facts)
        return CriterionResult(self.key, self.name, judged.outcome, judged.reason)


@dataclass(eq=False, slots=True)
class CriteriaTargetGroup:
    """A target group: whoever meets all of its criteria.

    `questions` are those that the criteria ask, in their order, each once.
    """

    identifier: str
    name: Text
    criteria: tuple[Criterion, ...]
    questions: Sequence[Question] = field(init=False)

    def __post_init__(self) -> None:
        asked = (question for criterion in self.criteria for question in criterion.condition.questions)
        self.questions = tuple({question.name: question for question in asked}.values())

    def assess(self, facts: ScreeningFacts) -> tuple[CriterionResult, ...]:
        """Return a result for every criterion, always the same ones in the same order."""
        return tuple(criterion.result(facts) for criterion in self.criteria)
