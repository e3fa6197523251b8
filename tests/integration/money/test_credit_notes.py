from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.actor import Actor
from raaderum.invoices.rules import InvoiceOutcome
from raaderum.invoices.service import approve_invoice, match_by_hand
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.rules import AmountNotPositive
from raaderum.ledger.service import budget_statement
from raaderum.people.roles import Role
from raaderum.plans.rules import OwnProposal
from raaderum.refunds.rules import NothingPaid, RefundAbovePayment, RefundState
from raaderum.refunds.service import approve_refund, refunded_of, refunds_of
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR, Case, approved_purchase
from raaderum.testing.sample_invoices import oioubl_credit_note, peppol_credit_note

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.payouts.tables import Payout
    from raaderum.plugin_api import VoucherReceipt


@pytest.fixture
def paid(case: Case, invoice: Callable[..., Payout], do_work: Callable[[], int]) -> Payout:
    """A payment of 12,500 kr. of the 20,000 granted."""
    payout = invoice(approved_purchase(case), number="F-1001")
    do_work()
    return payout


def credit_note(amount: int, *, number: str = "K-1", code: str | None = None) -> bytes:
    """Return a credit note from the supplier for invoice F-1001."""
    return peppol_credit_note(
        number=number,
        supplier_name=SUPPLIER,
        supplier_cvr=SUPPLIER_CVR,
        credited_number="F-1001",
        order_reference=code,
        amount_with_vat=amount,
    )


def test_a_credit_note_gives_the_money_back_and_is_booked(
    case: Case,
    paid: Payout,
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    read: Callable[..., Any],
    money_of: Callable[[Case], dict[str, int]],
    do_work: Callable[[], int],
    vouchers: Callable[[], list[VoucherReceipt]],
) -> None:
    row = receive(credit_note(2_500_00))
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.MATCHED, paid.purchase_id)
    approved = act(approve_invoice, row.id, by=case.municipality.finance_officer)
    assert (approved.outcome, approved.payout_id) == (InvoiceOutcome.APPROVED, None)
    assert money_of(case) == {
        "granted": 20_000_00,
        "available": 10_000_00,
        "committed": 0,
        "in_payment": 0,
        "spent": 10_000_00,
    }
    assert do_work() == 1
    [refund] = read(refunds_of, case.enrolment_id)
    assert (refund.id, refund.state, refund.amount) == (approved.refund_id, RefundState.BOOKED, 2_500_00)
    payment, booked = vouchers()
    assert refund.voucher_number == booked.number
    assert [line.amount for line in booked.voucher.lines] == [-2_500_00, 2_500_00]
    assert [line.account for line in booked.voucher.lines] == [line.account for line in payment.voucher.lines]
    assert (booked.voucher.code, booked.voucher.invoice_number) == (paid.code, "K-1")
    assert read(prove_books).holds


@pytest.mark.parametrize("build", [peppol_credit_note, oioubl_credit_note])
def test_a_credit_note_is_found_by_our_code_too(
    paid: Payout, receive: Callable[..., InboxInvoice], build: Callable[..., bytes]
) -> None:
    content = build(
        number="K-1", supplier_cvr=SUPPLIER_CVR, order_reference=paid.code, amount_with_vat=1_000_00
    )
    row = receive(content)
    assert (row.outcome, row.purchase_id) == (InvoiceOutcome.MATCHED, paid.purchase_id)
    assert row.explanation["da"] == f"Kreditnotaen hører til en betalt faktura (kode {paid.code})."


def test_another_suppliers_credit_note_is_a_suggestion_at_most(
    paid: Payout, receive: Callable[..., InboxInvoice]
) -> None:
    content = peppol_credit_note(number="K-1", supplier_cvr="10000009", order_reference=paid.code)
    row = receive(content)
    assert row.outcome == InvoiceOutcome.SUGGESTED
    assert "anden leverandør" in row.explanation["da"]
    without_code = peppol_credit_note(number="K-2", supplier_cvr="10000009", credited_number="F-1001")
    assert receive(without_code).outcome == InvoiceOutcome.UNMATCHED


def test_never_more_comes_back_than_was_paid(
    case: Case,
    paid: Payout,
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    finance = case.municipality.finance_officer
    act(approve_invoice, receive(credit_note(10_000_00)).id, by=finance)
    second = receive(credit_note(2_500_01, number="K-2"))
    with refused(RefundAbovePayment) as refusal:
        act(approve_invoice, second.id, by=finance)
    assert (refusal.code, refusal.where) == ("refund_above_payment", "amount")
    assert "på 2.500,01 kr., men kun 2.500,00 kr. af betalingen" in refusal.danish
    assert read(refunded_of, paid.id) == 10_000_00
    act(approve_invoice, receive(credit_note(2_500_00, number="K-3")).id, by=finance)
    assert read(budget_statement, case.enrolment_id).available == 20_000_00


def test_a_credit_note_that_comes_first_waits_for_its_invoice(
    case: Case,
    invoice: Callable[..., Payout],
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    finance = case.municipality.finance_officer
    purchase = approved_purchase(case)
    early = receive(credit_note(1_000_00, code=purchase.code))
    assert early.outcome == InvoiceOutcome.UNMATCHED
    assert "ingen betalt faktura" in early.explanation["da"]
    act(match_by_hand, early.id, purchase_id=purchase.id, by=finance)
    with refused(NothingPaid) as refusal:
        act(approve_invoice, early.id, by=finance)
    assert (refusal.code, refusal.where) == ("nothing_paid", "payout")
    assert "Vent med kreditnotaen, til betalingen er gennemført" in refusal.danish
    invoice(purchase)
    assert act(approve_invoice, early.id, by=finance).outcome == InvoiceOutcome.APPROVED


def test_who_asked_for_the_purchase_does_not_approve_its_refund(
    case: Case, paid: Payout, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    same_person = Actor(case.municipality.support_person.person_id, Role.FINANCE_OFFICER)
    with refused(OwnProposal):
        act(approve_refund, paid.id, amount=Oere(1_00), credit_note_number="K-1", by=same_person)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_refund_of_nothing_or_less_is_refused(
    case: Case, paid: Payout, act: Callable[..., Any], refused: Callable[..., Any], amount: int
) -> None:
    finance = case.municipality.finance_officer
    with refused(AmountNotPositive):
        act(approve_refund, paid.id, amount=Oere(amount), credit_note_number="K-1", by=finance)
