"""A shop asks, and is answered from the books: approved, approved in part, or declined with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.audit.actor import SYSTEM
from raaderum.cards.ordering import change_card
from raaderum.cards.rules import CardAct, PaymentState, Reason
from raaderum.cards.service import lock_card, unlock_card
from raaderum.cards.tables import CardAccount
from raaderum.cards.telling import words_of
from raaderum.ledger.proof import prove_books
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import CardEventKind, Merchant
from raaderum.testing.card_cases import SECRETS

if TYPE_CHECKING:
    from flask import Flask

    from raaderum.testing.card_cases import CardCase

ON_CARD = 300_00


def test_what_is_on_the_card_is_approved_and_held(app: Flask, card: CardCase) -> None:
    assert card.ask(app, 120_00) == (120_00, Reason.APPROVED)
    statement = card.statement()
    assert (statement.on_card, statement.card_held, statement.available) == (180_00, 120_00, 1_700_00)
    assert statement.granted == 2_000_00
    with card.municipality.at_work(), reading() as session:
        assert prove_books(session).holds


def test_more_than_that_is_declined_or_approved_in_part_where_the_shop_can_take_it(
    app: Flask, card: CardCase
) -> None:
    assert card.ask(app, ON_CARD + 1) == (0, Reason.NOT_ENOUGH_MONEY)
    assert card.ask(app, ON_CARD + 1, partial_allowed=True) == (ON_CARD, Reason.APPROVED_PARTLY)
    assert card.ask(app, 1, partial_allowed=True) == (0, Reason.NOT_ENOUGH_MONEY)


def test_the_same_question_gets_the_same_answer_and_one_hold(app: Flask, card: CardCase) -> None:
    question = card.event(CardEventKind.ASKED, 200_00)
    answers = [card.call(app, question).get_json() for _ in range(5)]
    assert answers == [{"approved": 200_00, "reason": Reason.APPROVED}] * 5
    assert card.statement().card_held == 200_00


@pytest.mark.parametrize("secret", SECRETS)
def test_either_secret_is_good_while_one_takes_over_from_the_other(
    secret: str, app: Flask, card: CardCase
) -> None:
    assert card.call(app, card.event(CardEventKind.ASKED, 5_00), secret=secret).get_json()["approved"] == 5_00


def test_a_paused_card_buys_nothing_from_the_moment_of_the_pause(app: Flask, card: CardCase) -> None:
    change(card, CardAct.PAUSE)
    assert card.ask(app, 1_00) == (0, Reason.CARD_PAUSED)
    card.work()
    change(card, CardAct.RESUME)
    assert card.ask(app, 1_00)[0] == 0
    card.work()
    assert card.ask(app, 1_00) == (1_00, Reason.APPROVED)


def test_a_card_locked_for_a_receipt_says_so_and_works_at_once_when_it_comes(
    app: Flask, card: CardCase
) -> None:
    enrolment_id = card.case.enrolment_id
    with card.municipality.at_work(), unit_of_work() as session:
        assert lock_card(session, enrolment_id, "receipts_missing", SYSTEM)
        assert not lock_card(session, enrolment_id, "receipts_missing", SYSTEM)
    assert not card.is_open()
    assert card.ask(app, 1_00) == (0, Reason.RECEIPTS_MISSING)
    with card.municipality.at_work(), unit_of_work() as session:
        assert unlock_card(session, enrolment_id, SYSTEM)
    assert card.ask(app, 1_00) == (1_00, Reason.APPROVED)


@pytest.mark.parametrize(
    ("rules", "shop", "reason"),
    [
        ({"blocked_categories": ["7995"]}, Merchant("Spil", "7995"), Reason.CATEGORY_BLOCKED),
        ({"allowed_categories": ["8299"]}, Merchant("Bager", "5462"), Reason.NOT_IN_PLAN),
        ({"allowed_categories": ["8299"]}, Merchant("Skole", "8299"), Reason.APPROVED),
        ({"merchant_words": ["bager"]}, Merchant("Svendborg BAGERI", "5462"), Reason.APPROVED),
        ({"per_payment": 10_00}, Merchant("Skole", "8299"), Reason.ABOVE_PER_PAYMENT),
    ],
    ids=["blocked", "other-shop", "shop-of-the-plan", "name-of-the-shop", "too-much-at-once"],
)
def test_the_rules_of_programme_and_plan_decide(
    rules: dict[str, object], shop: Merchant, reason: Reason, app: Flask, card: CardCase
) -> None:
    with card.municipality.at_work(), unit_of_work() as session:
        account = session.get_one(CardAccount, (card.municipality.id, card.case.enrolment_id))
        for name, value in rules.items():
            setattr(account, name, value)
    approved, because = card.ask(app, 20_00, merchant=shop)
    assert (approved, because) == (20_00 if reason is Reason.APPROVED else 0, reason)


def test_a_card_that_nobody_has_is_declined_and_leaves_no_payment(app: Flask, card: CardCase) -> None:
    assert card.ask(app, 1_00, card="sim_of_somebody_else") == (0, Reason.CARD_UNKNOWN)
    assert card.payments() == []


def test_a_decline_is_kept_with_its_reason_in_words_that_say_what_to_do(app: Flask, card: CardCase) -> None:
    card.ask(app, 500_00)
    (declined,) = card.payments()
    assert (declined.state, declined.asked, declined.approved) == (PaymentState.DECLINED, 500_00, 0)
    with card.municipality.at_work(), reading() as session:
        told = words_of(session, declined).danish
    assert told.startswith("Der er 300,00 kr. på kortet, og købet var på 500,00 kr.")
    assert "støtteperson" in told
    assert card.work() > 0


def test_an_answer_holds_no_more_than_the_books_allow_even_for_a_negative_amount(
    app: Flask, card: CardCase
) -> None:
    assert card.ask(app, -5_00)[0] == 0
    assert card.statement().on_card == ON_CARD


def change(card: CardCase, act: CardAct) -> None:
    with card.municipality.at_work(), unit_of_work() as session:
        change_card(session, card.card_id, act, by=card.municipality.coordinator)
