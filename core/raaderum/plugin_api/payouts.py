"""Ways of paying. Core owns states, locks, retries and the ledger; a provider carries out one order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from uuid import UUID

from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.plugin_api.configuration import ProviderContext, Setting
    from raaderum.plugin_api.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid: a supplier by CVR number. A citizen's CPR number is never handed to a plugin."""

    name: str
    cvr: str | None = None


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """One payment to carry out, frozen when it was approved.

    `amount` is in øre, DKK, always above 0. `code` (such as `RD-7K3QW9XC`) must travel with the
    money: it is how the payment is found again on the bank statement. `account` is the account of
    the municipality's chart that bears the cost, `invoice_number` the supplier's own number.
    """

    payout_id: UUID
    attempt: int
    amount: Oere
    payee: Payee
    code: str
    purpose: str
    account: str
    due_on: date
    invoice_number: str | None = None


class PayoutProvider(Protocol):
    """A way of paying, configured for one tenant. Called from several threads at once.

    The methods may take up to the time-out that the tenant's operator has set; an exception or
    a time-out counts as `Unknown`.
    """

    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Carry out `order` at most once for `idempotency_key`, however often it is called.

        The key is the same when the core repeats a call whose outcome it does not know, and a
        new one when a person decides to try again after a refusal.
        """
        ...

    def take_back(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Book that `order.amount` of an earlier payment comes back, at most once for the key.

        `order.invoice_number` is the credit note's. Called for a credit note that a person has
        approved; the citizen's account has been credited already.
        """
        ...

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say what became of the order sent or taken back with `idempotency_key`; None: it never arrived."""
        ...


@runtime_checkable
class PayoutProviderKind(Protocol):
    """A way of paying that can be switched on: what it needs, and how to make one for a tenant."""

    @property
    def identifier(self) -> str:
        """The name that files and other programs call it by; never changes."""
        ...

    @property
    def name(self) -> Text:
        """What people call it."""
        ...

    @property
    def settings(self) -> Sequence[Setting]:
        """What must be known before one can be made for a tenant."""
        ...

    def configure(self, context: ProviderContext) -> PayoutProvider:
        """Return the provider for one tenant; raise `SettingsInvalid` where it cannot work."""
        ...
