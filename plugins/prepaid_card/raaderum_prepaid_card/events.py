"""Stripe's events as the core knows them. Reads plain JSON: the library's objects cost more than a query."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import CardEvent, CardEventKind, CardState, Merchant, Oere
from raaderum_prepaid_card.categories import code_of
from raaderum_prepaid_card.currency import Billed
from raaderum_prepaid_card.json_reading import (
    NotReadable,
    as_object,
    flag_in,
    maybe_reference_in,
    moment_in,
    object_in,
    reference_in,
    text_in,
    whole_in,
    word_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from raaderum_prepaid_card.settings import IssuerSettings

ASKED: Final = "issuing_authorization.request"
TOLD: Final = (
    "issuing_authorization.created",
    "issuing_authorization.updated",
    "issuing_card.created",
    "issuing_card.updated",
    "issuing_cardholder.created",
    "issuing_cardholder.updated",
    "issuing_dispute.closed",
    "issuing_dispute.created",
    "issuing_dispute.funds_reinstated",
    "issuing_dispute.funds_rescinded",
    "issuing_dispute.submitted",
    "issuing_dispute.updated",
    "issuing_transaction.created",
    "issuing_transaction.updated",
)
"""What Stripe tells afterwards, and what a sweep asks for; a question of a shop is never asked again."""
STATE_NOTE: Final = "raaderum_state"
"""Where a card's metadata says that we have paused it: Stripe itself knows only inactive cards."""
OTHER_CURRENCY: Final = "another currency"
_LONGEST_NAME: Final = 200
_WON: Final = "won"
_BETWEEN: Final = timedelta(microseconds=500)
_CAPTURE: Final = timedelta(microseconds=500_000)
_END: Final = timedelta(microseconds=999_999)


def read_event(event: Mapping[str, object], settings: IssuerSettings) -> CardEvent:
    """Return what `event` tells; raise `NotReadable` where it is no event of the right world.

    What is not known is `OTHER`, and so is an amount in a currency that the tenant's cards are not in.
    """
    if event.get("object") != "event" or flag_in(event, "livemode") is not settings.is_live:
        raise NotReadable("no event, or one of the other mode")
    bare = CardEvent(
        event_id=word_in(event, "id"),
        kind=CardEventKind.OTHER,
        raw_kind=word_in(event, "type"),
        occurred_at=datetime.fromtimestamp(moment_in(event, "created"), UTC),
    )
    read = _READERS.get(bare.raw_kind, _read_nothing)
    return read(bare, object_in(object_in(event, "data"), "object"), settings)


def _read_nothing(bare: CardEvent, _told: Mapping[str, object], _settings: IssuerSettings) -> CardEvent:
    return bare


def _read_asked(bare: CardEvent, told: Mapping[str, object], settings: IssuerSettings) -> CardEvent:
    """What is pending comes on top of what the authorisation may hold already."""
    pending = object_in(told, "pending_request")
    if not _is_ours(pending, settings):
        return replace(bare, status=OTHER_CURRENCY)
    billed = billed_in(pending)
    return replace(
        bare,
        kind=CardEventKind.ASKED,
        occurred_at=bare.occurred_at + _progress(told) + _BETWEEN,
        card=reference_in(told, "card"),
        authorisation=word_in(told, "id"),
        amount=billed.held(settings.rate),
        cost=settings.rate.cost(billed.units),
        merchant=_merchant(told),
        partial_allowed=flag_in(pending, "is_amount_controllable"),
    )


def _read_authorised(bare: CardEvent, told: Mapping[str, object], settings: IssuerSettings) -> CardEvent:
    if not _is_ours(told, settings):
        return replace(bare, status=OTHER_CURRENCY)
    approved = flag_in(told, "approved")
    is_open = approved and word_in(told, "status") == "pending"
    held = _still_held(told) if is_open else None
    return replace(
        bare,
        kind=CardEventKind.AUTHORISED,
        occurred_at=bare.occurred_at + (_progress(told) if is_open else _END),
        card=reference_in(told, "card"),
        authorisation=word_in(told, "id"),
        amount=held.held(settings.rate) if held else Oere(0),
        cost=settings.rate.cost(held.units) if held else Oere(0),
        merchant=_merchant(told),
        is_open=is_open,
        status=None if approved else _declined_because(told),
    )


def _read_moved(bare: CardEvent, told: Mapping[str, object], settings: IssuerSettings) -> CardEvent:
    """The sign says which way the money went: below 0 it left, above it came back."""
    if not _is_ours(told, settings):
        return replace(bare, status=OTHER_CURRENCY)
    units = whole_in(told, "amount")
    if units == 0:
        return bare
    billed = billed_in(told)
    return replace(
        bare,
        kind=CardEventKind.CAPTURED if units < 0 else CardEventKind.REFUNDED,
        occurred_at=bare.occurred_at + _CAPTURE,
        card=reference_in(told, "card"),
        authorisation=maybe_reference_in(told, "authorization"),
        transaction=word_in(told, "id"),
        amount=billed.borne(settings.rate),
        cost=settings.rate.cost(billed.units),
        merchant=_merchant(told),
        is_open=False,
    )


