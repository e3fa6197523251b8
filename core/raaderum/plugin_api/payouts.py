"""Ways of paying. Core owns states, locks, retries and the ledger; a provider carries out one order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from uuid import UUID

from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from raaderum.plugin_api.configuration import ProviderContext, Setting
    from raaderum.plugin_api.manifest import Manifest
    from raaderum.plugin_api.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A Danish account (registration and account number) or an IBAN; both checked before."""

    registration_number: str | None = None
    account_number: str | None = None
    iban: str | None = None


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid: a supplier by CVR number, or a citizen.

    A citizen's CPR number is handed only to a provider whose manifest asks for it, for an order to
    the citizen's NemKonto; an account only to one that asks for accounts. Neither is shown when the
    payee is printed.
    """

    name: str
    cvr: str | None = None
    cpr: str | None = field(default=None, repr=False)
    account: BankAccount | None = field(default=None, repr=False)


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


@dataclass(frozen=True, slots=True)
class KeyedOrder:
    """One order of a batch with its own key: the same rules hold for it as for `send`."""

    order: PaymentOrder
    idempotency_key: str


@dataclass(frozen=True, slots=True)
class PaymentBatch:
    """Many orders that go out together, such as in one payment file.

    `orders` can be gone through more than once and may be too many to hold in memory. `count` and
    `total` (øre) are the control sums: a provider refuses a batch whose orders add up to something else.
    """

    batch_id: UUID
    idempotency_key: str
    made_at: datetime
    execute_on: date
    count: int
    total: Oere
    orders: Iterable[KeyedOrder]


@runtime_checkable
class SendsBatches(Protocol):
    """A provider that takes many orders at once (`Capability.BATCHES`)."""

    def send_batch(self, batch: PaymentBatch) -> Mapping[str, Outcome] | Outcome:
        """Send the batch at most once for its key; return one outcome for all, or one by each order's key.

        `look_up` with the batch's own key says what became of the whole, None where it never arrived.
        """
        ...


@runtime_checkable
class Cancels(Protocol):
    """A provider that can call an accepted order back (`Capability.CANCEL`)."""

    def cancel(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Call back the order sent with the key: `Completed` means that it will never be paid."""
        ...


class PayeeCheck(StrEnum):
    """What checking a payee came to."""

    FITS = "fits"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@runtime_checkable
class ChecksPayees(Protocol):
    """A provider that can check a payee before the first payment (`Capability.PAYEE_CHECK`)."""

    def check_payee(self, payee: Payee) -> PayeeCheck:
        """Say whether name and account or number belong together."""
        ...


@runtime_checkable
class Erases(Protocol):
    """A provider that keeps something of a person (`Capability.ERASE`)."""

    def erase(self, payout_ids: Sequence[UUID]) -> None:
        """Erase names and accounts kept for these payments; amounts, dates and references stay."""
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
    def manifest(self) -> Manifest:
        """What it needs to know of a payee, and what it can do besides paying."""
        ...

    @property
    def settings(self) -> Sequence[Setting]:
        """What must be known before one can be made for a tenant."""
        ...

    def configure(self, context: ProviderContext) -> PayoutProvider:
        """Return the provider for one tenant; raise `SettingsInvalid` where it cannot work."""
        ...
