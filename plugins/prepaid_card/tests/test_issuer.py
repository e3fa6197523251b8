"""Cards at Stripe: made once whatever goes wrong, found again when Stripe has forgotten the key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import (
    CardControls,
    CardForm,
    CardState,
    Completed,
    IssuedCard,
    Oere,
    ProviderMovement,
    Refused,
    ReplacementReason,
    Unknown,
)
from raaderum_prepaid_card.client import make_client
from raaderum_prepaid_card.issuer import StripeIssuer
from raaderum_prepaid_card.testing.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.plugin_api import CardOrder, Outcome
    from raaderum_prepaid_card.settings import IssuerSettings
    from raaderum_prepaid_card.testing.server import FakeStripe
    from raaderum_prepaid_card.testing.stripe_account import StripeAccount

    MakeOrder = Callable[..., CardOrder]
    MakeSettings = Callable[..., IssuerSettings]

MANY = 230


def _issued(outcome: Outcome) -> str:
    assert isinstance(outcome, Completed), outcome
    return outcome.reference


@pytest.fixture
def card(issuer: StripeIssuer, make_order: MakeOrder) -> str:
    return _issued(issuer.issue(make_order(), "the first"))


def test_a_card_is_made_for_its_holder_and_cannot_be_used_yet(
    card: str, issuer: StripeIssuer, account: StripeAccount, make_order: MakeOrder
) -> None:
    assert issuer.retrieve_card(card) == IssuedCard(
        card, CardState.INACTIVE, card[-4:], date(2029, 11, 30), "eur"
    )
    made = account.cards[card]
    assert made["cardholder"]["name"] == "Aase Boegh Kjaergaard"
    assert made["cardholder"]["billing"]["address"]["postal_code"] == "8000"
    assert made["shipping"] is None
    assert made["metadata"]["raaderum_card"] == str(make_order().card_id)


def test_a_physical_card_is_sent_to_the_address_under_the_whole_name(
    issuer: StripeIssuer, account: StripeAccount, make_order: MakeOrder
) -> None:
    card = _issued(issuer.issue(make_order(form=CardForm.PHYSICAL), "key"))
    shipping = account.cards[card]["shipping"]
    assert shipping["name"] == "Åse Bøgh Kjærgaard"
    assert shipping["address"]["line1"] == "Vestergade 1"


def test_the_same_key_makes_one_card(
    card: str, issuer: StripeIssuer, account: StripeAccount, make_order: MakeOrder
) -> None:
    assert issuer.issue(make_order(), "the first") == Completed(card)
    assert len(account.cards) == len(account.cardholders) == 1


def test_all_cards_of_an_enrolment_have_one_holder(
    card: str, issuer: StripeIssuer, account: StripeAccount, make_order: MakeOrder
) -> None:
    _issued(issuer.issue(make_order(2), "the second"))
    wanted = make_order(3, replaces=card, replacement_reason=ReplacementReason.STOLEN)
    third = account.cards[_issued(issuer.issue(wanted, "the third"))]
    assert len(account.cards) == 3
    assert len(account.cardholders) == 1
    assert (third["replacement_for"], third["replacement_reason"]) == (card, "stolen")


def test_a_key_that_stripe_has_forgotten_makes_no_second_card(
    card: str, issuer: StripeIssuer, fake: FakeStripe, make_order: MakeOrder
) -> None:
    fake.calls.forget_keys()
    assert issuer.look_up("the first") == Completed(card)
    assert issuer.issue(make_order(), "the first") == Completed(card)
    assert len(fake.account.cards) == 1


def test_a_card_is_found_among_many_and_what_never_came_is_not(
    card: str, issuer: StripeIssuer, account: StripeAccount
) -> None:
    holder = account.cards[card]["cardholder"]["id"]
    for _ in range(MANY):
        account.make_card({"cardholder": holder, "type": "virtual", "currency": "eur"})
    assert issuer.look_up("the first") == Completed(card)
    assert issuer.look_up("another") is None


@pytest.mark.parametrize("trouble", ["hangs", "tears"])
@pytest.mark.parametrize("at", [1, 2], ids=["holder", "card"])
def test_no_answer_is_unknown_and_a_repeat_makes_one_card(
    trouble: str, at: int, issuer: StripeIssuer, fake: FakeStripe, make_order: MakeOrder
) -> None:
    if at == 2:
        notes = {"raaderum_holder": str(make_order().holder_id)}
        fake.account.make_cardholder({"name": "A", "billing": {"address": {}}, "metadata": notes})
    setattr(fake, trouble, 1)
    assert isinstance(issuer.issue(make_order(), "key"), Unknown)
    reference = _issued(issuer.issue(make_order(), "key"))
    assert issuer.look_up("key") == Completed(reference)
    assert len(fake.account.cards) == len(fake.account.cardholders) == 1


def test_the_same_order_from_many_threads_makes_one_card(
    issuer: StripeIssuer, account: StripeAccount, make_order: MakeOrder
) -> None:
    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(lambda _: issuer.issue(make_order(), "key"), range(16)))
    assert len(account.cards) == 1
    assert {outcome for outcome in outcomes if isinstance(outcome, Completed)} == {Completed(*account.cards)}


def test_a_key_used_with_other_content_is_looked_up(
    card: str, issuer: StripeIssuer, fake: FakeStripe, make_order: MakeOrder
) -> None:
    fake.account.cards[card]["metadata"].pop("raaderum_key")
    assert isinstance(issuer.issue(make_order(holder_name="Bo"), "the first"), Completed)
    changed = make_order(form=CardForm.PHYSICAL)
    assert isinstance(issuer.issue(changed, "the first"), Unknown)
    fake.account.cards[card]["metadata"]["raaderum_key"] = "the first:order"
    assert issuer.issue(changed, "the first") == Completed(card)
    assert len(fake.account.cards) == 1


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        (Refusal("cardholder_verification_required", kind="card_error", status=402), Refused),
        (Refusal("insufficient_issuing_balance"), Refused),
        (Refusal("postal_code_invalid", "billing[address][postal_code]"), Refused),
        (Refusal("a code nobody knows"), Refused),
        (Refusal("more_permissions_required", status=403), Refused),
        (Refusal("resource_missing", status=404), Refused),
        (Refusal("lock_timeout", status=409), Unknown),
        (Refusal("rate_limit", status=429), Unknown),
        (Refusal("api_error", kind="api_error", status=500), Unknown),
        (Refusal("api_error", kind="api_error", status=503), Unknown),
    ],
    ids=lambda value: value.code if isinstance(value, Refusal) else value.__name__,
)
def test_only_a_definite_no_is_a_refusal(
    refusal: Refusal, expected: type, issuer: StripeIssuer, fake: FakeStripe, make_order: MakeOrder
) -> None:
    fake.calls.refuse_with.append(refusal)
    outcome = issuer.issue(make_order(), "key")
    assert isinstance(outcome, expected)
    assert "stand-in" not in repr(outcome)
    assert fake.account.cards == {}
    _issued(issuer.issue(make_order(), "a new key"))


def test_a_refusal_has_stripes_code_and_words_for_people(
    issuer: StripeIssuer, fake: FakeStripe, make_order: MakeOrder
) -> None:
    fake.calls.refuse_with.append(Refusal("insufficient_issuing_balance"))
    outcome = issuer.issue(make_order(), "key")
    assert isinstance(outcome, Refused)
    assert outcome.code == "insufficient_issuing_balance"
    assert "penge nok" in outcome.reason.danish


def test_a_key_to_stripe_that_is_no_longer_good_is_a_refusal(
    fake: FakeStripe, make_settings: MakeSettings, make_order: MakeOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = make_settings(api_base=fake.address)
    issuer = StripeIssuer(make_client(settings), settings)
    fake.calls.refuse_with.append(Refusal("api_key_expired", status=401))
    monkeypatch.setattr(fake.account, "cards", {})
    outcome = issuer.issue(make_order(), "key")
    assert isinstance(outcome, Refused)
    assert outcome.code == "invalid_api_key"


def test_nobody_at_the_other_end_is_unknown(make_settings: MakeSettings, make_order: MakeOrder) -> None:
    settings = make_settings(api_base="http://127.0.0.1:1")
    issuer = StripeIssuer(make_client(settings), settings)
    controls = CardControls(Oere(0))
    assert isinstance(issuer.issue(make_order(), "key"), Unknown)
    assert isinstance(issuer.look_up("key"), Unknown)
    assert isinstance(issuer.change_state("ic_1", CardState.ACTIVE, "key"), Unknown)
    assert isinstance(issuer.set_controls("ic_1", controls, "key"), Unknown)


def test_a_name_without_a_latin_letter_is_refused_before_anything_is_sent(
    issuer: StripeIssuer, fake: FakeStripe, make_order: MakeOrder
) -> None:
    outcome = issuer.issue(make_order(holder_name="李 小龙"), "key")
    assert isinstance(outcome, Refused)
    assert outcome.code == "name_not_printable"
    assert fake.seen == []


def test_limits_are_put_in_place_of_earlier_ones_in_the_cards_currency(
    card: str, issuer: StripeIssuer, account: StripeAccount
) -> None:
    controls = CardControls(Oere(746_00), Oere(100_00), ("5733", "5942"), ("5942", "7995"))
    assert issuer.set_controls(card, controls, "one") == Completed(card)
    put = account.cards[card]["spending_controls"]
    assert put["allowed_categories"] == ["music_stores_musical_instruments_pianos_and_sheet_music"]
    assert put["blocked_categories"] is None
    assert [(limit["interval"], limit["amount"]) for limit in put["spending_limits"]] == [
        ("all_time", 100_00),
        ("per_authorization", 13_40),
    ]
    nothing_left = CardControls(Oere(0), blocked_categories=("7995",))
    assert issuer.set_controls(card, nothing_left, "two") == Completed(card)
    put = account.cards[card]["spending_controls"]
    assert put["allowed_categories"] is None
    assert put["blocked_categories"] == ["betting_casino_gambling"]
    assert [limit["amount"] for limit in put["spending_limits"]] == [0]


@pytest.mark.parametrize(
    ("controls", "code"),
    [
        (
            CardControls(Oere(1), allowed_categories=("5733",), blocked_categories=("5733",)),
            "no_category_left",
        ),
        (CardControls(Oere(1), allowed_categories=("0001",)), "category_unknown"),
        (CardControls(Oere(1), blocked_categories=("0001",)), "category_unknown"),
    ],
    ids=["nothing left", "allowed", "blocked"],
)
def test_categories_that_stripe_cannot_keep_are_refused_before_anything_is_sent(
    controls: CardControls, code: str, issuer: StripeIssuer, fake: FakeStripe
) -> None:
    outcome = issuer.set_controls("ic_1", controls, "key")
    assert isinstance(outcome, Refused)
    assert outcome.code == code
    assert fake.seen == []


def test_a_card_is_activated_paused_resumed_and_closed(card: str, issuer: StripeIssuer) -> None:
    for number, state in enumerate([CardState.ACTIVE, CardState.PAUSED, CardState.ACTIVE, CardState.CLOSED]):
        assert issuer.change_state(card, state, str(number)) == Completed(card)
        assert issuer.retrieve_card(card).state is state


def test_a_closed_card_can_be_closed_again_but_not_opened(
    card: str, issuer: StripeIssuer, fake: FakeStripe
) -> None:
    for key in ("one", "two"):
        assert issuer.change_state(card, CardState.CLOSED, key) == Completed(card)
    outcome = issuer.change_state(card, CardState.ACTIVE, "three")
    assert isinstance(outcome, Refused)
    assert outcome.code == "card_canceled"
    assert isinstance(issuer.change_state("ic_none", CardState.CLOSED, "four"), Refused)
    assert fake.account.cards[card]["status"] == "canceled"


def test_what_was_missed_is_told_again_oldest_first(
    card: str, issuer: StripeIssuer, account: StripeAccount
) -> None:
    for number in range(MANY):
        account.change_card(card, {"metadata": {"number": str(number)}})
    since = datetime.fromtimestamp(account.now(), UTC)
    told = [event.event_id for event in issuer.events_since(since)]
    assert told == [event["id"] for event in account.events]
    assert list(issuer.events_since(since + timedelta(seconds=1))) == []


def test_movements_are_told_with_the_kroner_that_the_budget_bears(
    card: str, issuer: StripeIssuer, account: StripeAccount
) -> None:
    form = {"card": card, "amount": "1340", "merchant_amount": "10000", "merchant_currency": "dkk"}
    drawn = account.force_capture(form)
    back = account.refund(drawn["id"], {"refund_amount": "134"})
    moment = datetime.fromtimestamp(account.now(), UTC)
    assert list(issuer.movements(moment, moment + timedelta(seconds=1))) == [
        ProviderMovement(drawn["id"], Oere(100_00), moment),
        ProviderMovement(back["id"], Oere(-10_00), moment),
    ]
    assert list(issuer.movements(moment - timedelta(days=1), moment)) == []
