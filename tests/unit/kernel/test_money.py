from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raaderum.kernel.money import LARGEST, NotAnAmount, format_kroner, parse_kroner


@settings(deadline=None)
@given(st.integers(min_value=-LARGEST, max_value=LARGEST))
def test_what_is_written_is_read_back_to_the_oere(amount: int) -> None:
    assert parse_kroner(format_kroner(amount)) == amount


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1.250,50", 1_250_50),
        ("1250,50", 1_250_50),
        ("1250", 1_250_00),
        ("1.250.000", 1_250_000_00),
        ("0,05", 5),
        ("3,5", 3_50),
        ("-3,5", -3_50),
        ("0", 0),
        ("  12,00 kr. ", 12_00),
        ("12 kr", 12_00),
    ],
)
def test_amounts_are_read_as_danes_write_them(written: str, expected: int) -> None:
    assert parse_kroner(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "kr.",
        "-",
        ",50",
        "1,",
        "1.25",  # an English decimal point
        "1,250.50",
        "1.2500",
        "12.34.567",
        "1,234",
        "1e3",
        "0x10",
        "1_000",
        "--5",
        "+5",
        "5 kr. 6",
        "NaN",
        "∞",
        "١٢٣",  # digits, but not ours
        "½",
        "12\x00",
        "9" * 5000,
        "10000000000000,01",
    ],
)
def test_anything_else_is_refused_with_an_example_of_what_to_write(written: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        parse_kroner(written)
    assert refused.value.code == "not_an_amount"
    assert "Skriv for eksempel 1.250,50" in refused.value.message.danish


@settings(deadline=None)
@given(st.text())
def test_no_text_whatever_breaks_the_reading(written: str) -> None:
    with suppress(NotAnAmount):
        assert abs(parse_kroner(written)) <= LARGEST


def test_the_refusal_repeats_only_the_beginning_of_a_long_text() -> None:
    with pytest.raises(NotAnAmount) as refused:
        parse_kroner("hund" * 1000)
    assert len(refused.value.message.danish) < 120


def test_the_largest_amount_fits_and_one_more_oere_does_not() -> None:
    assert parse_kroner("10.000.000.000.000") == LARGEST
    assert parse_kroner("-10.000.000.000.000") == -LARGEST
    with pytest.raises(NotAnAmount):
        parse_kroner("10.000.000.000.000,01")


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0, "0,00 kr."),
        (5, "0,05 kr."),
        (-5, "-0,05 kr."),
        (123_456, "1.234,56 kr."),
        (-100_000_00, "-100.000,00 kr."),
    ],
)
def test_amounts_are_written_with_thousands_and_two_decimals(amount: int, expected: str) -> None:
    assert format_kroner(amount) == expected
