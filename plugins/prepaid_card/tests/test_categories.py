from __future__ import annotations

from typing import Any

import pytest

from raaderum_prepaid_card.categories import (
    CODES_BY_NAME,
    NAMES_BY_CODE,
    NO_CODE,
    CategoryUnknown,
    code_of,
    names_of,
)


def test_every_name_of_the_published_specification_has_its_code(specification: dict[str, Any]) -> None:
    controls = specification["components"]["schemas"]["issuing_card_authorization_controls"]
    published = set(controls["properties"]["allowed_categories"]["items"]["enum"])
    assert CODES_BY_NAME.keys() == published - {NO_CODE}


def test_codes_have_four_digits_and_stand_in_order() -> None:
    assert [code for code in NAMES_BY_CODE if len(code) != 4 or not code.isdecimal()] == []
    assert list(NAMES_BY_CODE) == sorted(NAMES_BY_CODE)
    assert len(CODES_BY_NAME) == len(NAMES_BY_CODE)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("5733", "music_stores_musical_instruments_pianos_and_sheet_music"),
        ("5813", "drinking_places"),
        ("0763", "agricultural_cooperative"),
        ("7995", "betting_casino_gambling"),
        ("3000", "airlines_air_carriers"),
        ("3350", "airlines_air_carriers"),
        ("3351", "car_rental_agencies"),
        ("3501", "hotels_motels_and_resorts"),
        ("3999", "hotels_motels_and_resorts"),
    ],
)
def test_a_code_has_its_name(code: str, name: str) -> None:
    assert names_of([code]) == {name}


@pytest.mark.parametrize("code", ["0000", "", "12", "57333", "٣٠٠٠", "4000", "miscellaneous"])
def test_a_code_without_a_name_is_not_passed_over(code: str) -> None:
    with pytest.raises(CategoryUnknown, match=f"^{code}$"):
        names_of(["5733", code])


def test_a_name_without_a_code_is_empty() -> None:
    assert code_of(NO_CODE) == ""
    assert code_of("bakeries") == "5462"
