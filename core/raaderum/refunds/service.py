"""Approving a refund, and having it booked by the provider that paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.audit.actor import SYSTEM, Actor, person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.crash_points import crash_point
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import post
from raaderum.payouts.rules import PayoutState, wait_before_asking_again
from raaderum.payouts.service import QUEUE, locked_payout, order_of
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.persistence.batches import together_or_apart
from raaderum.persistence.database import insert
from raaderum.persistence.outbox import (
    ClaimedWork,
    add_work,
    ask_again,
    finish_work,
    park_work,
    postpone_work,
)
from raaderum.plans.rules import OwnProposal
from raaderum.plugin_api import Accepted, Completed, Outcome, PaymentOrder, Refused, Unknown
from raaderum.plugin_host.guard import Question, answers_in_waves, looked_up, outcome_of
from raaderum.plugin_host.providers import tenant_providers
from raaderum.purchases.parts import give_part_back, is_open
from raaderum.refunds.rules import NothingPaid, RefundKind, RefundState, check_amount, idempotency_key
from raaderum.refunds.tables import Refund
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.plugin_api import PayoutProvider
    from raaderum.purchases.tables import Purchase

BOOK: Final = "refund.book"


@dataclass(frozen=True, slots=True)
class Booking:
    """One refund that this worker has taken on."""

    work: ClaimedWork
    order: PaymentOrder
    key: str
    provider_name: str
    provider: PayoutProvider


Answered = tuple[Booking, Outcome | None]
"""A booking with what the provider said; None: it was never asked."""


def approve_refund(
    session: Session,
    payout_id: UUID,
    *,
    amount: Oere,
    credit_note_number: str,
    by: Actor,
    purchase: Purchase | None = None,
) -> Refund:
    """Give `amount` øre of a paid payout back to the citizen's account and have it booked.

    Where its `purchase` is given, locked, and still open, the money is set aside for it again.
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
        kind=RefundKind.CREDIT_NOTE,
        amount=amount,
        credit_note_number=credit_note_number,
        to_purchase=purchase is not None and is_open(purchase),
        state=RefundState.APPROVED,
        requested_by=payout.requested_by,
        approved_by=person_of(by),
    )
    insert(session, refund)
    post(
        session,
        TransactionKind.REFUND,
        Move(
            amount,
            Account(AccountKind.SPENT, payout.enrolment_id),
            Account(
                AccountKind.COMMITTED if refund.to_purchase else AccountKind.AVAILABLE, payout.enrolment_id
            ),
        ),
        key=f"refund:{refund.id}",
        subject_id=refund.id,
    )
    if purchase is not None:
        give_part_back(purchase, amount)
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
    # Two workers of one tenant take their locks in the same order, so that neither waits for the other.
    in_order = sorted(works, key=lambda work: work.subject_id)
    bookings = together_or_apart(in_order, _take_on_all, put_off=_put_off)
    questions = [Question(one.provider_name, partial(_book, one)) for one in bookings]
    for wave in answers_in_waves(questions):
        answered = [(bookings[number], outcome) for number, outcome in wave.items()]
        together_or_apart(answered, _settle_all, put_off=_put_off_answered)
        crash_point("book:after-commit")


def _take_on_all(session: Session, works: Sequence[ClaimedWork]) -> list[Booking]:
    return [booking for work in works if (booking := _take_on(session, work))]


def _settle_all(session: Session, answered: Sequence[Answered]) -> list[None]:
    for booking, outcome in answered:
        _settle(session, booking.work, outcome)
    crash_point("book:before-commit")
    return []


def _put_off(session: Session, work: ClaimedWork, because: str) -> None:
    postpone_work(session, work, by=wait_before_asking_again(work.tries), because=because)


def _put_off_answered(session: Session, answered: Answered, because: str) -> None:
    _put_off(session, answered[0].work, because)


def _take_on(session: Session, work: ClaimedWork) -> Booking | None:
    """Return what to ask the provider; None where there is nothing left to do."""
    refund = session.get_one(Refund, (current_tenant_id(), work.subject_id))
    if refund.state == RefundState.BOOKED:
        finish_work(session, [work])
        return None
    payout = session.get_one(Payout, (current_tenant_id(), refund.payout_id))
    provider = tenant_providers().payout_providers.get(payout.provider)
    if provider is None:
        park_work(session, work, because=f"the provider {payout.provider} is not switched on")
        return None
    order = replace(
        order_of(session, payout, attempt=1),
        amount=Oere(refund.amount),
        # Frozen at the approval: a repeated call must say the same as the first.
        due_on=refund.approved_at.astimezone(clock.COPENHAGEN).date(),
        invoice_number=refund.credit_note_number,
    )
    return Booking(work, order, idempotency_key(refund.id), payout.provider, provider)


def _book(booking: Booking) -> Outcome:
    """Look up first: this work may have been done by a worker that died before it could say so."""
    found = looked_up(lambda: booking.provider.look_up(booking.key))
    if found is not None:
        return found
    crash_point("take-back:before")
    outcome = outcome_of(lambda: booking.provider.take_back(booking.order, booking.key))
    crash_point("take-back:after")
    return outcome


def _settle(session: Session, work: ClaimedWork, outcome: Outcome | None) -> None:
    match outcome:
        case Completed(reference=reference):
            _booked(session, work.subject_id, reference)
            finish_work(session, [work])
        case Refused(code=code):
            park_work(session, work, because=f"the accounting system refused it: {code}")
        case Accepted() | Unknown():
            # What may have been booked is asked about for as long as nobody knows, never parked out of sight.
            ask_again(session, [work], by=wait_before_asking_again(work.tries))
        case None:
            _put_off(session, work, "the provider is too slow to be asked")


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
