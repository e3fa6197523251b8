from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end
from raaderum.invoices.rules import InvoiceOutcome
from raaderum.invoices.service import approve_invoice
from raaderum.kernel.money import Oere
from raaderum.purchases.service import locked_purchase, refuse_purchase, release_purchase
from raaderum.testing.cases import Case, approved_purchase, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.purchases.tables import Purchase


@pytest.fixture
def purchase(case: Case) -> Purchase:
    return approved_purchase(case)


@pytest.mark.parametrize("in_oioubl", [False, True])
def test_an_invoice_with_our_code_is_matched(
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    *,
    in_oioubl: bool,
) -> None:
    row = receive(invoice_for(purchase, in_oioubl=in_oioubl))
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.MATCHED, purchase.id)
    assert (row.payable, row.currency, row.number) == (12_500_00, "DKK", "F-1001")
    assert row.explanation["da"] == f"Vores kode {purchase.code} står på fakturaen."


@pytest.mark.parametrize(
    "messy",
    [
        "{lower}",
        "Rekv. {code} / Signe",
        "ordre: {bare}",
        "RD {spaced}",
        "ORD {bare}",
        "deres ref {lower}, vores ref 4711",
    ],
)
def test_our_code_is_found_in_a_messy_reference(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes], messy: str
) -> None:
    code = purchase.code
    reference = messy.format(
        code=code, lower=code.lower(), bare=code.replace("-", ""), spaced=" ".join(code[3:])
    )
    row = receive(invoice_for(purchase, order_reference=reference))
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.MATCHED, purchase.id)


@pytest.mark.parametrize("field", ["note", "description"])
def test_our_code_is_found_elsewhere_on_the_invoice_too(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes], field: str
) -> None:
    told = {"order_reference": "n/a", field: f"Kørekort ({purchase.code})"}
    row = receive(invoice_for(purchase, **told))
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.MATCHED, purchase.id)


def test_above_the_approved_amount_it_is_a_suggestion_with_both_figures(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]
) -> None:
    row = receive(invoice_for(purchase, amount_with_vat=12_500_01))
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.SUGGESTED, purchase.id)
    assert "er på 12.500,01 kr., og der er kun 12.500,00 kr. tilbage af købet" in row.explanation["da"]


def test_from_another_supplier_it_is_a_suggestion(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]
) -> None:
    row = receive(invoice_for(purchase, supplier_cvr="10000009"))
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.SUGGESTED, purchase.id)
    assert "godkendt hos en anden leverandør" in row.explanation["da"]


def test_for_an_ended_enrolment_it_is_a_suggestion_with_the_reason(
    case: Case,
    purchase: Purchase,
    act: Callable[..., Any],
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
) -> None:
    act(end, case.enrolment_id, because=EndingReason.CITIZEN_LEAVES, by=case.municipality.coordinator)
    row = receive(invoice_for(purchase))
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.SUGGESTED, purchase.id)
    assert "forløb er afsluttet. Se efter, om varen er leveret i tide" in row.explanation["da"]


def test_a_purchase_that_is_not_open_takes_no_invoice(
    case: Case,
    purchase: Purchase,
    act: Callable[..., Any],
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
) -> None:
    coordinator = case.municipality.coordinator
    act(release_purchase, purchase.id, by=coordinator)
    refused = act(refuse_purchase, requested_purchase(case), because="Nej.", by=coordinator)
    waiting = act(locked_purchase, requested_purchase(case), by=coordinator)
    expected = [(purchase, "afsluttet"), (refused, "afslået"), (waiting, "venter på godkendelse")]
    for number, (one, state) in enumerate(expected):
        row = receive(invoice_for(one, number=f"F-{number}"))
        assert (row.outcome, row.purchase_id) == (InvoiceOutcome.UNMATCHED, None)
        assert row.explanation["da"] == f"Koden {one.code} hører til et køb, der er »{state}«."


def test_a_second_invoice_for_a_purchase_that_is_paid_is_unmatched(
    case: Case,
    purchase: Purchase,
    act: Callable[..., Any],
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
) -> None:
    act(approve_invoice, receive(invoice_for(purchase)).id, by=case.municipality.finance_officer)
    row = receive(invoice_for(purchase, number="F-1002"))
    assert row.outcome == InvoiceOutcome.UNMATCHED
    assert f"Koden {purchase.code} hører til et køb" in row.explanation["da"]


def test_without_our_code_supplier_and_amount_are_a_suggestion(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]
) -> None:
    row = receive(invoice_for(purchase, order_reference=None))
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.SUGGESTED, purchase.id)
    assert "vores kode mangler. Se efter, om det er rigtigt" in row.explanation["da"]


def test_several_purchases_that_fit_are_left_to_a_person(
    case: Case, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]
) -> None:
    first, _ = (approved_purchase(case, Oere(5_000_00)) for _ in range(2))
    row = receive(invoice_for(first, order_reference=None))
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.UNMATCHED, None)
    assert row.explanation["da"] == ("Flere åbne køb hos leverandøren har dette beløb. Vælg det rigtige.")


@pytest.mark.parametrize("told", [{"amount_with_vat": 12_499_99}, {"supplier_cvr": "10000009"}])
def test_where_nothing_fits_a_person_looks(
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    told: dict[str, Any],
) -> None:
    row = receive(invoice_for(purchase, order_reference="4711", **told))
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.UNMATCHED, None)
    assert "Vi fandt ingen af vores koder på fakturaen" in row.explanation["da"]


def test_a_code_with_a_wrong_character_matches_nobody_elses_purchase(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]
) -> None:
    wrong = purchase.code[:-1] + ("2" if purchase.code[-1] != "2" else "3")
    row = receive(invoice_for(purchase, order_reference=wrong, amount_with_vat=1_00))
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.UNMATCHED, None)


def test_an_invoice_over_nothing_has_nothing_to_pay(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]
) -> None:
    row = receive(invoice_for(purchase, amount_with_vat=0))
    assert (row.outcome, row.payable) == (InvoiceOutcome.UNMATCHED, 0)
    assert "ikke noget beløb at betale på fakturaen. Læg den til side" in row.explanation["da"]
