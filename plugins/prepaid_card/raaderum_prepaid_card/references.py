"""Our keys and ids as they stand at Stripe: what a card is found again by when its key has been pruned."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEY_NOTE: Final = "raaderum_key"
CARD_NOTE: Final = "raaderum_card"
HOLDER_NOTE: Final = "raaderum_holder"
_LONGEST_KEY: Final = 255
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_SLACK: Final = timedelta(days=1)
"""Between our clock and Stripe's."""


def derived_key(idempotency_key: str, call: str) -> str:
    """Return the key of one call among several that an order needs; never longer than Stripe takes."""
    key = f"{idempotency_key}:{call}"
    return key if len(key) <= _LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


def noted_key(idempotency_key: str) -> str:
    """Return the key as a note on the card."""
    return derived_key(idempotency_key, "order")


def holder_notes(holder_id: UUID) -> dict[str, str]:
    """Return what a cardholder is found again by."""
    return {HOLDER_NOTE: str(holder_id)}


def not_before(*texts: str) -> dict[str, int] | None:
    """Return since when something made for the ids in `texts` can exist, as a filter of Stripe's lists.

    Our ids begin with the moment they were made (UUID version 7): nothing that carries one is
    older, so a search need not go through everything there is. None where there is no such id.
    """
    made = [_made_at(UUID(found)) for text in texts for found in _ids_in(text)]
    return {"gte": max(0, int((min(made) - _SLACK).timestamp()))} if made else None


def has_note(thing: Mapping[str, object], note: str, value: str) -> bool:
    """Say whether a cardholder or card carries `note` with `value`."""
    notes = thing.get("metadata")
    return isinstance(notes, dict) and notes.get(note) == value


def _ids_in(text: str) -> Iterator[str]:
    return (match[0] for match in _UUID.finditer(text.lower()))


def _made_at(made: UUID) -> datetime:
    return datetime.fromtimestamp((made.int >> 80) / 1000, UTC)
