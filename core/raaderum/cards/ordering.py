"""Ordering, activating, pausing, replacing and closing a card. The issuer is told by work of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from raaderum.audit.actor import SYSTEM, Actor, person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.cards.loading import refresh_card
from raaderum.cards.rules import (
    STANDING,
    WANTED_AFTER,
    AddressMissing,
    CardAct,
    CardAlreadyThere,
    CardsNotOffered,
    CardStage,
    check_act,
)
from raaderum.cards.service import locked_account
from raaderum.cards.tables import Card, CardAccount
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.ledger.rules import BUDGET_ACCOUNTS, CARD_ACCOUNTS
from raaderum.ledger.service import open_accounts
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.outbox import add_work
from raaderum.persistence.sealed_fields import seal_field
from raaderum.plugin_api import CardForm, PostalAddress, ReplacementReason
from raaderum.plugin_host.providers import tenant_providers
from raaderum.programmes.installed import rules_of
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.enrolments.tables import Enrolment

QUEUE: Final = "money"
ISSUE: Final = "card.issue"
CHANGE: Final = "card.change"
_NEEDED_ACT: Final = {
    CardAct.ACTIVATE: Act.ORDER_CARD,
    CardAct.PAUSE: Act.PAUSE_CARD,
    CardAct.RESUME: Act.PAUSE_CARD,
    CardAct.CLOSE: Act.ORDER_CARD,
}
"""Who may do what: whoever is at the citizen's side can pause and resume, the coordinator the rest."""


@dataclass(frozen=True, slots=True)
class CardWanted:
    """What is ordered. A card of plastic needs the address it is sent to.

    A `single_use` card closes itself once its first purchase has been drawn. `reason` is why an earlier
    card is replaced.
    """

    form: CardForm
    address: PostalAddress | None = None
    single_use: bool = False
    reason: ReplacementReason = ReplacementReason.LOST


def order_card(session: Session, enrolment_id: UUID, wanted: CardWanted, *, by: Actor) -> Card:
    """Order a card for a citizen whose course runs, from the issuer that the programme names.

    Raises `CardsNotOffered`, `CardAlreadyThere` or `AddressMissing`.
    """
    require(by, Act.ORDER_CARD)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), EnrolmentState.ACTIVE)
    issuer = issuer_for(enrolment)
    if issuer is None:
        raise CardsNotOffered(where="enrolment")
    account = _opened_account(session, enrolment, issuer)
    if standing_card(session, account.id) is not None:
        raise CardAlreadyThere(where="enrolment")
    return _order(session, account, wanted, replaces=None, by=by)


def replace_card(session: Session, card_id: UUID, wanted: CardWanted, *, by: Actor) -> Card:
    """Close a lost or worn card at once, and order another one in its place; its money stays ready."""
    require(by, Act.ORDER_CARD)
    card = locked_card(session, card_id, by=by)
    check_act(CardStage(card.state), CardAct.REPLACE)
    enrolment = get_enrolment(session, card.enrolment_id, by=by, named="card")
    check_under_way(EnrolmentState(enrolment.state), EnrolmentState.ACTIVE)
    account = locked_account(session, card.enrolment_id)
    assert account is not None  # noqa: S101 - opened with the first card
    _want(session, card, CardStage.CLOSED, by)
    card.state = CardStage.CLOSED
    session.flush()
    return _order(session, account, wanted, replaces=card, by=by)


def change_card(session: Session, card_id: UUID, act: CardAct, *, by: Actor) -> Card:
    """Activate, pause, resume or close a card. A pause and an end count from now on.

    Raises `CardMoveForbidden` where the card is not where the act needs it.
    """
    require(by, _NEEDED_ACT[act])
    card = locked_card(session, card_id, by=by)
    check_act(CardStage(card.state), act)
    _want(session, card, WANTED_AFTER[act], by)
    if act in (CardAct.PAUSE, CardAct.CLOSE):
        card.state = WANTED_AFTER[act]
    session.flush()
    refresh_card(session, card.enrolment_id)
    return card


