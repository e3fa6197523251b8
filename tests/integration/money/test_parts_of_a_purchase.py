"""A purchase that comes in parts: deposits, several invoices, credit notes before and after the payment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.actor import Actor
from raaderum.casework.use_of_money import spent_by_category
from raaderum.invoices.credit_rules import CreditAboveInvoice, CreditedPaymentUnclear
from raaderum.invoices.rules import InvoiceAboveCommitted, InvoiceOutcome
from raaderum.invoices.service import approve_invoice, get_invoice, match_by_hand
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import find_short_codes
from raaderum.ledger.proof import prove_books
from raaderum.payouts.rules import PayoutState
from raaderum.people.roles import Role
from raaderum.plans.rules import OwnProposal, SpendingCategory
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.service import get_purchase, release_purchase
from raaderum.refunds.rules import RefundAbovePayment
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR, Case, approved_purchase
from raaderum.testing.sample_invoices import peppol_credit_note, peppol_invoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.payouts.tables import Payout
    from raaderum.plugin_api import VoucherReceipt
    from raaderum.purchases.tables import Purchase


@pytest.fixture
def purchase(case: Case) -> Purchase:
    """One of 12,500 kr. of the 20,000 granted."""
    return approved_purchase(case)


@pytest.fixture
def funds(case: Case, money_of: Callable[[Case], dict[str, int]]) -> Callable[[], tuple[int, ...]]:
    """Return what is available, set aside, being paid and spent, in kroner."""

    def do() -> tuple[int, ...]:
        money = money_of(case)
        return tuple(money[name] // 100 for name in ("available", "committed", "in_payment", "spent"))

    return do


@pytest.fixture
def state_of(case: Case, read: Callable[..., Any]) -> Callable[[Purchase], str]:
    def do(purchase: Purchase) -> str:
        found: Purchase = read(get_purchase, purchase.id, by=case.municipality.coordinator)
        return found.state

    return do


def invoice_file(code: str | None, amount: int, *, number: str = "F-1", **told: Any) -> bytes:  # noqa: ANN401 - any sample parameter
    return peppol_invoice(
        number=number,
        supplier_name=SUPPLIER,
        supplier_cvr=SUPPLIER_CVR,
        order_reference=code,
        amount_with_vat=amount,
        **told,
    )


def credit_file(credited: str | None, amount: int, *, number: str = "K-1", code: str | None = None) -> bytes:
    return peppol_credit_note(
        number=number,
        supplier_name=SUPPLIER,
        supplier_cvr=SUPPLIER_CVR,
        credited_number=credited,
        order_reference=code,
        amount_with_vat=amount,
    )


def test_three_invoices_pay_one_purchase_and_the_last_releases_the_rest(
    purchase: Purchase,
    invoice: Callable[..., Payout],
    funds: Callable[[], tuple[int, ...]],
    state_of: Callable[[Purchase], str],
    vouchers: Callable[[], list[VoucherReceipt]],
    read: Callable[..., Any],
    do_work: Callable[[], int],
) -> None:
    first = invoice(purchase, amount=5_000_00, number="F-1")
    assert (funds(), state_of(purchase)) == ((7_500, 7_500, 5_000, 0), PurchaseState.APPROVED)
    second = invoice(purchase, amount=4_000_00, number="F-2")
    last = invoice(purchase, amount=3_000_00, number="F-3", last=True)
    assert (funds(), state_of(purchase)) == ((8_000, 0, 12_000, 0), PurchaseState.CLOSED)
    do_work()
    assert funds() == (8_000, 0, 0, 12_000)
    assert first.code == purchase.code
    assert len({first.code, second.code, last.code}) == 3
    assert all(find_short_codes(one.code) == (one.code,) for one in (second, last))
    assert {one.voucher.code for one in vouchers()} == {first.code, second.code, last.code}
    assert read(prove_books).holds


def test_an_invoice_over_exactly_what_is_left_is_the_last(
    purchase: Purchase, invoice: Callable[..., Payout], state_of: Callable[[Purchase], str]
) -> None:
    invoice(purchase, amount=5_000_00, number="F-1")
    invoice(purchase, amount=7_500_00, number="F-2")
    assert state_of(purchase) == PurchaseState.CLOSED


def test_what_counts_is_what_is_left_and_not_the_whole(
    case: Case,
    purchase: Purchase,
    invoice: Callable[..., Payout],
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    finance = case.municipality.finance_officer
    invoice(purchase, amount=5_000_00, number="F-1")
    above = receive(invoice_file(purchase.code, 7_500_01, number="F-2"))
    assert above.outcome == InvoiceOutcome.SUGGESTED
    act(match_by_hand, above.id, purchase_id=purchase.id, by=finance)
    with refused(InvoiceAboveCommitted) as refusal:
        act(approve_invoice, above.id, by=finance)
    assert "på 7.500,01 kr., men der er kun 7.500,00 kr. tilbage" in refusal.danish
    fitting = receive(invoice_file(None, 7_500_00, number="F-3"))
    assert (fitting.outcome, fitting.purchase_id) == (InvoiceOutcome.SUGGESTED, purchase.id)


def test_all_is_delivered_releases_only_what_is_left(
    case: Case,
    purchase: Purchase,
    invoice: Callable[..., Payout],
    act: Callable[..., Any],
    funds: Callable[[], tuple[int, ...]],
    read: Callable[..., Any],
) -> None:
    invoice(purchase, amount=5_000_00)
    by_category = read(spent_by_category, [case.enrolment_id])[case.enrolment_id]
    assert by_category == {SpendingCategory.TRANSPORT: 12_500_00}
    act(release_purchase, purchase.id, by=case.municipality.coordinator)
    assert funds() == (15_000, 0, 5_000, 0)
    by_category = read(spent_by_category, [case.enrolment_id])[case.enrolment_id]
    assert by_category == {SpendingCategory.TRANSPORT: 5_000_00}


def test_a_credit_note_for_an_open_purchase_sets_the_money_aside_again(
    case: Case,
    purchase: Purchase,
    invoice: Callable[..., Payout],
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    funds: Callable[[], tuple[int, ...]],
    do_work: Callable[[], int],
    read: Callable[..., Any],
) -> None:
    finance = case.municipality.finance_officer
    invoice(purchase, amount=5_000_00, number="F-1")
    do_work()
    act(approve_invoice, receive(credit_file("F-1", 2_000_00)).id, by=finance)
    assert funds() == (7_500, 9_500, 0, 3_000)
    invoice(purchase, amount=9_500_00, number="F-2")
    do_work()
    assert funds() == (7_500, 0, 0, 12_500)
    assert read(prove_books).holds


def test_a_credit_note_finds_the_right_one_of_several_payments(
    case: Case,
    purchase: Purchase,
    invoice: Callable[..., Payout],
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    refused: Callable[..., Any],
    do_work: Callable[[], int],
) -> None:
    finance = case.municipality.finance_officer
    first = invoice(purchase, amount=5_000_00, number="F-1")
    second = invoice(purchase, amount=4_000_00, number="F-2")
    do_work()
    by_number = receive(credit_file("F-2", 1_00, number="K-1"))
    by_code = receive(credit_file(None, 1_00, number="K-2", code=second.code))
    assert by_number.credits_payout_id == by_code.credits_payout_id == second.id
    unclear = receive(credit_file(None, 1_00, number="K-3", code=purchase.code))
    assert (unclear.outcome, unclear.credits_payout_id) == (InvoiceOutcome.SUGGESTED, None)
    act(match_by_hand, unclear.id, purchase_id=purchase.id, by=finance)
    with refused(CreditedPaymentUnclear):
        act(approve_invoice, unclear.id, by=finance)
    with refused(NotFound):
        act(match_by_hand, unclear.id, purchase_id=purchase.id, payout_id=case.enrolment_id, by=finance)
    act(match_by_hand, unclear.id, purchase_id=purchase.id, payout_id=first.id, by=finance)
    assert act(approve_invoice, unclear.id, by=finance).credits_payout_id == first.id
    above = receive(credit_file("F-2", 4_000_01, number="K-4"))
    with refused(RefundAbovePayment):
        act(approve_invoice, above.id, by=finance)


def test_a_credit_note_before_the_approval_makes_the_invoice_smaller(
    case: Case,
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    refused: Callable[..., Any],
    funds: Callable[[], tuple[int, ...]],
) -> None:
    finance = case.municipality.finance_officer
    bill = receive(invoice_file(purchase.code, 12_500_00))
    note = receive(credit_file("F-1", 2_500_00))
    assert (note.outcome, note.about_id) == (InvoiceOutcome.MATCHED, bill.id)
    act(approve_invoice, note.id, by=finance)
    above = receive(credit_file("F-1", 10_000_01, number="K-2"))
    with refused(CreditAboveInvoice) as refusal:
        act(approve_invoice, above.id, by=finance)
    assert "på 10.000,01 kr., men der er kun 10.000,00 kr. tilbage" in refusal.danish
    act(approve_invoice, bill.id, by=finance, last=True)
    assert funds() == (10_000, 0, 10_000, 0)


def test_a_credit_note_over_the_whole_puts_an_unapproved_invoice_aside(
    case: Case,
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    read: Callable[..., Any],
    funds: Callable[[], tuple[int, ...]],
    state_of: Callable[[Purchase], str],
) -> None:
    finance = case.municipality.finance_officer
    bill = receive(invoice_file(purchase.code, 12_500_00))
    act(approve_invoice, receive(credit_file("F-1", 12_500_00)).id, by=finance)
    assert read(get_invoice, bill.id, by=finance).outcome == InvoiceOutcome.CREDITED
    assert (funds(), state_of(purchase)) == ((7_500, 12_500, 0, 0), PurchaseState.APPROVED)
    corrected = receive(invoice_file(purchase.code, 12_000_00, number="F-2"))
    assert corrected.outcome == InvoiceOutcome.MATCHED


@pytest.mark.parametrize("last", [True, False])
def test_a_credit_note_before_the_payment_replaces_it(  # noqa: PLR0917 - fixtures
    case: Case,
    purchase: Purchase,
    invoice: Callable[..., Payout],
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    read: Callable[..., Any],
    payouts: Callable[[], list[Payout]],
    funds: Callable[[], tuple[int, ...]],
    do_work: Callable[[], int],
    *,
    last: bool,
) -> None:
    finance = case.municipality.finance_officer
    invoice(purchase, amount=10_000_00, number="F-1", last=last)
    note = act(approve_invoice, receive(credit_file("F-1", 4_000_00)).id, by=finance)
    aside = 0 if last else 6_500
    assert funds() == (14_000 - aside, aside, 6_000, 0)
    cancelled, replaced = payouts()
    assert (cancelled.state, replaced.state) == (PayoutState.CANCELLED, PayoutState.RESERVED)
    assert (replaced.amount, note.refund_id) == (6_000_00, None)
    assert read(get_invoice, note.about_id, by=finance).payout_id == replaced.id
    do_work()
    assert funds() == (14_000 - aside, aside, 0, 6_000)
    assert read(prove_books).holds


def test_a_credit_note_over_the_whole_takes_an_unsent_payment_back(  # noqa: PLR0917 - fixtures
    case: Case,
    purchase: Purchase,
    invoice: Callable[..., Payout],
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    payouts: Callable[[], list[Payout]],
    funds: Callable[[], tuple[int, ...]],
    do_work: Callable[[], int],
    vouchers: Callable[[], list[VoucherReceipt]],
) -> None:
    invoice(purchase, number="F-1")
    note = receive(credit_file("F-1", 12_500_00))
    act(approve_invoice, note.id, by=case.municipality.finance_officer)
    do_work()
    assert [one.state for one in payouts()] == [PayoutState.CANCELLED]
    assert (funds(), vouchers()) == ((20_000, 0, 0, 0), [])


def test_a_deposit_and_its_final_invoice(
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    case: Case,
    funds: Callable[[], tuple[int, ...]],
    state_of: Callable[[Purchase], str],
    do_work: Callable[[], int],
) -> None:
    finance = case.municipality.finance_officer
    deposit = receive(invoice_file(purchase.code, 5_000_00, type_code="386"))
    assert (deposit.outcome, deposit.is_deposit) == (InvoiceOutcome.MATCHED, True)
    assert "beder om en del på forhånd" in deposit.explanation["da"]
    act(approve_invoice, deposit.id, by=finance)
    do_work()
    assert state_of(purchase) == PurchaseState.APPROVED
    final = receive(invoice_file(purchase.code, 12_000_00, number="F-2", prepaid=5_000_00))
    assert (final.outcome, final.payable, final.prepaid) == (InvoiceOutcome.MATCHED, 7_000_00, 5_000_00)
    act(approve_invoice, final.id, by=finance, last=True)
    do_work()
    assert funds() == (8_000, 0, 0, 12_000)


def test_a_final_invoice_that_is_prepaid_closes_the_purchase_and_pays_nothing(
    case: Case,
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    act: Callable[..., Any],
    refused: Callable[..., Any],
    funds: Callable[[], tuple[int, ...]],
    state_of: Callable[[Purchase], str],
    do_work: Callable[[], int],
) -> None:
    finance = case.municipality.finance_officer
    act(approve_invoice, receive(invoice_file(purchase.code, 12_500_00, type_code="386")).id, by=finance)
    do_work()
    assert state_of(purchase) == PurchaseState.APPROVED
    final = receive(invoice_file(purchase.code, 12_500_00, number="F-2", prepaid=12_500_00))
    assert (final.outcome, final.payable) == (InvoiceOutcome.MATCHED, 0)
    own = Actor(case.municipality.support_person.person_id, Role.FINANCE_OFFICER)
    with refused(OwnProposal):
        act(approve_invoice, final.id, by=own)
    assert act(approve_invoice, final.id, by=finance).payout_id is None
    assert (funds(), state_of(purchase)) == ((7_500, 0, 0, 12_500), PurchaseState.CLOSED)


def test_prepaid_money_that_we_never_paid_is_a_suggestion(
    purchase: Purchase, receive: Callable[..., InboxInvoice]
) -> None:
    row = receive(invoice_file(purchase.code, 12_500_00, prepaid=5_000_00))
    assert row.outcome == InvoiceOutcome.SUGGESTED
    assert "at 5.000,00 kr. er betalt på forhånd, og vi har betalt 0,00 kr." in row.explanation["da"]
