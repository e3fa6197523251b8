"""What comes of looking at a purchase afterwards; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict, InvalidInput
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class ControlOutcome(StrEnum):
    """What the look came to."""

    IN_ORDER = "in_order"
    CONCERN = "concern"


CONTROL_OUTCOME_NAMES: Final[Mapping[ControlOutcome, Text]] = {
    ControlOutcome.IN_ORDER: Text("i orden", "in order"),
    ControlOutcome.CONCERN: Text("skal følges op", "needs following up"),
}


class ConcernUnexplained(InvalidInput):
    """A concern without a word on what it is."""

    code = "concern_unexplained"
    text = Text("Skriv, hvad der skal følges op.", "Write what needs following up.")


class ControlDone(Conflict):
    """Somebody has looked at the purchase already."""

    code = "control_done"
    text = Text("Købet er allerede set efter.", "The purchase has been looked at already.")


def check_control(outcome: ControlOutcome, note: str) -> str:
    """Return the note without space around it; raise `ConcernUnexplained` for a concern without one."""
    written = note.strip()
    if outcome is ControlOutcome.CONCERN and not written:
        raise ConcernUnexplained(where="note")
    return written
