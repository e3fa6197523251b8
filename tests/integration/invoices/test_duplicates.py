from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.invoices.rules import InvoiceOutcome
from raaderum.invoices.service import approve_invoice, dismiss_invoice
from raaderum.testing.cases import Case, approved_purchase
from raaderum.testing.sample_invoices import peppol_credit_note, peppol_invoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.purchases.tables import Purchase
    from raaderum.testing.municipality import Municipality


@pytest.fixture
def purchase(case: Case) -> Purchase:
    return approved_purchase(case)


def test_the_same_invoice_twice_is_a_duplicate(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]
) -> None:
    first, second = receive(invoice_for(purchase)), receive(invoice_for(purchase))
    assert (first.outcome, second.outcome) == (InvoiceOutcome.MATCHED, InvoiceOutcome.DUPLICATE)
    assert second.purchase_id == purchase.id
    assert second.explanation["da"] == "Vi har allerede denne faktura fra leverandøren med samme nummer."


def test_the_same_number_in_another_format_or_with_another_amount_is_a_duplicate(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]
) -> None:
    receive(invoice_for(purchase))
    assert receive(invoice_for(purchase, in_oioubl=True)).outcome == InvoiceOutcome.DUPLICATE
    assert receive(invoice_for(purchase, amount_with_vat=1_00)).outcome == InvoiceOutcome.DUPLICATE


def test_an_invoice_stays_known_after_it_is_approved_or_put_aside(
    case: Case,
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
) -> None:
    finance = case.municipality.finance_officer
    act(approve_invoice, receive(invoice_for(purchase)).id, by=finance)
    assert receive(invoice_for(purchase)).outcome == InvoiceOutcome.DUPLICATE
    other = receive(invoice_for(purchase, number="F-2"))
    act(dismiss_invoice, other.id, because="Ikke vores.", by=finance)
    assert receive(invoice_for(purchase, number="F-2")).outcome == InvoiceOutcome.DUPLICATE


def test_another_suppliers_same_number_is_no_duplicate(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]
) -> None:
    receive(invoice_for(purchase))
    row = receive(invoice_for(purchase, supplier_cvr="10000009"))
    assert row.outcome == InvoiceOutcome.SUGGESTED


def test_a_credit_note_with_the_invoices_number_is_no_duplicate(
    receive: Callable[..., InboxInvoice],
) -> None:
    assert receive(peppol_invoice(number="1")).outcome == InvoiceOutcome.UNMATCHED
    assert receive(peppol_credit_note(number="1")).outcome == InvoiceOutcome.UNMATCHED
    assert receive(peppol_credit_note(number="1")).outcome == InvoiceOutcome.DUPLICATE


def test_the_same_invoice_to_another_municipality_is_no_duplicate(
    receive: Callable[..., InboxInvoice],
    new_municipality: Callable[..., Municipality],
    receive_for: Callable[..., InboxInvoice],
) -> None:
    receive(peppol_invoice())
    assert receive_for(new_municipality(), peppol_invoice()).outcome == InvoiceOutcome.UNMATCHED


def test_a_corrected_invoice_may_have_the_number_of_the_rejected_one(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]
) -> None:
    good = invoice_for(purchase)
    broken = good.replace(
        b'PayableAmount currencyID="DKK">12500.00', b'PayableAmount currencyID="DKK">12600.00'
    )
    assert broken != good
    rejected = receive(broken)
    assert (rejected.outcome, rejected.number) == (InvoiceOutcome.REJECTED, "F-1001")
    assert "BR-CO-16" in rejected.explanation["da"]
    assert "Bed leverandøren sende en ny" in rejected.explanation["da"]
    corrected = receive(good)
    assert (corrected.outcome, corrected.number) == (InvoiceOutcome.MATCHED, "F-1001")
    assert receive(broken).outcome == InvoiceOutcome.REJECTED
