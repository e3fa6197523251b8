"""What can be found when evidence is held against what is kept now; pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class EvidenceFinding(StrEnum):
    """How a payout's evidence stands."""

    INTACT = "intact"
    CHANGED = "changed"
    """The frozen text or its hash is not what the audit log holds."""
    PAYOUT_CHANGED = "payout_changed"
    """The evidence is as it was frozen, and the payout is not."""
    MISSING = "missing"
    """The audit log says that there was evidence."""
    NONE_MADE = "none_made"
    """Not paid, or paid before Råderum came into use."""

    @property
    def is_alarming(self) -> bool:
        """Whether somebody has changed what nobody may change."""
        return self not in {EvidenceFinding.INTACT, EvidenceFinding.NONE_MADE}


FINDING_NAMES: Final[Mapping[EvidenceFinding, Text]] = {
    EvidenceFinding.INTACT: Text(
        "Beviset er, som det blev frosset ved betalingen.", "The evidence is as it was frozen at the payment."
    ),
    EvidenceFinding.CHANGED: Text(
        "Beviset er ændret siden betalingen. Kontakt driften.",
        "The evidence has been changed since the payment. Contact operations.",
    ),
    EvidenceFinding.PAYOUT_CHANGED: Text(
        "Betalingen er ændret, siden beviset blev frosset. Kontakt driften.",
        "The payment has been changed since the evidence was frozen. Contact operations.",
    ),
    EvidenceFinding.MISSING: Text(
        "Beviset mangler. Kontakt driften.", "The evidence is missing. Contact operations."
    ),
    EvidenceFinding.NONE_MADE: Text(
        "Der er intet bevis: betalingen er ikke gennemført her.",
        "There is no evidence: the payment was not made here.",
    ),
}
