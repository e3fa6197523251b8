"""Approving a credit note: before its invoice was approved, before it was paid, or after.

Before the approval it makes the invoice smaller; before the payment it takes the payment back and
reserves one over the rest; afterwards it is a refund.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.invoices.credit_matching import creditable_payouts, find_by_number, find_by_payout
from raaderum.invoices.credit_rules import CREDITED, CreditedPaymentUnclear, check_credit
from raaderum.invoices.facts import stored_text
from raaderum.invoices.records import locked_row, record_invoice
from raaderum.invoices.rules import OPEN_OUTCOMES, InvoiceOutcome, NothingToPay
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.payouts.cancelling import cancel_payout, replace_payout
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import locked_payout
from raaderum.plans.rules import OwnProposal
from raaderum.purchases.parts import give_part_back, is_open
from raaderum.purchases.service import release
from raaderum.refunds.rules import NothingPaid
from raaderum.refunds.service import approve_refund

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.invoices.tables import InboxInvoice
    from raaderum.payouts.tables import Payout
    from raaderum.purchases.tables import Purchase


def credited_invoice(session: Session, note: InboxInvoice) -> UUID | None:
    """Return the invoice that a credit note is about, as far as can be told now; it may have come later."""
    if note.about_id is not None:
        return note.about_id
    if note.about_number:
        about = find_by_number(session, note.supplier_key, note.about_number)
        if about is not None and about.purchase_id == note.purchase_id:
            return about.id
    return None


def approve_credit_note(
    session: Session,
    note: InboxInvoice,
    about: InboxInvoice | None,
    purchase: Purchase | None,
    *,
    by: Actor,
) -> None:
    """Take what a credit note says off the invoice it is `about`; all rows are locked.

    Raises `NothingToPay`, `NothingPaid`, `CreditAboveInvoice`, `CreditedPaymentUnclear`,
    `PaymentUnderWay`, `RefundAbovePayment` and `OwnProposal`.
    """
    amount = _amount_of(note)
    if purchase is not None and purchase.requested_by == by.person_id:
        raise OwnProposal(where="approved_by")
    if about is not None and about.outcome in OPEN_OUTCOMES:
        note.about_id = about.id
        _take_off(session, note, about, amount, by)
        return
    _check_creditable(about, amount)
    payout = _credited_payout(session, note, about, purchase)
    about = about or find_by_payout(session, payout.id)
    note.credits_payout_id, note.about_id = payout.id, about.id if about else None
    if payout.state == PayoutState.PAID:
        refund = approve_refund(
            session,
            payout.id,
            amount=amount,
            credit_note_number=note.number or "",
            by=by,
            purchase=purchase,
        )
        note.refund_id = refund.id
        return
    assert purchase is not None  # noqa: S101 - every payment has one
    _take_off_unpaid(session, note, about, purchase, payout, amount, by=by)


def _amount_of(note: InboxInvoice) -> Oere:
    if note.payable is None or note.payable <= 0:
        raise NothingToPay(where="payable")
    return Oere(note.payable)


def _check_creditable(about: InboxInvoice | None, amount: Oere) -> None:
    if about is None or about.outcome == InvoiceOutcome.APPROVED:
        return
    if about.outcome == InvoiceOutcome.CREDITED:
        check_credit(wanted=amount, left=0)
    raise NothingPaid(where="payout")


def _take_off(session: Session, note: InboxInvoice, about: InboxInvoice, amount: Oere, by: Actor) -> None:
    """Make an invoice smaller that nobody has approved; put it aside where nothing is left of it."""
    left = (about.payable or 0) - about.credited
    check_credit(wanted=amount, left=left)
    about.credited += amount
    if amount == left:
        _put_aside(note, about, by)
    record_invoice(session, AuditEvent.INVOICE_CREDITED, about, by, amount=amount)


def _take_off_unpaid(
    session: Session,
    note: InboxInvoice,
    about: InboxInvoice | None,
    purchase: Purchase,
    payout: Payout,
    amount: Oere,
    *,
    by: Actor,
) -> None:
    """Take an unsent payment back, and reserve one over the rest where there is any."""
    check_credit(wanted=amount, left=payout.amount)
    rest = Oere(payout.amount - amount)
    cancel_payout(session, payout, by=by)
    replaced = replace_payout(session, payout, rest, by=by) if rest else None
    if is_open(purchase):
        give_part_back(purchase, amount)
    else:
        release(session, purchase, amount, key=f"credit:{note.id}")
    if about is None:
        return
    about.credited += amount
    if replaced is not None:
        about.payout_id = replaced.id
    else:
        _put_aside(note, about, by)
    record_invoice(session, AuditEvent.INVOICE_CREDITED, about, by, amount=amount)


def _put_aside(note: InboxInvoice, about: InboxInvoice, by: Actor) -> None:
    about.outcome = InvoiceOutcome.CREDITED
    about.explanation = stored_text(CREDITED.filled(number=note.number or ""))
    about.decided_by, about.decided_at = person_of(by), clock.now()


def _credited_payout(
    session: Session, note: InboxInvoice, about: InboxInvoice | None, purchase: Purchase | None
) -> Payout:
    """Return the payment that is credited, locked."""
    if about is not None and about.payout_id is not None:
        return locked_payout(session, about.payout_id)
    if note.credits_payout_id is not None:
        return locked_payout(session, note.credits_payout_id)
    found = creditable_payouts(session, purchase.id) if purchase is not None else ()
    if not found:
        raise NothingPaid(where="payout")
    if len(found) > 1:
        raise CreditedPaymentUnclear(where="payout")
    return locked_payout(session, found[0].id)


def lock_both(
    session: Session, note_id: UUID, about_id: UUID | None
) -> tuple[InboxInvoice, InboxInvoice | None]:
    """Lock a credit note and the invoice it is about, in the order of their ids: no two wait in turn."""
    wanted = {note_id} if about_id is None else {note_id, about_id}
    rows = {one: locked_row(session, one) for one in sorted(wanted)}
    return rows[note_id], rows[about_id] if about_id else None
