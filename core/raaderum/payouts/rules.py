"""Payouts and attempts: states, keys, and what an approval signs; pure."""

from __future__ import annotations

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
    APPROVAL_VOID = "approval_void"
    """Payee, amount or purpose differ from what was approved: nothing is sent before it is approved again."""
    GIVEN_UP = "given_up"
    """A person gave it up after it failed or its approval was void: its money is free again; final."""
    CANCELLED = "cancelled"
    """Credited by the supplier before anything was sent; final, like a paid one."""


PAYOUT_STATE_NAMES: Final[Mapping[PayoutState, Text]] = {
    PayoutState.RESERVED: Text("godkendt, endnu ikke betalt", "approved, not yet paid"),
    PayoutState.SENDING: Text("på vej", "on its way"),
    PayoutState.UNKNOWN: Text("vi undersøger, om den er betalt", "we are finding out whether it was paid"),
    PayoutState.PAID: Text("betalt", "paid"),
    PayoutState.FAILED: Text("kunne ikke betales", "could not be paid"),
    PayoutState.APPROVAL_VOID: Text(
        "skal godkendes igen, før den kan betales", "must be approved again before it can be paid"
    ),
    PayoutState.GIVEN_UP: Text("opgivet, pengene er fri igen", "given up, the money is free again"),
    PayoutState.CANCELLED: Text("krediteret, før den blev betalt", "credited before it was paid"),
}


class AttemptState(StrEnum):
    """Where one try is. The first three are open: the database allows one such per payout."""

    SENDING = "sending"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    COMPLETED = "completed"
    REFUSED = "refused"


OPEN_ATTEMPTS: Final = (AttemptState.SENDING, AttemptState.ACCEPTED, AttemptState.UNKNOWN)
APPROVAL_VOID: Final = "approval_void"
"""Why an attempt ended that was never sent, because what it would send is not what was approved."""
SETTLED_STATES: Final = (PayoutState.PAID, PayoutState.CANCELLED, PayoutState.GIVEN_UP)
"""Final: nothing more is sent, and the row never changes."""
IN_NEED: Final = (PayoutState.UNKNOWN, PayoutState.FAILED, PayoutState.APPROVAL_VOID)
"""These wait for people."""
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


def approved_content(
    order: PaymentOrder, *, provider: str, enrolment_id: UUID, payee: Mapping[str, str | None] | None = None
) -> str:
    """Return what an approver approves, as one text: who is paid what by whom, for what and for whom.

    `payee` is what else says who is paid, such as a citizen's id; what is not set does not count, so
    that a field that is added later voids no older approval. The text tells too much to be kept or
    hashed in the open: it is signed with the tenant's key.
    """
    account = order.payee.account
    further = {
        **(payee or {}),
        "cpr": order.payee.cpr,
        "registration_number": account.registration_number if account else None,
        "account_number": account.account_number if account else None,
        "iban": account.iban if account else None,
    }
    approved: list[object] = [
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
        {name: value for name, value in further.items() if value is not None},
    ]
    return json.dumps(approved, sort_keys=True)


def wait_before_asking_again(tries: int) -> timedelta:
    """Return how long to wait before the provider is asked again: doubling from 5 s to 15 min."""
    doublings = min(tries - 1, 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
