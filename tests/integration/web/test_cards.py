"""The card side of a case for programs: ordered, loaded, paused, closed, and what providers have told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import CardEventKind
from raaderum.testing.card_cases import CardCase, case_with_card, give_cards
from raaderum.testing.cases import case_with_grant
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from tests.integration.web.conftest import Caller

    from raaderum.settings import Settings
    from raaderum.testing.municipality import Municipality


@pytest.fixture
def card(app: Flask, municipality: Municipality, settings: Settings) -> CardCase:
    issuer = give_cards(app, municipality, settings.files_folder)
    return case_with_card(municipality, issuer, on_card=300_00)


def test_a_card_is_ordered_loaded_and_paused_through_http_only(
    app: Flask,
    municipality: Municipality,
    settings: Settings,
    caller: Callable[..., Caller],
) -> None:
    give_cards(app, municipality, settings.files_folder)
    case = case_with_grant(municipality)
    coordinator, citizen = caller(municipality, municipality.coordinator), caller(municipality, case.citizen)
    cards = f"/enrolments/{case.enrolment_id}/cards"
    [ordered] = coordinator.done(cards, {"form": "virtual"})["cards"]
    assert ordered["state"] == "ordered"
    with municipality.at_work():
        do_due_work("money")
    card = f"/cards/{ordered['id']}"
    coordinator.done(f"{card}/activation")
    item = {"plan_item_id": str(case.plan_item_ids[0]), "amount_oere": 500_00, "categories": []}
    marked = coordinator.done(f"/enrolments/{case.enrolment_id}/card-items", item)
    assert (marked["budget"]["on_card_oere"], marked["items"][0]["amount_oere"]) == (500_00, 500_00)
    with municipality.at_work():
        do_due_work("money")
    assert [one["state"] for one in citizen.done(f"{card}/pause")["cards"]] == ["paused"]
    assert citizen.post(f"{card}/closing").status_code == 403
    taken_off = coordinator.done(f"/card-items/{marked['items'][0]['id']}/closing")
    assert (taken_off["items"], taken_off["budget"]["on_card_oere"]) == ([], 0)


def test_what_was_paid_and_declined_is_told_with_reasons_and_events_are_counted(
    app: Flask, card: CardCase, caller: Callable[..., Caller]
) -> None:
    card.ask(app, 999_00)
    card.call(app, card.event(CardEventKind.CAPTURED, 20_00, transaction="t1"))
    card.work()
    seen = caller(card.municipality, card.case.citizen).seen(f"/enrolments/{card.case.enrolment_id}/cards")
    drawn, declined = seen["payments"]
    assert (declined["state"], drawn["state"], drawn["captured_oere"]) == ("declined", "captured", 20_00)
    assert "Der er 300,00 kr. på kortet" in declined["why"]
    counts = caller(card.municipality, card.municipality.finance_officer).seen("/provider-events")["items"]
    assert {(one["kind"], one["state"], one["count"]) for one in counts} == {
        ("asked", "done", 1),
        ("simulated.captured", "done", 1),
    }
