"""Asking, three months after a purchase, whether it did what the citizen thought it would.

An item counts as bought from the day its first purchase was paid; before the payment is confirmed, from
the day the purchase was approved. Purchases that were refused or given up do not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.ending_rules import CLOSES_PURCHASES
from raaderum.enrolments.service import cases_of, get_enrolment, locked_enrolment
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.many_rows import among
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.plans.item_follow_ups import (
    FEWEST_DAYS,
    FollowUpNotDue,
    ItemOutcome,
    check_answer,
    due_on,
)
from raaderum.plans.items import OpenedItem, opened_item
from raaderum.plans.tables import BudgetPlan, ItemFollowUp, PlanItem
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.tables import Purchase
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


_FOLLOWED_AFTER_THE_END: Final = timedelta(days=366)
"""As long as the last interview can come."""


@dataclass(frozen=True, slots=True)
class DueItemFollowUp:
    """An item that somebody is to be asked about, and since when."""

    enrolment_id: UUID
    item_id: UUID
    due_on: date


@dataclass(frozen=True, slots=True)
class OpenedAnswer:
    """What was answered about an item, with its words."""

    due_on: date
    answered_on: date
    outcome: ItemOutcome
    words: str
    answered_by: UUID


@dataclass(frozen=True, slots=True)
class BoughtItem:
    """An item that was bought, what has been answered about it, and when it is asked about next."""

    item: OpenedItem
    bought_on: date
    answers: tuple[OpenedAnswer, ...]
    due_on: date | None


def due_item_follow_ups(session: Session, *, on: date, by: Actor) -> list[DueItemFollowUp]:
    """Return the items that are to be asked about by `on` in the cases of `by`, longest due first.

    Nobody is reminded of a citizen who has moved away or died, nor of anybody more than a year after the end.
    """
    require(by, Act.SEE_CASELOAD)
    is_gone = func.coalesce(Enrolment.ended_because.in_(CLOSES_PURCHASES), false())
    is_long_ago = func.coalesce(Enrolment.ended_on < on - _FOLLOWED_AFTER_THE_END, false())
    return _due(session, on=on, within=cases_of(by) & ~is_gone & ~is_long_ago)


def bought_items(session: Session, enrolment_id: UUID, *, by: Actor) -> list[BoughtItem]:
    """Return the bought items of a case that `by` may see, with all answers, first bought first."""
    require(by, Act.SEE_CASE)
    get_enrolment(session, enrolment_id, by=by)
    bought = _bought(session, within=Enrolment.id == enrolment_id)
    items = session.scalars(select(PlanItem).where(PlanItem.id.in_({one.item_id for one in bought})))
    rows = {row.id: row for row in items}
    answers = _answers(session, list(rows))
    return [
        BoughtItem(
            item=opened_item(session, rows[one.item_id]),
            bought_on=one.bought_on,
            answers=tuple(_opened(session, answer) for answer in answers[one.item_id]),
            due_on=_due_on(one, answers[one.item_id]),
        )
        for one in bought
    ]


def answer_item_follow_up(
    session: Session, plan_item_id: UUID, *, outcome: ItemOutcome, words: str, by: Actor
) -> ItemFollowUp:
    """Keep the answer about an item that is due; raise `FollowUpNotDue` for any other."""
    require(by, Act.FOLLOW_UP_ITEM)
    enrolment = locked_enrolment(session, _enrolment_of(session, plan_item_id), by=by, named="plan_item")
    check_answer(words)
    due = [
        one
        for one in _due(session, on=clock.today(), within=Enrolment.id == enrolment.id)
        if one.item_id == plan_item_id
    ]
    if not due:
        raise FollowUpNotDue(where="plan_item")
    row = ItemFollowUp(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        plan_item_id=plan_item_id,
        due_on=due[0].due_on,
        answered_on=clock.today(),
        outcome=outcome,
        answered_by=person_of(by),
    )
    seal_field(session, row, "words", words)
    insert(session, row)
    record(
        session,
        AuditEvent.ITEM_FOLLOWED_UP,
        by=by,
        subject_type="plan_item",
        subject_id=plan_item_id,
        enrolment_id=enrolment.id,
        outcome=outcome,
    )
    return row


@dataclass(frozen=True, slots=True)
class _Bought:
    enrolment_id: UUID
    item_id: UUID
    bought_on: date


def _due(session: Session, *, on: date, within: ColumnElement[bool]) -> list[DueItemFollowUp]:
    long_enough = _bought(session, within=within, before=on - timedelta(days=FEWEST_DAYS))
    answers = _answers(session, [one.item_id for one in long_enough])
    due = (
        DueItemFollowUp(one.enrolment_id, one.item_id, day)
        for one in long_enough
        if (day := _due_on(one, answers[one.item_id])) is not None and day <= on
    )
    return sorted(due, key=lambda one: (one.due_on, one.item_id))


def _bought(session: Session, *, within: ColumnElement[bool], before: date | None = None) -> list[_Bought]:
    """Return when each item was first bought, as the day was in Denmark."""
    moment = func.min(func.coalesce(Payout.paid_at, Purchase.decided_at))
    day = func.date(func.timezone(clock.COPENHAGEN.key, moment))
    rows = session.execute(
        select(Purchase.enrolment_id, Purchase.plan_item_id, day)
        .join(Enrolment, Enrolment.id == Purchase.enrolment_id)
        .outerjoin(Payout, Payout.purchase_id == Purchase.id)
        .where(
            within,
            or_(
                Purchase.state == PurchaseState.APPROVED,
                and_(Purchase.state == PurchaseState.CLOSED, Payout.id.is_not(None)),
            ),
        )
        .group_by(Purchase.enrolment_id, Purchase.plan_item_id)
        .having(day <= before if before is not None else true())
        .order_by(day, Purchase.plan_item_id)
    )
    return [_Bought(*row) for row in rows]


def _answers(session: Session, item_ids: Sequence[UUID]) -> dict[UUID, list[ItemFollowUp]]:
    given = (
        select(ItemFollowUp).where(among(ItemFollowUp.plan_item_id, item_ids)).order_by(ItemFollowUp.due_on)
    )
    found: dict[UUID, list[ItemFollowUp]] = {item_id: [] for item_id in item_ids}
    for row in session.scalars(given):
        found[row.plan_item_id].append(row)
    return found


def _due_on(bought: _Bought, answers: Sequence[ItemFollowUp]) -> date | None:
    return due_on(bought.bought_on, [(one.answered_on, ItemOutcome(one.outcome)) for one in answers])


def _enrolment_of(session: Session, plan_item_id: UUID) -> UUID:
    enrolment_id = session.scalar(
        select(BudgetPlan.enrolment_id)
        .join(PlanItem, PlanItem.plan_id == BudgetPlan.id)
        .where(PlanItem.id == plan_item_id)
    )
    if enrolment_id is None:
        raise NotFound(where="plan_item")
    return enrolment_id


def _opened(session: Session, row: ItemFollowUp) -> OpenedAnswer:
    return OpenedAnswer(
        due_on=row.due_on,
        answered_on=row.answered_on,
        outcome=ItemOutcome(row.outcome),
        words=open_field(session, row, "words"),
        answered_by=row.answered_by,
    )
