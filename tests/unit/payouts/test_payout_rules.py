from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from raaderum.kernel.money import Oere
from raaderum.payouts.rules import (
    OPEN_ATTEMPTS,
    PAYOUT_STATE_NAMES,
    AttemptState,
    PayoutState,
    approved_content,
    idempotency_key,
    wait_before_asking_again,
)
from raaderum.plugin_api import Payee, PaymentOrder

CASE, OTHER_CASE = UUID(int=1), UUID(int=2)
ORDER = PaymentOrder(
    payout_id=UUID(int=3),
    attempt=1,
    amount=Oere(12_500_00),
    payee=Payee("Køreskolen", "12345674"),
    code="RD-7K3QW9XC",
    purpose="Kørekort",
    account="5.38.38",
    due_on=date(2026, 6, 1),
    invoice_number="4711",
)


def digest(order: PaymentOrder = ORDER, provider: str = "supplier_invoice", case: UUID = CASE) -> str:
    return approved_content(order, provider=provider, enrolment_id=case)


def test_each_attempt_has_a_key_of_its_own_that_never_changes() -> None:
    keys = {idempotency_key(UUID(int=payout), attempt) for payout in range(20) for attempt in range(1, 20)}
    assert len(keys) == 20 * 19
    assert idempotency_key(UUID(int=1), 1) in keys


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": Oere(12_500_01)},
        {"payee": Payee("Køreskolen A/S", "12345674")},
        {"payee": Payee("Køreskolen", "87654321")},
        {"payee": Payee("Køreskolen", None)},
        {"payee": Payee("Køreskolen\n12345674", None)},
        {"code": "RD-7K3QW9XD"},
        {"purpose": "Kørekort til motorcykel"},
        {"account": "5.38.39"},
        {"due_on": date(2026, 6, 2)},
        {"invoice_number": "4712"},
        {"invoice_number": None},
    ],
)
def test_an_approval_is_void_when_anything_approved_has_changed(changed: dict[str, Any]) -> None:
    assert digest(replace(ORDER, **changed)) != digest()


def test_an_approval_is_void_for_another_provider_or_citizen() -> None:
    assert len({digest(), digest(provider="prepaid_card"), digest(case=OTHER_CASE)}) == 3


def test_words_cannot_slide_from_one_field_into_the_next() -> None:
    first = replace(ORDER, payee=Payee("A\nB", None), purpose="C")
    second = replace(ORDER, payee=Payee("A", None), purpose="B\nC")
    assert digest(first) != digest(second)


def test_the_approval_holds_for_every_attempt() -> None:
    assert digest(replace(ORDER, attempt=2)) == digest()


def test_waiting_doubles_from_five_seconds_to_a_quarter_of_an_hour() -> None:
    waits = [wait_before_asking_again(tries) for tries in range(1, 40)]
    assert waits[:4] == [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40)]
    assert set(waits[8:]) == {timedelta(minutes=15)}
    assert all(earlier <= later for earlier, later in pairwise(waits))


def test_every_state_of_a_payout_has_a_name_and_an_attempt_is_open_until_somebody_knows() -> None:
    assert set(PAYOUT_STATE_NAMES) == set(PayoutState)
    assert set(AttemptState) - set(OPEN_ATTEMPTS) == {AttemptState.COMPLETED, AttemptState.REFUSED}
