"""Reminders are never paid as invoices, and their fees never by a citizen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from raaderum.casework.task_rules import TaskKind
from raaderum.casework.tasks import tasks_of
from raaderum.invoices.reminder_rules import FeeOnInvoice, FeeState, LiesWith, NoFeeToPay, NotAReminder
from raaderum.invoices.reminders import approve_fee, times_of
from raaderum.invoices.rules import InvoiceMoveForbidden, InvoiceOutcome
from raaderum.invoices.service import approve_invoice, dismiss_invoice, get_invoice
from raaderum.invoices.tables import ReminderFee
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.rules import AccountKind
from raaderum.ledger.service import budget_statement, trial_balance
from raaderum.plugin_api import ProviderMovement
from raaderum.plugin_host.providers import tenant_providers
from raaderum.reconciliation.movements import keep_movements
from raaderum.reconciliation.proof_lists import Days, ours_at_provider, theirs_at_provider
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR, Case, approved_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.purchases.tables import Purchase

FEE = 100_00


@pytest.fixture
def purchase(case: Case) -> Purchase:
    return approved_purchase(case)


@pytest.fixture
def bill(receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes], purchase: Purchase) -> Any:  # noqa: ANN401 - a row
    return receive(invoice_for(purchase, number="F-1"))


@pytest.fixture
def reminder(bill: Any, receive: Callable[..., InboxInvoice], invoice_for: Callable[..., bytes]) -> Any:  # noqa: ANN401 - a row
    """An invoice that is nothing but a fee for invoice F-1."""
    assert bill.outcome == InvoiceOutcome.MATCHED
    content = invoice_for(
        _nothing(), number="R-1", credited_number="F-1", description="Rykkergebyr", amount_with_vat=FEE
    )
    return receive(content)


def _nothing() -> Any:  # noqa: ANN401 - what an invoice would be for
    class Nothing:
        code, amount = None, 0

    return Nothing()


def test_a_reminder_is_tied_to_its_invoice_and_waits_for_finance(
    case: Case, purchase: Purchase, bill: InboxInvoice, reminder: InboxInvoice, read: Callable[..., Any]
) -> None:
    assert (reminder.outcome, reminder.kind) == (InvoiceOutcome.REMINDER, "reminder")
    assert (reminder.about_id, reminder.purchase_id) == (bill.id, purchase.id)
    finance = case.municipality.finance_officer
    waiting = [one.task for one in read(tasks_of, by=finance, on=clock.today())]
    assert [one.subject_id for one in waiting if one.kind is TaskKind.ANSWER_REMINDER] == [reminder.id]
    times = read(times_of, reminder)
    assert (times.lies_with, times.days_here, times.days_to_payment) == (LiesWith.APPROVAL, 0, None)


def test_a_reminder_is_never_approved_as_an_invoice(
    case: Case, reminder: InboxInvoice, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(InvoiceMoveForbidden) as refusal:
        act(approve_invoice, reminder.id, by=case.municipality.finance_officer)
    assert "»rykker«" in refusal.danish


def test_the_fee_is_borne_by_the_programme_and_booked_once(
    case: Case,
    reminder: InboxInvoice,
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
    do_work: Callable[[], int],
) -> None:
    finance = case.municipality.finance_officer
    before = read(budget_statement, case.enrolment_id)
    act(approve_fee, reminder.id, by=finance)
    with refused(NotAReminder):
        act(approve_fee, reminder.id, by=finance)
    assert read(budget_statement, case.enrolment_id) == before
    [fees] = [row.summed for row in read(trial_balance) if row.kind is AccountKind.FEES]
    assert fees == FEE
    assert [do_work() for _ in range(2)] == [1, 0]
    [fee] = read(lambda session: session.scalars(select(ReminderFee)).all())
    with case.municipality.at_work():
        [booked] = tenant_providers().ledger_export.receipts()
    assert (fee.state, fee.voucher_number) == (FeeState.BOOKED, booked.number)
    assert booked.voucher.lines[0].amount == FEE
    assert read(prove_books).holds


def test_a_fee_is_refused_by_putting_the_reminder_aside(
    case: Case, reminder: InboxInvoice, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    finance = case.municipality.finance_officer
    act(dismiss_invoice, reminder.id, because="Vi betaler ikke gebyr.", by=finance)
    with refused(NotAReminder):
        act(approve_fee, reminder.id, by=finance)


def test_a_reminder_of_an_unknown_invoice_says_so_and_has_no_fee_to_pay(
    case: Case,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    row = receive(invoice_for(_nothing(), number="R-9", description="Rykkergebyr", amount_with_vat=FEE))
    assert (row.outcome, row.about_id) == (InvoiceOutcome.REMINDER, None)
    assert "vi ikke har modtaget" in row.explanation["da"]
    with refused(NoFeeToPay):
        act(approve_fee, row.id, by=case.municipality.finance_officer)


def test_an_invoice_with_a_fee_on_it_is_not_paid_from_the_budget(
    case: Case,
    purchase: Purchase,
    receive: Callable[..., InboxInvoice],
    invoice_for: Callable[..., bytes],
    act: Callable[..., Any],
    refused: Callable[..., Any],
    read: Callable[..., Any],
) -> None:
    line = invoice_for(purchase, number="F-5", supplier_name=SUPPLIER, supplier_cvr=SUPPLIER_CVR)
    start, end = line.index(b" <cac:InvoiceLine>"), line.index(b" </cac:InvoiceLine>")
    second = line[start:end].replace(b"<cbc:ID>1<", b"<cbc:ID>2<").replace(b"10000.00", b"0.00")
    named = line[start:end].replace("Kørekort, 1. rate".encode(), b"Rykkergebyr")
    content = line[:start] + named + b" </cac:InvoiceLine>\n" + second + line[end:]
    row = receive(content)
    assert (row.outcome, row.fee) == (InvoiceOutcome.MATCHED, 10_000_00)
    with refused(FeeOnInvoice):
        act(approve_invoice, row.id, by=case.municipality.finance_officer)
    assert read(get_invoice, row.id, by=case.municipality.finance_officer).payout_id is None


def test_the_proof_knows_a_fee_that_the_way_of_paying_tells_of(
    case: Case,
    reminder: InboxInvoice,
    act: Callable[..., Any],
    read: Callable[..., Any],
    do_work: Callable[[], int],
) -> None:
    act(approve_fee, reminder.id, by=case.municipality.finance_officer)
    do_work()
    [fee] = read(lambda session: session.scalars(select(ReminderFee)).all())
    now = clock.now()
    first, last = now - timedelta(days=1), now + timedelta(days=1)
    days = Days(first.date(), last.date(), first, last, now)
    ours = [one for one in read(ours_at_provider, fee.provider, days) if one.thing == "fee"]
    assert [(one.key, one.amount) for one in ours] == [(f"fee:{fee.id}", FEE)]
    movement = ProviderMovement("mv-fee", Oere(FEE), now, idempotency_key=f"fee:{fee.id}")
    act(keep_movements, fee.provider, [movement])
    [theirs] = read(theirs_at_provider, fee.provider, days)
    assert (theirs.key, theirs.amount) == (ours[0].key, FEE)
