from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.ledger.rules import AmountNotPositive
from raaderum.refunds.rules import RefundAbovePayment, check_amount, idempotency_key

MONEY = st.integers(0, 50_000_00)
WANTED = st.integers(1, 50_000_00)


@given(wanted=WANTED, paid=MONEY, refunded=MONEY)
def test_never_more_comes_back_than_was_paid(wanted: int, paid: int, refunded: int) -> None:
    if refunded + wanted <= paid:
        check_amount(wanted=wanted, paid=paid, refunded=refunded)
    else:
        with pytest.raises(RefundAbovePayment):
            check_amount(wanted=wanted, paid=paid, refunded=refunded)


@pytest.mark.parametrize("wanted", [0, -1])
def test_a_refund_gives_something_back(wanted: int) -> None:
    with pytest.raises(AmountNotPositive):
        check_amount(wanted=wanted, paid=1_000_00, refunded=0)


def test_the_refusal_tells_how_much_is_left_to_credit() -> None:
    with pytest.raises(RefundAbovePayment) as refused:
        check_amount(wanted=600_00, paid=1_000_00, refunded=500_00)
    assert refused.value.where == "amount"
    assert "på 600,00 kr., men kun 500,00 kr. af betalingen" in refused.value.message.danish


def test_a_refund_is_booked_under_one_key_for_ever() -> None:
    first, second = UUID(int=1), UUID(int=2)
    assert idempotency_key(first) == idempotency_key(first)
    assert idempotency_key(first) != idempotency_key(second)
