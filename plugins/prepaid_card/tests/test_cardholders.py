from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raaderum.plugin_api import PostalAddress
from raaderum_prepaid_card.cardholders import LONGEST_NAME, address_of, name_on_card


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Åse Bøgh Kjærgaard", "Aase Boegh Kjaergaard"),
        ("Anne-Marie O'Neill", "Anne-Marie O'Neill"),
        ("Zoë Çelik", "Zoe Celik"),
        ("Peter 3. Hansen", "Peter Hansen"),
        ("Karl Johan Frederik Christian Holm", "Karl Johan Frederik Holm"),
        ("Maximilian Frederik Christiansen-Bartholomaeus", "Maximilian Christiansen"),
        ("李 小龙", ""),
    ],
)
def test_a_name_is_written_in_the_letters_that_a_card_has(name: str, printed: str) -> None:
    assert name_on_card(name) == printed


@given(st.text())
def test_whatever_a_name_holds_it_fits_on_a_card(name: str) -> None:
    printed = name_on_card(name)
    assert len(printed) <= LONGEST_NAME
    assert re.fullmatch(r"(?:[A-Za-z][A-Za-z' -]*)?", printed)


def test_an_address_is_danish() -> None:
    told = address_of(PostalAddress("Vestergade 1", "8000", "Aarhus C"))
    assert told == {"line1": "Vestergade 1", "postal_code": "8000", "city": "Aarhus C", "country": "DK"}
