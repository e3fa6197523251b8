"""Reserving a payout, and trying again after a refusal. Sending is in `dispatch`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import derived_id, new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.ledger.rules import Account, AccountKind, Move, NotEnoughMoney, TransactionKind
from raaderum.ledger.service import open_accounts, post
from raaderum.payouts.rules import (
    PAYOUT_STATE_NAMES,
    PayoutMoveForbidden,
    PayoutState,
    approval_digest,
)
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.outbox import add_work
from raaderum.plans.rules import OwnProposal
from raaderum.plugin_api import Payee, PaymentOrder
from raaderum.plugin_host.providers import tenant_providers
from raaderum.purchases.service import close_purchase
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.purchases.tables import Purchase

QUEUE: Final = "money"
SEND: Final = "payout.send"


@dataclass(frozen=True, slots=True)
class PaymentWanted:
    """What is to be paid for a purchase; `amount` in øre, at most what is set aside."""

    provider: str
    amount: Oere
    payee_name: str
    payee_cvr: str | None
    purpose: str
    account: str
    due_on: date
    invoice_number: str | None = None


def reserve_payout(session: Session, purchase: Purchase, wanted: PaymentWanted, *, by: Actor) -> Payout:
    """Approve a payment: its money goes from set aside to the provider's clearing, and work is written down.

    What the purchase had set aside beyond it can be spent again. Raises `ProviderDisabled`,
    `OwnProposal` where `by` asked for the purchase, `NotEnoughMoney` above what is set aside.
    """
    require(by, Act.APPROVE_INVOICE)
    if by.person_id == purchase.requested_by:
        raise OwnProposal(where="approved_by")
    if wanted.amount > purchase.amount:
        # The account may hold more than this, for other purchases.
        raise NotEnoughMoney(available=format_kroner(purchase.amount), wanted=format_kroner(wanted.amount))
    tenant_providers().payout_provider(wanted.provider)
    close_purchase(session, purchase, by=by)
    payout = _as_row(purchase, wanted, by)
    insert(session, payout)
    _move_to_clearing(session, payout, left_over=purchase.amount - wanted.amount)
    add_work(session, queue=QUEUE, kind=SEND, subject_id=payout.id)
    record_payout(session, AuditEvent.PAYOUT_RESERVED, payout, by, amount=payout.amount)
    return payout


def retry_payout(session: Session, payout_id: UUID, *, by: Actor) -> Payout:
    """Let a person try a failed payout again, under a new key."""
    require(by, Act.RETRY_PAYOUT)
    payout = locked_payout(session, payout_id)
    if payout.state != PayoutState.FAILED:
        name = PAYOUT_STATE_NAMES[PayoutState(payout.state)]
        raise PayoutMoveForbidden(where="payout", state=name.danish, state_english=name.english)
    payout.state = PayoutState.RESERVED
    attempts = len(attempts_of(session, payout.id))
    post(
        session,
        TransactionKind.RESERVE,
        Move(Oere(payout.amount), committed_account(payout), clearing_account(payout.provider)),
        key=f"reserve:{payout.id}:{attempts + 1}",
        subject_id=payout.id,
    )
    add_work(session, queue=QUEUE, kind=SEND, subject_id=payout.id)
    record_payout(session, AuditEvent.PAYOUT_RETRIED, payout, by)
    return payout


def locked_payout(session: Session, payout_id: UUID) -> Payout:
    """Return a payout, locked until the act is done; raise `NotFound`."""
    payout = session.scalar(select(Payout).where(Payout.id == payout_id).with_for_update())
    if payout is None:
        raise NotFound(where="payout")
    return payout


def payouts_of(session: Session, enrolment_id: UUID) -> Sequence[Payout]:
    """Return an enrolment's payouts, newest first."""
    newest_first = select(Payout).where(Payout.enrolment_id == enrolment_id).order_by(Payout.id.desc())
    return session.scalars(newest_first).all()


def payouts_in_need(session: Session) -> Sequence[tuple[Payout, PayoutAttempt | None]]:
    """Return the payouts that failed or are unclear, oldest first, each with its last attempt."""
    other = aliased(PayoutAttempt)
    latest = select(func.max(other.number)).where(other.payout_id == Payout.id).correlate(Payout)
    in_need = (
        select(Payout, PayoutAttempt)
        .outerjoin(
            PayoutAttempt,
            and_(PayoutAttempt.payout_id == Payout.id, PayoutAttempt.number == latest.scalar_subquery()),
        )
        .where(Payout.state.in_((PayoutState.UNKNOWN, PayoutState.FAILED)))
        .order_by(Payout.id)
    )
    return [(payout, attempt) for payout, attempt in session.execute(in_need)]


