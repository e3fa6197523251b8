"""Every word of the portal in Danish and English, by the page it stands on.

Names of states, roles and kinds that belong to a room stand there, in its `rules`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from raaderum.portal.texts import (
    assessment,
    bank,
    books,
    cards,
    case,
    casework,
    conditions,
    controls,
    conversations,
    course,
    done,
    errors,
    exchange,
    frame,
    invoice_parts,
    invoices,
    jobs,
    lists,
    notices,
    payouts,
    people,
    plans,
    receipts,
    shield,
    transfers,
    way_in,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from raaderum.kernel.text import Text

TEXTS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        **frame.TEXTS,
        **errors.TEXTS,
        **done.TEXTS,
        **lists.TEXTS,
        **cards.TEXTS,
        **case.TEXTS,
        **course.TEXTS,
        **conditions.TEXTS,
        **conversations.TEXTS,
        **invoices.TEXTS,
        **jobs.TEXTS,
        **invoice_parts.TEXTS,
        **people.TEXTS,
        **casework.TEXTS,
        **plans.TEXTS,
        **assessment.TEXTS,
        **books.TEXTS,
        **transfers.TEXTS,
        **bank.TEXTS,
        **exchange.TEXTS,
        **way_in.TEXTS,
        **words.TEXTS,
        **controls.TEXTS,
        **receipts.TEXTS,
        **notices.TEXTS,
        **shield.TEXTS,
        **payouts.TEXTS,
    }
)


def has_text(key: str) -> bool:
    """Say whether there is a text of this name."""
    return key in TEXTS
