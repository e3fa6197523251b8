"""Reserving a payout, and trying again after a refusal. Sending is in `dispatch`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import derived_id, new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.ledger.rules import Account, AccountKind, Move, NotEnoughMoney, TransactionKind
from raaderum.ledger.service import open_accounts, post
from raaderum.payouts.disputes import check_undisputed
from raaderum.payouts.payees import payee_approved, payee_to_send
from raaderum.payouts.rules import (
    IN_NEED,
    PAYOUT_STATE_NAMES,
    PayoutMoveForbidden,
    PayoutState,
    approved_content,
)
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.payouts.words import describe_payout, purpose_of
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.many_rows import among
from raaderum.persistence.outbox import add_work
from raaderum.persistence.tenant_keys import tenant_seal
from raaderum.plans.rules import OwnProposal
from raaderum.plugin_api import PaymentOrder
from raaderum.plugin_host.providers import tenant_providers
from raaderum.purchases.codes import unused_code
from raaderum.purchases.parts import left_of, take_part
from raaderum.purchases.payees import PaidByTransfer, PurchaseMethod
from raaderum.purchases.rules import PurchaseState, check_state
from raaderum.purchases.service import close_purchase
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.plugin_api import Payee
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


def reserve_payout(
    session: Session, purchase: Purchase, wanted: PaymentWanted, *, by: Actor, last: bool = True
) -> Payout:
    """Approve a payment: its money goes from set aside to the provider's clearing, and work is written down.

    The `last` one of a purchase closes it, and what is left can be spent again; after another the rest
    stays set aside. The first payment of a purchase carries its code, each further one its own. Raises
    `PurchaseMoveForbidden`, `ProviderDisabled`, `OwnProposal` where `by` asked for the purchase,
    `NotEnoughMoney` above what is left of it.
    """
    require(by, Act.APPROVE_INVOICE)
    if by.person_id == purchase.requested_by:
        raise OwnProposal(where="approved_by")
    check_state(purchase.state, PurchaseState.APPROVED)
    if purchase.method != PurchaseMethod.INVOICE:
        raise PaidByTransfer(where="purchase")
    left = left_of(purchase)
    if wanted.amount > left:
        # The account may hold more than this, for other purchases.
        raise NotEnoughMoney(available=format_kroner(left), wanted=format_kroner(wanted.amount))
    tenant_providers().payout_provider(wanted.provider)
    take_part(purchase, wanted.amount)
    if last:
        close_purchase(session, purchase, by=by)
    payout = _as_row(session, purchase, wanted, by)
    insert(session, payout)
    _move_to_clearing(session, payout, left_over=left - wanted.amount if last else 0)
    add_work(session, queue=QUEUE, kind=SEND, subject_id=payout.id)
    record_payout(session, AuditEvent.PAYOUT_RESERVED, payout, by, amount=payout.amount)
    return payout


def retry_payout(session: Session, payout_id: UUID, *, by: Actor) -> Payout:
    """Let a person try a failed payout again, under a new key; raise `PaymentDisputed`."""
    require(by, Act.RETRY_PAYOUT)
    payout = locked_payout(session, payout_id)
    check_payout_state(payout, PayoutState.FAILED)
    check_undisputed(session, payout.id)
    send_again(session, payout)
    record_payout(session, AuditEvent.PAYOUT_RETRIED, payout, by)
    return payout


def send_again(session: Session, payout: Payout) -> None:
    """Set a locked payout's money apart once more and have it sent under its next key."""
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


def check_payout_state(payout: Payout, *wanted: PayoutState) -> None:
    """Raise `PayoutMoveForbidden` unless the payout is in one of the states that it must be in."""
    if payout.state not in wanted:
        name = PAYOUT_STATE_NAMES[PayoutState(payout.state)]
        raise PayoutMoveForbidden(where="payout", state=name.danish, state_english=name.english)


def locked_payout(session: Session, payout_id: UUID) -> Payout:
    """Return a payout, locked until the act is done; raise `NotFound`."""
    payout = session.scalar(select(Payout).where(Payout.id == payout_id).with_for_update())
    if payout is None:
        raise NotFound(where="payout")
    return payout


