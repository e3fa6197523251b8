"""Two hundred questions with loads and take-backs between them: exactly what fits is approved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from raaderum.cards.deciding import decide
from raaderum.cards.items import ItemOnCard, mark_item
from raaderum.cards.loading import refresh_card
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import CardDecision, CardEventKind
from raaderum.testing.card_cases import CardCase, case_with_card, give_cards
from raaderum.testing.card_issuer_simulator import IDENTIFIER
from raaderum.testing.races import race

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from raaderum.settings import Settings
    from raaderum.testing.municipality import Municipality

QUESTIONS = 200
EACH = 10_00


@pytest.fixture
def card(app: Flask, municipality: Municipality, settings: Settings) -> CardCase:
    issuer = give_cards(app, municipality, settings.files_folder)
    return case_with_card(municipality, issuer, on_card=300_00)


def question(card: CardCase, number: int) -> Callable[[], CardDecision]:
    event = card.event(CardEventKind.ASKED, EACH, authorisation=f"auth_{number}")
    return partial(decide, IDENTIFIER, event)


def test_of_two_hundred_questions_exactly_those_that_fit_are_approved(app: Flask, card: CardCase) -> None:
    answers = race(app, card.municipality, [question(card, number) for number in range(QUESTIONS)])
    approved = [one for one in answers if isinstance(one, CardDecision) and one.approved]
    assert [one.approved for one in approved] == [EACH] * 30
    statement = card.statement()
    assert (statement.on_card, statement.card_held, statement.granted) == (0, 300_00, 2_000_00)


def test_with_loads_and_take_backs_between_them_no_oere_is_approved_twice(app: Flask, card: CardCase) -> None:
    """The item's amount goes up and down while shops ask; what is held never exceeds what was released."""

    def mark(amount: int) -> None:
        item = ItemOnCard(card.case.plan_item_ids[0], Oere(amount), categories=())
        with unit_of_work() as session:
            mark_item(session, card.case.enrolment_id, item, by=card.municipality.coordinator)

    def refresh() -> None:
        with unit_of_work() as session:
            refresh_card(session, card.case.enrolment_id)

    acts: list[Callable[[], object]] = []
    for number in range(QUESTIONS):
        acts.append(question(card, number))
        if number % 20 == 0:
            acts.append(partial(mark, 400_00 if number % 40 else 200_00))
        if number % 15 == 0:
            acts.append(refresh)
    answers = race(app, card.municipality, acts)
    assert [one for one in answers if isinstance(one, Exception)] == []
    approved = sum(one.approved for one in answers if isinstance(one, CardDecision))
    statement = card.statement()
    assert statement.card_held == approved
    assert 200_00 <= approved <= 400_00
    assert statement.on_card + statement.card_held + statement.available == 2_000_00
    with card.municipality.at_work(), reading() as session:
        assert prove_books(session).holds