def attempts_of(session: Session, payout_id: UUID) -> Sequence[PayoutAttempt]:
    """Return a payout's attempts, first one first."""
    in_order = (
        select(PayoutAttempt).where(PayoutAttempt.payout_id == payout_id).order_by(PayoutAttempt.number)
    )
    return session.scalars(in_order).all()


def attempts_of_payouts(session: Session, payout_ids: Sequence[UUID]) -> dict[UUID, list[PayoutAttempt]]:
    """Return the attempts of several payouts, first one first, by payout, read in one query."""
    in_order = (
        select(PayoutAttempt).where(PayoutAttempt.payout_id.in_(payout_ids)).order_by(PayoutAttempt.number)
    )
    found: dict[UUID, list[PayoutAttempt]] = {payout_id: [] for payout_id in payout_ids}
    for attempt in session.scalars(in_order):
        found[attempt.payout_id].append(attempt)
    return found


def payouts_before(
    session: Session, before: UUID | None, *, state: PayoutState | None = None, most: int
) -> Sequence[Payout]:
    """Return a page of the payouts, newest first, that lies before `before`."""
    page = select(Payout).order_by(Payout.id.desc()).limit(most)
    if before is not None:
        page = page.where(Payout.id < before)
    if state is not None:
        page = page.where(Payout.state == state)
    return session.scalars(page).all()


def order_of(payout: Payout, *, attempt: int) -> PaymentOrder:
    """Return what the provider is sent for a payout, always the same."""
    return PaymentOrder(
        payout_id=payout.id,
        attempt=attempt,
        amount=Oere(payout.amount),
        payee=Payee(payout.payee_name, payout.payee_cvr),
        code=payout.code,
        purpose=payout.purpose,
        account=payout.account,
        due_on=payout.due_on,
        invoice_number=payout.invoice_number,
    )


def digest_of(payout: Payout) -> str:
    """Return the hash of what would be sent for a payout now."""
    order = order_of(payout, attempt=1)
    return approval_digest(order, provider=payout.provider, enrolment_id=payout.enrolment_id)


def clearing_account(provider: str) -> Account:
    """Return the account of money that is with a provider."""
    return Account(AccountKind.CLEARING, derived_id(current_tenant_id(), f"provider:{provider}"))


def committed_account(payout: Payout) -> Account:
    """Return the account that a payout's money comes from, and goes back to if it fails."""
    return Account(AccountKind.COMMITTED, payout.enrolment_id)


def record_payout(
    session: Session, event: AuditEvent, payout: Payout, by: Actor, **detail: str | int | None
) -> None:
    """Record an act on a payout."""
    record(
        session,
        event,
        by=by,
        subject_type="payout",
        subject_id=payout.id,
        enrolment_id=payout.enrolment_id,
        code=payout.code,
        **detail,
    )


def _move_to_clearing(session: Session, payout: Payout, *, left_over: int) -> None:
    clearing = clearing_account(payout.provider)
    open_accounts(session, clearing.owner_id, [AccountKind.CLEARING])
    moves = [Move(Oere(payout.amount), committed_account(payout), clearing)]
    if left_over > 0:
        available = Account(AccountKind.AVAILABLE, payout.enrolment_id)
        moves.append(Move(Oere(left_over), committed_account(payout), available))
    post(session, TransactionKind.RESERVE, *moves, key=f"reserve:{payout.id}:1", subject_id=payout.id)


def _as_row(purchase: Purchase, wanted: PaymentWanted, by: Actor) -> Payout:
    payout = Payout(
        id=new_id(),
        enrolment_id=purchase.enrolment_id,
        purchase_id=purchase.id,
        provider=wanted.provider,
        amount=wanted.amount,
        code=purchase.code,
        payee_name=wanted.payee_name,
        payee_cvr=wanted.payee_cvr,
        purpose=wanted.purpose,
        account=wanted.account,
        invoice_number=wanted.invoice_number,
        due_on=wanted.due_on,
        state=PayoutState.RESERVED,
        requested_by=purchase.requested_by,
        approved_by=person_of(by),
    )
    payout.approval_digest = digest_of(payout)
    return payout
