"""What became of a payment is settled once and in one way, whoever tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from raaderum.payouts.callbacks import take_in_callback
from raaderum.payouts.contradictions import contradictions_waiting, settle_contradiction
from raaderum.payouts.decision_rules import ContradictionSettled
from raaderum.payouts.rules import AttemptState, PayoutState, idempotency_key
from raaderum.payouts.service import attempts_of
from raaderum.payouts.settling import TOLD_BY_BANK, TOLD_BY_CALLBACK, TOLD_BY_FILE, settle_attempt
from raaderum.payouts.tables import Payout, PayoutContradiction
from raaderum.people.roles import RoleMayNot
from raaderum.plugin_api import Accepted, CallbackMessage, Completed, Refused, Text, Told, Unknown
from raaderum.testing.attempts import sent_attempt
from raaderum.testing.cases import PRICE, Case, approved_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    Act = Callable[..., Any]

PAID = Completed("BANK-1")
NOT_PAID = Refused("no-such-account", Text("Nej.", "No."))


@pytest.fixture
def payout(case: Case, invoice: Callable[..., Payout]) -> Payout:
    return invoice(approved_purchase(case))


@pytest.fixture
def key(payout: Payout, act: Act) -> str:
    sent: str = act(sent_attempt, payout.id)
    return sent


def state_of(read: Act, payout: Payout) -> str:
    state: str = read(lambda session: session.scalar(select(Payout.state).where(Payout.id == payout.id)))
    return state


@pytest.mark.parametrize("source", [TOLD_BY_CALLBACK, TOLD_BY_FILE, TOLD_BY_BANK])
def test_whoever_tells_that_it_was_paid_the_money_is_spent_once(
    source: str, payout: Payout, key: str, act: Act, read: Act, money_of: Act, case: Case
) -> None:
    for _ in range(2):
        assert act(settle_attempt, key, PAID, told_by=source) is True
    money = money_of(case)
    assert (money["committed"], money["in_payment"], money["spent"]) == (0, 0, PRICE)
    [attempt] = read(attempts_of, payout.id)
    assert (attempt.state, attempt.told_by, attempt.provider_reference) == ("completed", source, "BANK-1")
    assert read(contradictions_waiting) == []


def test_a_key_that_nobody_sent_settles_nothing(payout: Payout, act: Act, read: Act) -> None:
    assert act(settle_attempt, idempotency_key(payout.id, 7), PAID, told_by=TOLD_BY_BANK) is False
    assert state_of(read, payout) == PayoutState.RESERVED


def test_accepted_after_unknown_is_on_its_way_again(payout: Payout, key: str, act: Act, read: Act) -> None:
    act(settle_attempt, key, Unknown("time-out"), told_by=TOLD_BY_CALLBACK)
    assert state_of(read, payout) == PayoutState.UNKNOWN
    act(settle_attempt, key, Accepted("P-1"), told_by=TOLD_BY_CALLBACK)
    assert state_of(read, payout) == PayoutState.SENDING


@pytest.mark.parametrize(
    ("words", "told"),
    [((PAID, NOT_PAID), AttemptState.REFUSED), ((NOT_PAID, PAID), AttemptState.COMPLETED)],
    ids=["refused after paid", "paid after refused"],
)
def test_what_contradicts_how_it_ended_moves_nothing_and_is_raised_to_people_once(
    words: tuple[Completed | Refused, Completed | Refused],
    told: AttemptState,
    payout: Payout,
    key: str,
    act: Act,
    read: Act,
    money_of: Act,
    case: Case,
) -> None:
    first, then = words
    act(settle_attempt, key, first, told_by=TOLD_BY_CALLBACK)
    before, state = money_of(case), state_of(read, payout)
    for _ in range(2):
        assert act(settle_attempt, key, then, told_by=TOLD_BY_BANK) is True
    assert money_of(case) == before
    assert state_of(read, payout) == state
    [(contradiction, about, _)] = read(contradictions_waiting)
    assert (contradiction.told, contradiction.told_by, about.id) == (told, TOLD_BY_BANK, payout.id)


def test_a_contradiction_is_settled_once_with_words_that_are_sealed(
    key: str, act: Act, read: Act, refused: Act, case: Case
) -> None:
    act(settle_attempt, key, PAID, told_by=TOLD_BY_CALLBACK)
    act(settle_attempt, key, NOT_PAID, told_by=TOLD_BY_FILE)
    [(contradiction, _, _)] = read(contradictions_waiting)
    leader = case.municipality.team_leader
    with refused(RoleMayNot):
        act(settle_contradiction, contradiction.id, because="x", by=case.municipality.coordinator)
    settled: PayoutContradiction = act(
        settle_contradiction, contradiction.id, because="Banken tog fejl.", by=leader
    )
    assert settled.because_sealed is not None
    assert b"Banken" not in settled.because_sealed
    assert read(contradictions_waiting) == []
    with refused(ContradictionSettled):
        act(settle_contradiction, contradiction.id, because="Igen.", by=leader)


def test_a_callback_settles_what_it_tells_and_nothing_of_another_providers(
    payout: Payout, key: str, act: Act, read: Act
) -> None:
    message = CallbackMessage("e-1", "paid", (Told(key, PAID), Told("unheard-of", PAID)))
    act(take_in_callback, "somebody_else", message)
    assert state_of(read, payout) == PayoutState.SENDING
    for _ in range(2):
        act(take_in_callback, payout.provider, message)
    assert state_of(read, payout) == PayoutState.PAID
