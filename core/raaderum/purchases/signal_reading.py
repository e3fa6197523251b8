"""Reading what is known around purchases, for the signals that an approver is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from raaderum.kernel.money import Oere
from raaderum.plans.rules import PlanState
from raaderum.plans.tables import BudgetPlan, EvidenceFile, ItemEvidence, PlanItem
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.signals import (
    DAYS_OF_SAME_AGAIN,
    FEWEST_TO_COMPARE,
    PurchaseFacts,
    Signal,
    signals_of,
)
from raaderum.purchases.tables import Purchase

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_GRANTED = (PurchaseState.APPROVED, PurchaseState.CLOSED)
_NOT_REFUSED = (PurchaseState.REQUESTED, *_GRANTED)


def signals_for(session: Session, purchase: Purchase) -> tuple[Signal, ...]:
    """Return what is unusual about a purchase at this moment, the weightiest first."""
    item, state = session.execute(
        select(PlanItem, BudgetPlan.state)
        .join(BudgetPlan, BudgetPlan.id == PlanItem.plan_id)
        .where(PlanItem.id == purchase.plan_item_id)
    ).one()
    usual, compared = _usual_amount(session, purchase, item.category)
    is_known, is_again, used, is_shared = session.execute(
        select(
            exists().where(_same_supplier(purchase), _other(purchase), Purchase.state.in_(_GRANTED)),
            exists().where(_same_supplier(purchase), _other(purchase), _same_again(purchase)),
            _used_of_item(purchase).scalar_subquery(),
            _is_evidence_shared(purchase),
        )
    ).one()
    facts = PurchaseFacts(
        amount=Oere(purchase.amount),
        left_of_item=item.amount - int(used),
        is_item_in_force=state == PlanState.APPROVED,
        is_same_again=is_again,
        is_evidence_shared=is_shared,
        usual_at_most=usual if compared >= FEWEST_TO_COMPARE else None,
        is_supplier_known=is_known,
        has_supplier_number=purchase.supplier_cvr is not None,
    )
    return signals_of(facts)


def _usual_amount(session: Session, purchase: Purchase, category: str) -> tuple[int, int]:
    """Return the 95th percentile of what was granted in a category, in øre, and of how many."""
    granted = (
        select(func.coalesce(func.percentile_disc(0.95).within_group(Purchase.amount), 0), func.count())
        .join(PlanItem, PlanItem.id == Purchase.plan_item_id)
        .where(PlanItem.category == category, Purchase.state.in_(_GRANTED), _other(purchase))
    )
    percentile, compared = session.execute(granted).one()
    return int(percentile), int(compared)


def _same_supplier(purchase: Purchase) -> ColumnElement[bool]:
    if purchase.supplier_cvr is not None:
        return Purchase.supplier_cvr == purchase.supplier_cvr
    return and_(
        Purchase.supplier_cvr.is_(None),
        func.lower(Purchase.supplier_name) == purchase.supplier_name.lower(),
    )


def _other(purchase: Purchase) -> ColumnElement[bool]:
    return Purchase.id != purchase.id


def _same_again(purchase: Purchase) -> ColumnElement[bool]:
    since = purchase.requested_at - timedelta(days=DAYS_OF_SAME_AGAIN)
    return and_(
        Purchase.enrolment_id == purchase.enrolment_id,
        Purchase.amount == purchase.amount,
        Purchase.state.in_(_NOT_REFUSED),
        Purchase.requested_at >= since,
    )


def _used_of_item(purchase: Purchase) -> Select[int]:
    return select(func.coalesce(func.sum(Purchase.amount), 0)).where(
        Purchase.plan_item_id == purchase.plan_item_id, Purchase.state.in_(_GRANTED), _other(purchase)
    )


def _is_evidence_shared(purchase: Purchase) -> ColumnElement[bool]:
    """Say whether a file behind the item is, to the byte, one of another citizen's."""
    theirs = aliased(EvidenceFile)
    return exists().where(
        ItemEvidence.plan_item_id == purchase.plan_item_id,
        EvidenceFile.id == ItemEvidence.evidence_file_id,
        theirs.content_hash == EvidenceFile.content_hash,
        theirs.enrolment_id != EvidenceFile.enrolment_id,
    )
