"""Practice cards: an issuer without a network whose shops pay as real ones do."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import (
    CallbackForged,
    CardControls,
    CardDecision,
    CardEvent,
    CardEventKind,
    CardState,
    Completed,
    HasPracticeShop,
    Mode,
    Oere,
    ProviderMovement,
    Refused,
    SettingsInvalid,
    TellsMovements,
    Unknown,
)
from raaderum_prepaid_card.sandbox import SandboxCardIssuer, SandboxCardKind
from raaderum_prepaid_card.shop import A_SHOP, SandboxShop

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.plugin_api import Callback, CardOrder, ProviderContext

AT = datetime(2026, 4, 1, 12, tzinfo=UTC)
SOON = timedelta(minutes=1)


@pytest.fixture
def context(make_context: Callable[..., ProviderContext]) -> ProviderContext:
    return make_context()


@pytest.fixture(name="sandbox")
def an_issuer(context: ProviderContext) -> SandboxCardIssuer:
    made = SandboxCardKind().configure(context)
    assert isinstance(made, SandboxCardIssuer)
    return made


@pytest.fixture
def shop(sandbox: SandboxCardIssuer, context: ProviderContext) -> SandboxShop:
    assert isinstance(sandbox, TellsMovements)
    return SandboxShop(context.files)


@pytest.fixture
def card(sandbox: SandboxCardIssuer, make_order: Callable[..., CardOrder]) -> str:
    outcome = sandbox.issue(make_order(), "key")
    assert isinstance(outcome, Completed)
    sandbox.set_controls(outcome.reference, CardControls(Oere(500_00), Oere(300_00)), "key")
    sandbox.change_state(outcome.reference, CardState.ACTIVE, "key")
    return outcome.reference


def _paid(sandbox: SandboxCardIssuer, shop: SandboxShop, card: str, approved: int) -> CardEvent:
    question = shop.ask(card, 200_00, AT)
    asked = sandbox.read_callback(question)
    answer = sandbox.answer(asked, CardDecision(Oere(approved), "because"))
    return sandbox.read_callback(shop.hear(question, answer.body, AT + SOON))


def test_a_card_is_made_once_for_its_key_and_cannot_be_used_yet(
    sandbox: SandboxCardIssuer, make_order: Callable[..., CardOrder]
) -> None:
    assert sandbox.look_up("key") is None
    first = sandbox.issue(make_order(), "key")
    assert sandbox.issue(make_order(), "key") == sandbox.look_up("key") == first
    assert isinstance(first, Completed)
    made = sandbox.retrieve_card(first.reference)
    assert (made.state, made.currency, len(made.last_four)) == (CardState.INACTIVE, "dkk", 4)


def test_no_name_and_no_address_is_kept(card: str, context: ProviderContext) -> None:
    assert card
    kept = (context.files / "cards.sqlite3").read_bytes()
    assert [word for word in ("Kjærgaard", "Vestergade") if word.encode() in kept] == []


def test_a_payment_is_asked_answered_and_captured(
    sandbox: SandboxCardIssuer, shop: SandboxShop, card: str
) -> None:
    held = _paid(sandbox, shop, card, 200_00)
    assert (held.kind, held.amount, held.is_open, held.merchant) == (
        CardEventKind.AUTHORISED,
        200_00,
        True,
        A_SHOP,
    )
    drawn, closed = map(sandbox.read_callback, shop.capture(held.authorisation or "", 250_00, AT + 2 * SOON))
    assert (drawn.kind, drawn.amount, drawn.cost) == (CardEventKind.CAPTURED, 250_00, 250_00)
    assert (closed.kind, closed.is_open, closed.amount) == (CardEventKind.AUTHORISED, False, 0)
    back = sandbox.read_callback(shop.refund(card, 50_00, AT + 3 * SOON, authorisation=held.authorisation))
    assert (back.kind, back.authorisation) == (CardEventKind.REFUNDED, held.authorisation)
    assert [movement.amount for movement in sandbox.movements(AT, AT + 9 * SOON)] == [250_00, -50_00]
    assert list(sandbox.movements(AT, AT + 3 * SOON)) == [
        ProviderMovement(drawn.transaction or "", Oere(250_00), AT + 2 * SOON)
    ]
    assert [event.event_id for event in sandbox.events_since(AT + 2 * SOON)] == [
        drawn.event_id,
        closed.event_id,
        back.event_id,
    ]


@pytest.mark.parametrize("approved", [0, 199_99])
def test_a_payment_that_is_not_approved_whole_is_declined(
    approved: int, sandbox: SandboxCardIssuer, shop: SandboxShop, card: str
) -> None:
    told = _paid(sandbox, shop, card, approved)
    assert (told.is_open, told.amount, told.status) == (False, 0, "webhook_declined")


def test_a_shop_that_takes_less_gets_less(sandbox: SandboxCardIssuer, shop: SandboxShop, card: str) -> None:
    question = shop.ask(card, 200_00, AT, partial_allowed=True)
    told = sandbox.read_callback(shop.hear(question, b'{"approved": 5000}', AT))
    assert (told.is_open, told.amount) == (True, 50_00)


@pytest.mark.parametrize("answer", [b"", b"yes", b"[]", b'{"approved": "all"}', b'{"approved": true}'])
def test_an_answer_that_cannot_be_read_is_a_no(
    answer: bytes, sandbox: SandboxCardIssuer, shop: SandboxShop, card: str
) -> None:
    question = shop.ask(card, 200_00, AT)
    assert not sandbox.read_callback(shop.hear(question, answer, AT)).is_open


@pytest.mark.parametrize(
    ("state", "controls", "reason"),
    [
        (CardState.PAUSED, CardControls(Oere(500_00)), "card_inactive"),
        (CardState.ACTIVE, CardControls(Oere(199_99)), "spending_controls"),
        (CardState.ACTIVE, CardControls(Oere(500_00), Oere(199_99)), "spending_controls"),
        (CardState.ACTIVE, CardControls(Oere(500_00), None, ("5942",)), "spending_controls"),
        (CardState.ACTIVE, CardControls(Oere(500_00), None, (), ("5733",)), "spending_controls"),
    ],
    ids=["paused", "limit", "one payment", "allowed", "blocked"],
)
def test_the_issuer_itself_declines_without_asking(
    state: CardState,
    controls: CardControls,
    reason: str,
    sandbox: SandboxCardIssuer,
    shop: SandboxShop,
    card: str,
) -> None:
    sandbox.change_state(card, state, "other")
    sandbox.set_controls(card, controls, "other")
    told = sandbox.read_callback(shop.ask(card, 200_00, AT))
    assert (told.kind, told.is_open, told.status) == (CardEventKind.AUTHORISED, False, reason)


def test_holds_and_captures_count_against_the_limit(
    sandbox: SandboxCardIssuer, shop: SandboxShop, card: str
) -> None:
    held = _paid(sandbox, shop, card, 200_00)
    shop.force_capture(card, 200_00, AT)
    assert sandbox.read_callback(shop.ask(card, 100_01, AT)).status == "spending_controls"
    shop.give_up(held.authorisation or "", AT)
    assert sandbox.read_callback(shop.ask(card, 100_01, AT)).kind is CardEventKind.ASKED


def test_a_closed_card_stays_closed(sandbox: SandboxCardIssuer, card: str) -> None:
    assert sandbox.change_state(card, CardState.CLOSED, "one") == Completed(card)
    assert isinstance(sandbox.change_state(card, CardState.ACTIVE, "two"), Refused)
    assert sandbox.retrieve_card(card).state is CardState.CLOSED


def test_a_change_takes_effect_once_for_its_key(sandbox: SandboxCardIssuer, card: str) -> None:
    sandbox.change_state(card, CardState.PAUSED, "pause")
    sandbox.change_state(card, CardState.ACTIVE, "resume")
    assert sandbox.change_state(card, CardState.PAUSED, "pause") == Completed(card)
    assert sandbox.retrieve_card(card).state is CardState.ACTIVE


def test_a_card_that_is_not_there_is_refused(sandbox: SandboxCardIssuer) -> None:
    assert isinstance(sandbox.change_state("none", CardState.ACTIVE, "key"), Refused)
    assert isinstance(sandbox.set_controls("none", CardControls(Oere(0)), "key"), Refused)
    with pytest.raises(LookupError):
        sandbox.retrieve_card("none")


def _with_another_amount(call: Callback) -> Callback:
    return replace(call, body=json.dumps(json.loads(call.body) | {"amount": 1}).encode())


@pytest.mark.parametrize(
    "forge",
    [
        _with_another_amount,
        lambda call: replace(call, headers={}),
        lambda call: replace(call, received_at=call.received_at + timedelta(hours=1)),
        lambda call: replace(call, received_at=call.received_at - timedelta(hours=1)),
    ],
    ids=["body", "header", "late", "early"],
)
def test_a_forged_call_is_refused(
    forge: Callable[[Callback], Callback], sandbox: SandboxCardIssuer, shop: SandboxShop, card: str
) -> None:
    with pytest.raises(CallbackForged):
        sandbox.read_callback(forge(shop.ask(card, 200_00, AT)))


@pytest.mark.parametrize("mode", [Mode.DISABLED, Mode.LIVE])
def test_there_is_nothing_live_about_it(mode: Mode, make_context: Callable[..., ProviderContext]) -> None:
    with pytest.raises(SettingsInvalid, match="only sandbox"):
        SandboxCardKind().configure(make_context(mode))


def test_a_folder_that_cannot_be_made_stops_the_start(context: ProviderContext) -> None:
    context.files.write_text("a file")
    with pytest.raises(SettingsInvalid, match="files"):
        SandboxCardKind().configure(context)


def test_a_database_that_is_gone_is_unknown(
    sandbox: SandboxCardIssuer,
    context: ProviderContext,
    make_order: Callable[..., CardOrder],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_given: object, **_named: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError

    monkeypatch.setattr(sqlite3, "connect", fail)
    assert isinstance(sandbox.issue(make_order(), "key"), Unknown)
    assert isinstance(sandbox.look_up("key"), Unknown)
    assert context.files.is_dir()


def test_a_demo_that_knows_no_issuer_finds_its_shop(sandbox: SandboxCardIssuer, card: str) -> None:
    assert isinstance(sandbox, HasPracticeShop)
    question = sandbox.practice_shop().ask(card, 200_00, AT, shop=A_SHOP)
    assert sandbox.read_callback(question).kind is CardEventKind.ASKED