def _read_disputed(bare: CardEvent, told: Mapping[str, object], settings: IssuerSettings) -> CardEvent:
    if not _is_ours(told, settings):
        return replace(bare, status=OTHER_CURRENCY)
    cost, status = settings.rate.cost(abs(whole_in(told, "amount"))), word_in(told, "status")
    return replace(
        bare,
        kind=CardEventKind.DISPUTED,
        transaction=reference_in(told, "transaction"),
        amount=cost if status == _WON else Oere(0),
        cost=cost,
        status=status,
    )


def _read_card(bare: CardEvent, told: Mapping[str, object], _settings: IssuerSettings) -> CardEvent:
    return replace(
        bare,
        kind=CardEventKind.CARD_CHANGED,
        card=word_in(told, "id"),
        card_state=card_state(told),
        status=word_in(told, "status"),
    )


def _read_cardholder(bare: CardEvent, told: Mapping[str, object], _settings: IssuerSettings) -> CardEvent:
    return replace(bare, status=word_in(told, "status"))


_READERS: Final[Mapping[str, Callable[[CardEvent, Mapping[str, object], IssuerSettings], CardEvent]]] = {
    ASKED: _read_asked,
    **{kind: _read_authorised for kind in TOLD if kind.startswith("issuing_authorization.")},
    **{kind: _read_moved for kind in TOLD if kind.startswith("issuing_transaction.")},
    **{kind: _read_disputed for kind in TOLD if kind.startswith("issuing_dispute.")},
    **{kind: _read_card for kind in TOLD if kind.startswith("issuing_card.")},
    **{kind: _read_cardholder for kind in TOLD if kind.startswith("issuing_cardholder.")},
}


def card_state(card: Mapping[str, object]) -> CardState:
    """Return how a card of Stripe's stands; raise `NotReadable` for a state that is not known."""
    match word_in(card, "status"):
        case "active":
            return CardState.ACTIVE
        case "canceled":
            return CardState.CLOSED
        case "inactive":
            notes = card.get("metadata")
            is_paused = isinstance(notes, dict) and notes.get(STATE_NOTE) == CardState.PAUSED
            return CardState.PAUSED if is_paused else CardState.INACTIVE
        case other:
            raise NotReadable(f"the card is {other}")


def billed_in(of: Mapping[str, object]) -> Billed:
    """Return both amounts of an authorisation, a request or a transaction, without their sign."""
    return Billed(
        abs(whole_in(of, "amount")),
        abs(whole_in(of, "merchant_amount")),
        word_in(of, "merchant_currency").lower(),
    )


def _is_ours(of: Mapping[str, object], settings: IssuerSettings) -> bool:
    return word_in(of, "currency").lower() == settings.currency


def _merchant(told: Mapping[str, object]) -> Merchant:
    shop = object_in(told, "merchant_data")
    name = text_in(shop, "category", longest=_LONGEST_NAME)
    return Merchant(
        name=text_in(shop, "name", longest=_LONGEST_NAME),
        category=text_in(shop, "category_code", longest=4) or code_of(name),
        network_id=text_in(shop, "network_id", longest=_LONGEST_NAME),
        city=text_in(shop, "city", longest=_LONGEST_NAME),
        country=text_in(shop, "country", longest=_LONGEST_NAME),
    )


def _declined_because(told: Mapping[str, object]) -> str | None:
    history = _list_in(told, "request_history")
    return (text_in(as_object(history[-1]), "reason", longest=_LONGEST_NAME) or None) if history else None


def _still_held(told: Mapping[str, object]) -> Billed:
    """Return what an authorisation holds yet: its amount counts what has been captured of it as well."""
    whole = billed_in(told)
    captured = [billed_in(as_object(one)) for one in _list_in(told, "transactions")]
    return Billed(
        max(0, whole.units - sum(one.units for one in captured)),
        max(0, whole.shop_amount - sum(one.shop_amount for one in captured)),
        whole.shop_currency,
    )


def _progress(told: Mapping[str, object]) -> timedelta:
    """Return how far an open authorisation has come, as a part of a second.

    Stripe tells the time in whole seconds, and a whole payment fits in one. An authorisation only
    ever gains requests and then captures, so these put its accounts in order: asked, authorised,
    captured, authorised with a capture less, closed.
    """
    captures, requests = len(_list_in(told, "transactions")), len(_list_in(told, "request_history"))
    step = timedelta(microseconds=1_000 * min(requests, 400) + min(captures, 400))
    return step + (_CAPTURE if captures else timedelta())


def _list_in(of: Mapping[str, object], name: str) -> list[object]:
    value = of.get(name)
    return value if isinstance(value, list) else []
