"""What can come back from a provider. "Don't know" is an answer of its own."""

from __future__ import annotations

from dataclasses import dataclass

from raaderum.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Completed:
    """The money has moved, or the voucher is booked; `reference` is the provider's own."""

    reference: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider has taken the order in and will tell the outcome later."""

    reference: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider has definitely not done it, and will not. `code` is the provider's own."""

    code: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can say yet whether it was done: a time-out, a torn connection, a nonsense answer.

    Never means "no". The core asks again with `look_up` before anything is sent a second time.
    """

    reason: str


Outcome = Completed | Accepted | Refused | Unknown
