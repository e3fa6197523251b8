"""Finding the purchase that an invoice belongs to: by our code, or by supplier and amount as a suggestion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from raaderum.enrolments.rules import EnrolmentState
from raaderum.enrolments.tables import Enrolment
from raaderum.invoices.rules import (
    ANOTHER_SUPPLIER,
    BY_CODE,
    BY_SUPPLIER_AND_AMOUNT,
    CREDITS_A_PAYMENT,
    ENROLMENT_OVER,
    NO_REFERENCE,
    NOTHING_TO_CREDIT,
    PURCHASE_NOT_OPEN,
    SEVERAL_PURCHASES,
    InvoiceOutcome,
    Match,
    NothingToPay,
    above_committed,
)
from raaderum.kernel.identifiers import find_short_codes
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout
from raaderum.purchases.rules import PURCHASE_STATE_NAMES, PurchaseState
from raaderum.purchases.service import find_purchase_by_code, find_purchases_awaiting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.plugin_api import SupplierInvoice
    from raaderum.purchases.tables import Purchase

_STATE_OF_ENROLMENT: Final = select(Enrolment.state).where(Enrolment.id == bindparam("enrolment"))


def match_invoice(session: Session, invoice: SupplierInvoice) -> Match:
    """Return what an invoice belongs to; only a fit in every respect is `matched`."""
    if invoice.payable is None or invoice.payable <= 0:
        return Match(InvoiceOutcome.UNMATCHED, NothingToPay.text)
    for code in _codes(invoice):
        purchase = find_purchase_by_code(session, code)
        if purchase is not None:
            return _judge(session, invoice, purchase)
    return _suggest(session, invoice)


def match_credit_note(session: Session, invoice: SupplierInvoice) -> Match:
    """Return the paid purchase that a credit note belongs to: by our code, or by the credited number."""
    payout = _credited_payout(session, invoice)
    if payout is None:
        return Match(InvoiceOutcome.UNMATCHED, NOTHING_TO_CREDIT)
    if payout.payee_cvr and payout.payee_cvr != invoice.supplier_cvr:
        explanation = ANOTHER_SUPPLIER.filled(code=payout.code)
        return Match(InvoiceOutcome.SUGGESTED, explanation, payout.purchase_id)
    explanation = CREDITS_A_PAYMENT.filled(code=payout.code)
    return Match(InvoiceOutcome.MATCHED, explanation, payout.purchase_id)


def _codes(invoice: SupplierInvoice) -> tuple[str, ...]:
    found = (code for reference in invoice.references for code in find_short_codes(reference))
    return tuple(dict.fromkeys(found))


def _judge(session: Session, invoice: SupplierInvoice, purchase: Purchase) -> Match:
    """Say how well an invoice fits the purchase whose code it carries."""
    if purchase.state != PurchaseState.APPROVED:
        name = PURCHASE_STATE_NAMES[PurchaseState(purchase.state)]
        explanation = PURCHASE_NOT_OPEN.filled(
            code=purchase.code, state=name.danish, state_english=name.english
        )
        return Match(InvoiceOutcome.UNMATCHED, explanation)
    payable = invoice.payable or 0
    if payable > purchase.amount:
        explanation = above_committed(purchase.code, payable=payable, committed=purchase.amount)
        return Match(InvoiceOutcome.SUGGESTED, explanation, purchase.id, purchase.enrolment_id)
    if purchase.supplier_cvr and purchase.supplier_cvr != invoice.supplier_cvr:
        explanation = ANOTHER_SUPPLIER.filled(code=purchase.code)
        return Match(InvoiceOutcome.SUGGESTED, explanation, purchase.id, purchase.enrolment_id)
    if _is_over(session, purchase):
        explanation = ENROLMENT_OVER.filled(code=purchase.code)
        return Match(InvoiceOutcome.SUGGESTED, explanation, purchase.id, purchase.enrolment_id)
    explanation = BY_CODE.filled(code=purchase.code)
    return Match(InvoiceOutcome.MATCHED, explanation, purchase.id, purchase.enrolment_id)


def _suggest(session: Session, invoice: SupplierInvoice) -> Match:
    if invoice.supplier_cvr is None or invoice.payable is None:
        return Match(InvoiceOutcome.UNMATCHED, NO_REFERENCE)
    candidates = find_purchases_awaiting(session, supplier_cvr=invoice.supplier_cvr, amount=invoice.payable)
    if len(candidates) > 1:
        return Match(InvoiceOutcome.UNMATCHED, SEVERAL_PURCHASES)
    if candidates:
        return Match(InvoiceOutcome.SUGGESTED, BY_SUPPLIER_AND_AMOUNT, candidates[0].id)
    return Match(InvoiceOutcome.UNMATCHED, NO_REFERENCE)


def _credited_payout(session: Session, invoice: SupplierInvoice) -> Payout | None:
    paid = select(Payout).where(Payout.state == PayoutState.PAID)
    for code in _codes(invoice):
        found = session.scalar(paid.where(Payout.code == code))
        if found is not None:
            return found
    if invoice.credited_number is None or invoice.supplier_cvr is None:
        return None
    by_number = paid.where(
        Payout.payee_cvr == invoice.supplier_cvr, Payout.invoice_number == invoice.credited_number
    )
    return session.scalar(by_number)


def _is_over(session: Session, purchase: Purchase) -> bool:
    state = session.scalar(_STATE_OF_ENROLMENT, {"enrolment": purchase.enrolment_id})
    return state != EnrolmentState.ACTIVE
