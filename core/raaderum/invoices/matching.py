"""Finding the purchase that an invoice belongs to: by our code, or by supplier and amount as a suggestion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, select

from raaderum.enrolments.rules import EnrolmentState
from raaderum.enrolments.tables import Enrolment
from raaderum.invoices.rules import (
    ANOTHER_SUPPLIER,
    BY_CODE,
    BY_SUPPLIER_AND_AMOUNT,
    DEPOSIT,
    ENROLMENT_OVER,
    NO_REFERENCE,
    PREPAID,
    PREPAID_DIFFERS,
    PURCHASE_NOT_OPEN,
    SEVERAL_PURCHASES,
    InvoiceOutcome,
    Match,
    NothingToPay,
    above_committed,
)
from raaderum.kernel.identifiers import find_short_codes
from raaderum.kernel.money import Oere, format_kroner
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout
from raaderum.purchases.parts import left_of
from raaderum.purchases.rules import PURCHASE_STATE_NAMES, PurchaseState
from raaderum.purchases.service import find_purchase_by_code, find_purchases_awaiting
from raaderum.purchases.tables import Purchase
from raaderum.refunds.tables import Refund
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.kernel.text import Text
    from raaderum.plugin_api import SupplierInvoice

_PAID_OR_WILL_BE: Final = (
    PayoutState.RESERVED,
    PayoutState.SENDING,
    PayoutState.UNKNOWN,
    PayoutState.PAID,
)
_STATE_OF_ENROLMENT: Final = select(Enrolment.state).where(Enrolment.id == bindparam("enrolment"))
_PURCHASE_OF_CODE: Final = select(Payout.purchase_id).where(Payout.code == bindparam("code")).limit(1)


def match_invoice(session: Session, invoice: SupplierInvoice) -> Match:
    """Return what an invoice belongs to; only a fit in every respect is `matched`."""
    if invoice.payable is None or invoice.payable < 0 or (invoice.payable == 0 and not invoice.prepaid):
        return Match(InvoiceOutcome.UNMATCHED, NothingToPay.text)
    for code in codes_of(invoice):
        purchase = find_purchase_by_any_code(session, code)
        if purchase is not None:
            return _judge(session, invoice, purchase)
    return _suggest(session, invoice)


def codes_of(invoice: SupplierInvoice) -> tuple[str, ...]:
    """Return our short codes that stand on an invoice, the order reference first."""
    found = (code for reference in invoice.references for code in find_short_codes(reference))
    return tuple(dict.fromkeys(found))


def find_purchase_by_any_code(session: Session, code: str) -> Purchase | None:
    """Return the purchase that has this code itself, or a payment of which has it."""
    purchase = find_purchase_by_code(session, code)
    if purchase is not None:
        return purchase
    purchase_id = session.scalar(_PURCHASE_OF_CODE, {"code": code})
    return session.get(Purchase, (current_tenant_id(), purchase_id)) if purchase_id else None


def paid_for(session: Session, purchase_id: UUID) -> Oere:
    """Return what suppliers have been paid for a purchase, or will be, without what came back; in øre."""
    total = select(func.coalesce(func.sum(Payout.amount), 0)).where(
        Payout.purchase_id == purchase_id, Payout.state.in_(_PAID_OR_WILL_BE)
    )
    back = (
        select(func.coalesce(func.sum(Refund.amount), 0))
        .join(Payout, Payout.id == Refund.payout_id)
        .where(Payout.purchase_id == purchase_id)
    )
    return Oere(int(session.execute(total).scalar_one()) - int(session.execute(back).scalar_one()))


def _judge(session: Session, invoice: SupplierInvoice, purchase: Purchase) -> Match:
    """Say how well an invoice fits the purchase whose code it carries."""
    if purchase.state != PurchaseState.APPROVED:
        name = PURCHASE_STATE_NAMES[PurchaseState(purchase.state)]
        explanation = PURCHASE_NOT_OPEN.filled(
            code=purchase.code, state=name.danish, state_english=name.english
        )
        return Match(InvoiceOutcome.UNMATCHED, explanation)
    doubt = _doubt(session, invoice, purchase)
    if doubt is not None:
        return Match(InvoiceOutcome.SUGGESTED, doubt, purchase.id, purchase.enrolment_id)
    fitting = DEPOSIT if invoice.is_deposit else BY_CODE if invoice.payable else PREPAID
    explanation = fitting.filled(code=purchase.code)
    return Match(InvoiceOutcome.MATCHED, explanation, purchase.id, purchase.enrolment_id)


def _doubt(session: Session, invoice: SupplierInvoice, purchase: Purchase) -> Text | None:
    """Return why a person has to look at an invoice that carries the code of an open purchase, if any."""
    code, payable, left = purchase.code, invoice.payable or 0, left_of(purchase)
    if payable > left:
        return above_committed(code, payable=payable, left=left, committed=purchase.amount)
    if purchase.supplier_cvr and purchase.supplier_cvr != invoice.supplier_cvr:
        return ANOTHER_SUPPLIER.filled(code=code)
    if _is_over(session, purchase):
        return ENROLMENT_OVER.filled(code=code)
    if invoice.prepaid:
        paid = paid_for(session, purchase.id)
        if paid != invoice.prepaid:
            amounts = {"prepaid": format_kroner(invoice.prepaid), "paid": format_kroner(paid)}
            return PREPAID_DIFFERS.filled(code=code, **amounts)
    return None


def _suggest(session: Session, invoice: SupplierInvoice) -> Match:
    if invoice.supplier_cvr is None or not invoice.payable:
        return Match(InvoiceOutcome.UNMATCHED, NO_REFERENCE)
    candidates = find_purchases_awaiting(session, supplier_cvr=invoice.supplier_cvr, amount=invoice.payable)
    if len(candidates) > 1:
        return Match(InvoiceOutcome.UNMATCHED, SEVERAL_PURCHASES)
    if candidates:
        return Match(InvoiceOutcome.SUGGESTED, BY_SUPPLIER_AND_AMOUNT, candidates[0].id)
    return Match(InvoiceOutcome.UNMATCHED, NO_REFERENCE)


def _is_over(session: Session, purchase: Purchase) -> bool:
    state = session.scalar(_STATE_OF_ENROLMENT, {"enrolment": purchase.enrolment_id})
    return state != EnrolmentState.ACTIVE
