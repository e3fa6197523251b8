"""Prepaid cards: ordered, loaded by item, paused, replaced and closed; and what was paid with them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.cards import items, ordering
from raaderum.cards.overview import card_overview
from raaderum.cards.rules import CardAct
from raaderum.cards.settling import settle_problem
from raaderum.people.roles import Act
from raaderum.plugin_api import PostalAddress, ReplacementReason
from raaderum.provider_events.service import counted_events
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.cards import (
    CardItemBody,
    CardsAnswer,
    EventCountsAnswer,
    OrderBody,
    ReplacementBody,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

resource = Resource("cards", __name__, description="Prepaid cards and what is paid with them.")
_CARDS = "/enrolments/<uuid:enrolment_id>/cards"
_CARD = "/cards/<uuid:card_id>"


@resource.reads(_CARDS, act=Act.SEE_CASE, answer=CardsAnswer())
def get_cards(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Show the card side of a case.

    Cards, what is on them, the items they pay, and every payment that was made or tried.
    """
    return _shown(call.session, enrolment_id, call.by)


@resource.writes(_CARDS, act=Act.ORDER_CARD, body=OrderBody(), answer=CardsAnswer(), status=201)
def order_card(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Order a card.

    From the issuer that the programme names. It is issued in the background.
    """
    ordering.order_card(call.session, enrolment_id, _wanted(body), by=call.by)
    return _shown(call.session, enrolment_id, call.by)


@resource.writes(
    f"{_CARD}/replacement", act=Act.ORDER_CARD, body=ReplacementBody(), answer=CardsAnswer(), status=201
)
def replace_card(call: WriteCall, body: dict[str, Any], card_id: UUID) -> dict[str, Any]:
    """Replace a lost or worn card.

    The old one is closed at once, and the money stays ready for the new one.
    """
    card = ordering.replace_card(call.session, card_id, _wanted(body), by=call.by)
    return _shown(call.session, card.enrolment_id, call.by)


@resource.writes(f"{_CARD}/activation", act=Act.ORDER_CARD, answer=CardsAnswer())
def activate_card(call: WriteCall, card_id: UUID) -> dict[str, Any]:
    """Activate a card.

    It can buy from the moment the issuer has answered.
    """
    return _changed(call, card_id, CardAct.ACTIVATE)


@resource.writes(f"{_CARD}/pause", act=Act.PAUSE_CARD, answer=CardsAnswer())
def pause_card(call: WriteCall, card_id: UUID) -> dict[str, Any]:
    """Pause a card.

    It buys nothing from this moment on.
    """
    return _changed(call, card_id, CardAct.PAUSE)


@resource.writes(f"{_CARD}/resume", act=Act.PAUSE_CARD, answer=CardsAnswer())
def resume_card(call: WriteCall, card_id: UUID) -> dict[str, Any]:
    """End the pause of a card.

    It can buy again from the moment the issuer has answered.
    """
    return _changed(call, card_id, CardAct.RESUME)


@resource.writes(f"{_CARD}/closing", act=Act.ORDER_CARD, answer=CardsAnswer())
def close_card(call: WriteCall, card_id: UUID) -> dict[str, Any]:
    """Close a card for good.

    What is not held comes back to the budget at once.
    """
    return _changed(call, card_id, CardAct.CLOSE)


@resource.writes(
    "/enrolments/<uuid:enrolment_id>/card-items",
    act=Act.MARK_CARD_ITEM,
    body=CardItemBody(),
    answer=CardsAnswer(),
    status=201,
)
def mark_card_item(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Have an item of the plan paid by card.

    Its money comes on the card by the programme's rule, at once where it is due.
    """
    lists = {
        "categories": None if body["categories"] is None else tuple(body["categories"]),
        "merchant_words": tuple(body["merchant_words"]),
    }
    items.mark_item(call.session, enrolment_id, items.ItemOnCard(**{**body, **lists}), by=call.by)
    return _shown(call.session, enrolment_id, call.by)


@resource.writes("/card-items/<uuid:card_item_id>/closing", act=Act.MARK_CARD_ITEM, answer=CardsAnswer())
def unmark_card_item(call: WriteCall, card_item_id: UUID) -> dict[str, Any]:
    """Have an item no longer paid by card.

    What is not held of its money comes back to the budget at once.
    """
    row = items.unmark_item(call.session, card_item_id, by=call.by)
    return _shown(call.session, row.enrolment_id, call.by)


@resource.writes(
    "/card-payments/<uuid:card_payment_id>/settled", act=Act.SETTLE_CARD_PROBLEM, answer=CardsAnswer()
)
def settle_card_payment(call: WriteCall, card_payment_id: UUID) -> dict[str, Any]:
    """Note that an odd payment has been looked into.

    One that drew more than there was, or gave back more than was paid.
    """
    payment = settle_problem(call.session, card_payment_id, by=call.by)
    return _shown(call.session, payment.enrolment_id, call.by)


@resource.reads("/provider-events", act=Act.SEE_LEDGER, answer=EventCountsAnswer())
def count_provider_events(call: Call) -> dict[str, Any]:
    """Count what providers have told.

    By provider, kind and what became of it.
    """
    return {"items": counted_events(call.session)}


def _changed(call: WriteCall, card_id: UUID, act: CardAct) -> dict[str, Any]:
    card = ordering.change_card(call.session, card_id, act, by=call.by)
    return _shown(call.session, card.enrolment_id, call.by)


def _wanted(body: dict[str, Any]) -> ordering.CardWanted:
    address = PostalAddress(body["address_line"], body["postal_code"], body["city"])
    reason = body.get("reason", ReplacementReason.LOST)
    return ordering.CardWanted(body["form"], address, single_use=body["single_use"], reason=reason)


def _shown(session: Session, enrolment_id: UUID, by: Actor) -> dict[str, Any]:
    session.flush()
    seen = card_overview(session, enrolment_id, by=by)
    return {
        "is_offered": seen.is_offered,
        "locked_because": seen.locked_because,
        "per_payment": seen.per_payment,
        "budget": seen.money,
        "cards": seen.cards,
        "items": seen.items,
        "payments": [
            {**asdict(one), "why": one.why.danish, "why_en": one.why.english} for one in seen.payments
        ],
    }
