"""Money as the provider counts it: what our books are held against every night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from raaderum.kernel.money import Oere

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class ProviderMovement:
    """Money that a provider says it has moved.

    `amount` in øre as the budget bears it, above 0 for money that went out, below 0 for what came
    back. `reference` is the provider's own, unique. `idempotency_key` is ours, where the provider
    keeps it; `code` our short code, where it travelled along.
    """

    reference: str
    amount: Oere
    moved_at: datetime
    idempotency_key: str | None = None
    code: str | None = None


@runtime_checkable
class TellsMovements(Protocol):
    """A provider that lists what it has moved (`Capability.MOVEMENTS`)."""

    def movements(self, since: datetime, until: datetime) -> Iterator[ProviderMovement]:
        """Go through all movements from `since` up to, but without, `until`, oldest first."""
        ...
