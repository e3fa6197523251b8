"""Any order and any repetition of what is told of a payment comes to the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.cards.folding import EXPIRED, Folded, fold
from raaderum.cards.moving import Purse, after, moves_between
from raaderum.cards.rules import PaymentState
from raaderum.plugin_api import CardEventKind

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OWNER = UUID(int=7)


@dataclass(frozen=True)
class Told:
    """A fact as the table has it."""

    event_id: str
    kind: str
    minute: int
    amount: int = 0
    cost: int = 0
    transaction: str | None = None
    is_open: bool = True
    status: str | None = None

    @property
    def occurred_at(self) -> datetime:
        return NOON + timedelta(minutes=self.minute)


def asked(minute: int, approved: int) -> Told:
    return Told(f"ask{minute}", CardEventKind.ASKED, minute, approved, is_open=approved > 0)


def stands(minute: int, amount: int, *, is_open: bool = True) -> Told:
    return Told(f"auth{minute}", CardEventKind.AUTHORISED, minute, amount, is_open=is_open)


def captured(minute: int, amount: int, transaction: str = "t1", *, cost: int | None = None) -> Told:
    billed = amount if cost is None else cost
    return Told(f"cap{transaction}{minute}", CardEventKind.CAPTURED, minute, amount, billed, transaction)


def refunded(minute: int, amount: int, transaction: str = "r1") -> Told:
    return Told(f"ref{transaction}{minute}", CardEventKind.REFUNDED, minute, amount, amount, transaction)


LIFE = (asked(0, 300), stands(1, 300), captured(5, 280), stands(6, 0, is_open=False), refunded(9, 100))


def test_all_orders_of_a_life_and_its_repetitions_come_to_the_same() -> None:
    wanted = fold(LIFE)
    assert (wanted.hold, wanted.captured, wanted.refunded, wanted.spent) == (0, 280, 100, 180)
    orders = [*permutations(LIFE)]
    assert len(orders) == 120
    assert {fold(order) for order in orders} == {wanted}
    assert {fold([*order, *order[::-1]]) for order in orders} == {wanted}


@pytest.mark.parametrize(
    ("facts", "hold", "spent", "state"),
    [
        ((asked(0, 300),), 300, 0, PaymentState.HELD),
        ((asked(0, 0),), 0, 0, PaymentState.DECLINED),
        ((asked(0, 300), stands(1, 0, is_open=False)), 0, 0, PaymentState.RELEASED),
        ((asked(0, 300), stands(1, 300), Told("x", EXPIRED, 20, is_open=False)), 0, 0, PaymentState.RELEASED),
        ((asked(0, 300), stands(1, 300), captured(2, 100)), 200, 100, PaymentState.CAPTURED),
        ((asked(0, 300), stands(1, 300), captured(2, 100), stands(3, 150)), 150, 100, PaymentState.CAPTURED),
        ((asked(0, 300), asked(3, 50)), 350, 0, PaymentState.HELD),
        ((stands(1, 300), captured(2, 100), captured(3, 120, "t2")), 80, 220, PaymentState.CAPTURED),
        ((stands(1, 300), captured(2, 450)), 0, 450, PaymentState.CAPTURED),
        ((captured(2, 90),), 0, 90, PaymentState.CAPTURED),
        ((stands(1, 0, is_open=False), captured(2, 90)), 0, 90, PaymentState.CAPTURED),
        ((refunded(9, 40),), 0, 0, PaymentState.REFUNDED_TOO_MUCH),
        ((captured(2, 90), refunded(9, 91)), 0, 0, PaymentState.REFUNDED_TOO_MUCH),
        ((captured(2, 90), captured(4, 95)), 0, 95, PaymentState.CAPTURED),
    ],
    ids=lambda value: value.value if isinstance(value, PaymentState) else "",
)
def test_what_a_payment_comes_to(facts: tuple[Told, ...], hold: int, spent: int, state: PaymentState) -> None:
    folded = fold(facts)
    assert (folded.hold, folded.spent, folded.state(overdrawn=False)) == (hold, spent, state)


def test_a_dispute_that_brought_nothing_back_is_where_its_latest_word_says() -> None:
    won = Told("d2", CardEventKind.DISPUTED, 8, status="won")
    opened = Told("d1", CardEventKind.DISPUTED, 7, status="submitted")
    folded = fold([won, captured(2, 90), opened])
    assert (folded.dispute_status, folded.spent) == ("won", 90)


@pytest.mark.parametrize(("disputed", "back"), [(45, 40), (90, 80), (900, 80)])
def test_a_dispute_that_is_won_brings_back_its_part_of_what_the_budget_bore(disputed: int, back: int) -> None:
    won = Told("d1", CardEventKind.DISPUTED, 8, disputed, disputed, "t1", status="won")
    folded = fold([won, captured(2, 80, cost=90)])
    assert (folded.refunded, folded.spent, folded.cost) == (back, 80 - back, 90 - min(disputed, 90))


def test_what_was_billed_is_kept_apart_from_what_the_budget_bears() -> None:
    assert fold([captured(2, 100, cost=104), refunded(3, 100)]).cost == 4


AMOUNTS = st.integers(0, 500)
PURSES = st.builds(Purse, AMOUNTS, st.just(0), AMOUNTS, st.just(0), st.just(0))


@given(PURSES, st.lists(st.builds(lambda c, r, h: (c, min(r, c), h), AMOUNTS, AMOUNTS, AMOUNTS), min_size=1))
def test_only_the_sums_decide_where_the_money_ends(purse: Purse, course: list[tuple[int, int, int]]) -> None:
    """Whatever was known on the way, the end is as if only the end had been known."""
    spent, now = 0, purse
    for captures, refunds, hold in course:
        wanted = captures - refunds
        now, spent = after(now, spent=wanted - spent, hold=hold), wanted
    assert now == after(purse, spent=spent, hold=course[-1][2])
    assert min(now.card, now.held, now.available, now.drawn_available, now.overdrawn) >= 0
    assert now.overdrawn == 0 or now.card == now.held == now.available == 0


@given(PURSES, st.integers(0, 2_000), AMOUNTS)
def test_the_moves_bring_every_account_to_where_it_must_be(purse: Purse, spent: int, hold: int) -> None:
    now = after(purse, spent=spent, hold=hold)
    balances = {"card": purse.card, "available": purse.available, "card_held": 0, "overdraft": 0, "spent": 0}
    for move in moves_between(purse, now, OWNER):
        balances[move.source.kind] -= move.amount
        balances[move.target.kind] += move.amount
    assert balances == {
        "card": now.card,
        "available": now.available,
        "card_held": now.held,
        "overdraft": -now.overdrawn,
        "spent": spent,
    }


def test_an_overdrawn_payment_says_so_unless_too_much_came_back() -> None:
    folded: Folded = fold([captured(2, 90)])
    assert folded.state(overdrawn=True) is PaymentState.OVERDRAWN
    assert fold([refunded(2, 90)]).state(overdrawn=True) is PaymentState.REFUNDED_TOO_MUCH
