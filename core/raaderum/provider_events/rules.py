"""Where a kept event is; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

SWEEP: Final = "raaderum.sweep"
"""The kind of our own note of when a provider was last asked what it has told; no provider's event."""


class EventState(StrEnum):
    """Whether an event has been worked on."""

    WAITING = "waiting"
    DONE = "done"
    SET_ASIDE = "set_aside"
    """It changes nothing here: an unknown kind, or a card of somebody else's. Kept and counted."""
