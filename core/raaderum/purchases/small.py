"""Small purchases: approved by the programme's rule, and some of them looked at afterwards by a person."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import SYSTEM, person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.service import cases_of
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.ledger.service import budget_statement
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.plans.rules import OwnProposal
from raaderum.programmes.installed import rules_of
from raaderum.purchases.control_rules import ControlDone, ControlOutcome, check_control
from raaderum.purchases.deciding import grant_purchase
from raaderum.purchases.signal_reading import signals_for
from raaderum.purchases.tables import Purchase, PurchaseControl
from raaderum.purchases.words import description_of
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_ALL = 100


@dataclass(frozen=True, slots=True)
class WaitingControl:
    """A purchase that was drawn, and nobody has looked at yet."""

    control: PurchaseControl
    purchase: Purchase
    description: str


def approve_if_small(session: Session, purchase: Purchase, enrolment: Enrolment) -> None:
    """Approve a purchase that has just been asked for, where the programme's rule lets it through.

    It must be within the rule's amount and the money that is left, and nothing about it unusual.
    The plan's item was approved by a person; some of these are drawn to be looked at afterwards.
    """
    rule = rules_of(enrolment.programme, enrolment.rules_from).small_purchases
    if rule is None or purchase.amount > rule.at_most_oere:
        return
    if purchase.amount > budget_statement(session, enrolment.id).available or signals_for(session, purchase):
        return
    grant_purchase(session, purchase, by=SYSTEM)
    if secrets.randbelow(_ALL) < rule.controlled_percent:
        insert(
            session,
            PurchaseControl(id=new_id(), tenant_id=current_tenant_id(), purchase_id=purchase.id),
        )


def control_purchase(
    session: Session, purchase_id: UUID, *, outcome: ControlOutcome, note: str = "", by: Actor
) -> PurchaseControl:
    """Say what a look at a drawn purchase came to.

    Raises what `get_control` raises, and `ConcernUnexplained`.
    """
    drawn = get_control(session, purchase_id, by=by)
    control, purchase = drawn.control, drawn.purchase
    written = check_control(outcome, note)
    if written:
        seal_field(session, control, "note", written)
    control.outcome, control.controlled_by, control.controlled_at = outcome, person_of(by), clock.now()
    record(
        session,
        AuditEvent.PURCHASE_CONTROLLED,
        by=by,
        subject_type="purchase",
        subject_id=purchase.id,
        enrolment_id=purchase.enrolment_id,
        code=purchase.code,
        outcome=outcome,
    )
    return control


def get_control(session: Session, purchase_id: UUID, *, by: Actor) -> WaitingControl:
    """Return a drawn purchase that nobody has looked at, locked; raise where `by` cannot be who does.

    Raises `NotFound` for one that was not drawn, `ControlDone`, and `OwnProposal` for who asked for it.
    """
    require(by, Act.CONTROL_PURCHASE)
    found = session.execute(
        select(PurchaseControl, Purchase)
        .join(Purchase, Purchase.id == PurchaseControl.purchase_id)
        .join(Enrolment, Enrolment.id == Purchase.enrolment_id)
        .where(Purchase.id == purchase_id, cases_of(by))
        .with_for_update(of=PurchaseControl)
    ).first()
    if found is None:
        raise NotFound(where="purchase")
    control, purchase = found
    if control.controlled_at is not None:
        raise ControlDone(where="purchase")
    if by.person_id == purchase.requested_by:
        raise OwnProposal(where="controlled_by")
    return WaitingControl(control, purchase, description_of(session, purchase))


def waiting_controls(session: Session, *, by: Actor) -> Sequence[WaitingControl]:
    """Return the drawn purchases that nobody has looked at, the oldest first, without the person's own."""
    require(by, Act.CONTROL_PURCHASE)
    waiting = (
        select(PurchaseControl, Purchase)
        .join(Purchase, Purchase.id == PurchaseControl.purchase_id)
        .join(Enrolment, Enrolment.id == Purchase.enrolment_id)
        .where(
            PurchaseControl.controlled_at.is_(None),
            Purchase.requested_by != by.person_id,
            cases_of(by),
        )
        .order_by(PurchaseControl.drawn_at, PurchaseControl.id)
    )
    return [
        WaitingControl(control, purchase, description_of(session, purchase))
        for control, purchase in session.execute(waiting)
    ]
