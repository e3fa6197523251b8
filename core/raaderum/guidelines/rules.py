"""Precedents: what one says, how the same one is known again, and which counts may be shown; pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.guidelines.errors import PrecedentIncomplete, QuarterWrong
from raaderum.kernel.text import Text
from raaderum.plans.rules import SpendingCategory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEAST_COUNT: Final = 5
"""A count below this is not shown: few enough could be recognised."""
LONGEST_TOLD: Final = 5_000
_QUARTER: Final = re.compile(r"20\d{2}-Q[1-4]")
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}|")


class PrecedentState(StrEnum):
    """Where a precedent is: a second person publishes or withdraws it."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """How the doubt was settled."""

    APPROVED = "approved"
    WITH_CONDITIONS = "with_conditions"
    REFUSED = "refused"
    OTHER = "other"


DECISION_NAMES: Final[Mapping[Decision, Text]] = {
    Decision.APPROVED: Text("godkendt", "approved"),
    Decision.WITH_CONDITIONS: Text("godkendt med betingelser", "approved with conditions"),
    Decision.REFUSED: Text("afslået", "refused"),
    Decision.OTHER: Text("løst på en anden måde", "settled in another way"),
}


class Outcome(StrEnum):
    """What became of it later."""

    NOT_KNOWN = "not_known"
    HELPED = "helped"
    HELPED_PARTLY = "helped_partly"
    DID_NOT_HELP = "did_not_help"


OUTCOME_NAMES: Final[Mapping[Outcome, Text]] = {
    Outcome.NOT_KNOWN: Text("ikke fulgt op endnu", "not followed up yet"),
    Outcome.HELPED: Text("det hjalp", "it helped"),
    Outcome.HELPED_PARTLY: Text("det hjalp delvist", "it helped in part"),
    Outcome.DID_NOT_HELP: Text("det hjalp ikke", "it did not help"),
}


@dataclass(frozen=True, slots=True)
class DoubtCase:
    """A doubt case as it is told: general words, no person. `guideline` is '' where none is concerned."""

    question: str
    circumstances: str
    guideline: str
    category: SpendingCategory
    decision: Decision
    reason: str
    quarter: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of all that it says: the same case from whatever municipality has the same."""
        written = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()

    def told(self) -> dict[str, str]:
        """Return what is told in free words, by field."""
        return {"question": self.question, "circumstances": self.circumstances, "reason": self.reason}


def check_told(case: DoubtCase) -> None:
    """Raise `PrecedentIncomplete` or `QuarterWrong` unless the case says what a reader needs."""
    for field, words in case.told().items():
        if not 0 < len(words.strip()) <= LONGEST_TOLD:
            raise PrecedentIncomplete(where=field, most=LONGEST_TOLD)
    if not _CODE.fullmatch(case.guideline):
        raise PrecedentIncomplete(where="guideline", most=LONGEST_TOLD)
    if not _QUARTER.fullmatch(case.quarter):
        raise QuarterWrong(where="quarter")


def shown_counts(values: Iterable[str]) -> dict[str, int]:
    """Return how often each value occurs, those below `LEAST_COUNT` left out.

    No sum is given beside them, so that what is left out cannot be worked out from it.
    """
    return {value: count for value, count in sorted(Counter(values).items()) if count >= LEAST_COUNT}
