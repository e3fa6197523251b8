from __future__ import annotations

from dataclasses import replace

import pytest

from raaderum.kernel.money import Oere
from raaderum.purchases.control_rules import ConcernUnexplained, ControlOutcome, check_control
from raaderum.purchases.signals import SIGNAL_NAMES, PurchaseFacts, Signal, signals_of

USUAL = PurchaseFacts(
    amount=Oere(200_00),
    left_of_item=500_00,
    is_item_in_force=True,
    is_same_again=False,
    is_evidence_shared=False,
    usual_at_most=900_00,
    is_supplier_known=True,
    has_supplier_number=True,
)


def test_a_usual_purchase_has_no_signal() -> None:
    assert signals_of(USUAL) == ()


@pytest.mark.parametrize(
    ("facts", "signal"),
    [
        (replace(USUAL, is_item_in_force=False), Signal.ITEM_REPLACED),
        (replace(USUAL, left_of_item=199_99), Signal.ABOVE_ITEM),
        (replace(USUAL, is_same_again=True), Signal.SAME_AGAIN),
        (replace(USUAL, is_evidence_shared=True), Signal.SHARED_EVIDENCE),
        (replace(USUAL, usual_at_most=199_99), Signal.UNUSUAL_AMOUNT),
        (replace(USUAL, is_supplier_known=False), Signal.NEW_SUPPLIER),
        (replace(USUAL, has_supplier_number=False), Signal.NO_SUPPLIER_NUMBER),
    ],
    ids=lambda value: value.value if isinstance(value, Signal) else "",
)
def test_each_unusual_thing_has_its_own_signal(facts: PurchaseFacts, signal: Signal) -> None:
    assert signals_of(facts) == (signal,)


def test_an_amount_at_the_limit_is_usual() -> None:
    assert signals_of(replace(USUAL, left_of_item=200_00, usual_at_most=200_00)) == ()


def test_where_too_few_are_known_no_amount_is_unusual() -> None:
    assert signals_of(replace(USUAL, amount=Oere(400_00), usual_at_most=None)) == ()


def test_every_signal_is_told_in_both_languages() -> None:
    assert set(SIGNAL_NAMES) == set(Signal)


def test_a_concern_says_what_it_is() -> None:
    with pytest.raises(ConcernUnexplained):
        check_control(ControlOutcome.CONCERN, "  ")
    assert check_control(ControlOutcome.CONCERN, " Spørg til kvitteringen ") == "Spørg til kvitteringen"
    assert check_control(ControlOutcome.IN_ORDER, "") == ""
