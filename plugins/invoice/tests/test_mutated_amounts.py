"""An amount that is changed anywhere in a document must not go through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import Verdict
from raaderum.testing.sample_invoices import (
    oioubl_credit_note,
    oioubl_invoice,
    peppol_credit_note,
    peppol_invoice,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.plugin_api import InvoiceReader

AMOUNT = re.compile(rb'(<cbc:\w+Amount currencyID="DKK">)([0-9.]+)(<)')


@pytest.mark.parametrize("make", [peppol_invoice, peppol_credit_note, oioubl_invoice, oioubl_credit_note])
@pytest.mark.parametrize("change", [2_00, 1000_00, -7_00])
def test_a_changed_amount_is_noticed_wherever_it_stands(
    make: Callable[..., bytes], change: int, reader: InvoiceReader
) -> None:
    document = make(amount_with_vat=1_250_00)
    places = list(AMOUNT.finditer(document))
    assert len(places) > 8
    for place in places:
        oere = int(place[2].replace(b".", b"")) + change
        new = f"{oere // 100}.{oere % 100:02}".encode()
        changed = document[: place.start(2)] + new + document[place.end(2) :]
        assert reader.read(changed).verdict is Verdict.REJECTED, place[0]


@pytest.mark.parametrize("make", [peppol_invoice, peppol_credit_note, oioubl_invoice, oioubl_credit_note])
@pytest.mark.parametrize("name", ["PayableAmount", "TaxInclusiveAmount", "TaxExclusiveAmount"])
def test_not_even_an_oere_may_be_off_in_the_totals(
    make: Callable[..., bytes], name: str, reader: InvoiceReader
) -> None:
    document = make(amount_with_vat=1_250_00)
    total = re.search(rf'<cbc:{name} currencyID="DKK">([0-9.]+)<'.encode(), document)
    assert total is not None
    changed = document[: total.end(1) - 1] + b"1" + document[total.end(1) :]
    assert reader.read(changed).verdict is Verdict.REJECTED


@pytest.mark.parametrize("make", [peppol_invoice, peppol_credit_note, oioubl_invoice, oioubl_credit_note])
def test_an_amount_with_a_third_decimal_is_noticed(make: Callable[..., bytes], reader: InvoiceReader) -> None:
    document = make(amount_with_vat=1_250_00)
    for place in AMOUNT.finditer(document):
        if b"PriceAmount" in place[1] or (b"LineExtension" in place[1] and b"OIOUBL" in document):
            continue
        changed = document[: place.end(2)] + b"0" + document[place.end(2) :]
        assert reader.read(changed).verdict is Verdict.REJECTED, place[0]
