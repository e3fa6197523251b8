"""What a way of paying is, what it must be told of the payee, and what it can do besides paying."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from raaderum.kernel.money import Oere


class PayoutMethod(StrEnum):
    """How the money reaches the payee."""

    INVOICE = "invoice"
    TRANSFER = "transfer"
    CARD = "card"


class RecipientField(StrEnum):
    """Something that a provider must be told of a payee. What it does not name, it is never given."""

    NAME = "name"
    CVR = "cvr"
    CPR = "cpr"
    """For a NemKonto order only: the payee is found by CPR number, so no account number is stored."""
    ACCOUNT = "account"


class Capability(StrEnum):
    """Something a provider can do besides `send`, `take_back` and `look_up`; each has its own protocol."""

    BATCHES = "batches"
    """`SendsBatches`: many payments in one file or call."""
    CANCEL = "cancel"
    """`Cancels`: an order that was accepted can be called back."""
    CALLBACKS = "callbacks"
    """`TellsByCallback`: the provider calls us."""
    STATUS_FILES = "status_files"
    """`TellsByFile`: the provider answers with files."""
    MOVEMENTS = "movements"
    """`TellsMovements`: the provider lists the money it has moved, for reconciliation."""
    PAYEE_CHECK = "payee_check"
    """`ChecksPayees`: the payee can be checked before the first payment."""
    ERASE = "erase"
    """`Erases`: what the provider keeps of a person can be erased; money rows stay."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one payment and one batch can hold at most, in øre and pieces; None is no limit."""

    per_payment: Oere | None = None
    per_batch: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A way of paying as it describes itself."""

    method: PayoutMethod
    recipient_fields: frozenset[RecipientField] = frozenset({RecipientField.NAME})
    capabilities: frozenset[Capability] = frozenset()
    limits: Limits = Limits()
    lead_bank_days: int = 0
    """Bank days from sending to the money's being with the payee."""
