"""What is told, and to whom; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from raaderum.kernel.text import Text


class NoticeState(StrEnum):
    """Where a notice is. One that was given up stands in the portal all the same."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and body of a notice, Danish and English. Never a CPR number, a diagnosis or an amount owed."""

    subject: Text
    body: Text
