"""What issuers tell: kept, then worked on by its payment or card. Nothing that is told raises."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_if_new

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.cards.loading import refresh_card
from raaderum.cards.ordering import close_used_card, record_card
from raaderum.cards.rules import APPROVALS, CardStage, IssuersSilent, Reason, wait_before_asking_again
from raaderum.cards.service import locked_account
from raaderum.cards.settling import settle_payment
from raaderum.cards.tables import Card, CardFact, CardPayment
from raaderum.cards.telling import TELL_DECLINED
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.persistence.batches import together_or_apart
from raaderum.persistence.outbox import ClaimedWork, add_work, finish_work, postpone_work
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import CardEvent, CardEventKind, CardState, Merchant
from raaderum.plugin_host.providers import tenant_providers
from raaderum.provider_events.rules import EventState
from raaderum.provider_events.service import (
    content_of,
    kept_event,
    last_swept,
    locked_event,
    note_sweep,
    settle_event,
)
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
QUEUE: Final = "money"
TAKE_IN: Final = "card.take_in"
_OVERLAP: Final = timedelta(hours=2)
_FIRST_LOOK_BACK: Final = timedelta(days=3)
_TRIES_FOR_THE_CAPTURE: Final = 12
"""Some three quarters of an hour, in which the sweep has asked for it three times."""
_CAPTURE_UNKNOWN: Final = "capture_unknown"
_AT_ONCE: Final = 100
_OF_A_PAYMENT: Final = (
    CardEventKind.AUTHORISED,
    CardEventKind.CAPTURED,
    CardEventKind.REFUNDED,
    CardEventKind.DISPUTED,
)


def keep_card_event(session: Session, issuer: str, event: CardEvent) -> bool:
    """Keep what an issuer told, and write the work on it down; say whether it is new."""
    row_id = kept_event(
        session,
        provider=issuer,
        event_id=event.event_id,
        kind=event.raw_kind,
        content=json.dumps(asdict(event), default=_written).encode(),
    )
    if row_id is not None:
        add_work(session, queue=QUEUE, kind=TAKE_IN, subject_id=row_id)
    return row_id is not None


def ask_for_missed_events() -> int:
    """Ask each issuer of the current tenant what it has told since it was last asked; return how many
    were new.

    A question of a shop's is over by now, so only what became of it is taken in. Raises `IssuersSilent`
    once the others have been asked.
    """
    found, silent = 0, 0
    for name in tenant_providers().card_issuers:
        try:
            found += _ask_one(name)
        except Exception as error:  # noqa: BLE001 - an issuer that does not answer must not silence the others
            log.warning("a card issuer could not be asked what was missed (%s)", type(error).__name__)
            silent += 1
    if silent:
        raise IssuersSilent(count=silent)
    return found


def take_in_events(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `card.take_in` for the current tenant."""
    in_order = sorted(works, key=lambda work: work.subject_id)
    for start in range(0, len(in_order), _AT_ONCE):
        together_or_apart(in_order[start : start + _AT_ONCE], _take_in_all, put_off=_put_off)


def _ask_one(name: str) -> int:
    begun = clock.now()
    with reading() as session:
        last = last_swept(session, name)
    since = begun - _FIRST_LOOK_BACK if last is None else last - _OVERLAP
    found = 0
    for event in tenant_providers().card_issuers[name].events_since(since):
        if event.kind is not CardEventKind.ASKED:
            with unit_of_work() as session:
                found += keep_card_event(session, name, event)
    with unit_of_work() as session:
        note_sweep(session, name, at=begun)
    return found


def _take_in_all(session: Session, works: Sequence[ClaimedWork]) -> list[None]:
    for work in works:
        row = locked_event(session, work.subject_id)
        if row.state == EventState.WAITING:
            event = read_kept(content_of(session, row))
            outcome = take_in(session, row.provider, event)
            if outcome == _CAPTURE_UNKNOWN and work.tries < _TRIES_FOR_THE_CAPTURE:
                _put_off(session, work, outcome)
                continue
            state = EventState.DONE if outcome is None else EventState.SET_ASIDE
            settle_event(row, state, outcome=outcome or "taken_in")
        finish_work(session, [work])
    return []


def _put_off(session: Session, work: ClaimedWork, because: str) -> None:
    postpone_work(session, work, by=wait_before_asking_again(work.tries), because=because)


def take_in(session: Session, issuer: str, event: CardEvent) -> str | None:
    """Let one event have its effect; return None, or the code of why it changes nothing here."""
    if event.kind not in (*_OF_A_PAYMENT, CardEventKind.CARD_CHANGED):
        return "kind_without_effect"
    card = _card_of(session, issuer, event)
    if card is None:
        return _CAPTURE_UNKNOWN if event.kind is CardEventKind.DISPUTED else "card_unknown"
    account = locked_account(session, card.enrolment_id)
    if account is None:
        return "card_unknown"
    if event.kind is CardEventKind.CARD_CHANGED:
        return _card_told(session, card, event)
    reference = _payment_reference(session, event)
    if reference is None:
        return _CAPTURE_UNKNOWN if event.kind is CardEventKind.DISPUTED else "payment_unknown"
    payment = _payment(session, card, reference, event)
    _keep_fact(session, payment, event, _issuers_own_no(payment, event))
    settle_payment(session, account, payment)
    if card.single_use and payment.captured > 0:
        close_used_card(session, card)
    return None


