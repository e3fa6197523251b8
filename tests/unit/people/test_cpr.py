"""Every number here is made up: 60 is added to the day, as in replacement numbers."""

from __future__ import annotations

import logging
import traceback
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raaderum.people.cpr import Cpr, CprImpossible, masked

NUMBER = "6101701234"


@pytest.mark.parametrize("written", [NUMBER, "610170-1234", " 610170-1234\n"])
def test_a_number_is_read_with_and_without_its_hyphen(written: str) -> None:
    cpr = Cpr.parse(written)
    assert (cpr.digits, cpr.born_on, cpr.is_replacement) == (NUMBER, date(1970, 1, 1), True)


def test_an_ordinary_number_is_no_replacement() -> None:
    cpr = Cpr.parse("0101700001")
    assert (cpr.born_on, cpr.is_replacement) == (date(1970, 1, 1), False)


def test_the_last_digit_tells_the_sex() -> None:
    assert Cpr.parse("6101701234").is_female
    assert not Cpr.parse("6101701233").is_female


def test_the_check_digit_is_never_asked_for() -> None:
    """Numbers without a valid one have been issued since 2007: every serial number is a number."""
    for serial in range(10_000):
        assert Cpr.parse(f"610170{serial:04d}").digits.endswith(f"{serial:04d}")


@pytest.mark.parametrize(
    ("seventh", "year", "century"),
    [
        *((digit, year, 1900) for digit in "0123" for year in (0, 36, 37, 57, 58, 99)),
        *((digit, year, 2000) for digit in "49" for year in (0, 36)),
        *((digit, year, 1900) for digit in "49" for year in (37, 99)),
        *((digit, year, 2000) for digit in "5678" for year in (0, 57)),
        *((digit, year, 1800) for digit in "5678" for year in (58, 99)),
    ],
)
def test_the_seventh_digit_and_the_year_tell_the_century(seventh: str, year: int, century: int) -> None:
    assert Cpr.parse(f"6101{year:02d}{seventh}001").born_on == date(century + year, 1, 1)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "610170123",
        "61017012345",
        "6101 70 1234",
        "61-01-70-1234",
        "610170--1234",
        "61O1701234",
        "610170ABC1",  # letters in the last four: made up by some systems, no CPR number
        "610170123A",
        "٦١٠١٧٠١٢٣٤",
        "6001701234",  # day 0
        "9201701234",  # day 32
        "9104701234",  # 31 April
        "6113701234",  # month 13
        "6100701234",  # month 0
        "8902000002",  # 29 February 1900
        "8902014001",  # 29 February 2001
        "0000000000",
        "9999999999",
    ],
)
def test_an_impossible_number_is_refused_without_being_repeated(written: str) -> None:
    with pytest.raises(CprImpossible) as refused:
        Cpr.parse(written)
    assert (refused.value.code, refused.value.where) == ("cpr_impossible", "cpr")
    assert "skriv ti cifre" in refused.value.message.danish
    told = "".join(traceback.format_exception(refused.value))
    assert not written or written not in told


def test_29_february_is_a_birthday_in_a_leap_year() -> None:
    assert Cpr.parse("8902004002").born_on == date(2000, 2, 29)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_no_text_whatever_breaks_the_reading(written: str) -> None:
    try:
        digits = Cpr.parse(written).digits
    except CprImpossible:
        return
    assert digits.isascii()
    assert len(digits) == 10


def test_a_number_is_never_shown_by_accident(caplog: pytest.LogCaptureFixture) -> None:
    cpr = Cpr.parse(NUMBER)
    with caplog.at_level(logging.INFO):
        logging.getLogger(__name__).info("%s %r %s", cpr, cpr, [cpr])
    shown = f"{cpr} {cpr!r} {cpr!s} {[cpr]} {(cpr,)} { ({'cpr': cpr}) } {caplog.text}"
    assert NUMBER not in shown.replace("-", "")
    assert NUMBER[6:] not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("6101701234", "610170-xxxx"),
        ("Mia 610170-1234, kørekort", "Mia 610170-xxxx, kørekort"),
        ("610170 - 1234 og 610170 1235", "610170-xxxx og 610170-xxxx"),
        ("faktura_6101701234.xml", "faktura_610170-xxxx.xml"),
        ("ordre 9999991234", "ordre 9999991234"),  # no such date
        ("GLN 5790006101701", "GLN 5790006101701"),
        ("RD-7K3QW9XC, 4711", "RD-7K3QW9XC, 4711"),
        ("", ""),
    ],
)
def test_a_number_in_somebodys_text_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_the_same_number_written_in_two_ways_is_one() -> None:
    assert len({Cpr.parse(NUMBER), Cpr.parse("610170-1234")}) == 1
