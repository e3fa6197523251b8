"""Having an approved reminder fee booked and paid: look up first, send once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.invoices.records import record_invoice
from raaderum.invoices.reminder_rules import FeeState
from raaderum.invoices.tables import InboxInvoice, ReminderFee
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.payouts.rules import wait_before_asking_again
from raaderum.persistence.batches import together_or_apart
from raaderum.persistence.outbox import ClaimedWork, ask_again, finish_work, park_work, postpone_work
from raaderum.plugin_api import Accepted, Completed, Outcome, Payee, PaymentOrder, Refused, Unknown
from raaderum.plugin_host.guard import Question, answers_in_waves, looked_up, outcome_of
from raaderum.plugin_host.providers import tenant_providers
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from raaderum.plugin_api import PayoutProvider


@dataclass(frozen=True, slots=True)
class FeeBooking:
    """One fee that this worker has taken on."""

    work: ClaimedWork
    order: PaymentOrder
    key: str
    provider_name: str
    provider: PayoutProvider


Answered = tuple[FeeBooking, Outcome | None]
"""A booking with what the provider said; None: it was never asked."""


def book_fees(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `fee.book` for the current tenant."""
    in_order = sorted(works, key=lambda work: work.subject_id)
    bookings = together_or_apart(in_order, _take_on_all, put_off=_put_off)
    questions = [Question(one.provider_name, partial(_book, one)) for one in bookings]
    for wave in answers_in_waves(questions):
        answered = [(bookings[number], outcome) for number, outcome in wave.items()]
        together_or_apart(answered, _settle_all, put_off=_put_off_answered)


def _take_on_all(session: Session, works: Sequence[ClaimedWork]) -> list[FeeBooking]:
    return [booking for work in works if (booking := _take_on(session, work))]


def _settle_all(session: Session, answered: Sequence[Answered]) -> list[None]:
    for booking, outcome in answered:
        _settle(session, booking.work, outcome)
    return []


def _put_off(session: Session, work: ClaimedWork, because: str) -> None:
    postpone_work(session, work, by=wait_before_asking_again(work.tries), because=because)


def _put_off_answered(session: Session, answered: Answered, because: str) -> None:
    _put_off(session, answered[0].work, because)


def _take_on(session: Session, work: ClaimedWork) -> FeeBooking | None:
    """Return what to ask the provider; None where there is nothing left to do."""
    fee = session.get_one(ReminderFee, (current_tenant_id(), work.subject_id))
    if fee.state == FeeState.BOOKED:
        finish_work(session, [work])
        return None
    provider = tenant_providers().payout_providers.get(fee.provider)
    if provider is None:
        park_work(session, work, because=f"the provider {fee.provider} is not switched on")
        return None
    order = PaymentOrder(
        payout_id=fee.id,
        attempt=1,
        amount=Oere(fee.amount),
        payee=Payee(fee.payee_name, fee.payee_cvr),
        code=fee.code,
        purpose="Rykkergebyr",
        account=fee.account,
        due_on=fee.approved_at.astimezone(clock.COPENHAGEN).date(),
        invoice_number=fee.reminder_number,
    )
    return FeeBooking(work, order, f"fee:{fee.id}", fee.provider, provider)


def _book(booking: FeeBooking) -> Outcome:
    """Look up first: this work may have been done by a worker that died before it could say so."""
    found = looked_up(lambda: booking.provider.look_up(booking.key))
    if found is not None:
        return found
    return outcome_of(lambda: booking.provider.send(booking.order, booking.key))


def _settle(session: Session, work: ClaimedWork, outcome: Outcome | None) -> None:
    match outcome:
        case Completed(reference=reference):
            _booked(session, work, reference)
            finish_work(session, [work])
        case Refused(code=code):
            park_work(session, work, because=f"the accounting system refused it: {code}")
        case Accepted() | Unknown():
            # What may have been booked is asked about for as long as nobody knows, never parked out of sight.
            ask_again(session, [work], by=wait_before_asking_again(work.tries))
        case None:
            _put_off(session, work, "the provider is too slow to be asked")


def _booked(session: Session, work: ClaimedWork, reference: str) -> None:
    fee = session.get_one(ReminderFee, (current_tenant_id(), work.subject_id), with_for_update=True)
    if fee.state == FeeState.APPROVED:
        fee.state, fee.voucher_number, fee.booked_at = FeeState.BOOKED, reference, clock.now()
        row = session.get_one(InboxInvoice, (current_tenant_id(), fee.invoice_id))
        record_invoice(session, AuditEvent.FEE_BOOKED, row, SYSTEM, reference=reference)
