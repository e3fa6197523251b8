"""Keeping a due true to its card payment: drawn in parts, drawn again, come back, disputed and won.

What had closed because of a receipt that is not needed any more opens in the same transaction.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, or_, select

from raaderum.audit.actor import SYSTEM
from raaderum.cards.tables import CardPayment
from raaderum.enrolments.service import locked_enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.notices.service import tell_citizen, tell_staff
from raaderum.persistence.batches import together_or_apart
from raaderum.persistence.outbox import ClaimedWork, finish_work, postpone_work
from raaderum.programmes.installed import rules_of
from raaderum.receipts import wording
from raaderum.receipts.following_up import closing_of
from raaderum.receipts.locks import open_again
from raaderum.receipts.opening import earlier_in_month, open_due, paid_by_card, record_judged
from raaderum.receipts.rules import SETTLED_FOR_AN_AMOUNT, PaidBy, Proof, proof_after
from raaderum.receipts.tables import ReceiptDue
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.enrolments.tables import Enrolment
    from raaderum.programmes.rules import ProgrammeVersion

_FIRST_WAIT: Final = timedelta(seconds=5)


def follow_spent(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `card.spent_changed` for the current tenant."""
    in_order = sorted(works, key=lambda work: work.subject_id)
    together_or_apart(in_order, _follow_all, put_off=_put_off)


def follow_payment(session: Session, payment_id: UUID) -> None:
    """Bring the due of one card payment to what has gone out for it by now. Twice does no harm."""
    payment = session.get_one(CardPayment, (current_tenant_id(), payment_id))
    enrolment = locked_enrolment(session, payment.enrolment_id, by=SYSTEM)
    session.refresh(payment)
    row = session.scalar(select(ReceiptDue).where(ReceiptDue.card_payment_id == payment_id).with_for_update())
    now = Oere(max(0, payment.captured - payment.refunded))
    if row is not None:
        _bring_to(session, row, enrolment, now)
    elif now > 0:
        open_due(session, paid_by_card(payment))


def moved_payments(session: Session) -> Sequence[UUID]:
    """Return the card payments whose due does not know yet what has gone out for them."""
    now = func.greatest(CardPayment.captured - CardPayment.refunded, 0)
    let_go = ReceiptDue.state.in_(SETTLED_FOR_AN_AMOUNT)
    moved = or_(and_(let_go, now > ReceiptDue.amount), and_(~let_go, now != ReceiptDue.amount))
    return session.scalars(
        select(CardPayment.id)
        .join(ReceiptDue, ReceiptDue.card_payment_id == CardPayment.id)
        .where(moved)
        .order_by(CardPayment.enrolment_id, CardPayment.id)
    ).all()


def _bring_to(session: Session, row: ReceiptDue, enrolment: Enrolment, now: Oere) -> None:
    rules, proof = rules_of(enrolment.programme, enrolment.rules_from), Proof(row.state)
    earlier = earlier_in_month(session, enrolment.id, paid_on=row.paid_on, besides=row.id)
    wanted = proof_after(
        rules.receipt_rules, proof, before=Oere(row.amount), now=now, earlier_in_month=earlier
    )
    if wanted == proof and proof in SETTLED_FOR_AN_AMOUNT:
        # It keeps the amount that somebody let it go at: only a draw beyond that is news.
        return
    row.amount = now
    if wanted == proof:
        return
    row.state = wanted
    if wanted is Proof.NOT_NEEDED:
        row.settled_at = clock.now()
        open_again(session, row, by=SYSTEM)
    else:
        _ask_anew(session, row, enrolment, rules)
    record_judged(session, row)


def _ask_anew(session: Session, row: ReceiptDue, enrolment: Enrolment, rules: ProgrammeVersion) -> None:
    row.due_on = max(row.due_on, clock.today() + timedelta(days=rules.receipt_days))
    row.reminded_at = row.warned_at = row.settled_at = row.settled_by = None
    closing = closing_of(row, rules, now=clock.now())
    words = wording.drawn_again(
        wording.what_will_happen(PaidBy(row.paid_by), due_on=row.due_on, closing=closing)
    )
    key = f"receipt:{row.id}:{row.amount}:drawn-again"
    tell_citizen(session, enrolment.citizen_id, words, key=key, enrolment_id=enrolment.id)
    tell_staff(session, [enrolment.support_person_id], words, key=key, enrolment_id=enrolment.id)


def _follow_all(session: Session, works: Sequence[ClaimedWork]) -> list[None]:
    for work in works:
        follow_payment(session, work.subject_id)
    finish_work(session, works)
    return []


def _put_off(session: Session, work: ClaimedWork, because: str) -> None:
    postpone_work(session, work, by=_FIRST_WAIT * (1 << min(work.tries - 1, 7)), because=because)
