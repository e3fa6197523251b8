"""What Stripe is answered: an approval only ever of what was decided."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.plugin_api import CardDecision, CardEvent, CardEventKind, Oere
from raaderum_prepaid_card.answers import answer_to
from raaderum_prepaid_card.currency import read_rate
from raaderum_prepaid_card.events import read_event
from raaderum_prepaid_card.testing import samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum_prepaid_card.settings import IssuerSettings

    Ask = Callable[..., CardEvent]

RATE = read_rate("7.46", "3")


@pytest.fixture
def ask(make_settings: Callable[..., IssuerSettings]) -> Ask:
    settings = make_settings()
    return lambda **changed: read_event(samples.a_question(**changed), settings)


def _answered(event: CardEvent, approved: int | None) -> dict[str, Any]:
    decision = None if approved is None else CardDecision(Oere(approved), "because")
    answer = answer_to(event, decision, RATE)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Stripe-Version"]
    read: dict[str, Any] = json.loads(answer.body)
    return read


@pytest.mark.parametrize(
    ("partly", "approved", "expected"),
    [
        (False, 100_00, {"approved": True}),
        (True, 100_00, {"approved": True}),
        (False, 0, {"approved": False}),
        (True, 0, {"approved": False}),
        (False, 99_99, {"approved": False}),
        (True, 50_00, {"approved": True, "amount": 670}),
        (True, 33_33, {"approved": True, "amount": 446}),
        (True, 7, {"approved": False}),
        (True, 100_01, {"approved": True}),
    ],
)
def test_a_question_is_answered_by_the_decision(
    partly: bool,  # noqa: FBT001 - a table
    approved: int,
    expected: dict[str, Any],
    ask: Ask,
) -> None:
    answer = _answered(ask(partly=partly), approved)
    assert answer == expected | {"metadata": {"reason": "because"}}


def test_a_question_that_nobody_decided_is_declined(ask: Ask) -> None:
    assert _answered(ask(), None) == {"approved": False, "metadata": {"reason": "undecided"}}


def test_a_question_that_could_not_be_read_is_declined_whatever_was_decided(ask: Ask) -> None:
    question = ask(currency="usd")
    assert question.kind is CardEventKind.OTHER
    assert _answered(question, 100_00)["approved"] is False


def test_what_is_told_is_thanked_for(make_settings: Callable[..., IssuerSettings]) -> None:
    event = samples.an_event("issuing_authorization.created", samples.an_authorisation())
    assert _answered(read_event(event, make_settings()), None) == {}


@given(
    units=st.integers(1, 10**7),
    oere=st.integers(1, 10**8),
    currency=st.sampled_from(["dkk", "sek"]),
    share=st.fractions(0, 1),
)
def test_a_part_never_exceeds_what_was_approved_of_what_was_billed(
    units: int,
    oere: int,
    currency: str,
    share: Any,  # noqa: ANN401 - a fraction
) -> None:
    pending = samples.amounts(units, oere, currency)
    amount = oere if currency == "dkk" else RATE.held(units)
    event = CardEvent(
        "evt_1",
        CardEventKind.ASKED,
        "issuing_authorization.request",
        samples.MOMENT,
        amount=Oere(amount),
        cost=RATE.cost(pending["amount"]),
        partial_allowed=True,
    )
    approved = int(amount * share)
    answer = _answered(event, approved)
    if answer["approved"]:
        granted = answer.get("amount", units)
        assert 0 < granted <= units
        assert granted * amount <= units * approved
