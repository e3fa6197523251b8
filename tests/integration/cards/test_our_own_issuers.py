"""The issuers of our own plugin behind the whole of core: practice cards, and Stripe's stand-in."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.plugin_api import CallbackAnswer, CardIssuer, Mode, ProviderContext
from raaderum.plugin_host.providers import install_providers
from raaderum.testing.card_cases import CardCase, case_with_card, give_cards
from raaderum.testing.card_issuer_simulator import IDENTIFIER
from raaderum_prepaid_card.kind import StripeIssuerKind
from raaderum_prepaid_card.sandbox import SandboxCardKind
from raaderum_prepaid_card.shop import SandboxShop
from raaderum_prepaid_card.testing.samples import SECRET
from raaderum_prepaid_card.testing.server import FakeStripe
from raaderum_prepaid_card.testing.stripe_account import StripeAccount
from raaderum_prepaid_card.testing.webhooks import shuffled, signed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from raaderum.plugin_api import Callback
    from raaderum.settings import Settings
    from raaderum.testing.municipality import Municipality

ON_CARD = 300_00


def _context(files: Path, **settings: str) -> ProviderContext:
    return ProviderContext(UUID(int=1), "here", Mode.SANDBOX, settings, files)


def _in_place_of_the_simulator(
    app: Flask, municipality: Municipality, settings: Settings, issuer: CardIssuer
) -> CardCase:
    """Let `issuer` answer under the simulator's name, and bring a citizen to a card of its own."""
    simulator = give_cards(app, municipality, settings.files_folder)
    providers = app.extensions["raaderum_providers"]
    own = replace(providers[municipality.id], card_issuers={IDENTIFIER: issuer})
    install_providers(app, {**providers, municipality.id: own})
    return case_with_card(municipality, simulator, on_card=ON_CARD)


def _post(app: Flask, case: CardCase, call: Callback) -> CallbackAnswer:
    path = f"/webhooks/{case.municipality.tenant.slug}/{IDENTIFIER}"
    answer = app.test_client().post(path, headers=dict(call.headers), data=call.body)
    return CallbackAnswer(answer.status_code, dict(answer.headers), answer.get_data())


def test_a_practice_card_is_ordered_and_pays(
    app: Flask, municipality: Municipality, settings: Settings, tmp_path: Path
) -> None:
    context = _context(tmp_path / "practice")
    case = _in_place_of_the_simulator(app, municipality, settings, SandboxCardKind().configure(context))
    card, shop = case.card(), SandboxShop(context.files)
    assert (card.state, card.currency) == ("active", "dkk")
    assert card.reference is not None
    question = shop.ask(card.reference, 120_00, clock.now())
    told = shop.hear(question, _post(app, case, question).body, clock.now())
    assert _post(app, case, told).status == 200
    case.work()
    (payment,) = case.payments()
    assert (payment.held, payment.reason) == (120_00, "approved")
    for call in [*shop.capture(payment.reference, 130_00, clock.now() + timedelta(seconds=1))] * 2:
        _post(app, case, call)
    case.work()
    (payment,) = case.payments()
    assert (payment.held, payment.captured, payment.cost) == (0, 130_00, 130_00)
    assert case.statement().on_card == ON_CARD - 130_00


def test_a_practice_shop_that_asks_for_too_much_is_declined_by_the_issuers_own_limits(
    app: Flask, municipality: Municipality, settings: Settings, tmp_path: Path
) -> None:
    context = _context(tmp_path / "practice")
    case = _in_place_of_the_simulator(app, municipality, settings, SandboxCardKind().configure(context))
    card = case.card()
    assert card.reference is not None
    _post(app, case, SandboxShop(context.files).ask(card.reference, ON_CARD + 1, clock.now()))
    case.work()
    assert [payment.state for payment in case.payments()] == ["declined"]


@pytest.fixture
def account() -> StripeAccount:
    return StripeAccount(now=lambda: int(time.time()))


@pytest.fixture
def stripe_case(
    app: Flask, municipality: Municipality, settings: Settings, account: StripeAccount, tmp_path: Path
) -> Iterator[CardCase]:
    with FakeStripe(account).running() as fake:
        context = _context(
            tmp_path,
            api_key="sk_test_made_up",
            webhook_secret=SECRET,
            rate="7.46",
            api_base=fake.address,
        )
        issuer = StripeIssuerKind().configure(context)
        case = _in_place_of_the_simulator(app, municipality, settings, issuer)
        account.ask = lambda event: _post(app, case, signed(event, SECRET))
        yield case


def _tell_all(app: Flask, case: CardCase, account: StripeAccount, seed: int) -> None:
    calls = [signed(event, SECRET) for event in account.events]
    assert {_post(app, case, call).status for call in shuffled(calls, seed, copies=2)} == {200}
    case.work()


@pytest.mark.parametrize("seed", range(3))
def test_a_card_at_stripe_pays_and_whatever_order_it_is_told_in_the_end_is_the_same(
    seed: int, app: Flask, stripe_case: CardCase, account: StripeAccount
) -> None:
    card = stripe_case.card()
    assert (card.state, card.currency) == ("active", "eur")
    assert card.reference is not None
    in_kroner = {"card": card.reference, "merchant_currency": "dkk"}
    made = account.authorise({**in_kroner, "amount": "1340", "merchant_amount": "10000"})
    assert made["request_history"][0]["reason"] == "webhook_approved"
    account.capture(made["id"], {"capture_amount": "1474"})
    account.force_capture({**in_kroner, "amount": "268", "merchant_amount": "2000"})
    _tell_all(app, stripe_case, account, seed)
    first, forced = stripe_case.payments()
    assert (first.held, first.captured, first.cost) == (0, 110_00, 109_96)
    assert (forced.captured, forced.cost) == (20_00, 19_99)
    assert stripe_case.statement().on_card == ON_CARD - 130_00


def test_a_dispute_at_stripe_is_told_by_the_capture_that_it_is_about(
    app: Flask, stripe_case: CardCase, account: StripeAccount
) -> None:
    card = stripe_case.card()
    assert card.reference is not None
    drawn = account.force_capture({"card": card.reference, "amount": "268"})
    _tell_all(app, stripe_case, account, seed=1)
    account.dispute(drawn["id"], "won")
    _tell_all(app, stripe_case, account, seed=2)
    (payment,) = stripe_case.payments()
    assert (payment.captured, payment.dispute_status) == (19_99, "won")


def test_what_the_budget_cannot_bear_is_declined_at_stripe(
    app: Flask, stripe_case: CardCase, account: StripeAccount
) -> None:
    card = stripe_case.card()
    assert card.reference is not None
    account.change_card(card.reference, {"spending_controls": {"spending_limits": []}})
    made = account.authorise({"card": card.reference, "amount": "5000"})
    assert (made["approved"], made["request_history"][0]["reason"]) == (False, "webhook_declined")
    _tell_all(app, stripe_case, account, seed=1)
    (payment,) = stripe_case.payments()
    assert (payment.state, payment.approved, payment.asked) == ("declined", 0, Oere(384_19))