def close_used_card(session: Session, card: Card) -> None:
    """Close a card for one purchase, now that the purchase has been drawn; what is left comes back."""
    session.refresh(card, with_for_update=True)
    if card.state in (CardStage.CLOSED, CardStage.REFUSED):
        return
    _want(session, card, CardStage.CLOSED, SYSTEM)
    card.state = CardStage.CLOSED
    session.flush()
    refresh_card(session, card.enrolment_id)


def locked_card(session: Session, card_id: UUID, *, by: Actor) -> Card:
    """Return a card that `by` may see, with the card side of its case locked; raise `NotFound`."""
    found = session.get(Card, (current_tenant_id(), card_id))
    if found is None:
        raise NotFound(where="card")
    get_enrolment(session, found.enrolment_id, by=by, named="card")
    locked_account(session, found.enrolment_id)
    again = select(Card).where(Card.id == card_id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(again).one()


def standing_card(session: Session, enrolment_id: UUID) -> Card | None:
    """Return the enrolment's card that is not over, ordered ones too."""
    return session.scalar(select(Card).where(Card.enrolment_id == enrolment_id, Card.state.in_(STANDING)))


def issuer_for(enrolment: Enrolment) -> str | None:
    """Return the issuer that the enrolment's programme names, None where it does not pay by card."""
    methods = rules_of(enrolment.programme, enrolment.rules_from).payout_methods
    issuers = tenant_providers().card_issuers
    return next((method for method in methods if method in issuers), None)


def _opened_account(session: Session, enrolment: Enrolment, issuer: str) -> CardAccount:
    account = locked_account(session, enrolment.id)
    if account is None:
        open_accounts(session, enrolment.id, (*BUDGET_ACCOUNTS, *CARD_ACCOUNTS))
        account = CardAccount(
            id=enrolment.id,
            issuer=issuer,
            blocked_categories=[],
            allowed_categories=[],
            merchant_words=[],
            drawn_available=0,
            controls_version=0,
        )
        insert(session, account)
    return account


def _order(
    session: Session, account: CardAccount, wanted: CardWanted, *, replaces: Card | None, by: Actor
) -> Card:
    card = Card(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=account.id,
        issuer=account.issuer,
        form=wanted.form,
        state=CardStage.ORDERED,
        single_use=wanted.single_use,
        replaces_id=replaces.id if replaces else None,
        replacement_reason=wanted.reason if replaces else None,
        ordered_by=person_of(by),
        changes=0,
    )
    if wanted.address is not None:
        address = [
            part.strip() for part in (wanted.address.line, wanted.address.postal_code, wanted.address.city)
        ]
        seal_field(session, card, "address", "\n".join(address))
    if wanted.form is CardForm.PHYSICAL and (wanted.address is None or not all(address)):
        raise AddressMissing(where="address")
    insert(session, card)
    add_work(session, queue=QUEUE, kind=ISSUE, subject_id=card.id)
    record_card(session, AuditEvent.CARD_ORDERED, card, by, form=wanted.form, issuer=card.issuer)
    refresh_card(session, account.id)
    return card


def _want(session: Session, card: Card, stage: CardStage, by: Actor) -> None:
    card.wanted_state = stage
    card.changes += 1
    if card.reference is not None:
        add_work(session, queue=QUEUE, kind=CHANGE, subject_id=card.id)
    record_card(session, AuditEvent.CARD_STATE_WANTED, card, by, state=stage)


def record_card(
    session: Session, event: AuditEvent, card: Card, by: Actor, **detail: str | int | None
) -> None:
    """Record an act on a card."""
    record(
        session,
        event,
        by=by,
        subject_type="card",
        subject_id=card.id,
        enrolment_id=card.enrolment_id,
        **detail,
    )
