"""Ways of paying that do nothing but answer: one at once, one after a while. A plugin of the bench's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import (
    API_VERSION,
    Completed,
    Manifest,
    Outcome,
    PaymentOrder,
    PayoutMethod,
    PayoutProvider,
    PayoutProviderKind,
    ProviderContext,
    RecipientField,
    Text,
    hookimpl,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

FAST: Final = "fast_bank"
SLOW: Final = "slow_bank"
SLOW_SECONDS: Final = 0.3


class Bank:
    """Pays whatever it is asked to, after a while."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Pay; the reference is the attempt's key."""
        del order
        if self._seconds:
            time.sleep(self._seconds)
        return Completed(idempotency_key)

    def take_back(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Take a refund."""
        return self.send(order, idempotency_key)

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say that it was paid: nothing is asked twice here."""
        return Completed(idempotency_key)

    def erase(self, payout_ids: Sequence[UUID]) -> None:
        """Forget nothing, for nothing is kept."""


class BankKind:
    """One of the two, for a tenant to switch on."""

    manifest = Manifest(
        PayoutMethod.INVOICE, frozenset({RecipientField.NAME, RecipientField.CVR}), frozenset()
    )
    settings = ()

    def __init__(self, identifier: str, seconds: float) -> None:
        self.identifier = identifier
        self.name = Text(identifier, identifier)
        self._seconds = seconds

    def configure(self, context: ProviderContext) -> PayoutProvider:
        """Return the bank, the same for everybody."""
        del context
        return Bank(self._seconds)


@hookimpl
def raaderum_plugin_api_version() -> str:
    """Answer with the version this was written against."""
    return API_VERSION


@hookimpl
def raaderum_payout_providers() -> Sequence[PayoutProviderKind]:
    """Offer both."""
    return [BankKind(FAST, 0), BankKind(SLOW, SLOW_SECONDS)]
