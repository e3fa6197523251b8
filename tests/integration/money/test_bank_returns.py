"""A payment that was made and came back: the money is the citizen's again, never more than was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.actor import SYSTEM
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.rules import AmountNotPositive
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import get_payout
from raaderum.refunds.returning import book_bank_return, returned_of_payouts
from raaderum.refunds.rules import (
    NothingPaid,
    RefundAbovePayment,
    RefundKind,
    RefundState,
    ReturnReferenceReused,
)
from raaderum.refunds.service import approve_refund, refunded_of
from raaderum.testing.cases import GRANT, PRICE, Case, approved_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.payouts.tables import Payout

    Act = Callable[..., Any]

PART = Oere(2_500_00)


@pytest.fixture
def paid(case: Case, invoice: Callable[..., Payout], do_work: Act) -> Payout:
    payout = invoice(approved_purchase(case))
    do_work()
    return payout


def test_the_money_is_the_citizens_again_and_the_payout_stays_paid(
    paid: Payout, case: Case, act: Act, read: Act, money_of: Act, do_work: Act
) -> None:
    refund = act(book_bank_return, paid.id, amount=PRICE, reference="R-1", by=SYSTEM)
    assert (refund.kind, refund.state, refund.approved_by) == (
        RefundKind.BANK_RETURN,
        RefundState.BOOKED,
        None,
    )
    money = money_of(case)
    assert (money["available"], money["spent"]) == (GRANT, 0)
    assert read(get_payout, paid.id).state == PayoutState.PAID
    assert read(returned_of_payouts, [paid.id]) == {paid.id: PRICE}
    assert do_work() == 0
    assert read(prove_books).holds


def test_the_same_return_told_twice_is_booked_once(
    paid: Payout, case: Case, act: Act, money_of: Act, refused: Act
) -> None:
    first = act(book_bank_return, paid.id, amount=PART, reference="R-1", by=SYSTEM)
    assert act(book_bank_return, paid.id, amount=PART, reference="R-1", by=SYSTEM).id == first.id
    with refused(ReturnReferenceReused) as refusal:
        act(book_bank_return, paid.id, amount=Oere(PART + 1), reference="R-1", by=SYSTEM)
    assert "2.500,00 kr." in refusal.danish
    assert money_of(case)["spent"] == PRICE - PART


def test_returns_and_credit_notes_together_never_exceed_the_payment(
    paid: Payout, case: Case, act: Act, read: Act, refused: Act
) -> None:
    by = case.municipality.finance_officer
    act(approve_refund, paid.id, amount=PART, credit_note_number="K-1", by=by)
    with refused(RefundAbovePayment):
        act(book_bank_return, paid.id, amount=PRICE, reference="R-1", by=SYSTEM)
    act(book_bank_return, paid.id, amount=Oere(PRICE - PART), reference="R-1", by=SYSTEM)
    with refused(RefundAbovePayment):
        act(approve_refund, paid.id, amount=Oere(1), credit_note_number="K-2", by=by)
    assert read(refunded_of, paid.id) == PRICE


@pytest.mark.parametrize("amount", [0, -1, -12_500_00])
def test_nothing_and_less_than_nothing_do_not_come_back(
    amount: int, paid: Payout, act: Act, refused: Act
) -> None:
    with refused(AmountNotPositive):
        act(book_bank_return, paid.id, amount=Oere(amount), reference="R-1", by=SYSTEM)


def test_what_was_never_paid_cannot_come_back(
    case: Case, invoice: Callable[..., Payout], act: Act, refused: Act
) -> None:
    payout = invoice(approved_purchase(case))
    with refused(NothingPaid):
        act(book_bank_return, payout.id, amount=PRICE, reference="R-1", by=SYSTEM)
