"""Bringing the books to what a payment comes to, and letting go holds that have stood too long."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import case, select, update

from raaderum.audit.actor import SYSTEM, Actor, person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.cards.folding import EXPIRED, Folded, fold
from raaderum.cards.moving import Purse, after, moves_between
from raaderum.cards.rules import PROBLEMS, PaymentState
from raaderum.cards.service import locked_account
from raaderum.cards.tables import CardAccount, CardFact, CardPayment
from raaderum.enrolments.service import get_enrolment
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import derived_id, new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import PROGRAMME_ACCOUNTS, Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import budget_statement, open_accounts, post
from raaderum.people.roles import Act, require
from raaderum.persistence.outbox import add_work
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.programmes.installed import programme_id, rules_of
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.ledger.service import BudgetStatement


QUEUE: Final = "money"
SPENT_CHANGED: Final = "card.spent_changed"
"""Work for whoever follows what has gone out with a card; its subject is the payment."""


def settle_payment(session: Session, account: CardAccount, payment: CardPayment) -> None:
    """Bring the books to what the payment comes to now; under the account's lock. Twice does no harm."""
    folded = fold(session.scalars(select(CardFact).where(CardFact.payment_id == payment.id)).all())
    more_spent = folded.spent - max(0, payment.captured - payment.refunded)
    before = _purse(budget_statement(session, account.id), account, payment)
    now = after(before, spent=more_spent, hold=folded.hold)
    moves = moves_between(before, now, account.id)
    if moves:
        kind = _kind(more_spent, more_held=now.held - before.held)
        post(session, kind, *moves, key=f"card:{payment.id}:{new_id()}", subject_id=payment.id)
    account.drawn_available = now.drawn_available
    _book_exchange(session, payment, folded)
    state = folded.state(overdrawn=now.overdrawn > 0 and folded.spent > 0)
    _note_change(session, payment, folded, state)
    payment.state, payment.held, payment.dispute_status = state, now.held, folded.dispute_status
    payment.captured, payment.refunded, payment.cost = folded.captured, folded.refunded, folded.cost
    session.flush()
    if more_spent:
        add_work(session, queue=QUEUE, kind=SPENT_CHANGED, subject_id=payment.id)
    if before.overdrawn > 0 and now.overdrawn == 0:
        clear_overdrawn(session, account.id)


def clear_overdrawn(session: Session, enrolment_id: UUID) -> None:
    """Take the word back from the payments of an enrolment whose overdraft is covered."""
    settled = case((CardPayment.refunded > 0, PaymentState.REFUNDED.value), else_=PaymentState.CAPTURED.value)
    session.execute(
        update(CardPayment)
        .where(CardPayment.enrolment_id == enrolment_id, CardPayment.state == PaymentState.OVERDRAWN)
        .values(state=settled)
    )


def expire_holds() -> int:
    """Let go every hold of the current tenant that has stood without news for the days of its rules."""
    with reading() as session:
        held = session.execute(
            select(CardPayment.id, CardPayment.last_at, Enrolment.programme, Enrolment.rules_from)
            .join(Enrolment, Enrolment.id == CardPayment.enrolment_id)
            .where(CardPayment.held > 0)
            .order_by(CardPayment.id)
        ).all()
    expired = 0
    for payment_id, last_at, programme, rules_from in held:
        hold_days = rules_of(programme, rules_from).card_rules.hold_days
        if last_at + timedelta(days=hold_days) <= clock.now():
            with unit_of_work() as session:
                expired += _expire(session, payment_id, last_at)
    return expired


def settle_problem(session: Session, payment_id: UUID, *, by: Actor) -> CardPayment:
    """Note that a person has looked into an odd payment; a new turn of it asks again."""
    require(by, Act.SETTLE_CARD_PROBLEM)
    payment = session.get(CardPayment, (current_tenant_id(), payment_id))
    if payment is None:
        raise NotFound(where="card_payment")
    get_enrolment(session, payment.enrolment_id, by=by, named="card_payment")
    if payment.state in PROBLEMS and payment.settled_by is None:
        payment.settled_by = person_of(by)
        _record(session, AuditEvent.CARD_PROBLEM_SETTLED, payment, by, state=payment.state)
    return payment


def exchange_account(issuer: str) -> Account:
    """Return the account of what an issuer's other currency has cost beyond what the budgets bore."""
    return Account(AccountKind.EXCHANGE_DIFFERENCE, derived_id(current_tenant_id(), f"provider:{issuer}"))


def _purse(statement: BudgetStatement, account: CardAccount, payment: CardPayment) -> Purse:
    return Purse(
        card=statement.on_card,
        held=payment.held,
        available=statement.available,
        drawn_available=account.drawn_available,
        overdrawn=statement.overdrawn,
    )


def _kind(more_spent: int, *, more_held: int) -> TransactionKind:
    if more_spent:
        return TransactionKind.CAPTURE if more_spent > 0 else TransactionKind.CARD_REFUND
    return TransactionKind.HOLD if more_held > 0 else TransactionKind.UNHOLD


def _book_exchange(session: Session, payment: CardPayment, folded: Folded) -> None:
    """Book what was billed beyond what the budget bore, or below it, at the municipality's own cost."""
    difference = folded.cost - (folded.captured - folded.refunded)
    more = difference - (payment.cost - (payment.captured - payment.refunded))
    if not more:
        return
    enrolment = session.get_one(Enrolment, (current_tenant_id(), payment.enrolment_id))
    exchange = exchange_account(payment.issuer)
    funding = Account(AccountKind.FUNDING, programme_id(enrolment.programme))
    open_accounts(session, exchange.owner_id, [AccountKind.EXCHANGE_DIFFERENCE])
    open_accounts(session, funding.owner_id, PROGRAMME_ACCOUNTS)
    source, target = (funding, exchange) if more > 0 else (exchange, funding)
    post(
        session,
        TransactionKind.EXCHANGE,
        Move(Oere(abs(more)), source, target),
        key=f"card-exchange:{payment.id}:{new_id()}",
        subject_id=payment.id,
    )


def _note_change(session: Session, payment: CardPayment, folded: Folded, state: PaymentState) -> None:
    now = (state, folded.captured, folded.refunded)
    if now != (payment.state, payment.captured, payment.refunded):
        payment.settled_by = None
        _record(session, AuditEvent.CARD_PAYMENT_CHANGED, payment, SYSTEM, state=state, amount=folded.spent)


def _expire(session: Session, payment_id: UUID, last_at: datetime) -> bool:
    payment = session.get_one(CardPayment, (current_tenant_id(), payment_id))
    account = locked_account(session, payment.enrolment_id)
    session.refresh(payment, with_for_update=True)
    if account is None or not payment.held or payment.last_at != last_at:
        return False
    session.add(
        CardFact(
            payment_id=payment.id,
            event_id=f"expired:{last_at.isoformat()}",
            kind=EXPIRED,
            occurred_at=clock.now(),
            amount=0,
            cost=0,
            is_open=False,
        )
    )
    session.flush()
    settle_payment(session, account, payment)
    return True


def _record(
    session: Session, event: AuditEvent, payment: CardPayment, by: Actor, **detail: str | int
) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="card_payment",
        subject_id=payment.id,
        enrolment_id=payment.enrolment_id,
        **detail,
    )