def locked_payouts(session: Session, payout_ids: Sequence[UUID]) -> dict[UUID, Payout]:
    """Return those payouts that there are, by id, locked in the order of their ids until the act is done."""
    in_order = select(Payout).where(among(Payout.id, payout_ids)).order_by(Payout.id).with_for_update()
    return {payout.id: payout for payout in session.scalars(in_order)}


def get_payout(session: Session, payout_id: UUID) -> Payout:
    """Return a payout as it is; raise `NotFound`."""
    payout = session.get(Payout, (current_tenant_id(), payout_id))
    if payout is None:
        raise NotFound(where="payout")
    return payout


def payouts_of(session: Session, enrolment_id: UUID) -> Sequence[Payout]:
    """Return an enrolment's payouts, newest first."""
    newest_first = select(Payout).where(Payout.enrolment_id == enrolment_id).order_by(Payout.id.desc())
    return session.scalars(newest_first).all()


def payouts_in_need(session: Session) -> Sequence[Payout]:
    """Return the payouts that wait for people, oldest first."""
    in_need = select(Payout).where(Payout.state.in_(IN_NEED)).order_by(Payout.id)
    return session.scalars(in_need).all()


def attempts_of(session: Session, payout_id: UUID) -> Sequence[PayoutAttempt]:
    """Return a payout's attempts, first one first."""
    in_order = (
        select(PayoutAttempt).where(PayoutAttempt.payout_id == payout_id).order_by(PayoutAttempt.number)
    )
    return session.scalars(in_order).all()


def attempts_of_payouts(session: Session, payout_ids: Sequence[UUID]) -> dict[UUID, list[PayoutAttempt]]:
    """Return the attempts of several payouts, first one first, by payout, read in one query."""
    in_order = (
        select(PayoutAttempt).where(among(PayoutAttempt.payout_id, payout_ids)).order_by(PayoutAttempt.number)
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


def order_of(session: Session, payout: Payout, *, attempt: int) -> PaymentOrder:
    """Return what the provider is sent for a payout, always the same."""
    return _order(session, payout, payee_to_send(session, payout), attempt)


def _order(session: Session, payout: Payout, payee: Payee, attempt: int) -> PaymentOrder:
    return PaymentOrder(
        payout_id=payout.id,
        attempt=attempt,
        amount=Oere(payout.amount),
        payee=payee,
        code=payout.code,
        purpose=purpose_of(session, payout),
        account=payout.account,
        due_on=payout.due_on,
        invoice_number=payout.invoice_number,
    )


def digest_of(session: Session, payout: Payout) -> str:
    """Return the signature of what would be sent for a payout now, under the tenant's key.

    A bare hash would let whoever reads the column guess what the payment was for.
    """
    order = _order(session, payout, payee_approved(session, payout), attempt=1)
    content = approved_content(
        order,
        provider=payout.provider,
        enrolment_id=payout.enrolment_id,
        payee={"kind": payout.payee_kind},
    )
    return tenant_seal(session).look_up_index(f"approval:{content}").hex()


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


def _code_for(session: Session, purchase: Purchase) -> str:
    """Return a code that no other payment has: the purchase's own one for its first."""
    taken = select(Payout.id).where(Payout.code == purchase.code).limit(1)
    return purchase.code if session.scalar(taken) is None else unused_code(session)


def _as_row(session: Session, purchase: Purchase, wanted: PaymentWanted, by: Actor) -> Payout:
    payout = Payout(
        id=new_id(),
        enrolment_id=purchase.enrolment_id,
        purchase_id=purchase.id,
        provider=wanted.provider,
        amount=wanted.amount,
        code=_code_for(session, purchase),
        payee_name=wanted.payee_name,
        payee_cvr=wanted.payee_cvr,
        account=wanted.account,
        invoice_number=wanted.invoice_number,
        due_on=wanted.due_on,
        state=PayoutState.RESERVED,
        requested_by=purchase.requested_by,
        approved_by=person_of(by),
    )
    describe_payout(session, payout, wanted.purpose)
    payout.approval_digest = digest_of(session, payout)
    return payout
