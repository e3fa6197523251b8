"""What Stripe tells, as the core knows it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.plugin_api import CardEvent, CardEventKind, CardState, Merchant
from raaderum_prepaid_card.events import ASKED, OTHER_CURRENCY, TOLD, read_event
from raaderum_prepaid_card.json_reading import NotReadable
from raaderum_prepaid_card.refusals import COMMON, REASONS, refused
from raaderum_prepaid_card.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from raaderum_prepaid_card.settings import IssuerSettings

    Read = Callable[[dict[str, Any]], CardEvent]

BOOK_SHOP = Merchant("Boghandlen", "5942", "1234567890", "Lejre", "DK")
DECLINED = [
    "account_disabled",
    "card_inactive",
    "cardholder_inactive",
    "cardholder_verification_required",
    "insufficient_funds",
    "not_allowed",
    "spending_controls",
    "suspected_fraud",
    "verification_failed",
    "webhook_declined",
    "webhook_error",
    "webhook_timeout",
]


@pytest.fixture
def read(make_settings: Callable[..., IssuerSettings]) -> Read:
    settings = make_settings()
    return lambda event: read_event(event, settings)


def test_a_question_is_read_with_the_shops_own_kroner(read: Read) -> None:
    asked = read(samples.a_question(partly=True))
    assert asked.kind is CardEventKind.ASKED
    assert (asked.card, asked.authorisation, asked.transaction) == ("ic_1", "iauth_1", None)
    assert (asked.amount, asked.cost) == (100_00, 99_96)
    assert asked.merchant == BOOK_SHOP
    assert asked.partial_allowed
    assert asked.occurred_at.replace(microsecond=0) == datetime.fromtimestamp(samples.CREATED, UTC)


def test_a_question_in_another_currency_holds_the_margin_too(read: Read) -> None:
    asked = read(samples.a_question(merchant_currency="sek", merchant_amount=150_00))
    assert (asked.amount, asked.cost) == (102_97, 99_96)
    assert not asked.partial_allowed


def test_a_shop_that_asks_for_more_asks_for_that_alone(read: Read) -> None:
    event = samples.a_question(amount=134, merchant_amount=10_00)
    event["data"]["object"] |= samples.amounts() | {"approved": True, "request_history": [{}]}
    assert read(event).amount == 10_00


def test_an_open_authorisation_holds_what_has_not_been_captured(read: Read) -> None:
    told = samples.an_authorisation(transactions=[samples.a_transaction(-402, -30_00)])
    event = read(samples.an_event("issuing_authorization.updated", told))
    assert event.kind is CardEventKind.AUTHORISED
    assert event.is_open
    assert (event.amount, event.cost) == (70_00, 69_97)


def test_more_captured_than_authorised_holds_nothing(read: Read) -> None:
    told = samples.an_authorisation(transactions=[samples.a_transaction(-1500, -111_90)])
    assert read(samples.an_event("issuing_authorization.updated", told)).amount == 0


@pytest.mark.parametrize("status", ["closed", "reversed", "expired"])
def test_an_authorisation_that_is_no_longer_open_holds_nothing(status: str, read: Read) -> None:
    event = read(samples.an_event("issuing_authorization.updated", samples.an_authorisation(status=status)))
    assert not event.is_open
    assert (event.amount, event.cost, event.status) == (0, 0, None)


@pytest.mark.parametrize("reason", DECLINED)
def test_a_declined_authorisation_says_why(reason: str, read: Read) -> None:
    history = [{"approved": True, "reason": "webhook_approved"}, {"approved": False, "reason": reason}]
    told = samples.an_authorisation(approved=False, status="closed", request_history=history)
    event = read(samples.an_event("issuing_authorization.created", told))
    assert (event.kind, event.is_open, event.amount) == (CardEventKind.AUTHORISED, False, 0)
    assert event.status == reason
    words = refused(reason).reason
    assert words == REASONS[reason] != COMMON
    assert words.danish != words.english


def test_all_reasons_of_the_published_specification_have_words(specification: dict[str, Any]) -> None:
    request = specification["components"]["schemas"]["issuing_authorization_request"]
    published = set(request["properties"]["reason"]["enum"])
    assert published - REASONS.keys() == set()
    assert set(DECLINED) == published - {"card_active", "webhook_approved"}


@pytest.mark.parametrize(
    ("units", "oere", "kind"),
    [(-1340, -100_00, CardEventKind.CAPTURED), (1340, 100_00, CardEventKind.REFUNDED)],
)
def test_the_sign_says_which_way_money_went(units: int, oere: int, kind: CardEventKind, read: Read) -> None:
    event = read(samples.an_event("issuing_transaction.created", samples.a_transaction(units, oere)))
    assert event.kind is kind
    assert (event.transaction, event.authorisation, event.card) == ("ipi_1", "iauth_1", "ic_1")
    assert (event.amount, event.cost) == (100_00, 99_96)


def test_a_capture_in_another_currency_bears_no_margin(read: Read) -> None:
    told = samples.a_transaction(-1340, -150_00, merchant_currency="sek")
    event = read(samples.an_event("issuing_transaction.created", told))
    assert event.amount == event.cost == 99_96


def test_a_forced_capture_has_no_authorisation(read: Read) -> None:
    told = samples.a_transaction(authorization=None)
    assert read(samples.an_event("issuing_transaction.created", told)).authorisation is None


def test_references_may_come_with_the_whole_thing_they_stand_for(read: Read) -> None:
    told = samples.a_transaction(authorization={"id": "iauth_7"}, card={"id": "ic_7"})
    event = read(samples.an_event("issuing_transaction.updated", told))
    assert (event.authorisation, event.card) == ("iauth_7", "ic_7")


@pytest.mark.parametrize("status", ["unsubmitted", "submitted", "won", "lost", "expired"])
def test_a_dispute_says_where_it_is(status: str, read: Read) -> None:
    told = {"id": "idp_1", "amount": 1340, "currency": "eur", "status": status, "transaction": "ipi_1"}
    event = read(samples.an_event("issuing_dispute.updated", told))
    assert event.kind is CardEventKind.DISPUTED
    assert (event.transaction, event.status, event.amount) == (
        "ipi_1",
        status,
        99_96 if status == "won" else 0,
    )


@pytest.mark.parametrize(
    ("status", "note", "state"),
    [
        ("active", None, CardState.ACTIVE),
        ("active", "paused", CardState.ACTIVE),
        ("inactive", None, CardState.INACTIVE),
        ("inactive", "inactive", CardState.INACTIVE),
        ("inactive", "paused", CardState.PAUSED),
        ("canceled", "paused", CardState.CLOSED),
    ],
)
def test_a_card_that_changed_says_how_it_stands(
    status: str, note: str | None, state: CardState, read: Read
) -> None:
    notes = {} if note is None else {"raaderum_state": note}
    event = read(
        samples.an_event("issuing_card.updated", {"id": "ic_1", "status": status, "metadata": notes})
    )
    assert (event.kind, event.card, event.card_state) == (CardEventKind.CARD_CHANGED, "ic_1", state)


@pytest.mark.parametrize("kind", ["issuing_token.created", "charge.succeeded", "issuing_cardholder.updated"])
def test_other_things_are_kept_as_such(kind: str, read: Read) -> None:
    event = read(samples.an_event(kind, {"id": "x", "status": "active"}))
    assert (event.kind, event.raw_kind, event.event_id) == (CardEventKind.OTHER, kind, "evt_1")


@pytest.mark.parametrize(
    "event",
    [
        samples.a_question(currency="usd"),
        samples.an_event("issuing_authorization.created", samples.an_authorisation(currency="usd")),
        samples.an_event("issuing_transaction.created", samples.a_transaction(currency="usd")),
    ],
    ids=["question", "authorisation", "transaction"],
)
def test_an_amount_in_a_currency_that_is_not_ours_is_not_guessed(event: dict[str, Any], read: Read) -> None:
    told = read(event)
    assert (told.kind, told.amount, told.status) == (CardEventKind.OTHER, 0, OTHER_CURRENCY)


def test_what_happens_within_one_second_keeps_its_order(read: Read) -> None:
    """Asked, authorised, asked for more, authorised, partly captured, told of, closed."""
    kind = "issuing_authorization.updated"
    one, two = [{"reason": "webhook_approved"}], [{"reason": "webhook_approved"}] * 2
    more = samples.a_question()
    more["data"]["object"] |= {"approved": True, "request_history": one}
    part = samples.a_transaction(-402, -30_00)
    story = [
        samples.a_question(),
        samples.an_event(kind, samples.an_authorisation(request_history=one)),
        more,
        samples.an_event(kind, samples.an_authorisation(request_history=two)),
        samples.an_event("issuing_transaction.created", part),
        samples.an_event(kind, samples.an_authorisation(request_history=two, transactions=[part])),
        samples.an_event(kind, samples.an_authorisation(request_history=two, status="closed")),
    ]
    moments = [read(event).occurred_at for event in story]
    assert moments == sorted(set(moments))
    assert {moment.replace(microsecond=0) for moment in moments} == {
        datetime.fromtimestamp(samples.CREATED, UTC)
    }


@pytest.mark.parametrize("raw_kind", [ASKED, *TOLD])
def test_recorded_shapes_are_read(raw_kind: str, contracts: Path, read: Read) -> None:
    event = read(samples.an_event(raw_kind, _recorded(raw_kind, contracts)))
    expected = {
        "issuing_authorization": CardEventKind.AUTHORISED,
        "issuing_card": CardEventKind.CARD_CHANGED,
        "issuing_cardholder": CardEventKind.OTHER,
        "issuing_dispute": CardEventKind.DISPUTED,
        "issuing_transaction": CardEventKind.CAPTURED,
    }[raw_kind.partition(".")[0]]
    assert event.kind is (CardEventKind.ASKED if raw_kind == ASKED else expected)


def _recorded(kind: str, contracts: Path) -> dict[str, Any]:
    resources = json.loads((contracts / "fixtures3.issuing.json").read_text(encoding="utf-8"))["resources"]
    thing: dict[str, Any] = resources[kind.partition(".")[0].replace("_", ".")]
    if "currency" in thing:
        thing["currency"] = "eur"
    if kind == ASKED:
        thing["pending_request"] = samples.amounts() | {"is_amount_controllable": False}
    return thing


def test_an_event_of_the_other_mode_is_not_read(make_settings: Callable[..., IssuerSettings]) -> None:
    with pytest.raises(NotReadable):
        read_event(samples.a_question() | {"livemode": True}, make_settings())
