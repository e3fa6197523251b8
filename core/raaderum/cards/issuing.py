"""Telling the issuer: the order of a card, a change of its state, and what it must keep to.

No lock is held while talking to an issuer. A card that was ordered before is looked up before it is
ordered again, and every call carries a key under which it has its effect once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.cards.loading import CONTROLS, refresh_card, spent_of
from raaderum.cards.ordering import CHANGE, QUEUE, record_card
from raaderum.cards.rules import (
    CardStage,
    change_key,
    controls_key,
    order_key,
    wait_before_asking_again,
)
from raaderum.cards.service import locked_account
from raaderum.cards.tables import Card
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.ledger.service import budget_statement
from raaderum.people.service import get_citizen, name_of_citizen
from raaderum.persistence.batches import together_or_apart
from raaderum.persistence.outbox import ClaimedWork, add_work, finish_work, park_work, postpone_work
from raaderum.persistence.sealed_fields import open_field
from raaderum.plugin_api import (
    CardControls,
    CardForm,
    CardOrder,
    CardState,
    Completed,
    IssuedCard,
    Outcome,
    PostalAddress,
    Refused,
    ReplacementReason,
    Unknown,
)
from raaderum.plugin_host.guard import Question, answers_in_waves, looked_up, outcome_of
from raaderum.plugin_host.providers import tenant_providers
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from raaderum.plugin_api import CardIssuer

_ADDRESS_LINES: Final = 3


@dataclass(slots=True)
class Errand:
    """One thing to tell an issuer, and what it answered besides its outcome."""

    work: ClaimedWork
    issuer_name: str
    ask: Callable[[], Outcome] = lambda: Unknown("not asked")
    number: int = 0
    asked_at: datetime = field(default_factory=clock.now)
    issued: list[IssuedCard] = field(default_factory=list)


Answered = tuple[Errand, Outcome | None]


def issue_cards(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `card.issue` for the current tenant."""
    _run(works, _order_errand, _settle_order)


