"""Halsnæs' outcome parameters: what became better, stayed the same or became worse; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class OutcomeParameter(StrEnum):
    """What is looked at."""

    SUBSTANCE_USE = "substance_use"
    MENTAL_HEALTH = "mental_health"
    JOB_AND_EDUCATION = "job_and_education"
    NETWORK = "network"
    NEED_OF_SUPPORT = "need_of_support"


class Outcome(StrEnum):
    """How it is now beside how it was at the start. Better is always good: less substance use, less need."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NOT_RELEVANT = "not_relevant"


class OutcomeMoment(StrEnum):
    """When it is looked at."""

    MIDWAY = "midway"
    END = "end"


PARAMETER_NAMES: Final[Mapping[OutcomeParameter, Text]] = {
    OutcomeParameter.SUBSTANCE_USE: Text("misbrug", "substance use"),
    OutcomeParameter.MENTAL_HEALTH: Text("psykisk helbred", "mental health"),
    OutcomeParameter.JOB_AND_EDUCATION: Text("job og uddannelse", "job and education"),
    OutcomeParameter.NETWORK: Text("netværk", "network"),
    OutcomeParameter.NEED_OF_SUPPORT: Text("behov for støtte", "need of support"),
}
OUTCOME_NAMES: Final[Mapping[Outcome, Text]] = {
    Outcome.BETTER: Text("bedre", "better"),
    Outcome.SAME: Text("det samme", "the same"),
    Outcome.WORSE: Text("værre", "worse"),
    Outcome.NOT_RELEVANT: Text("ikke relevant", "not relevant"),
}
OUTCOME_MOMENT_NAMES: Final[Mapping[OutcomeMoment, Text]] = {
    OutcomeMoment.MIDWAY: Text("midtvejs", "midway"),
    OutcomeMoment.END: Text("afslutning", "end"),
}


class OutcomesMissing(InvalidInput):
    """Nothing was recorded."""

    code = "outcomes_missing"
    text = Text(
        "Vælg bedre, det samme, værre eller ikke relevant for mindst ét område.",
        "Choose better, the same, worse or not relevant for at least one area.",
    )


def check_outcomes(outcomes: Mapping[OutcomeParameter, Outcome]) -> None:
    """Raise `OutcomesMissing` where nothing was chosen."""
    if not outcomes:
        raise OutcomesMissing(where="outcomes")
