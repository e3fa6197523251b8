"""Finding what a credit note credits: the invoice by its number, else the payment by our code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import defer

from raaderum.invoices.credit_rules import (
    CREDITS_A_PAYMENT,
    CREDITS_AN_INVOICE,
    CREDITS_BEFORE_PAYMENT,
    CREDITS_WHAT_WAS_PUT_ASIDE,
    NOTHING_TO_CREDIT,
    SEVERAL_PAYMENTS,
)
from raaderum.invoices.matching import codes_of, find_purchase_by_any_code
from raaderum.invoices.rules import ANOTHER_SUPPLIER, OPEN_OUTCOMES, InvoiceOutcome, Match
from raaderum.invoices.tables import InboxInvoice
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout
from raaderum.plugin_api import DocumentKind
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.plugin_api import SupplierInvoice
    from raaderum.purchases.tables import Purchase

_BY_NUMBER: Final = (
    select(InboxInvoice)
    .options(defer(InboxInvoice.content_sealed))
    .where(
        InboxInvoice.supplier_key == bindparam("supplier"),
        InboxInvoice.number == bindparam("number"),
        InboxInvoice.kind == DocumentKind.INVOICE,
        InboxInvoice.outcome.not_in((InvoiceOutcome.DUPLICATE, InvoiceOutcome.REJECTED)),
    )
)


def match_credit_note(session: Session, note: SupplierInvoice) -> Match:
    """Return the invoice, the payment and the purchase that a credit note belongs to."""
    if note.credited_number:
        about = find_by_number(session, note.supplier_key, note.credited_number)
        if about is not None:
            return _about(session, about)
    for code in codes_of(note):
        purchase = find_purchase_by_any_code(session, code)
        if purchase is not None:
            return _by_code(session, note, code, purchase)
    payout = _by_payouts_number(session, note)
    if payout is None:
        return Match(InvoiceOutcome.UNMATCHED, NOTHING_TO_CREDIT)
    return _about_payout(session, note, payout)


def find_by_number(session: Session, supplier_key: str | None, number: str) -> InboxInvoice | None:
    """Return the supplier's invoice of this number, without its file; a rejected one counts for none."""
    return session.scalar(_BY_NUMBER, {"supplier": supplier_key, "number": number})


def find_by_payout(session: Session, payout_id: UUID) -> InboxInvoice | None:
    """Return the invoice that a payment pays, without its file; None for one that came by no invoice."""
    sought = select(InboxInvoice).where(InboxInvoice.payout_id == payout_id)
    return session.scalar(sought.options(defer(InboxInvoice.content_sealed)).limit(1))


def creditable_payouts(session: Session, purchase_id: UUID) -> Sequence[Payout]:
    """Return the payments of a purchase that a credit note can be about, the first one first."""
    sought = select(Payout).where(
        Payout.purchase_id == purchase_id,
        Payout.state.in_(
            (
                PayoutState.RESERVED,
                PayoutState.SENDING,
                PayoutState.UNKNOWN,
                PayoutState.FAILED,
                PayoutState.PAID,
            )
        ),
    )
    return session.scalars(sought.order_by(Payout.id)).all()


def _about(session: Session, about: InboxInvoice) -> Match:
    """Say what becomes of a credit note for an invoice that is here."""
    if about.outcome in OPEN_OUTCOMES:
        explanation = CREDITS_AN_INVOICE.filled(number=about.number or "")
        return Match(InvoiceOutcome.MATCHED, explanation, about.purchase_id, None, about.id)
    payout = session.get(Payout, (current_tenant_id(), about.payout_id)) if about.payout_id else None
    if about.outcome != InvoiceOutcome.APPROVED or payout is None:
        return Match(InvoiceOutcome.UNMATCHED, CREDITS_WHAT_WAS_PUT_ASIDE, about.purchase_id, None, about.id)
    is_paid = payout.state == PayoutState.PAID
    explanation = (CREDITS_A_PAYMENT if is_paid else CREDITS_BEFORE_PAYMENT).filled(code=payout.code)
    return Match(
        InvoiceOutcome.MATCHED, explanation, payout.purchase_id, payout.enrolment_id, about.id, payout.id
    )


def _by_code(session: Session, note: SupplierInvoice, code: str, purchase: Purchase) -> Match:
    """Say which payment of a purchase a credit note with `code` is for."""
    payouts = creditable_payouts(session, purchase.id)
    if len(payouts) > 1:
        payouts = [one for one in payouts if one.code == code and code != purchase.code]
        if not payouts:
            explanation = SEVERAL_PAYMENTS.filled(code=purchase.code)
            return Match(InvoiceOutcome.SUGGESTED, explanation, purchase.id, purchase.enrolment_id)
    if payouts:
        return _about_payout(session, note, payouts[0])
    return Match(InvoiceOutcome.UNMATCHED, NOTHING_TO_CREDIT)


def _about_payout(session: Session, note: SupplierInvoice, payout: Payout) -> Match:
    about = find_by_payout(session, payout.id)
    found = {
        "purchase_id": payout.purchase_id,
        "enrolment_id": payout.enrolment_id,
        "about_id": about.id if about else None,
        "payout_id": payout.id,
    }
    if payout.payee_cvr and payout.payee_cvr != note.supplier_cvr:
        return Match(InvoiceOutcome.SUGGESTED, ANOTHER_SUPPLIER.filled(code=payout.code), **found)
    is_paid = payout.state == PayoutState.PAID
    explanation = (CREDITS_A_PAYMENT if is_paid else CREDITS_BEFORE_PAYMENT).filled(code=payout.code)
    return Match(InvoiceOutcome.MATCHED, explanation, **found)


def _by_payouts_number(session: Session, note: SupplierInvoice) -> Payout | None:
    """Return a payment by the credited number, for those that were taken over without their file."""
    if note.credited_number is None or note.supplier_cvr is None:
        return None
    sought = select(Payout).where(
        Payout.state == PayoutState.PAID,
        Payout.payee_cvr == note.supplier_cvr,
        Payout.invoice_number == note.credited_number,
    )
    return session.scalar(sought.limit(1))
