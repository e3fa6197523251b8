"""Approving an invoice: the part of its purchase that it asks for is reserved to be paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raaderum.invoices.matching import paid_for
from raaderum.invoices.reminder_rules import FeeOnInvoice
from raaderum.invoices.rules import OPEN_OUTCOMES, InvoiceAboveCommitted, NothingToPay, is_last
from raaderum.kernel import clock
from raaderum.kernel.money import Oere, format_kroner
from raaderum.payouts.service import PaymentWanted, reserve_payout
from raaderum.plans.rules import OwnProposal
from raaderum.plans.tables import PlanItem
from raaderum.plugin_api import DocumentKind
from raaderum.purchases.parts import is_open, left_of
from raaderum.purchases.rules import PurchaseState, check_state
from raaderum.purchases.service import close_purchase, release
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import description_of
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.invoices.tables import InboxInvoice


@dataclass(frozen=True, slots=True)
class PartOfPurchase:
    """An invoice beside its purchase, in øre: ordered, invoiced before, this one, and left after it."""

    ordered: Oere
    invoiced: Oere
    this: Oere
    left: Oere
    is_last: bool


def find_part(session: Session, row: InboxInvoice) -> PartOfPurchase | None:
    """Return what approving an invoice would take of its purchase, and whether it looks like the last one.

    None for what cannot be approved: it is no invoice, is decided on, or belongs to no open purchase.
    """
    if row.kind != DocumentKind.INVOICE or row.outcome not in OPEN_OUTCOMES or row.purchase_id is None:
        return None
    purchase = session.get_one(Purchase, (current_tenant_id(), row.purchase_id))
    if not is_open(purchase):
        return None
    left, this = left_of(purchase), asked_for(row)
    return PartOfPurchase(
        ordered=Oere(purchase.amount),
        invoiced=paid_for(session, purchase.id),
        this=this,
        left=Oere(left - this),
        is_last=is_last(payable=this, left=left, is_deposit=row.is_deposit, told=None),
    )


def asked_for(row: InboxInvoice) -> Oere:
    """Return what is still to be paid of an invoice, without what was credited beforehand; in øre."""
    return Oere((row.payable or 0) - row.credited)


def approve_payment(
    session: Session, row: InboxInvoice, purchase: Purchase, *, last: bool | None, by: Actor
) -> None:
    """Reserve what a matched invoice asks for; both rows are locked.

    One that was wholly paid beforehand closes its purchase and nothing is paid. Raises `NothingToPay`,
    `FeeOnInvoice`, `InvoiceAboveCommitted`, and what `reserve_payout` raises.
    """
    if row.fee:
        raise FeeOnInvoice(where="fee", fee=format_kroner(row.fee))
    payable = asked_for(row)
    if payable == 0 and row.prepaid:
        _close_without_payment(session, purchase, by)
        return
    if payable <= 0:
        raise NothingToPay(where="payable")
    check_state(purchase.state, PurchaseState.APPROVED)
    left = left_of(purchase)
    if payable > left:
        amounts = {"payable": payable, "left": left, "committed": Oere(purchase.amount)}
        said = {name: format_kroner(amount) for name, amount in amounts.items()}
        raise InvoiceAboveCommitted(where="payable", **said)
    wanted = _wanted(session, row, purchase, payable)
    closes = is_last(payable=payable, left=left, is_deposit=row.is_deposit, told=last)
    row.payout_id = reserve_payout(session, purchase, wanted, by=by, last=closes).id


def _wanted(session: Session, row: InboxInvoice, purchase: Purchase, payable: Oere) -> PaymentWanted:
    item = session.get_one(PlanItem, (current_tenant_id(), purchase.plan_item_id))
    tenant = current_tenant()
    return PaymentWanted(
        provider=tenant.invoices_paid_by,
        amount=payable,
        payee_name=row.supplier_name or purchase.supplier_name,
        payee_cvr=row.supplier_cvr,
        purpose=description_of(session, purchase),
        account=tenant.account_for(item.category),
        due_on=row.due_on or clock.today(),
        invoice_number=row.number,
    )


def _close_without_payment(session: Session, purchase: Purchase, by: Actor) -> None:
    if by.person_id == purchase.requested_by:
        raise OwnProposal(where="approved_by")
    left = left_of(purchase)
    close_purchase(session, purchase, by=by)
    if left > 0:
        release(session, purchase, left, key=f"release:{purchase.id}")
