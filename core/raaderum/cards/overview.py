"""Everything about the card of one case, as the citizen and staff see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from raaderum.cards.items import left_of_item
from raaderum.cards.ordering import issuer_for
from raaderum.cards.reading import card_account_of, card_items_of, cards_of, payments_of
from raaderum.cards.rules import ALLOWED_ACTS, PROBLEMS, STANDING, CardAct, CardStage, PaymentState
from raaderum.cards.telling import words_of
from raaderum.enrolments.rules import EnrolmentState
from raaderum.enrolments.service import get_enrolment
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.ledger.service import BudgetStatement, budget_statement
from raaderum.people.roles import Act, require
from raaderum.plans.rules import PlanState
from raaderum.plans.service import items_of, plans_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.cards.tables import Card, CardItem, CardPayment
    from raaderum.enrolments.tables import Enrolment
    from raaderum.plans.items import OpenedItem


@dataclass(frozen=True, slots=True)
class SeenCard:
    """One card; `state` is the one that is wanted where the issuer has not answered yet."""

    id: UUID
    form: str
    state: CardStage
    last_four: str | None
    expires_on: date | None
    ordered_at: datetime
    single_use: bool
    allowed_acts: tuple[CardAct, ...]


@dataclass(frozen=True, slots=True)
class SeenItem:
    """An item that is paid by card, in øre."""

    id: UUID
    plan_item_id: UUID
    description: str
    amount: Oere
    until_on: date | None
    categories: tuple[str, ...]
    merchant_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenPayment:
    """One payment that was made or tried; `why` says in words how it was answered, '' where never asked."""

    id: UUID
    at: datetime
    merchant: str
    state: PaymentState
    asked: Oere
    approved: Oere
    held: Oere
    captured: Oere
    refunded: Oere
    why: Text
    dispute_status: str | None
    needs_somebody: bool


@dataclass(frozen=True, slots=True)
class ChoosableItem:
    """An item of the plan in force with what it has left to be paid by card."""

    id: UUID
    description: str
    left: Oere


@dataclass(frozen=True, slots=True)
class CardOverview:
    """The card side of one case. `is_offered` says whether its programme pays by card at all."""

    is_offered: bool
    can_order: bool
    cards: tuple[SeenCard, ...]
    locked_because: str | None
    money: BudgetStatement
    per_payment: Oere | None
    items: tuple[SeenItem, ...]
    choosable: tuple[ChoosableItem, ...]
    payments: tuple[SeenPayment, ...]


def card_overview(session: Session, enrolment_id: UUID, *, by: Actor) -> CardOverview:
    """Return everything about the card of a case that `by` may see, newest first."""
    require(by, Act.SEE_CASE)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    account, cards = card_account_of(session, enrolment.id), cards_of(session, enrolment.id)
    money = budget_statement(session, enrolment.id)
    is_offered = issuer_for(enrolment) is not None
    has_card = any(card.state in STANDING for card in cards)
    in_force = _items_in_force(session, enrolment)
    marked = [one for one in card_items_of(session, enrolment.id) if one.closed_at is None]
    return CardOverview(
        is_offered=is_offered,
        can_order=is_offered and not has_card and enrolment.state == EnrolmentState.ACTIVE,
        cards=tuple(_seen_card(card) for card in cards),
        locked_because=account.locked_because if account else None,
        money=money,
        per_payment=Oere(account.per_payment) if account and account.per_payment is not None else None,
        items=tuple(_seen_item(one, in_force) for one in marked),
        choosable=_choosable(session, in_force) if is_offered and account else (),
        payments=tuple(_seen_payment(session, one) for one in payments_of(session, enrolment.id)),
    )


def _items_in_force(session: Session, enrolment: Enrolment) -> Sequence[OpenedItem]:
    plans = (plan for plan in plans_of(session, enrolment.id) if plan.state == PlanState.APPROVED)
    plan = next(plans, None)
    return items_of(session, plan.id) if plan else ()


def _choosable(session: Session, items: Sequence[OpenedItem]) -> tuple[ChoosableItem, ...]:
    left = [(item, left_of_item(session, item.id, item.amount)) for item in items]
    return tuple(ChoosableItem(item.id, item.description, Oere(rest)) for item, rest in left if rest > 0)


def _seen_card(card: Card) -> SeenCard:
    stage = CardStage(card.wanted_state or card.state)
    return SeenCard(
        id=card.id,
        form=card.form,
        state=stage,
        last_four=card.last_four,
        expires_on=card.expires_on,
        ordered_at=card.ordered_at,
        single_use=card.single_use,
        allowed_acts=tuple(act for act in CardAct if act in ALLOWED_ACTS[CardStage(card.state)]),
    )


def _seen_item(row: CardItem, items: Sequence[OpenedItem]) -> SeenItem:
    described = {item.id: item.description for item in items}
    return SeenItem(
        id=row.id,
        plan_item_id=row.plan_item_id,
        description=described.get(row.plan_item_id, ""),
        amount=Oere(row.amount),
        until_on=row.until_on,
        categories=tuple(row.allowed_categories),
        merchant_words=tuple(row.merchant_words),
    )


def _seen_payment(session: Session, row: CardPayment) -> SeenPayment:
    return SeenPayment(
        id=row.id,
        at=row.first_at,
        merchant=row.merchant_name,
        state=PaymentState(row.state),
        asked=Oere(row.asked),
        approved=Oere(row.approved),
        held=Oere(row.held),
        captured=Oere(row.captured),
        refunded=Oere(row.refunded),
        why=words_of(session, row),
        dispute_status=row.dispute_status,
        needs_somebody=row.state in PROBLEMS and row.settled_by is None,
    )