def change_cards(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `card.change` for the current tenant."""
    _run(works, _change_errand, _settle_change)


def send_controls(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `card.controls` for the current tenant."""
    _run(works, _controls_errand, _settle_controls)


def _run(
    works: Sequence[ClaimedWork],
    make: Callable[[Session, ClaimedWork], Errand | None],
    settle: Callable[[Session, Errand, Outcome | None], None],
) -> None:
    def take_on(session: Session, some: Sequence[ClaimedWork]) -> list[Errand]:
        return [errand for work in some if (errand := make(session, work)) is not None]

    def settle_all(session: Session, answered: Sequence[Answered]) -> list[None]:
        for errand, outcome in answered:
            settle(session, errand, outcome)
        return []

    in_order = sorted(works, key=lambda work: work.subject_id)
    errands = together_or_apart(in_order, take_on, put_off=_put_off)
    questions = [Question(errand.issuer_name, errand.ask) for errand in errands]
    for wave in answers_in_waves(questions):
        answered = [(errands[number], outcome) for number, outcome in wave.items()]
        together_or_apart(answered, settle_all, put_off=_put_off_answered)


def _put_off(session: Session, work: ClaimedWork, because: str) -> None:
    postpone_work(session, work, by=wait_before_asking_again(work.tries), because=because)


def _put_off_answered(session: Session, answered: Answered, because: str) -> None:
    _put_off(session, answered[0].work, because)


def _issuer(session: Session, work: ClaimedWork, name: str) -> CardIssuer | None:
    issuer = tenant_providers().card_issuers.get(name)
    if issuer is None:
        park_work(session, work, because=f"the card issuer {name} is not switched on")
    return issuer


def _order_errand(session: Session, work: ClaimedWork) -> Errand | None:
    card = session.get_one(Card, (current_tenant_id(), work.subject_id))
    if card.state != CardStage.ORDERED:
        finish_work(session, [work])
        return None
    issuer = _issuer(session, work, card.issuer)
    if issuer is None:
        return None
    enrolment = session.get_one(Enrolment, (current_tenant_id(), card.enrolment_id))
    replaced = session.get(Card, (current_tenant_id(), card.replaces_id)) if card.replaces_id else None
    order = CardOrder(
        card_id=card.id,
        holder_id=card.enrolment_id,
        holder_name=name_of_citizen(session, get_citizen(session, enrolment.citizen_id)),
        address=_address(open_field(session, card, "address")),
        form=CardForm(card.form),
        replaces=replaced.reference if replaced else None,
        replacement_reason=ReplacementReason(card.replacement_reason or ReplacementReason.LOST),
    )
    errand = Errand(work, card.issuer)
    errand.ask = partial(_ask_for_card, issuer, order, errand)
    return errand


def _ask_for_card(issuer: CardIssuer, order: CardOrder, errand: Errand) -> Outcome:
    """Look up first what may have been ordered before; a card counts as issued when it can be read."""
    key = order_key(order.card_id)
    found = looked_up(lambda: issuer.look_up(key)) if errand.work.tries > 1 else None
    outcome = outcome_of(lambda: issuer.issue(order, key)) if found is None else found
    if isinstance(outcome, Completed):
        reference = outcome.reference

        def read() -> Outcome:
            errand.issued.append(issuer.retrieve_card(reference))
            return Completed(reference)

        return outcome_of(read)
    return outcome


def _settle_order(session: Session, errand: Errand, outcome: Outcome | None) -> None:
    card = _locked(session, errand.work)
    if card.state != CardStage.ORDERED:
        finish_work(session, [errand.work])
        return
    match outcome:
        case Completed(reference=reference):
            issued = errand.issued[-1]
            card.reference, card.last_four = reference, issued.last_four[-4:]
            card.expires_on, card.currency = issued.expires_on, issued.currency
            card.state = CardStage(issued.state)
            session.flush()
            record_card(session, AuditEvent.CARD_ISSUED, card, SYSTEM, state=card.state)
            _renew_controls(session, card)
            finish_work(session, [errand.work])
        case Refused(code=code):
            card.state, card.refused_because = CardStage.REFUSED, code
            session.flush()
            record_card(session, AuditEvent.CARD_REFUSED, card, SYSTEM, reason=code)
            refresh_card(session, card.enrolment_id)
            finish_work(session, [errand.work])
        case _:
            _put_off(session, errand.work, "the card's outcome is not known yet")


def _change_errand(session: Session, work: ClaimedWork) -> Errand | None:
    card = session.get_one(Card, (current_tenant_id(), work.subject_id))
    if card.wanted_state is None or card.reference is None:
        finish_work(session, [work])
        return None
    issuer = _issuer(session, work, card.issuer)
    if issuer is None:
        return None
    reference, wanted = card.reference, CardState(card.wanted_state)
    key = change_key(card.id, card.changes)

    def ask() -> Outcome:
        return outcome_of(lambda: issuer.change_state(reference, wanted, key))

    return Errand(work, card.issuer, ask, number=card.changes)


def _settle_change(session: Session, errand: Errand, outcome: Outcome | None) -> None:
    card = _locked(session, errand.work)
    if card.changes != errand.number:
        # Something else is wanted by now, and has work of its own.
        finish_work(session, [errand.work])
        return
    match outcome:
        case Completed():
            card.state, card.wanted_state = card.wanted_state or card.state, None
            # What the issuer tells of before our own word is older than that, however late it comes.
            card.state_told_at = max(errand.asked_at, card.state_told_at or errand.asked_at)
            session.flush()
            record_card(session, AuditEvent.CARD_STATE_TOLD, card, SYSTEM, state=card.state)
            refresh_card(session, card.enrolment_id)
            finish_work(session, [errand.work])
        case Refused(code=code):
            card.wanted_state = None
            record_card(session, AuditEvent.CARD_STATE_TOLD, card, SYSTEM, state=card.state, reason=code)
            finish_work(session, [errand.work])
        case _:
            _put_off(session, errand.work, "the change's outcome is not known yet")


def _controls_errand(session: Session, work: ClaimedWork) -> Errand | None:
    account = locked_account(session, work.subject_id)
    card = session.scalar(
        select(Card).where(
            Card.enrolment_id == work.subject_id,
            Card.reference.is_not(None),
            Card.state.not_in((CardStage.CLOSED, CardStage.REFUSED)),
        )
    )
    if account is None or card is None or card.reference is None:
        finish_work(session, [work])
        return None
    issuer = _issuer(session, work, card.issuer)
    if issuer is None:
        return None
    statement = budget_statement(session, account.id)
    spent = spent_of(session, account.id, card_id=card.id)
    controls = CardControls(
        limit=Oere(spent + statement.on_card + statement.card_held),
        per_payment=None if account.per_payment is None else Oere(account.per_payment),
        # Words of a shop's name are ours alone: an issuer that knew only the categories would refuse them.
        allowed_categories=() if account.merchant_words else tuple(account.allowed_categories),
        blocked_categories=tuple(account.blocked_categories),
    )
    reference, key = card.reference, controls_key(card.id, account.controls_version)

    def ask() -> Outcome:
        return outcome_of(lambda: issuer.set_controls(reference, controls, key))

    return Errand(work, card.issuer, ask, number=account.controls_version)


def _settle_controls(session: Session, errand: Errand, outcome: Outcome | None) -> None:
    match outcome:
        case Completed():
            account = locked_account(session, errand.work.subject_id)
            if account is not None and account.controls_version != errand.number:
                # A newer version may have arrived at the issuer before this one: the last word is said anew.
                account.controls_version += 1
                add_work(session, queue=QUEUE, kind=CONTROLS, subject_id=account.id)
            finish_work(session, [errand.work])
        case Refused(code=code):
            park_work(session, errand.work, because=f"the issuer refused the card's limits: {code}")
        case _:
            _put_off(session, errand.work, "the limits' outcome is not known yet")


def _renew_controls(session: Session, card: Card) -> None:
    account = locked_account(session, card.enrolment_id)
    if account is not None:
        account.controls_version += 1
        add_work(session, queue=QUEUE, kind=CONTROLS, subject_id=account.id)
    if card.wanted_state is not None:
        add_work(session, queue=QUEUE, kind=CHANGE, subject_id=card.id)
    refresh_card(session, card.enrolment_id)


def _locked(session: Session, work: ClaimedWork) -> Card:
    """Return the card behind the work; the account is locked before it, as everywhere."""
    card = session.get_one(Card, (current_tenant_id(), work.subject_id))
    locked_account(session, card.enrolment_id)
    again = select(Card).where(Card.id == card.id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(again).one()


def _address(written: str) -> PostalAddress:
    line, postal_code, city = (*written.split("\n"), "", "", "")[:_ADDRESS_LINES]
    return PostalAddress(line, postal_code, city)
