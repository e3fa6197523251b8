"""Payouts and attempts: states, keys, and the hash that an approval signs; pure."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import Conflict
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from raaderum.plugin_api import PaymentOrder


class PayoutState(StrEnum):
    """Where a payout is. `paid` is final; `unknown` stays until the provider says."""

    RESERVED = "reserved"
    SENDING = "sending"
    UNKNOWN = "unknown"
    PAID = "paid"
    FAILED = "failed"


PAYOUT_STATE_NAMES: Final[Mapping[PayoutState, Text]] = {
    PayoutState.RESERVED: Text("godkendt, endnu ikke betalt", "approved, not yet paid"),
    PayoutState.SENDING: Text("på vej", "on its way"),
    PayoutState.UNKNOWN: Text("vi undersøger, om den er betalt", "we are finding out whether it was paid"),
    PayoutState.PAID: Text("betalt", "paid"),
    PayoutState.FAILED: Text("kunne ikke betales", "could not be paid"),
}


class AttemptState(StrEnum):
    """Where one try is. The first three are open: the database allows one such per payout."""

    SENDING = "sending"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    COMPLETED = "completed"
    REFUSED = "refused"


OPEN_ATTEMPTS: Final = (AttemptState.SENDING, AttemptState.ACCEPTED, AttemptState.UNKNOWN)
_FIRST_WAIT: Final = timedelta(seconds=5)
_LONGEST_WAIT: Final = timedelta(minutes=15)


class PayoutMoveForbidden(Conflict):
    """The payout is not where the act needs it to be."""

    code = "payout_move_forbidden"
    text = Text(
        "Udbetalingen er »{state}«, så det kan ikke gøres.",
        "The payout is “{state_english}”, so it cannot be done.",
    )


def idempotency_key(payout_id: UUID, attempt: int) -> str:
    """Return the key of one attempt: the same on redelivery, a new one when a person tries again."""
    return f"payout:{payout_id}:{attempt}"


def approval_digest(order: PaymentOrder, *, provider: str, enrolment_id: UUID) -> str:
    """Return the hash of what an approver approved: who is paid what by whom, for what and for whom."""
    approved = [
        provider,
        str(enrolment_id),
        order.amount,
        order.payee.name,
        order.payee.cvr,
        order.code,
        order.purpose,
        order.account,
        order.due_on.isoformat(),
        order.invoice_number,
    ]
    return hashlib.sha256(json.dumps(approved).encode()).hexdigest()


def wait_before_asking_again(tries: int) -> timedelta:
    """Return how long to wait before the provider is asked again: doubling from 5 s to 15 min."""
    doublings = min(tries - 1, 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
