"""Parts, reminders, answers and the approval of many, in the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.invoices.service import approve_invoice
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR, Case, approved_purchase
from raaderum.testing.sample_invoices import peppol_invoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.purchases.tables import Purchase


@pytest.fixture
def purchase(case: Case) -> Purchase:
    return approved_purchase(case)


@pytest.fixture
def finance(case: Case, sign_in: Callable[..., Browser]) -> Browser:
    return sign_in(case.municipality, case.municipality.finance_officer)


def bill(code: str | None, amount: int, *, number: str = "F-1", **told: Any) -> bytes:  # noqa: ANN401 - any sample parameter
    supplier = {"supplier_name": SUPPLIER, "supplier_cvr": SUPPLIER_CVR}
    return peppol_invoice(
        **{"number": number, "order_reference": code, "amount_with_vat": amount} | supplier | told
    )


def test_a_part_is_approved_and_the_rest_is_kept_until_all_is_delivered(
    case: Case,
    purchase: Purchase,
    finance: Browser,
    sign_in: Callable[..., Browser],
    receive: Callable[..., InboxInvoice],
) -> None:
    row = receive(bill(purchase.code, 5_000_00))
    page = finance.page(f"/fakturaer/{row.id}")
    for told in ("Bestilt", "Faktureret før", "Denne faktura", "Tilbage bagefter", "7.500,00"):
        assert told in page
    assert re.search(r'value="more" checked', page)
    finance.does(f"/fakturaer/{row.id}/godkend", {"more": "more"})
    again = finance.page(f"/fakturaer/{receive(bill(purchase.code, 7_500_00, number='F-2')).id}")
    assert re.search(r'value="last" checked', again)
    coordinator = sign_in(case.municipality, case.municipality.coordinator)
    path = f"/sager/{case.enrolment_id}"
    assert "7.500,00 kr. er sat til side til flere fakturaer." in coordinator.page(path)
    page = coordinator.does(f"{path}/koeb/{purchase.id}/opgiv").text
    assert "sat til side til flere" not in page


def test_a_reminder_shows_how_long_its_invoice_has_lain_and_its_fee(
    purchase: Purchase, finance: Browser, receive: Callable[..., InboxInvoice]
) -> None:
    row = receive(bill(purchase.code, 12_500_00))
    told = {"credited_number": "F-1", "description": "Rykkergebyr", "number": "R-1"}
    reminder = receive(bill(None, 100_00, **told))
    page = finance.page(f"/fakturaer/{reminder.id}")
    assert "hos økonomi: den skal godkendes" in page
    assert f"/fakturaer/{row.id}" in page
    assert "Godkend og betal" not in page
    assert "ordningens egen konto" in finance.does(f"/fakturaer/{reminder.id}/gebyr").text
    assert finance.send(f"/fakturaer/{reminder.id}/gebyr").status_code == 409


def test_an_answer_can_be_downloaded_and_its_reason_is_chosen(
    purchase: Purchase, finance: Browser, receive: Callable[..., InboxInvoice]
) -> None:
    row = receive(bill(purchase.code, 12_500_00))
    page = finance.does(f"/fakturaer/{row.id}/afvis", {"because": "Forkert.", "reason": "prices"}).text
    assert "beløbet er ikke det aftalte" in page
    [path] = re.findall(rf"/fakturaer/{row.id}/svar/[0-9a-f-]+", page)
    answer = finance.open(path)
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert b">PRI<" in answer.data
    assert b"Forkert." not in answer.data


def test_many_are_tried_out_and_then_approved(
    case: Case,
    purchase: Purchase,
    finance: Browser,
    act: Callable[..., Any],
    receive: Callable[..., InboxInvoice],
) -> None:
    rows = [receive(bill(purchase.code, 8_000_00, number=number)) for number in ("F-1", "F-2")]
    page = finance.page("/fakturaer/godkend-flere")
    assert page.count('name="invoice_ids"') == 2
    chosen = {"invoice_ids": [str(row.id) for row in rows]}
    tried = finance.send("/fakturaer/godkend-flere", {**chosen, "dry_run": "1"})
    assert "1 kan godkendes: 8.000,00 kr. i alt. Intet er godkendt endnu." in tried.text
    assert "der er kun 4.500,00 kr. tilbage" in tried.text
    done = finance.send("/fakturaer/godkend-flere", chosen)
    assert "1 er godkendt: 8.000,00 kr. i alt." in done.text
    assert "0 er godkendt: 0,00 kr. i alt." in finance.send("/fakturaer/godkend-flere", chosen).text
    assert finance.send("/fakturaer/godkend-flere").status_code == 422
    act(
        approve_invoice,
        receive(bill(purchase.code, 1_00, number="F-3")).id,
        by=case.municipality.finance_officer,
    )


def test_who_downloads_the_original_is_recorded(
    purchase: Purchase,
    finance: Browser,
    receive: Callable[..., InboxInvoice],
    raw: Callable[[str], list[dict[str, Any]]],
) -> None:
    row = receive(bill(purchase.code, 12_500_00))
    finance.open(f"/fakturaer/{row.id}/original")
    entries = [entry for entry in raw("audit_entry") if entry["event"] == "invoice.downloaded"]
    assert [entry["subject_id"] for entry in entries] == [row.id]
