"""What the sandbox issuer says, in its own few words of JSON, signed like any other issuer's calls."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import stripe

from raaderum.plugin_api import Callback, CallbackForged, CardEvent, CardEventKind, CardState, Merchant, Oere
from raaderum_prepaid_card.json_reading import (
    NotReadable,
    flag_in,
    maybe_reference_in,
    object_in,
    read_object,
    text_in,
    whole_in,
    word_in,
)
from raaderum_prepaid_card.signature import verify

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER: Final = "raaderum-signature"
_LONGEST: Final = 200


def signed(body: bytes, secret: str, at: datetime) -> Callback:
    """Return `body` as a call that is sent at `at`."""
    signature = stripe.WebhookSignature.generate_signature_header(body.decode(), secret, int(at.timestamp()))
    return Callback({HEADER: signature, "content-type": "application/json"}, body, at)


def read_signed(callback: Callback, secret: str) -> CardEvent:
    """Prove and read a call; raise `CallbackForged`."""
    verify(callback, [secret], HEADER)
    try:
        return read_body(callback.body)
    except (NotReadable, ValueError):
        raise CallbackForged from None


def write_body(event: CardEvent) -> bytes:
    """Return `event` as it is sent and kept."""
    content = {
        "id": event.event_id,
        "kind": str(event.kind),
        "occurred_at": event.occurred_at.isoformat(),
        "card": event.card,
        "authorisation": event.authorisation,
        "transaction": event.transaction,
        "amount": event.amount,
        "is_open": event.is_open,
        "partial_allowed": event.partial_allowed,
        "card_state": event.card_state,
        "status": event.status,
        "merchant": None if event.merchant is None else write_merchant(event.merchant),
    }
    return json.dumps(content, separators=(",", ":")).encode()


def read_body(body: bytes) -> CardEvent:
    """Return the event that `body` holds; raise `NotReadable` or another `ValueError`."""
    told = read_object(body)
    amount = Oere(whole_in(told, "amount"))
    return CardEvent(
        event_id=word_in(told, "id"),
        kind=CardEventKind(word_in(told, "kind")),
        raw_kind=word_in(told, "kind"),
        occurred_at=datetime.fromisoformat(text_in(told, "occurred_at", longest=_LONGEST)).astimezone(UTC),
        card=maybe_reference_in(told, "card"),
        authorisation=maybe_reference_in(told, "authorisation"),
        transaction=maybe_reference_in(told, "transaction"),
        amount=amount,
        cost=amount,
        merchant=None if told.get("merchant") is None else read_merchant(object_in(told, "merchant")),
        is_open=flag_in(told, "is_open"),
        partial_allowed=flag_in(told, "partial_allowed"),
        card_state=None if told.get("card_state") is None else CardState(word_in(told, "card_state")),
        status=text_in(told, "status", longest=_LONGEST) or None,
    )


def write_merchant(merchant: Merchant) -> dict[str, str]:
    """Return a shop as it is sent and kept."""
    return {"name": merchant.name, "category": merchant.category, "city": merchant.city}


def read_merchant(told: Mapping[str, object]) -> Merchant:
    """Return the shop that was told of."""
    return Merchant(
        name=text_in(told, "name", longest=_LONGEST),
        category=text_in(told, "category", longest=4),
        city=text_in(told, "city", longest=_LONGEST),
        country="DK",
    )
