"""Target groups: a programme's objective criteria, answered with reasons, never a silent yes or no."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class CriterionOutcome(StrEnum):
    """How one criterion comes out."""

    MET = "met"
    NOT_MET = "not_met"
    NEEDS_JUDGEMENT = "needs_judgement"


class AnswerType(StrEnum):
    """What kind of answer a screening question takes."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"


Answer = bool | int | str | None
"""None: nobody knows yet."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the screening; `choices` maps stored values to what the screen shows."""

    name: str
    text: Text
    answer: AnswerType
    choices: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScreeningFacts:
    """What is known of the citizen on the day of the screening: no name, no CPR number.

    `age` is in whole years on `screened_on`; `answers` holds an answer per question name,
    a missing one counts as not known.
    """

    screened_on: date
    age: int
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """How one criterion came out, with a reason that a caseworker can read and a citizen be told."""

    criterion: str
    name: Text
    outcome: CriterionOutcome
    reason: Text


@runtime_checkable
class TargetGroup(Protocol):
    """The criteria of one target group."""

    @property
    def identifier(self) -> str:
        """The name that files and other programs call it by; never changes."""
        ...

    @property
    def name(self) -> Text:
        """What people call it."""
        ...

    @property
    def questions(self) -> Sequence[Question]:
        """What the screener asks, in the order of the conversation."""
        ...

    def assess(self, facts: ScreeningFacts) -> Sequence[CriterionResult]:
        """Return a result for every criterion, always the same ones in the same order."""
        ...
