"""Reminders: which invoice they are about, how long it has lain, and the fee that no citizen bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.enrolments.tables import Enrolment
from raaderum.invoices.credit_matching import find_by_number
from raaderum.invoices.matching import codes_of, find_purchase_by_any_code
from raaderum.invoices.records import locked_row, record_invoice
from raaderum.invoices.reminder_rules import (
    REMINDS_OF,
    REMINDS_OF_UNKNOWN,
    FeeState,
    NoFeeToPay,
    NotAReminder,
    PaymentTimes,
    payment_times,
)
from raaderum.invoices.rules import InvoiceOutcome, Match
from raaderum.invoices.tables import InboxInvoice, ReminderFee
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import open_accounts, post
from raaderum.payouts.service import QUEUE
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.outbox import add_work
from raaderum.plans.rules import OwnProposal
from raaderum.plugin_host.providers import tenant_providers
from raaderum.programmes.installed import programme_id
from raaderum.purchases.codes import unused_code
from raaderum.purchases.tables import Purchase
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.plugin_api import SupplierInvoice

BOOK_FEE = "fee.book"


def match_reminder(session: Session, reminder: SupplierInvoice) -> Match:
    """Return the invoice that a reminder is about; it waits as a reminder in any case."""
    for number in reminder.reminded_numbers:
        about = find_by_number(session, reminder.supplier_key, number)
        if about is not None:
            explanation = REMINDS_OF.filled(number=about.number or "")
            return Match(InvoiceOutcome.REMINDER, explanation, about.purchase_id, None, about.id)
    for code in codes_of(reminder):
        purchase = find_purchase_by_any_code(session, code)
        if purchase is not None:
            return Match(InvoiceOutcome.REMINDER, REMINDS_OF_UNKNOWN, purchase.id, purchase.enrolment_id)
    return Match(InvoiceOutcome.REMINDER, REMINDS_OF_UNKNOWN)


def times_of(session: Session, row: InboxInvoice) -> PaymentTimes:
    """Return how long an invoice has lain, and with whom; for a reminder, the invoice that it is about."""
    if row.outcome == InvoiceOutcome.REMINDER and row.about_id is not None:
        row = session.get_one(InboxInvoice, (current_tenant_id(), row.about_id))
    payout = session.get(Payout, (current_tenant_id(), row.payout_id)) if row.payout_id else None
    return payment_times(
        InvoiceOutcome(row.outcome),
        received_on=clock.day_of(row.received_at),
        approved_on=clock.day_of(row.decided_at) if row.decided_at else None,
        paid_on=clock.day_of(payout.paid_at) if payout and payout.paid_at else None,
        today=clock.today(),
    )


def approve_fee(session: Session, invoice_id: UUID, *, by: Actor) -> ReminderFee:
    """Have the municipality pay the fee of a reminder from its programme's own account, and have it booked.

    Raises `NotAReminder`, `NoFeeToPay` where there is none or its invoice is unknown, `OwnProposal` for who
    asked for the purchase.
    """
    require(by, Act.APPROVE_INVOICE)
    row = locked_row(session, invoice_id)
    if row.outcome != InvoiceOutcome.REMINDER:
        raise NotAReminder(where="invoice")
    purchase = session.get(Purchase, (current_tenant_id(), row.purchase_id)) if row.purchase_id else None
    if not row.fee or purchase is None:
        raise NoFeeToPay(where="fee")
    if purchase.requested_by == by.person_id:
        raise OwnProposal(where="approved_by")
    tenant_providers().payout_provider(current_tenant().invoices_paid_by)
    fee = _as_row(session, row, purchase, by)
    insert(session, fee)
    _enter(session, fee)
    add_work(session, queue=QUEUE, kind=BOOK_FEE, subject_id=fee.id)
    row.outcome, row.decided_by, row.decided_at = InvoiceOutcome.APPROVED, person_of(by), clock.now()
    record_invoice(session, AuditEvent.FEE_APPROVED, row, by, amount=fee.amount)
    return fee


def _as_row(session: Session, row: InboxInvoice, purchase: Purchase, by: Actor) -> ReminderFee:
    enrolment = session.get_one(Enrolment, (current_tenant_id(), purchase.enrolment_id))
    tenant = current_tenant()
    return ReminderFee(
        id=new_id(),
        tenant_id=current_tenant_id(),
        invoice_id=row.id,
        provider=tenant.invoices_paid_by,
        amount=row.fee,
        code=unused_code(session),
        payee_name=row.supplier_name or "",
        payee_cvr=row.supplier_cvr,
        account=tenant.accounts.default,
        reminder_number=row.number,
        programme=enrolment.programme,
        state=FeeState.APPROVED,
        approved_by=person_of(by),
    )


def _enter(session: Session, fee: ReminderFee) -> None:
    """Enter a fee as the programme's own cost: no account of a citizen is touched."""
    owner_id = programme_id(fee.programme)
    open_accounts(session, owner_id, [AccountKind.FUNDING, AccountKind.FEES])
    post(
        session,
        TransactionKind.FEE,
        Move(Oere(fee.amount), Account(AccountKind.FUNDING, owner_id), Account(AccountKind.FEES, owner_id)),
        key=f"fee:{fee.id}",
        subject_id=fee.id,
    )
