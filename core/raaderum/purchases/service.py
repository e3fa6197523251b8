"""Asking for a purchase on a citizen's behalf, and deciding on it. Approval sets the money aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.changes import check_not_paused
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.kernel import clock
from raaderum.kernel.crash_points import crash_point
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import post
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.plans.rules import OwnProposal, PlanState
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.purchases.codes import unused_code
from raaderum.purchases.deciding import decide, grant_purchase
from raaderum.purchases.parts import left_of
from raaderum.purchases.rules import (
    NoApprovedPlan,
    PeriodOver,
    PurchaseState,
    check_cvr,
    check_request,
    check_state,
)
from raaderum.purchases.small import approve_if_small
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import describe_purchase, explain_refusal
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment


def request_purchase(
    session: Session,
    enrolment_id: UUID,
    *,
    plan_item_id: UUID,
    description: str,
    supplier_name: str,
    supplier_cvr: str | None,
    amount: Oere,
    by: Actor,
) -> Purchase:
    """Ask the municipality to buy something towards an item of the approved plan; `amount` in øre.

    A small one may be approved at once by the programme's rule: look at its state.
    """
    require(by, Act.REQUEST_PURCHASE)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_open(session, enrolment)
    check_request(description=description, supplier_name=supplier_name, amount=amount)
    check_item(session, enrolment, plan_item_id)
    purchase = Purchase(
        id=new_id(),
        enrolment_id=enrolment.id,
        plan_item_id=plan_item_id,
        code=unused_code(session),
        supplier_name=supplier_name.strip(),
        supplier_cvr=check_cvr(supplier_cvr) if supplier_cvr else None,
        amount=amount,
        state=PurchaseState.REQUESTED,
        requested_by=person_of(by),
    )
    describe_purchase(session, purchase, description.strip())
    insert(session, purchase)
    _record(session, AuditEvent.PURCHASE_REQUESTED, purchase, by, amount=amount)
    approve_if_small(session, purchase, enrolment)
    return purchase


def approve_purchase(session: Session, purchase_id: UUID, *, by: Actor) -> Purchase:
    """Approve a purchase and set its money aside; raise `NotEnoughMoney` or `OwnProposal`."""
    require(by, Act.APPROVE_PURCHASE)
    purchase = locked_purchase(session, purchase_id, by=by)
    check_state(purchase.state, PurchaseState.REQUESTED)
    _check_four_eyes(purchase, by)
    check_open(session, locked_enrolment(session, purchase.enrolment_id, by=by))
    grant_purchase(session, purchase, by=by)
    return purchase


def refuse_purchase(session: Session, purchase_id: UUID, *, because: str, by: Actor) -> Purchase:
    """Refuse a purchase with a reason that the citizen and the support person can read."""
    require(by, Act.APPROVE_PURCHASE)
    purchase = locked_purchase(session, purchase_id, by=by)
    check_state(purchase.state, PurchaseState.REQUESTED)
    _check_four_eyes(purchase, by)
    decide(purchase, PurchaseState.REFUSED, by)
    explain_refusal(session, purchase, because)
    _record(session, AuditEvent.PURCHASE_REFUSED, purchase, by)
    return purchase


def release_purchase(session: Session, purchase_id: UUID, *, by: Actor) -> Purchase:
    """Close an approved purchase for which nothing more will come: what is left can be spent again.

    What has been approved to be paid of it stays: all was delivered, or the rest is given up.
    """
    require(by, Act.APPROVE_PURCHASE)
    purchase = locked_purchase(session, purchase_id, by=by)
    check_state(purchase.state, PurchaseState.APPROVED)
    left = left_of(purchase)
    close_purchase(session, purchase, by=by)
    if left > 0:
        release(session, purchase, left, key=f"release:{purchase.id}")
    return purchase


def release(session: Session, purchase: Purchase, amount: Oere, *, key: str) -> None:
    """Let `amount` øre that a purchase had set aside be spent on something else again, once by `key`."""
    post(
        session,
        TransactionKind.RELEASE,
        Move(
            amount,
            Account(AccountKind.COMMITTED, purchase.enrolment_id),
            Account(AccountKind.AVAILABLE, purchase.enrolment_id),
        ),
        key=key,
        subject_id=purchase.id,
    )


def close_purchase(session: Session, purchase: Purchase, *, by: Actor) -> None:
    """Close an approved purchase: its last invoice is on its way to be paid, or nothing will come."""
    check_state(purchase.state, PurchaseState.APPROVED)
    purchase.state = PurchaseState.CLOSED
    _record(session, AuditEvent.PURCHASE_CLOSED, purchase, by)


def locked_purchase(session: Session, purchase_id: UUID, *, by: Actor) -> Purchase:
    """Return a purchase that `by` may see, locked until the act is done; raise `NotFound`."""
    purchase = session.scalar(select(Purchase).where(Purchase.id == purchase_id).with_for_update())
    if purchase is None:
        raise NotFound(where="purchase")
    crash_point("request:after-lock")
    get_enrolment(session, purchase.enrolment_id, by=by, named="purchase")
    return purchase


def get_purchase(session: Session, purchase_id: UUID, *, by: Actor) -> Purchase:
    """Return a purchase that `by` may see; raise `NotFound`."""
    purchase = session.get(Purchase, (current_tenant_id(), purchase_id))
    if purchase is None:
        raise NotFound(where="purchase")
    get_enrolment(session, purchase.enrolment_id, by=by, named="purchase")
    return purchase


def find_purchase_by_code(session: Session, code: str) -> Purchase | None:
    """Return the purchase with this short code, whatever its state."""
    return session.scalar(select(Purchase).where(Purchase.code == code))


def find_purchases_awaiting(session: Session, *, supplier_cvr: str, amount: int) -> Sequence[Purchase]:
    """Return approved purchases from this supplier of which exactly this amount is left."""
    awaiting = select(Purchase).where(
        Purchase.state == PurchaseState.APPROVED,
        Purchase.supplier_cvr == supplier_cvr,
        Purchase.amount - Purchase.invoiced == amount,
    )
    return session.scalars(awaiting).all()


def purchases_of(session: Session, enrolment_id: UUID) -> Sequence[Purchase]:
    """Return an enrolment's purchases, newest first."""
    newest_first = select(Purchase).where(Purchase.enrolment_id == enrolment_id).order_by(Purchase.id.desc())
    return session.scalars(newest_first).all()


