from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raaderum.kernel.identifiers import find_short_codes, new_short_code

ALPHABET = "23456789ACDEFGHJKMNPQRSTVWXYZ"
CODES = [new_short_code() for _ in range(50)]


def test_a_code_has_eight_characters_that_nobody_mistakes_for_another() -> None:
    for code in (new_short_code() for _ in range(500)):
        assert re.fullmatch(rf"RD-[{ALPHABET}]{{8}}", code)
        assert not set("0O1ILUB") & set(code[3:])


def test_codes_are_not_given_twice() -> None:
    assert len({new_short_code() for _ in range(5000)}) == 5000


@pytest.mark.parametrize("code", CODES, ids=range(len(CODES)))
def test_any_single_wrong_character_is_noticed(code: str) -> None:
    for position in range(3, len(code)):
        for wrong in ALPHABET.replace(code[position], ""):
            assert find_short_codes(code[:position] + wrong + code[position + 1 :]) == ()


@pytest.mark.parametrize("code", CODES, ids=range(len(CODES)))
def test_any_swap_of_neighbours_is_noticed(code: str) -> None:
    for left, right in pairwise(range(3, len(code))):
        if code[left] != code[right]:
            swapped = code[:left] + code[right] + code[left] + code[right + 1 :]
            assert find_short_codes(swapped) == ()


@pytest.mark.parametrize(
    "written",
    [
        "{code}",
        "{lower}",
        "{bare}",
        "Rd {body}",
        "R D - {spaced}",
        "rd\n-\t{spaced}",
        "RD\u00ad-{body}",  # a soft hyphen, as a PDF leaves it
        "RD\u2013{body}",  # a dash, as a word processor leaves it
        "RD\u200b-{body}",  # a blank of no width, as a web page leaves it
        "Rekvisition {code}, Støtteperson Signe",
        "Deres ref.:{code}.",
        "ordre 4711/{bare}/2026",
        "ORD {bare}",  # ends in RD itself
        "RDRD{body}",
        "RD-RD-{body}",
        "RDAAAAAAA {code}",
    ],
)
def test_a_code_is_found_through_what_suppliers_do_to_it(written: str) -> None:
    for code in CODES:
        reference = written.format(
            code=code,
            lower=code.lower(),
            bare=code.replace("-", ""),
            body=code[3:],
            spaced=" ".join(code[3:]),
        )
        assert code in find_short_codes(reference), reference


def test_several_codes_are_found_in_their_order_and_each_once() -> None:
    first, second = CODES[:2]
    assert find_short_codes(f"{second} og {first}, igen {second.lower()}") == (second, first)


@pytest.mark.parametrize("reference", ["", "RD-", "RD-1234567", "Kørekort til bil", "RD-OOOOOOOO"])
def test_a_text_without_a_code_holds_none(reference: str) -> None:
    assert find_short_codes(reference) == ()


@settings(deadline=None)
@given(st.text())
def test_whatever_the_text_every_code_found_in_it_is_whole(reference: str) -> None:
    for code in find_short_codes(reference):
        assert find_short_codes(code) == (code,)
