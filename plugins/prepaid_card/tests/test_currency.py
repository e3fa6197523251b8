"""A card in euros over a budget in øre: no rounding loses money, and none is unsaid."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum_prepaid_card.currency import Billed, ExchangeRate, partial_units, read_rate

amounts = st.integers(0, 10**11)
rates = st.builds(
    ExchangeRate,
    st.decimals("1.5", "100", places=6).map(Fraction),
    st.decimals("0", "50", places=4).map(Fraction),
)
EURO = ExchangeRate(Fraction("7.46"), Fraction(3))


@pytest.mark.parametrize(
    ("units", "cost", "held"),
    [(0, 0, 0), (1, 7, 8), (100, 746, 769), (1_000, 7_460, 7_684), (13_40, 9_996, 10_297)],
)
def test_costs_are_rounded_to_the_nearest_and_holds_upwards(units: int, cost: int, held: int) -> None:
    assert EURO.cost(units) == cost
    assert EURO.held(units) == held


@given(units=amounts, rate=rates)
def test_a_hold_never_falls_short_of_the_cost_with_its_margin(units: int, rate: ExchangeRate) -> None:
    exact = units * rate.oere_per_unit * (1 + rate.margin_percent / 100)
    assert exact <= rate.held(units) < exact + 1
    assert abs(rate.cost(units) - units * rate.oere_per_unit) <= Fraction(1, 2)


@given(limit=amounts, rate=rates)
def test_a_limit_on_the_card_never_costs_more_than_the_limit_in_oere(limit: int, rate: ExchangeRate) -> None:
    units = rate.units_within(limit)
    assert units * rate.oere_per_unit <= limit < (units + 1) * rate.oere_per_unit


@given(units=amounts, rate=rates)
def test_what_was_billed_is_found_again_from_its_cost(units: int, rate: ExchangeRate) -> None:
    assert rate.units_of_cost(rate.cost(units)) == units


@given(billed=st.integers(1, 10**9), asked=st.integers(1, 10**9), approved=st.integers(0, 10**9))
def test_a_part_is_never_more_than_its_share(billed: int, asked: int, approved: int) -> None:
    units = partial_units(billed=billed, asked=asked, approved=approved)
    assert units * asked <= billed * approved < (units + 1) * asked


@given(units=amounts, oere=amounts, rate=rates)
def test_a_shop_that_asks_for_kroner_decides_the_amount_itself(
    units: int, oere: int, rate: ExchangeRate
) -> None:
    danish, foreign = Billed(units, oere, "dkk"), Billed(units, oere, "sek")
    assert danish.held(rate) == danish.borne(rate) == oere
    assert foreign.held(rate) == rate.held(units)
    assert foreign.borne(rate) == rate.cost(units)


def test_a_part_of_nothing_is_nothing() -> None:
    assert partial_units(billed=0, asked=0, approved=0) == 0


@pytest.mark.parametrize("written", ["7.4604", "7,4604", " 7.4604 "])
def test_a_rate_is_read_exactly(written: str) -> None:
    assert read_rate(written, "2.5").oere_per_unit == Fraction(Decimal("7.4604"))
    assert read_rate(written, "2.5").margin_percent == Fraction(5, 2)


@pytest.mark.parametrize(
    ("rate", "margin"),
    [
        ("", "3"),
        ("0", "3"),
        ("-7", "3"),
        ("1e3", "3"),
        ("7.46", "51"),
        ("7.46", "x"),
        ("101", "3"),
        ("٧", "3"),
    ],
)
def test_a_rate_that_no_bank_would_state_is_refused(rate: str, margin: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_rate(rate, margin)
