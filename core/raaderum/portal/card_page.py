"""The card of a case: what is on it, what was paid and what was declined, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.cards import items, ordering
from raaderum.cards.overview import card_overview
from raaderum.cards.rules import (
    CARD_FORM_NAMES,
    CARD_STAGE_NAMES,
    PAYMENT_STATE_NAMES,
    REPLACEMENT_REASON_NAMES,
    CardAct,
)
from raaderum.cards.settling import settle_problem
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_api import CardForm, PostalAddress, ReplacementReason
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_card(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the card side of one case."""
    heading = read_heading(session, enrolment_id, by=visit.actor)
    return render(
        "cards.html",
        visit,
        heading=heading,
        seen=card_overview(session, enrolment_id, by=visit.actor),
        stages=CARD_STAGE_NAMES,
        states=PAYMENT_STATE_NAMES,
        form_names=CARD_FORM_NAMES,
        replacement_reasons=REPLACEMENT_REASON_NAMES,
    )


def order_card(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Order a card."""
    with unit_of_work() as session:
        ordering.order_card(session, enrolment_id, _wanted(typed), by=visit.actor)
    return visit.go_to("show_card", enrolment_id=enrolment_id)


def replace_card(visit: Visit, typed: Typed, enrolment_id: UUID, card_id: UUID) -> Response:
    """Replace a lost or worn card."""
    with unit_of_work() as session:
        ordering.replace_card(session, card_id, _wanted(typed), by=visit.actor)
    return visit.go_to("show_card", enrolment_id=enrolment_id)


def activate_card(visit: Visit, _typed: Typed, enrolment_id: UUID, card_id: UUID) -> Response:
    """Activate a card."""
    return _change(visit, enrolment_id, card_id, CardAct.ACTIVATE)


def pause_card(visit: Visit, _typed: Typed, enrolment_id: UUID, card_id: UUID) -> Response:
    """Pause a card, from this moment on."""
    return _change(visit, enrolment_id, card_id, CardAct.PAUSE)


def resume_card(visit: Visit, _typed: Typed, enrolment_id: UUID, card_id: UUID) -> Response:
    """End the pause of a card."""
    return _change(visit, enrolment_id, card_id, CardAct.RESUME)


def close_card(visit: Visit, _typed: Typed, enrolment_id: UUID, card_id: UUID) -> Response:
    """Close a card for good."""
    return _change(visit, enrolment_id, card_id, CardAct.CLOSE)


def mark_card_item(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Have an item of the plan paid by card."""
    words = tuple(typed.text("merchant_words").split(","))
    wanted = items.ItemOnCard(
        plan_item_id=typed.id("plan_item_id"),
        amount=typed.amount("amount"),
        until_on=typed.day("until_on"),
        categories=() if typed.has("any_shop") else None,
        merchant_words=words,
    )
    with unit_of_work() as session:
        items.mark_item(session, enrolment_id, wanted, by=visit.actor)
    return visit.go_to("show_card", enrolment_id=enrolment_id)


def unmark_card_item(visit: Visit, _typed: Typed, enrolment_id: UUID, card_item_id: UUID) -> Response:
    """Have an item no longer paid by card."""
    with unit_of_work() as session:
        items.unmark_item(session, card_item_id, by=visit.actor)
    return visit.go_to("show_card", enrolment_id=enrolment_id)


def settle_card_payment(visit: Visit, _typed: Typed, enrolment_id: UUID, card_payment_id: UUID) -> Response:
    """Note that an odd payment has been looked into."""
    with unit_of_work() as session:
        settle_problem(session, card_payment_id, by=visit.actor)
    return visit.go_to("show_card", enrolment_id=enrolment_id)


def _change(visit: Visit, enrolment_id: UUID, card_id: UUID, act: CardAct) -> Response:
    with unit_of_work() as session:
        ordering.change_card(session, card_id, act, by=visit.actor)
    return visit.go_to("show_card", enrolment_id=enrolment_id)


def _wanted(typed: Typed) -> ordering.CardWanted:
    address = PostalAddress(typed.text("address"), typed.text("postal_code"), typed.text("city"))
    return ordering.CardWanted(
        typed.choice("form", CardForm),
        address,
        single_use=typed.has("single_use"),
        reason=typed.choice("reason", ReplacementReason) if typed.has("reason") else ReplacementReason.LOST,
    )
