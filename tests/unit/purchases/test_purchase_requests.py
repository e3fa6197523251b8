from __future__ import annotations

import pytest

from raaderum.purchases.rules import (
    PURCHASE_STATE_NAMES,
    CvrInvalid,
    PurchaseInvalid,
    PurchaseMoveForbidden,
    PurchaseState,
    check_cvr,
    check_request,
    check_state,
)


def test_a_whole_request_is_accepted() -> None:
    check_request(description="Kørekort", supplier_name="Køreskolen", amount=1)


@pytest.mark.parametrize(
    ("description", "supplier", "amount", "field", "told"),
    [
        ("Kørekort", "Køreskolen", 0, "amount", "Beløbet skal være over 0 kr."),
        ("Kørekort", "Køreskolen", -1, "amount", "Beløbet skal være over 0 kr."),
        (" ", "Køreskolen", 1, "description", "Skriv, hvad der skal købes."),
        ("Kørekort", "\t", 1, "supplier_name", "Skriv, hvor det skal købes."),
    ],
)
def test_a_request_that_lacks_something_is_told_what(
    description: str, supplier: str, amount: int, field: str, told: str
) -> None:
    with pytest.raises(PurchaseInvalid) as refused:
        check_request(description=description, supplier_name=supplier, amount=amount)
    assert (refused.value.where, refused.value.message.danish) == (field, told)


@pytest.mark.parametrize("written", ["12345674", "DK12345674", "12 34 56 74", " 12345674 "])
def test_a_cvr_number_is_kept_as_its_eight_digits(written: str) -> None:
    assert check_cvr(written) == "12345674"


@pytest.mark.parametrize(
    "written", ["", "1234567", "123456745", "12345675", "02345670", "abcdefgh", "١٢٣٤٥٦٧٤", "SE12345674"]
)
def test_a_cvr_number_with_a_wrong_digit_or_length_is_refused(written: str) -> None:
    with pytest.raises(CvrInvalid) as refused:
        check_cvr(written)
    assert refused.value.where == "supplier_cvr"
    assert "Skriv otte cifre" in refused.value.message.danish


@pytest.mark.parametrize("state", PurchaseState)
@pytest.mark.parametrize("wanted", PurchaseState)
def test_an_act_needs_the_purchase_where_it_must_be(state: PurchaseState, wanted: PurchaseState) -> None:
    if state is wanted:
        check_state(state, wanted)
        return
    with pytest.raises(PurchaseMoveForbidden) as refused:
        check_state(state, wanted)
    assert f"Købet er »{PURCHASE_STATE_NAMES[state]}«" in refused.value.message.danish
