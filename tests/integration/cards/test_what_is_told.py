"""What an issuer tells: kept once, worked on afterwards, the same end in every order and any repetition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from raaderum.cards.reading import payments_of
from raaderum.cards.rules import PaymentState
from raaderum.cards.settling import exchange_account, expire_holds, settle_problem
from raaderum.cards.told import ask_for_missed_events, take_in
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement, summed_balance, trial_balance
from raaderum.persistence.unit_of_work import reading, trial, unit_of_work
from raaderum.plugin_api import CardEvent, CardEventKind, CardState
from raaderum.provider_events.rules import EventState
from raaderum.provider_events.service import counted_events
from raaderum.testing.card_cases import SECRETS, give_cards, minutes
from raaderum.testing.card_issuer_simulator import IDENTIFIER, signed
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Flask

    from raaderum.settings import Settings
    from raaderum.testing.card_cases import CardCase
    from raaderum.testing.municipality import Municipality

AUTHORISED, CAPTURED, REFUNDED = (
    CardEventKind.AUTHORISED,
    CardEventKind.CAPTURED,
    CardEventKind.REFUNDED,
)


@dataclass(frozen=True)
class End:
    """Where money and payment are."""

    on_card: int
    held: int
    available: int
    spent: int
    overdrawn: int
    state: str
    captured: int
    refunded: int


def end_of(card: CardCase) -> End:
    money, (payment,) = card.statement(), card.payments()
    return End(
        money.on_card,
        money.card_held,
        money.available,
        money.spent,
        money.overdrawn,
        payment.state,
        payment.captured,
        payment.refunded,
    )


def life(card: CardCase) -> list[CardEvent]:
    """Approved, drawn beyond what is on the card, closed, given back in part, disputed."""
    begun = clock.now()
    return [
        card.event(AUTHORISED, 250_00, occurred_at=begun),
        card.event(CAPTURED, 420_00, occurred_at=begun + minutes(5), transaction="t1"),
        card.event(AUTHORISED, 0, occurred_at=begun + minutes(6), is_open=False),
        card.event(REFUNDED, 150_00, occurred_at=begun + minutes(9), transaction="r1"),
        card.event(CardEventKind.DISPUTED, occurred_at=begun + minutes(12), status="won"),
    ]


def test_all_120_orders_and_their_repetitions_end_in_the_same_state_and_balances(card: CardCase) -> None:
    events = life(card)
    orders = list(permutations(events))
    assert len(orders) == 120
    ends = set()
    with card.municipality.at_work():
        for number, order in enumerate(orders):
            again = order[number % 5 :] + order[: number % 3]
            ends.add(tried(card, [*order, *again]))
    assert ends == {(30_00, 0, 1_700_00, 270_00, 0, PaymentState.REFUNDED, 420_00, 150_00, "won")}


def tried(card: CardCase, events: Sequence[CardEvent]) -> tuple[object, ...]:
    """Let the events have their effect and return where they end; then undo it all."""
    with unit_of_work() as session, trial(session):
        for event in events:
            assert take_in(session, IDENTIFIER, event) is None
        money = budget_statement(session, card.case.enrolment_id)
        (payment,) = payments_of(session, card.case.enrolment_id)
        assert prove_books(session).holds
        return (
            money.on_card,
            money.card_held,
            money.available,
            money.spent,
            money.overdrawn,
            payment.state,
            payment.captured,
            payment.refunded,
            payment.dispute_status,
        )


def test_what_is_told_is_answered_at_once_kept_once_and_worked_on_afterwards(
    app: Flask, card: CardCase
) -> None:
    captured = card.event(CAPTURED, 80_00, transaction="t1")
    assert [card.call(app, captured).status_code for _ in range(4)] == [200] * 4
    assert card.statement().spent == 0
    card.work()
    assert end_of(card) == End(220_00, 0, 1_700_00, 80_00, 0, PaymentState.CAPTURED, 80_00, 0)
    with card.municipality.at_work(), reading() as session:
        assert [(one.kind, one.state, one.count) for one in counted_events(session)] == [
            ("simulated.captured", EventState.DONE, 1)
        ]


@pytest.mark.parametrize(
    ("told", "end"),
    [
        ([(CAPTURED, 450_00, "t1")], End(0, 0, 1_550_00, 450_00, 0, PaymentState.CAPTURED, 450_00, 0)),
        (
            [(CAPTURED, 100_00, "t1"), (CAPTURED, 70_00, "t2")],
            End(130_00, 0, 1_700_00, 170_00, 0, PaymentState.CAPTURED, 170_00, 0),
        ),
        (
            [(CAPTURED, 2_100_00, "t1")],
            End(0, 0, 0, 2_100_00, 100_00, PaymentState.OVERDRAWN, 2_100_00, 0),
        ),
        (
            [(CAPTURED, 2_100_00, "t1"), (REFUNDED, 150_00, "r1")],
            End(0, 0, 50_00, 1_950_00, 0, PaymentState.REFUNDED, 2_100_00, 150_00),
        ),
        (
            [(REFUNDED, 90_00, "r1")],
            End(300_00, 0, 1_700_00, 0, 0, PaymentState.REFUNDED_TOO_MUCH, 0, 90_00),
        ),
        (
            [(CAPTURED, 90_00, "t1"), (REFUNDED, 91_00, "r1")],
            End(300_00, 0, 1_700_00, 0, 0, PaymentState.REFUNDED_TOO_MUCH, 90_00, 91_00),
        ),
        ([(AUTHORISED, 500_00, None)], End(0, 300_00, 1_700_00, 0, 0, PaymentState.HELD, 0, 0)),
    ],
    ids=["over-capture", "several", "overdraft", "overdraft-covered", "refund-first", "too-much", "unasked"],
)
def test_nothing_that_is_told_raises_and_every_oere_is_somewhere(
    told: list[tuple[CardEventKind, int, str | None]], end: End, app: Flask, card: CardCase
) -> None:
    for kind, amount, transaction in told:
        card.call(app, card.event(kind, amount, transaction=transaction))
        card.work()
    assert end_of(card) == end
    with card.municipality.at_work(), reading() as session:
        assert prove_books(session).holds
        assert sum(row.summed for row in trial_balance(session)) == 0


def test_a_draw_half_as_large_again_as_its_hold_takes_first_the_hold(app: Flask, card: CardCase) -> None:
    assert card.ask(app, 200_00, authorisation="auth_1")[0] == 200_00
    card.call(app, card.event(CAPTURED, 300_00, transaction="t1"))
    card.work()
    assert end_of(card) == End(0, 0, 1_700_00, 300_00, 0, PaymentState.CAPTURED, 300_00, 0)


def test_a_hold_is_let_go_when_it_is_reversed_and_a_draw_after_that_is_still_booked(
    app: Flask, card: CardCase
) -> None:
    card.ask(app, 200_00, authorisation="auth_1")
    card.call(app, card.event(AUTHORISED, 0, is_open=False))
    card.work()
    assert end_of(card).state == PaymentState.RELEASED
    card.call(app, card.event(CAPTURED, 200_00, transaction="t1"))
    card.work()
    assert end_of(card) == End(100_00, 0, 1_700_00, 200_00, 0, PaymentState.CAPTURED, 200_00, 0)


def test_a_forced_draw_without_any_authorisation_is_a_payment_of_its_own(app: Flask, card: CardCase) -> None:
    card.call(app, card.event(CAPTURED, 40_00, authorisation=None, transaction="t9"))
    card.work()
    assert end_of(card) == End(260_00, 0, 1_700_00, 40_00, 0, PaymentState.CAPTURED, 40_00, 0)


def test_what_another_currency_costs_is_booked_apart(app: Flask, card: CardCase) -> None:
    card.call(app, card.event(CAPTURED, 100_00, cost=Oere(103_50), transaction="t1"))
    card.work()
    assert card.statement().spent == 100_00
    assert booked_apart(card) == 3_50
    card.call(app, card.event(REFUNDED, 100_00, cost=Oere(103_50), transaction="r1"))
    card.work()
    assert booked_apart(card) == 0


def test_a_hold_without_news_is_let_go_after_the_days_of_the_rules(app: Flask, card: CardCase) -> None:
    card.ask(app, 200_00)
    with card.municipality.at_work():
        assert expire_holds() == 0
        with clock.standing_still_at(clock.now() + timedelta(days=31, minutes=1)):
            assert expire_holds() == 1
            assert expire_holds() == 0
    assert end_of(card) == End(300_00, 0, 1_700_00, 0, 0, PaymentState.RELEASED, 0, 0)


def test_kinds_nobody_knows_and_cards_nobody_has_are_kept_counted_and_change_nothing(
    app: Flask, card: CardCase
) -> None:
    before = card.statement()
    card.call(app, replace(card.event(CardEventKind.OTHER), raw_kind="issuer.news"))
    card.call(app, card.event(CAPTURED, 50_00, card="sim_unknown", transaction="t1"))
    card.work()
    assert (card.statement(), card.payments()) == (before, [])
    with card.municipality.at_work(), reading() as session:
        assert {(one.kind, one.state) for one in counted_events(session)} == {
            ("issuer.news", EventState.SET_ASIDE),
            ("simulated.captured", EventState.SET_ASIDE),
        }


def test_another_municipalitys_card_is_nobodys_card_here(
    app: Flask,
    card: CardCase,
    new_municipality: Callable[..., Municipality],
    settings: Settings,
) -> None:
    event = card.event(CAPTURED, 50_00, transaction="t1")
    stranger = new_municipality()
    give_cards(app, card.municipality, settings.files_folder)
    give_cards(app, stranger, settings.files_folder)
    path = f"/webhooks/{stranger.tenant.slug}/{IDENTIFIER}"
    headers, body = signed(SECRETS[0], event)
    assert app.test_client().post(path, headers=headers, data=body).status_code == 200
    with stranger.at_work():
        do_due_work("money")
        with reading() as session:
            assert [one.state for one in counted_events(session)] == [EventState.SET_ASIDE]
    assert card.payments() == []


def test_a_card_closed_at_the_issuer_is_closed_here_and_its_money_comes_back(
    app: Flask, card: CardCase
) -> None:
    later = clock.now() + minutes(1)
    card.call(app, card.event(CardEventKind.CARD_CHANGED, card_state=CardState.CLOSED, occurred_at=later))
    card.call(app, card.event(CardEventKind.CARD_CHANGED, card_state=CardState.ACTIVE))
    card.work()
    assert card.card().state == CardState.CLOSED
    assert (card.statement().on_card, card.statement().available) == (0, 2_000_00)


def test_what_was_missed_is_asked_for_and_taken_in_once(app: Flask, card: CardCase) -> None:
    card.issuer.tell(card.event(CAPTURED, 60_00, transaction="t1"))
    card.issuer.tell(card.event(CardEventKind.ASKED, 60_00))
    with card.municipality.at_work():
        assert [ask_for_missed_events(), ask_for_missed_events()] == [1, 0]
    card.work()
    assert card.statement().spent == 60_00
    assert app


def test_an_odd_payment_waits_for_a_person_and_asks_again_when_it_turns(app: Flask, card: CardCase) -> None:
    card.call(app, card.event(REFUNDED, 10_00, transaction="r1"))
    card.work()
    (odd,) = card.payments()
    with card.municipality.at_work(), unit_of_work() as session:
        settle_problem(session, odd.id, by=card.municipality.coordinator)
    assert card.payments()[0].settled_by == card.municipality.coordinator.person_id
    card.call(app, card.event(REFUNDED, 10_00, transaction="r2"))
    card.work()
    assert card.payments()[0].settled_by is None


def booked_apart(card: CardCase) -> int:
    with card.municipality.at_work(), reading() as session:
        return summed_balance(session, exchange_account(IDENTIFIER))
