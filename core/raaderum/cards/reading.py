"""What others may know of cards: the payments of one case, and what was drawn in a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.cards.tables import Card, CardAccount, CardFact, CardItem, CardPayment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.plugin_api import CardEventKind
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Captured:
    """One payment with a card that money has gone out for; `amount` in øre is what it came to.

    `id` is the payment's, the same as long as it lives; `refunded` is what of it has come back.
    """

    id: UUID
    enrolment_id: UUID
    card_id: UUID
    issuer: str
    amount: Oere
    refunded: Oere
    cost: Oere
    merchant: str
    category: str
    on: date
    reference: str


@dataclass(frozen=True, slots=True)
class CardTransaction:
    """One transaction that an issuer told: out (`CAPTURED`) or back (`REFUNDED`), in øre."""

    payment_id: UUID
    enrolment_id: UUID
    issuer: str
    kind: CardEventKind
    reference: str
    amount: Oere
    cost: Oere
    occurred_at: datetime


def card_payments_of(session: Session, enrolment_id: UUID) -> Sequence[Captured]:
    """Return an enrolment's payments that money has gone out for, oldest first."""
    return _captured(session, _with_captures().where(CardPayment.enrolment_id == enrolment_id))


def find_card_payment(session: Session, payment_id: UUID) -> Captured | None:
    """Return one payment that money has gone out for; None where there is none."""
    found = _captured(session, _with_captures().where(CardPayment.id == payment_id))
    return found[0] if found else None


def card_payments_of_many(session: Session, enrolment_ids: Sequence[UUID]) -> Sequence[Captured]:
    """Return the payments of several enrolments that money has gone out for, oldest first."""
    return _captured(session, _with_captures().where(CardPayment.enrolment_id.in_(enrolment_ids)))


def captures_between(
    session: Session, issuer: str, *, since: datetime, until: datetime
) -> Sequence[CardTransaction]:
    """Return what an issuer took and gave back from `since` on and before `until`, oldest first.

    Where a transaction has been told more than once, its latest account counts.
    """
    moving = (CardEventKind.CAPTURED.value, CardEventKind.REFUNDED.value)
    latest = (
        select(CardFact, CardPayment)
        .join(CardPayment, CardPayment.id == CardFact.payment_id)
        .where(
            CardPayment.issuer == issuer,
            CardFact.kind.in_(moving),
            CardFact.occurred_at >= since,
            CardFact.occurred_at < until,
        )
        .order_by(CardFact.occurred_at, CardFact.event_id)
    )
    found: dict[tuple[str, str], CardTransaction] = {}
    for fact, payment in session.execute(latest):
        told = CardTransaction(
            payment_id=payment.id,
            enrolment_id=payment.enrolment_id,
            issuer=issuer,
            kind=CardEventKind(fact.kind),
            reference=fact.transaction or fact.event_id,
            amount=Oere(fact.amount),
            cost=Oere(fact.cost),
            occurred_at=fact.occurred_at,
        )
        found[fact.kind, told.reference] = told
    return sorted(found.values(), key=lambda one: (one.occurred_at, one.reference))


def cards_of(session: Session, enrolment_id: UUID) -> Sequence[Card]:
    """Return an enrolment's cards, newest first."""
    newest_first = select(Card).where(Card.enrolment_id == enrolment_id).order_by(Card.id.desc())
    return session.scalars(newest_first).all()


def card_account_of(session: Session, enrolment_id: UUID) -> CardAccount | None:
    """Return the card side of an enrolment; None where no card was ever ordered."""
    return session.get(CardAccount, (current_tenant_id(), enrolment_id))


def payments_of(session: Session, enrolment_id: UUID) -> Sequence[CardPayment]:
    """Return every payment that was tried or made with an enrolment's cards, newest first."""
    newest_first = (
        select(CardPayment).where(CardPayment.enrolment_id == enrolment_id).order_by(CardPayment.id.desc())
    )
    return session.scalars(newest_first).all()


def card_items_of(session: Session, enrolment_id: UUID) -> Sequence[CardItem]:
    """Return the items that are or were paid by card, oldest first."""
    in_order = select(CardItem).where(CardItem.enrolment_id == enrolment_id).order_by(CardItem.id)
    return session.scalars(in_order).all()


def _with_captures() -> Select[CardPayment]:
    return select(CardPayment).where(CardPayment.captured > 0).order_by(CardPayment.first_at, CardPayment.id)


def _captured(session: Session, query: Select[CardPayment]) -> list[Captured]:
    return [
        Captured(
            id=row.id,
            enrolment_id=row.enrolment_id,
            card_id=row.card_id,
            issuer=row.issuer,
            amount=Oere(row.captured),
            refunded=Oere(row.refunded),
            cost=Oere(row.cost),
            merchant=row.merchant_name,
            category=row.merchant_category,
            on=clock.day_of(row.first_at),
            reference=row.reference,
        )
        for row in session.scalars(query)
    ]
