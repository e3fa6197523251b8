"""Approving a refund, and having it booked by the provider that paid."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.audit.actor import SYSTEM, Actor, person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import post
from raaderum.payouts.rules import PayoutState, wait_before_asking_again
from raaderum.payouts.service import QUEUE, locked_payout
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.persistence.outbox import ClaimedWork, add_work, finish_work, park_work, postpone_work
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.rules import OwnProposal
from raaderum.plugin_api import Accepted, Completed, Outcome, Payee, PaymentOrder, Refused, Unknown
from raaderum.plugin_host.guard import ask_at_once, looked_up, outcome_of
from raaderum.plugin_host.providers import tenant_providers
from raaderum.refunds.rules import NothingPaid, RefundState, check_amount, idempotency_key
from raaderum.refunds.tables import Refund
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.plugin_api import PayoutProvider

BOOK: Final = "refund.book"


def approve_refund(
    session: Session, payout_id: UUID, *, amount: Oere, credit_note_number: str, by: Actor
) -> Refund:
    """Give `amount` øre of a paid payout back to the citizen's account and have it booked.

    Raises `NothingPaid`, `RefundAbovePayment`, or `OwnProposal` for who asked for the purchase.
    """
    require(by, Act.APPROVE_INVOICE)
    payout = locked_payout(session, payout_id)
    if payout.state != PayoutState.PAID:
        raise NothingPaid(where="payout")
    if by.person_id == payout.requested_by:
        raise OwnProposal(where="approved_by")
    check_amount(wanted=amount, paid=payout.amount, refunded=refunded_of(session, payout.id))
    refund = Refund(
        id=new_id(),
        enrolment_id=payout.enrolment_id,
        payout_id=payout.id,
        amount=amount,
        credit_note_number=credit_note_number,
        state=RefundState.APPROVED,
        requested_by=payout.requested_by,
        approved_by=person_of(by),
    )
    session.add(refund)
    post(
        session,
        TransactionKind.REFUND,
        Move(
            amount,
            Account(AccountKind.SPENT, payout.enrolment_id),
            Account(AccountKind.AVAILABLE, payout.enrolment_id),
        ),
        key=f"refund:{refund.id}",
        subject_id=refund.id,
    )
    add_work(session, queue=QUEUE, kind=BOOK, subject_id=refund.id)
    _record(session, AuditEvent.REFUND_APPROVED, refund, by, amount=amount)
    return refund


def refunded_of(session: Session, payout_id: UUID) -> Oere:
    """Return how much of a payout has come back already, in øre."""
    total = select(func.coalesce(func.sum(Refund.amount), 0)).where(Refund.payout_id == payout_id)
    return Oere(int(session.execute(total).scalar_one()))


def refunds_of(session: Session, enrolment_id: UUID) -> Sequence[Refund]:
    """Return an enrolment's refunds, newest first."""
    newest_first = select(Refund).where(Refund.enrolment_id == enrolment_id).order_by(Refund.id.desc())
    return session.scalars(newest_first).all()


def book_refunds(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `refund.book` for the current tenant."""
    with unit_of_work() as session:
        orders = [(work, *_order_of(session, work)) for work in works]
    outcomes = ask_at_once([partial(_book, provider, order, key) for _, provider, order, key in orders])
    with unit_of_work() as session:
        for (work, *_), outcome in zip(orders, outcomes, strict=True):
            _settle(session, work, outcome)


def _order_of(session: Session, work: ClaimedWork) -> tuple[PayoutProvider, PaymentOrder, str]:
    refund = session.get_one(Refund, (current_tenant_id(), work.subject_id))
    payout = session.get_one(Payout, (current_tenant_id(), refund.payout_id))
    order = PaymentOrder(
        payout_id=payout.id,
        attempt=1,
        amount=Oere(refund.amount),
        payee=Payee(payout.payee_name, payout.payee_cvr),
        code=payout.code,
        purpose=payout.purpose,
        account=payout.account,
        due_on=clock.today(),
        invoice_number=refund.credit_note_number,
    )
    return tenant_providers().payout_provider(payout.provider), order, idempotency_key(refund.id)


def _book(provider: PayoutProvider, order: PaymentOrder, key: str) -> Outcome:
    """Look up first: this work may have been done by a worker that died before it could say so."""
    found = looked_up(lambda: provider.look_up(key))
    return found or outcome_of(lambda: provider.take_back(order, key))


def _settle(session: Session, work: ClaimedWork, outcome: Outcome) -> None:
    match outcome:
        case Completed(reference=reference):
            _booked(session, work.subject_id, reference)
            finish_work(session, [work])
        case Refused(code=code):
            park_work(session, work, because=f"the accounting system refused it: {code}")
        case Accepted() | Unknown():
            wait = wait_before_asking_again(work.tries)
            postpone_work(session, work, by=wait, because=type(outcome).__name__)


def _booked(session: Session, refund_id: UUID, reference: str) -> None:
    refund = session.scalars(select(Refund).where(Refund.id == refund_id).with_for_update()).one()
    if refund.state == RefundState.APPROVED:
        refund.state, refund.voucher_number, refund.booked_at = RefundState.BOOKED, reference, clock.now()
        _record(session, AuditEvent.REFUND_BOOKED, refund, SYSTEM, reference=reference)


def _record(
    session: Session, event: AuditEvent, refund: Refund, by: Actor, **detail: str | int | None
) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="refund",
        subject_id=refund.id,
        enrolment_id=refund.enrolment_id,
        **detail,
    )
