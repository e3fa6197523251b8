"""The items of a plan: how they are kept, and how they are read with their words opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.plans.rules import TO_BE_LEARNT, SpendingCategory
from raaderum.plans.tables import PlanItem
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.plans.rules import ItemDraft
    from raaderum.plans.tables import BudgetPlan


@dataclass(frozen=True, slots=True)
class OpenedItem:
    """One item with its words; `amount` in øre, `who_will_teach` is '' where nobody was named."""

    id: UUID
    plan_id: UUID
    sub_goal_id: UUID
    position: int
    description: str
    category: SpendingCategory
    amount: Oere
    needed_on: date | None
    theory_of_change: str
    who_will_teach: str

    @property
    def asks_who_will_teach(self) -> bool:
        """Say whether it is something to learn to use, and nobody was named who shows how."""
        return self.category in TO_BE_LEARNT and not self.who_will_teach


def keep_items(session: Session, plan: BudgetPlan, items: Sequence[ItemDraft]) -> list[PlanItem]:
    """Keep the items of a new version in their order; return the rows in the same order."""
    rows = item_rows(session, plan, items)
    session.add_all(rows)
    return rows


def item_rows(session: Session, plan: BudgetPlan, items: Sequence[ItemDraft]) -> list[PlanItem]:
    """Return the rows of the items of a new version in their order; they are not in the session."""
    return [_as_row(session, plan, position, item) for position, item in enumerate(items, start=1)]


def opened_items(session: Session, plan_ids: Sequence[UUID]) -> dict[UUID, list[OpenedItem]]:
    """Return the items of several plans in their order, by plan, read in one query."""
    rows = select(PlanItem).where(PlanItem.plan_id.in_(plan_ids)).order_by(PlanItem.position)
    found: dict[UUID, list[OpenedItem]] = {plan_id: [] for plan_id in plan_ids}
    for row in session.scalars(rows):
        found[row.plan_id].append(opened_item(session, row))
    return found


def opened_item(session: Session, row: PlanItem) -> OpenedItem:
    """Return an item with its words."""
    return OpenedItem(
        id=row.id,
        plan_id=row.plan_id,
        sub_goal_id=row.sub_goal_id,
        position=row.position,
        description=open_field(session, row, "description"),
        category=SpendingCategory(row.category),
        amount=Oere(row.amount),
        needed_on=row.needed_on,
        theory_of_change=open_field(session, row, "theory_of_change"),
        who_will_teach=open_field(session, row, "who_will_teach"),
    )


def _as_row(session: Session, plan: BudgetPlan, position: int, item: ItemDraft) -> PlanItem:
    row = PlanItem(
        id=new_id(),
        tenant_id=current_tenant_id(),
        plan_id=plan.id,
        position=position,
        sub_goal_id=item.sub_goal_id,
        category=item.category,
        amount=item.amount,
        needed_on=item.needed_on,
    )
    seal_field(session, row, "description", item.description.strip())
    seal_field(session, row, "theory_of_change", item.theory_of_change.strip())
    if item.who_will_teach.strip():
        seal_field(session, row, "who_will_teach", item.who_will_teach.strip())
    return row
