"""What we ask of Stripe, as the parameters of its calls; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from raaderum.plugin_api import CardForm, CardState
from raaderum_prepaid_card.cardholders import address_of, name_on_card
from raaderum_prepaid_card.categories import names_of
from raaderum_prepaid_card.events import STATE_NOTE
from raaderum_prepaid_card.references import CARD_NOTE, KEY_NOTE, holder_notes, noted_key

if TYPE_CHECKING:
    from raaderum.plugin_api import CardControls, CardOrder
    from raaderum_prepaid_card.settings import IssuerSettings

_STATUSES: Final = {
    CardState.INACTIVE: "inactive",
    CardState.ACTIVE: "active",
    CardState.PAUSED: "inactive",
    CardState.CLOSED: "canceled",
}


class NoCategoryLeft(ValueError):
    """All categories that are allowed are blocked as well; an empty list would allow everything."""


def new_cardholder(order: CardOrder) -> dict[str, Any]:
    """Return a person who may hold cards: name and address, no birthday, no CPR number."""
    return {
        "type": "individual",
        "name": name_on_card(order.holder_name),
        "billing": {"address": address_of(order.address)},
        "status": "active",
        "metadata": holder_notes(order.holder_id),
    }


def new_card(
    order: CardOrder, cardholder: str, idempotency_key: str, settings: IssuerSettings
) -> dict[str, Any]:
    """Return a card that cannot be used yet: until it has limits of its own, Stripe's would hold."""
    return {
        "cardholder": cardholder,
        "currency": str(settings.currency),
        "type": str(order.form),
        "status": "inactive",
        "metadata": {
            KEY_NOTE: noted_key(idempotency_key),
            CARD_NOTE: str(order.card_id),
            **holder_notes(order.holder_id),
        },
        **_replacement(order),
        **_shipping(order),
    }


def new_state(state: CardState) -> dict[str, Any]:
    """Return a change of a card's state; that it is paused stands in a note."""
    return {"status": _STATUSES[state], "metadata": {STATE_NOTE: str(state)}}


def new_controls(controls: CardControls, settings: IssuerSettings) -> dict[str, Any]:
    """Return all limits of a card, in its own currency, rounded down.

    Stripe takes a list of allowed categories or one of blocked ones, never both. Raises
    `CategoryUnknown` and `NoCategoryLeft`.
    """
    allowed, blocked = names_of(controls.allowed_categories), names_of(controls.blocked_categories)
    left = allowed - blocked
    if allowed and not left:
        raise NoCategoryLeft
    return {
        "spending_controls": {
            # An empty text is how a form says: nothing any longer.
            "allowed_categories": sorted(left) or "",
            "blocked_categories": "" if allowed else sorted(blocked) or "",
            "spending_limits": _limits(controls, settings),
        }
    }


def _limits(controls: CardControls, settings: IssuerSettings) -> list[dict[str, Any]]:
    limits = [{"amount": settings.rate.units_within(controls.limit), "interval": "all_time"}]
    if controls.per_payment is not None:
        most = settings.rate.units_within(controls.per_payment)
        limits.append({"amount": most, "interval": "per_authorization"})
    return limits


def _replacement(order: CardOrder) -> dict[str, Any]:
    if order.replaces is None:
        return {}
    return {"replacement_for": order.replaces, "replacement_reason": str(order.replacement_reason)}


def _shipping(order: CardOrder) -> dict[str, Any]:
    if order.form is not CardForm.PHYSICAL:
        return {}
    return {
        "shipping": {"name": order.holder_name, "address": address_of(order.address), "service": "standard"}
    }
