"""Payments from the shop to the budget: the stand-in asks, the issuer answers, events tell the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import (
    CallbackAnswer,
    CardControls,
    CardDecision,
    CardEvent,
    CardEventKind,
    CardState,
    Completed,
    Oere,
)
from raaderum_prepaid_card.testing import samples
from raaderum_prepaid_card.testing.webhooks import shuffled, signed

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.plugin_api import CardOrder
    from raaderum_prepaid_card.issuer import StripeIssuer
    from raaderum_prepaid_card.testing.objects import Thing
    from raaderum_prepaid_card.testing.stripe_account import StripeAccount


class Municipality:
    """Approves up to an amount, and remembers what it was asked."""

    def __init__(self, issuer: StripeIssuer, approve: int) -> None:
        self.issuer = issuer
        self.approve = approve
        self.asked: list[CardEvent] = []

    def __call__(self, event: Thing) -> CallbackAnswer | None:
        asked = self.issuer.read_callback(signed(event, samples.SECRET))
        self.asked.append(asked)
        approved = min(self.approve, asked.amount) if asked.partial_allowed else asked.amount
        decision = CardDecision(Oere(approved if approved <= self.approve else 0), "test")
        return self.issuer.answer(asked, decision)


@pytest.fixture
def municipality(issuer: StripeIssuer, account: StripeAccount) -> Municipality:
    asked = Municipality(issuer, approve=100_00)
    account.ask = asked
    return asked


@pytest.fixture
def card(issuer: StripeIssuer, make_order: Callable[..., CardOrder]) -> str:
    outcome = issuer.issue(make_order(), "key")
    assert isinstance(outcome, Completed)
    issuer.set_controls(outcome.reference, CardControls(Oere(746_00)), "key")
    issuer.change_state(outcome.reference, CardState.ACTIVE, "key")
    return outcome.reference


def _in_kroner(card: str, units: int = 1340, oere: int = 100_00, **more: str) -> dict[str, str]:
    return {
        "card": card,
        "amount": str(units),
        "merchant_amount": str(oere),
        "merchant_currency": "dkk",
        **more,
    }


def _told(issuer: StripeIssuer, account: StripeAccount) -> list[CardEvent]:
    """What is told of payments, in the order in which it happened."""
    calls = shuffled([signed(event, samples.SECRET) for event in account.events], seed=7, copies=3)
    events = {event.event_id: event for event in map(issuer.read_callback, calls)}
    of_payments = [event for event in events.values() if event.merchant is not None]
    return sorted(of_payments, key=lambda event: (event.occurred_at, event.event_id))


def test_a_payment_is_asked_held_captured_and_closed(
    card: str, municipality: Municipality, issuer: StripeIssuer, account: StripeAccount
) -> None:
    made = account.authorise(_in_kroner(card))
    account.capture(made["id"], {})
    assert [event.amount for event in municipality.asked] == [100_00]
    assert made["request_history"][0]["reason"] == "webhook_approved"
    assert [(event.kind, event.amount, event.is_open) for event in _told(issuer, account)] == [
        (CardEventKind.AUTHORISED, 100_00, True),
        (CardEventKind.CAPTURED, 100_00, False),
        (CardEventKind.AUTHORISED, 0, False),
    ]


def test_a_payment_that_is_too_large_is_declined_by_us(
    card: str, municipality: Municipality, account: StripeAccount
) -> None:
    made = account.authorise(_in_kroner(card, 1474, 110_00))
    assert len(municipality.asked) == 1
    assert (made["approved"], made["request_history"][0]["reason"]) == (False, "webhook_declined")


def test_a_shop_that_takes_less_gets_less(
    card: str, municipality: Municipality, issuer: StripeIssuer, account: StripeAccount
) -> None:
    made = account.authorise(_in_kroner(card, 2680, 200_00, is_amount_controllable="true"))
    assert municipality.asked[0].partial_allowed
    assert (made["approved"], made["amount"], made["merchant_amount"]) == (True, 1340, 100_00)
    assert _told(issuer, account)[0].amount == 100_00


def test_a_shop_may_ask_for_more_and_draw_in_parts(
    card: str, municipality: Municipality, issuer: StripeIssuer, account: StripeAccount
) -> None:
    made = account.authorise(_in_kroner(card))
    account.increment(made["id"], {"increment_amount": "134", "merchant_amount": "1000"})
    account.capture(made["id"], {"capture_amount": "402", "close_authorization": "false"})
    account.give_up(made["id"], "reversed")
    assert [event.amount for event in municipality.asked] == [100_00, 10_00]
    assert [(event.kind, event.amount) for event in _told(issuer, account)] == [
        (CardEventKind.AUTHORISED, 100_00),
        (CardEventKind.AUTHORISED, 110_00),
        (CardEventKind.CAPTURED, 30_00),
        (CardEventKind.AUTHORISED, 80_00),
        (CardEventKind.AUTHORISED, 0),
    ]


def test_more_than_was_held_may_be_captured_and_what_was_never_asked(
    card: str, municipality: Municipality, issuer: StripeIssuer, account: StripeAccount
) -> None:
    made = account.authorise(_in_kroner(card))
    account.capture(made["id"], {"capture_amount": "1608"})
    account.force_capture(_in_kroner(card, 670, 50_00))
    account.unlinked_refund(_in_kroner(card, 67, 5_00))
    moved = [event for event in _told(issuer, account) if event.transaction]
    assert [(event.kind, event.amount, event.authorisation) for event in moved] == [
        (CardEventKind.CAPTURED, 120_00, made["id"]),
        (CardEventKind.CAPTURED, 50_00, None),
        (CardEventKind.REFUNDED, 5_00, None),
    ]
    assert len(municipality.asked) == 1


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda account, card: account.change_card(card, {"status": "inactive"}), "card_inactive"),
        (lambda account, _: account.cardholders.popitem()[1].update(status="blocked"), "cardholder_inactive"),
        (lambda account, _: setattr(account, "balance", 10_00), "insufficient_funds"),
        (
            lambda account, card: account.change_card(
                card, {"spending_controls": {"spending_limits": [{"amount": "1339", "interval": "all_time"}]}}
            ),
            "spending_controls",
        ),
        (
            lambda account, card: account.change_card(
                card, {"spending_controls": {"allowed_categories": ["bakeries"]}}
            ),
            "spending_controls",
        ),
    ],
    ids=["card", "holder", "balance", "limit", "category"],
)
def test_stripe_itself_declines_without_asking(
    spoil: Callable[[StripeAccount, str], object],
    reason: str,
    card: str,
    municipality: Municipality,
    issuer: StripeIssuer,
    account: StripeAccount,
) -> None:
    spoil(account, card)
    account.authorise(_in_kroner(card))
    (told,) = _told(issuer, account)
    assert (told.kind, told.is_open, told.status) == (CardEventKind.AUTHORISED, False, reason)
    assert municipality.asked == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "webhook_timeout"),
        (CallbackAnswer(500, {}, b""), "webhook_error"),
        (CallbackAnswer(200, {}, b'{"approved": true}'), "webhook_error"),
        (CallbackAnswer(200, {"Stripe-Version": "x"}, b"yes"), "webhook_error"),
        (CallbackAnswer(200, {"Stripe-Version": "x"}, b'{"approved": true, "amount": 1}'), "webhook_error"),
    ],
    ids=["late", "broken", "no version", "no JSON", "amount not asked for"],
)
def test_an_answer_that_is_not_as_stripe_wants_it_declines(
    answer: CallbackAnswer | None, reason: str, card: str, account: StripeAccount
) -> None:
    account.ask = lambda _event: answer
    made = account.authorise(_in_kroner(card))
    assert (made["approved"], made["request_history"][0]["reason"]) == (False, reason)


def test_where_nobody_listens_stripe_approves_by_itself(card: str, account: StripeAccount) -> None:
    assert account.authorise(_in_kroner(card))["request_history"][0]["reason"] == "card_active"
