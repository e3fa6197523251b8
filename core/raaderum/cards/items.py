"""Which items of a plan are paid by card, up to how much, where and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.cards.loading import close_item, refresh_card
from raaderum.cards.rules import AboveItem, ItemNotOnCard, check_categories
from raaderum.cards.service import locked_account
from raaderum.cards.tables import CardItem
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.plans.rules import PlanState, SpendingCategory
from raaderum.plans.tables import BudgetPlan, PlanItem
from raaderum.purchases.rules import NoApprovedPlan, PurchaseState
from raaderum.purchases.tables import Purchase
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_LONGEST_WORD: Final = 60
_MOST_WORDS: Final = 20
_USUAL_CATEGORIES: Final[Mapping[SpendingCategory, tuple[str, ...]]] = {
    SpendingCategory.TRANSPORT: ("4111", "4112", "4121", "4131", "5940"),
    SpendingCategory.TUITION: ("5942", "5943", "8220", "8241", "8244", "8249", "8299"),
    SpendingCategory.COMPUTER_AND_PHONE: ("4812", "4814", "5045", "5732", "5734"),
    SpendingCategory.HOUSING: ("5200", "5211", "5251", "5712", "5719", "5722"),
    SpendingCategory.CLOTHES_AND_CARE: ("5611", "5621", "5651", "5661", "5691", "5912", "5977", "7230"),
    SpendingCategory.DENTIST_AND_GLASSES: ("8021", "8042", "8043"),
    SpendingCategory.EXERCISE_AND_LEISURE: ("5655", "5941", "7832", "7941", "7997", "7999"),
    SpendingCategory.FAMILY: ("5641", "5945", "7996"),
    SpendingCategory.PETS: ("0742", "5995"),
    SpendingCategory.MUSIC: ("5733", "5735"),
}
"""The shops (ISO 18245) that an item's category usually leads to; the others can be any."""


@dataclass(frozen=True, slots=True)
class ItemOnCard:
    """What is said of an item that is to be paid by card, for `amount` øre from now on.

    `categories` None: those of the item's own category; empty: any shop. A shop also fits where its
    name holds one of the `merchant_words`. `until_on` is the last day its money lies on the card.
    """

    plan_item_id: UUID
    amount: Oere
    until_on: date | None = None
    categories: tuple[str, ...] | None = None
    merchant_words: tuple[str, ...] = ()


def mark_item(session: Session, enrolment_id: UUID, wanted: ItemOnCard, *, by: Actor) -> CardItem:
    """Have an item of the approved plan paid by card; what was said of it before is replaced.

    Its money comes on the card by the programme's rule, at once where it is due. Raises
    `NoApprovedPlan`, `AboveItem` or `CategoryMalformed`.
    """
    require(by, Act.MARK_CARD_ITEM)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), EnrolmentState.ACTIVE)
    item = _approved_item(session, enrolment.id, wanted.plan_item_id)
    categories = wanted.categories
    if categories is None:
        categories = _USUAL_CATEGORIES.get(SpendingCategory(item.category), ())
    locked_account(session, enrolment.id)
    earlier = _open_item(session, item.id)
    if earlier is not None:
        close_item(session, earlier)
        session.flush()
    left = left_of_item(session, item.id, item.amount)
    if not 0 < wanted.amount <= left:
        raise AboveItem(where="amount", left=format_kroner(left))
    row = CardItem(
        id=new_id(),
        enrolment_id=enrolment.id,
        plan_item_id=item.id,
        amount=wanted.amount,
        until_on=wanted.until_on,
        allowed_categories=check_categories(categories),
        merchant_words=_words(wanted.merchant_words),
        marked_by=person_of(by),
    )
    insert(session, row)
    _record(session, AuditEvent.CARD_ITEM_MARKED, row, by, amount=row.amount)
    refresh_card(session, enrolment.id)
    return row


def unmark_item(session: Session, card_item_id: UUID, *, by: Actor) -> CardItem:
    """Have an item no longer paid by card: what is not held of its money comes back at once."""
    require(by, Act.MARK_CARD_ITEM)
    row = session.get(CardItem, (current_tenant_id(), card_item_id))
    if row is None:
        raise NotFound(where="card_item")
    get_enrolment(session, row.enrolment_id, by=by, named="card_item")
    locked_account(session, row.enrolment_id)
    session.refresh(row)
    if row.closed_at is not None:
        raise ItemNotOnCard(where="card_item")
    close_item(session, row)
    session.flush()
    _record(session, AuditEvent.CARD_ITEM_CLOSED, row, by, amount=row.amount)
    refresh_card(session, row.enrolment_id)
    return row


def left_of_item(session: Session, plan_item_id: UUID, amount: int) -> Oere:
    """Return how many of an item's `amount` øre can still come on the card.

    What it has been spent by card before counts as well, else an item taken off and put on again would
    pay twice.
    """
    by_card = session.scalar(
        select(func.coalesce(func.sum(CardItem.spent), 0)).where(CardItem.plan_item_id == plan_item_id)
    )
    return Oere(max(0, amount - bought_otherwise(session, plan_item_id) - int(by_card or 0)))


def bought_otherwise(session: Session, plan_item_id: UUID) -> Oere:
    """Return the øre of an item that are asked for, approved or paid in other ways."""
    taking = select(func.coalesce(func.sum(Purchase.amount), 0)).where(
        Purchase.plan_item_id == plan_item_id, Purchase.state != PurchaseState.REFUSED
    )
    return Oere(int(session.execute(taking).scalar_one()))


def _approved_item(session: Session, enrolment_id: UUID, plan_item_id: UUID) -> PlanItem:
    item = session.get(PlanItem, (current_tenant_id(), plan_item_id))
    plan = session.get(BudgetPlan, (current_tenant_id(), item.plan_id)) if item else None
    if item is None or plan is None or plan.enrolment_id != enrolment_id or plan.state != PlanState.APPROVED:
        raise NoApprovedPlan(where="plan_item_id")
    return item


def _open_item(session: Session, plan_item_id: UUID) -> CardItem | None:
    still_open = select(CardItem).where(CardItem.plan_item_id == plan_item_id, CardItem.closed_at.is_(None))
    return session.scalar(still_open.with_for_update())


def _words(given: tuple[str, ...]) -> list[str]:
    cleaned = (word.strip()[:_LONGEST_WORD] for word in given)
    return sorted({word for word in cleaned if word})[:_MOST_WORDS]


def _record(session: Session, event: AuditEvent, row: CardItem, by: Actor, **detail: str | int) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="card_item",
        subject_id=row.id,
        enrolment_id=row.enrolment_id,
        **detail,
    )