def check_open(session: Session, enrolment: Enrolment) -> None:
    """Raise unless money can be spent for the enrolment today."""
    check_under_way(EnrolmentState(enrolment.state), EnrolmentState.ACTIVE)
    if enrolment.ends_on is not None and clock.today() > enrolment.ends_on:
        raise PeriodOver(where="enrolment", last=enrolment.ends_on.isoformat())
    check_not_paused(session, enrolment.id, on=clock.today())


def check_item(session: Session, enrolment: Enrolment, plan_item_id: UUID) -> None:
    """Raise `NoApprovedPlan` unless the item belongs to the plan that is in force."""
    item = session.get(PlanItem, (current_tenant_id(), plan_item_id))
    plan = session.get(BudgetPlan, (current_tenant_id(), item.plan_id)) if item else None
    if plan is None or plan.enrolment_id != enrolment.id or plan.state != PlanState.APPROVED:
        raise NoApprovedPlan(where="plan_item_id")


def _check_four_eyes(purchase: Purchase, by: Actor) -> None:
    if by.person_id == purchase.requested_by:
        raise OwnProposal(where="decided_by")


def _record(
    session: Session, event: AuditEvent, purchase: Purchase, by: Actor, **detail: str | int | None
) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="purchase",
        subject_id=purchase.id,
        enrolment_id=purchase.enrolment_id,
        code=purchase.code,
        **detail,
    )
