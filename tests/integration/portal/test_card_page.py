"""The card's page: ordered, loaded, paused and read by the people at the citizen's side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from raaderum.cards.rules import Reason
from raaderum.plugin_api import CardEventKind
from raaderum.testing.card_cases import CardCase, case_with_card, give_cards
from raaderum.testing.cases import case_with_grant
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.settings import Settings
    from raaderum.testing.card_issuer_simulator import SimulatedIssuer
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


@pytest.fixture
def issuer(app: Flask, municipality: Municipality, settings: Settings) -> SimulatedIssuer:
    return give_cards(app, municipality, settings.files_folder)


@pytest.fixture
def card(municipality: Municipality, issuer: SimulatedIssuer) -> CardCase:
    return case_with_card(municipality, issuer, on_card=300_00)


def page_of(card: CardCase) -> str:
    return f"/sager/{card.case.enrolment_id}/kort"


def test_a_citizen_reads_why_a_purchase_was_declined_and_pauses_the_card_at_once(
    app: Flask, card: CardCase, sign_in: SignIn
) -> None:
    card.ask(app, 400_00)
    browser = sign_in(card.municipality, card.case.citizen)
    page = browser.page(page_of(card))
    assert "···· 4242" in page
    assert "Der er 300,00 kr. på kortet, og købet var på 400,00 kr." in page
    assert "Luk kortet for altid" not in page
    paused = browser.does(f"{page_of(card)}/{card.card_id}/pause").text
    assert "Kortet er på pause." in paused
    assert card.ask(app, 1_00) == (0, Reason.CARD_PAUSED)


def test_a_coordinator_orders_activates_loads_replaces_and_closes(
    municipality: Municipality, issuer: SimulatedIssuer, sign_in: SignIn
) -> None:
    case = case_with_grant(municipality)
    browser, page = sign_in(municipality, municipality.coordinator), f"/sager/{case.enrolment_id}/kort"
    home = {"form": "physical", "address": "Havnegade 1", "postal_code": "5700", "city": "Svendborg"}
    assert browser.send(page, {**home, "city": ""}).status_code == 422
    assert "Kortet er bestilt." in browser.does(page, home).text
    with municipality.at_work():
        do_due_work("money")
    card = CardCase(case, card_id(page, browser), issuer)
    browser.does(f"{page}/{card.card_id}/aktivering")
    item = {"plan_item_id": str(case.plan_item_ids[0]), "amount": "1.200,50", "any_shop": "yes"}
    marked = browser.does(f"/sager/{case.enrolment_id}/kortposter", item).text
    assert "op til 1.200,50 kr." in marked
    card.work()
    assert card.statement().on_card == 1_200_50
    browser.does(f"{page}/{card.card_id}/nyt", home)
    card.work()
    new = card_id(page, browser)
    assert new != card.card_id
    browser.does(f"{page}/{new}/lukning")
    assert card.statement().on_card == 0


def card_id(page: str, browser: Browser) -> UUID:
    """Return the id of the newest card, as the page's first form names it."""
    return UUID(re.findall(r"/kort/([0-9a-f-]{36})/", browser.page(page))[0])


def test_the_money_picture_shows_what_lies_on_the_card(app: Flask, card: CardCase, sign_in: SignIn) -> None:
    card.ask(app, 100_00)
    page = sign_in(card.municipality, card.case.citizen).page(f"/sager/{card.case.enrolment_id}")
    assert "Reserveret på kortet" in page
    assert "På kortet" in page


def test_an_odd_payment_is_settled_from_the_page(app: Flask, card: CardCase, sign_in: SignIn) -> None:
    card.call(app, card.event(CardEventKind.REFUNDED, 10_00, transaction="r1"))
    card.work()
    (odd,) = card.payments()
    browser = sign_in(card.municipality, card.municipality.coordinator)
    assert "Jeg har set på det" in browser.page(page_of(card))
    browser.does(f"/sager/{card.case.enrolment_id}/kortkoeb/{odd.id}/set")
    assert "Jeg har set på det" not in browser.page(page_of(card))