def _issuers_own_no(payment: CardPayment, event: CardEvent) -> Reason | None:
    """Return the reason where the issuer said no by itself: we were not asked, not in time, or overruled."""
    said_no = event.kind is CardEventKind.AUTHORISED and not event.is_open and event.status is not None
    ours = payment.reason is None or payment.reason in APPROVALS
    return Reason.ISSUER_DECLINED if said_no and ours and not payment.captured else None


def _card_of(session: Session, issuer: str, event: CardEvent) -> Card | None:
    """Return the card that the event is about; a dispute may name nothing but the capture it is about."""
    of_issuer = select(Card).where(Card.issuer == issuer)
    if event.card is not None:
        return session.scalar(of_issuer.where(Card.reference == event.card))
    if event.transaction is None:
        return None
    paid = of_issuer.join(CardPayment, CardPayment.card_id == Card.id)
    captured = paid.join(CardFact, CardFact.payment_id == CardPayment.id)
    return session.scalar(captured.where(CardFact.transaction == event.transaction).limit(1))


def _card_told(session: Session, card: Card, event: CardEvent) -> str | None:
    session.refresh(card, with_for_update=True)
    if event.card_state is None:
        return "kind_without_effect"
    if card.state in (CardStage.CLOSED, CardStage.REFUSED):
        return "card_is_over"
    if card.state_told_at is not None and event.occurred_at <= card.state_told_at:
        return "older_than_known"
    card.state_told_at = event.occurred_at
    told = CardStage(event.card_state)
    if card.wanted_state == told:
        card.wanted_state = None
    if card.state != told and card.wanted_state is None:
        card.state = told
        session.flush()
        record_card(session, AuditEvent.CARD_STATE_TOLD, card, SYSTEM, state=told)
        refresh_card(session, card.enrolment_id)
    return None


def _payment_reference(session: Session, event: CardEvent) -> str | None:
    """Return what the event's payment is known by: its authorisation, else the transaction it came with.

    A dispute moves no money of its own: it belongs to the capture it is about, None before that is here.
    """
    if event.authorisation is not None:
        return event.authorisation
    if event.transaction is None:
        return None
    known = session.scalar(
        select(CardPayment.reference)
        .join(CardFact, CardFact.payment_id == CardPayment.id)
        .where(CardFact.transaction == event.transaction)
        .limit(1)
    )
    if event.kind is CardEventKind.DISPUTED:
        return known
    return known or f"transaction:{event.transaction}"


def _payment(session: Session, card: Card, reference: str, event: CardEvent) -> CardPayment:
    """Return the payment, made where this is the first word of it, locked."""
    merchant = event.merchant or Merchant(name="", category="")
    values = {
        "tenant_id": current_tenant_id(),
        "id": new_id(),
        "enrolment_id": card.enrolment_id,
        "card_id": card.id,
        "issuer": card.issuer,
        "reference": reference,
        "merchant_name": merchant.name,
        "merchant_category": merchant.category,
        "merchant_city": merchant.city,
        "state": "held",
        "first_at": event.occurred_at,
        "last_at": event.occurred_at,
    }
    session.execute(insert_if_new(CardPayment).values(values).on_conflict_do_nothing())
    payment = session.scalars(
        select(CardPayment)
        .where(CardPayment.issuer == card.issuer, CardPayment.reference == reference)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if not payment.merchant_name:
        payment.merchant_name, payment.merchant_category = merchant.name, merchant.category
        payment.merchant_city = merchant.city
    payment.first_at = min(payment.first_at, event.occurred_at)
    payment.last_at = max(payment.last_at, event.occurred_at)
    return payment


def _keep_fact(session: Session, payment: CardPayment, event: CardEvent, said_no: Reason | None) -> None:
    values = {
        "tenant_id": current_tenant_id(),
        "id": new_id(),
        "payment_id": payment.id,
        "event_id": event.event_id,
        "kind": event.kind.value,
        "occurred_at": event.occurred_at,
        "amount": event.amount,
        "cost": event.cost,
        "transaction": event.transaction,
        "is_open": event.is_open,
        "status": event.status,
        "reason": said_no,
    }
    kept = session.execute(
        insert_if_new(CardFact).values(values).on_conflict_do_nothing().returning(CardFact.id)
    ).first()
    if kept is not None and said_no is not None:
        payment.reason = said_no
        add_work(session, queue=QUEUE, kind=TELL_DECLINED, subject_id=kept.id)


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def read_kept(content: bytes) -> CardEvent:
    """Return the event that `keep_card_event` kept."""
    told = json.loads(content)
    merchant = told["merchant"]
    return CardEvent(
        **{
            **told,
            "kind": CardEventKind(told["kind"]),
            "occurred_at": datetime.fromisoformat(told["occurred_at"]),
            "amount": Oere(told["amount"]),
            "cost": Oere(told["cost"]),
            "merchant": Merchant(**merchant) if merchant else None,
            "card_state": CardState(told["card_state"]) if told["card_state"] else None,
        }
    )
