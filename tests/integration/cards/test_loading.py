"""Money comes on a card step by step, by item and day, and comes back; never what a shop holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from raaderum.cards.items import ItemOnCard, mark_item, unmark_item
from raaderum.cards.loading import refresh_cards
from raaderum.cards.reading import captures_between, card_account_of, card_items_of, card_payments_of
from raaderum.cards.rules import AboveItem, CategoryMalformed, ItemNotOnCard
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import CardEventKind
from raaderum.purchases.rules import NoApprovedPlan
from raaderum.purchases.service import release_purchase
from raaderum.testing.card_cases import CardCase, case_with_card
from raaderum.testing.card_issuer_simulator import IDENTIFIER
from raaderum.testing.cases import approved_purchase

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Flask

    from raaderum.testing.card_issuer_simulator import SimulatedIssuer
    from raaderum.testing.municipality import Municipality


@pytest.fixture
def empty(municipality: Municipality, issuer: SimulatedIssuer) -> CardCase:
    return case_with_card(municipality, issuer, on_card=0)


def mark(card: CardCase, amount: int, **more: object) -> UUID:
    wanted = ItemOnCard(card.case.plan_item_ids[0], Oere(amount), **{"categories": (), **more})  # type: ignore[arg-type] # the item's own
    with card.municipality.at_work(), unit_of_work() as session:
        return mark_item(session, card.case.enrolment_id, wanted, by=card.municipality.coordinator).id


def a_day_passes(card: CardCase, days: int) -> None:
    with card.municipality.at_work(), clock.standing_still_at(clock.now() + timedelta(days=days)):
        refresh_cards()


def test_an_item_that_is_due_is_loaded_at_once_and_the_issuer_is_told_afterwards(empty: CardCase) -> None:
    mark(empty, 500_00)
    assert (empty.statement().on_card, empty.statement().available) == (500_00, 1_500_00)
    assert empty.issuer.cards()[-1]["allowed_total"] == 0
    empty.work()
    assert empty.issuer.cards()[-1]["allowed_total"] == 500_00


def test_marking_it_again_replaces_what_was_said(empty: CardCase) -> None:
    mark(empty, 500_00)
    mark(empty, 200_00)
    assert empty.statement().on_card == 200_00
    with empty.municipality.at_work(), reading() as session:
        items = card_items_of(session, empty.case.enrolment_id)
    assert [(one.amount, one.spent, one.closed_at is None) for one in items] == [
        (500_00, 0, False),
        (200_00, None, True),
    ]


def test_after_its_last_day_what_is_not_held_comes_back(app: Flask, empty: CardCase) -> None:
    mark(empty, 500_00, until_on=clock.today() + timedelta(days=3))
    assert empty.ask(app, 120_00)[0] == 120_00
    a_day_passes(empty, 3)
    assert empty.statement().on_card == 380_00
    a_day_passes(empty, 4)
    statement = empty.statement()
    assert (statement.on_card, statement.card_held, statement.available) == (0, 120_00, 1_880_00)


def test_what_was_spent_is_not_loaded_again(app: Flask, empty: CardCase) -> None:
    mark(empty, 500_00)
    empty.call(app, empty.event(CardEventKind.CAPTURED, 450_00, transaction="t1"))
    empty.work()
    a_day_passes(empty, 0)
    assert (empty.statement().on_card, empty.statement().spent) == (50_00, 450_00)


def test_when_the_drawing_right_is_over_everything_free_comes_back(empty: CardCase) -> None:
    mark(empty, 500_00)
    a_day_passes(empty, 800)
    assert (empty.statement().on_card, empty.statement().available) == (0, 2_000_00)


def test_no_more_than_the_item_has_left_beside_what_is_bought_otherwise(empty: CardCase) -> None:
    approved_purchase(empty.case, Oere(1_400_00))
    with pytest.raises(AboveItem) as refused:
        mark(empty, 600_01)
    assert "600,00 kr." in refused.value.message.danish
    mark(empty, 600_00)
    assert (empty.statement().on_card, empty.statement().available) == (600_00, 0)


def test_what_is_wrong_with_an_item_is_said(empty: CardCase) -> None:
    with pytest.raises(CategoryMalformed):
        mark(empty, 10_00, categories=("54x1",))
    with pytest.raises(NoApprovedPlan):
        mark_what_is_no_item(empty)


def mark_what_is_no_item(card: CardCase) -> None:
    wanted = ItemOnCard(card.case.enrolment_id, Oere(10_00))
    with card.municipality.at_work(), unit_of_work() as session:
        mark_item(session, card.case.enrolment_id, wanted, by=card.municipality.coordinator)


def test_without_shops_of_its_own_an_item_gets_those_of_its_category(app: Flask, empty: CardCase) -> None:
    mark(empty, 500_00, categories=None, merchant_words=("Køreskole",))
    with empty.municipality.at_work(), reading() as session:
        account = card_account_of(session, empty.case.enrolment_id)
        assert account is not None
        assert "4131" in account.allowed_categories
    assert empty.ask(app, 1_00)[0] == 1_00


def test_an_item_taken_off_the_card_takes_its_money_along_once(empty: CardCase) -> None:
    item_id = mark(empty, 500_00)
    by = empty.municipality.coordinator
    with empty.municipality.at_work(), unit_of_work() as session:
        unmark_item(session, item_id, by=by)
    assert empty.statement().on_card == 0
    with empty.municipality.at_work(), pytest.raises(ItemNotOnCard), unit_of_work() as session:
        unmark_item(session, item_id, by=by)


def test_an_overdraft_is_covered_when_money_is_free_again(app: Flask, empty: CardCase) -> None:
    purchase = approved_purchase(empty.case, Oere(1_900_00))
    empty.call(app, empty.event(CardEventKind.CAPTURED, 130_00, transaction="t1"))
    empty.work()
    assert empty.statement().overdrawn == 30_00
    with empty.municipality.at_work(), unit_of_work() as session:
        release_purchase(session, purchase.id, by=empty.municipality.coordinator)
    a_day_passes(empty, 0)
    statement = empty.statement()
    assert (statement.overdrawn, statement.available, statement.spent) == (0, 1_870_00, 130_00)
    assert [one.state for one in empty.payments()] == ["captured"]


def test_others_can_read_what_was_drawn(app: Flask, empty: CardCase) -> None:
    begun = clock.now()
    empty.call(app, empty.event(CardEventKind.CAPTURED, 100_00, transaction="t1"))
    empty.call(app, empty.event(CardEventKind.REFUNDED, 30_00, transaction="r1"))
    empty.work()
    with empty.municipality.at_work(), reading() as session:
        (payment,) = card_payments_of(session, empty.case.enrolment_id)
        moved = captures_between(session, IDENTIFIER, since=begun, until=begun + timedelta(hours=1))
        assert captures_between(session, IDENTIFIER, since=begun + timedelta(hours=1), until=begun) == []
    assert (payment.amount, payment.refunded, payment.merchant) == (100_00, 30_00, "Svendborg Køreskole")
    assert [(one.kind, one.reference, one.amount) for one in moved] == [
        (CardEventKind.CAPTURED, "t1", 100_00),
        (CardEventKind.REFUNDED, "r1", 30_00),
    ]
