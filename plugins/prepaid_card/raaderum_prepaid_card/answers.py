"""What Stripe is answered when it calls us."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import stripe

from raaderum.plugin_api import CallbackAnswer, CardEventKind
from raaderum_prepaid_card.currency import partial_units
from raaderum_prepaid_card.events import ASKED

if TYPE_CHECKING:
    from raaderum.plugin_api import CardDecision, CardEvent
    from raaderum_prepaid_card.currency import ExchangeRate

_HEADERS: Final = {"Content-Type": "application/json", "Stripe-Version": stripe.api_version}
"""The version is demanded; it is the one that the library was made for."""
_LONGEST_NOTE: Final = 500
_THANKS: Final = b"{}"


def answer_to(event: CardEvent, decision: CardDecision | None, rate: ExchangeRate) -> CallbackAnswer:
    """Return the answer to a shop's question, or thanks for anything else.

    A question that nobody has decided is declined: no answer would leave it to a setting at Stripe.
    """
    if event.raw_kind != ASKED:
        return CallbackAnswer(200, _HEADERS, _THANKS)
    approved = decision.approved if decision is not None and event.kind is CardEventKind.ASKED else 0
    is_mere_check = event.kind is CardEventKind.ASKED and event.amount == 0
    content: dict[str, object] = {
        "approved": approved > 0 or (is_mere_check and decision is not None and decision.says_yes),
        "metadata": {"reason": (decision.reason if decision is not None else "undecided")[:_LONGEST_NOTE]},
    }
    if event.partial_allowed and 0 < approved < event.amount:
        units = partial_units(billed=rate.units_of_cost(event.cost), asked=event.amount, approved=approved)
        content |= {"amount": units, "approved": units > 0}
        if not units:
            del content["amount"]
    elif approved < event.amount:
        # Less than asked for, and the shop takes no less.
        content["approved"] = False
    return CallbackAnswer(200, _HEADERS, json.dumps(content, separators=(",", ":")).encode())
