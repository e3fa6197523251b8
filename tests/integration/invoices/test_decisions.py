from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from raaderum.audit.actor import Actor
from raaderum.invoices.rules import (
    InvoiceAboveCommitted,
    InvoiceMoveForbidden,
    InvoiceOutcome,
    NothingToPay,
)
from raaderum.invoices.service import approve_invoice, dismiss_invoice, inbox, match_by_hand
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.ledger.service import budget_statement
from raaderum.people.roles import Role, RoleMayNot
from raaderum.plans.rules import OwnProposal
from raaderum.purchases.rules import PurchaseMoveForbidden
from raaderum.testing.cases import Case, approved_purchase, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.purchases.tables import Purchase


@pytest.fixture
def purchase(case: Case) -> Purchase:
    return approved_purchase(case)


@pytest.fixture
def unmatched(
    purchase: Purchase, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]
) -> InboxInvoice:
    """An invoice below the approved amount, without our code."""
    return receive(invoice_for(purchase, order_reference=None, amount_with_vat=12_000_00))


def test_an_approved_invoice_is_approved_once(
    case: Case,
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    finance = case.municipality.finance_officer
    row = receive(invoice_for(purchase))
    approved = act(approve_invoice, row.id, by=finance)
    assert (approved.outcome, approved.decided_by) == (InvoiceOutcome.APPROVED, finance.person_id)
    for decide, terms in ((approve_invoice, {}), (dismiss_invoice, {"because": "Nej."})):
        with refused(InvoiceMoveForbidden) as refusal:
            act(decide, row.id, by=finance, **terms)
        assert refusal.code == "invoice_move_forbidden"
        assert refusal.danish == "Fakturaen er »godkendt«, så det kan ikke gøres."


def test_only_a_matched_invoice_is_approved(
    case: Case,
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    suggested = receive(invoice_for(purchase, order_reference=None))
    others = {
        "forslag": suggested,
        "dublet": receive(invoice_for(purchase)),
        "uden køb": receive(invoice_for(purchase, number="F-2", order_reference=None, amount_with_vat=1_00)),
        "afvist af regler": receive(b"<torn"),
    }
    for state, row in others.items():
        with refused(InvoiceMoveForbidden) as refusal:
            act(approve_invoice, row.id, by=case.municipality.finance_officer)
        assert f"Fakturaen er »{state}«" in refusal.danish
    assert read(budget_statement, case.enrolment_id).in_payment == 0


def test_who_asked_for_the_purchase_does_not_approve_its_invoice(
    case: Case,
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    row = receive(invoice_for(purchase))
    same_person = Actor(case.municipality.support_person.person_id, Role.FINANCE_OFFICER)
    with refused(OwnProposal) as refusal:
        act(approve_invoice, row.id, by=same_person)
    assert "Bed en kollega om det" in refusal.danish


def test_only_finance_approves_and_puts_aside(
    case: Case, unmatched: InboxInvoice, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    for by in (case.municipality.coordinator, case.municipality.support_person):
        with refused(RoleMayNot):
            act(approve_invoice, unmatched.id, by=by)
        with refused(RoleMayNot):
            act(dismiss_invoice, unmatched.id, because="Nej.", by=by)


def test_an_invoice_is_put_aside_with_its_reason(
    case: Case,
    unmatched: InboxInvoice,
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    finance = case.municipality.finance_officer
    dismissed = act(dismiss_invoice, unmatched.id, because="Hører til skolen.", by=finance)
    assert dismissed.outcome == InvoiceOutcome.DISMISSED
    assert dismissed.explanation["da"] == "Hører til skolen."
    assert [row.id for row in read(inbox, by=finance)] == [unmatched.id]
    with refused(InvoiceMoveForbidden) as refusal:
        act(match_by_hand, unmatched.id, purchase_id=uuid4(), by=finance)
    assert "»afvist«" in refusal.danish


def test_a_person_matches_what_the_machine_could_not(
    case: Case, purchase: Purchase, unmatched: InboxInvoice, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    assert unmatched.outcome == InvoiceOutcome.UNMATCHED
    coordinator = case.municipality.coordinator
    matched = act(match_by_hand, unmatched.id, purchase_id=purchase.id, by=coordinator)
    assert (matched.outcome, matched.matched_by) == (InvoiceOutcome.MATCHED, coordinator.person_id)
    act(approve_invoice, unmatched.id, by=case.municipality.finance_officer, last=True)
    statement = read(budget_statement, case.enrolment_id)
    assert (statement.in_payment, statement.available) == (12_000_00, 8_000_00)


def test_an_invoice_is_matched_to_an_approved_purchase_only(
    case: Case, unmatched: InboxInvoice, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    finance = case.municipality.finance_officer
    with refused(PurchaseMoveForbidden) as refusal:
        act(match_by_hand, unmatched.id, purchase_id=requested_purchase(case), by=finance)
    assert "Købet er »venter på godkendelse«" in refusal.danish
    for unknown in (uuid4(), case.enrolment_id):
        with refused(NotFound):
            act(match_by_hand, unmatched.id, purchase_id=unknown, by=finance)


def test_a_support_person_does_not_match(
    case: Case,
    purchase: Purchase,
    unmatched: InboxInvoice,
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    with refused(RoleMayNot):
        act(match_by_hand, unmatched.id, purchase_id=purchase.id, by=case.municipality.support_person)


def test_more_than_was_approved_is_never_paid_although_a_person_matched_it(
    case: Case,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    purchase = approved_purchase(case, Oere(1_000_00))
    row = receive(invoice_for(purchase, amount_with_vat=1_000_01))
    act(match_by_hand, row.id, purchase_id=purchase.id, by=case.municipality.finance_officer)
    with refused(InvoiceAboveCommitted) as refusal:
        act(approve_invoice, row.id, by=case.municipality.finance_officer)
    assert (refusal.code, refusal.where) == ("invoice_above_committed", "payable")
    assert (
        "er på 1.000,01 kr., men der er kun 1.000,00 kr. tilbage af købet, som blev godkendt til 1.000,00 kr."
        in refusal.danish
    )


def test_an_invoice_over_nothing_is_never_paid(
    case: Case,
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    row = receive(invoice_for(purchase, amount_with_vat=0))
    act(match_by_hand, row.id, purchase_id=purchase.id, by=case.municipality.finance_officer)
    with refused(NothingToPay) as refusal:
        act(approve_invoice, row.id, by=case.municipality.finance_officer)
    assert refusal.code == "nothing_to_pay"


def test_what_is_not_in_the_inbox_cannot_be_decided_on(
    case: Case, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(NotFound):
        act(approve_invoice, uuid4(), by=case.municipality.finance_officer)
