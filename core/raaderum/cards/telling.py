"""Why a payment was declined, in words, to the holder and to who stands at their side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.audit.actor import SYSTEM
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.cards.reading import card_account_of
from raaderum.cards.rules import REASON_TEXTS, Reason, wait_before_asking_again
from raaderum.cards.tables import CardFact, CardPayment
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel.money import format_kroner
from raaderum.kernel.text import Text
from raaderum.notices.rules import Words
from raaderum.notices.service import tell_citizen, tell_staff
from raaderum.persistence.batches import together_or_apart
from raaderum.persistence.outbox import ClaimedWork, finish_work, postpone_work
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

TELL_DECLINED: Final = "card.tell_declined"
_SUBJECT: Final = Text("Et køb med dit kort blev afvist", "A payment with your card was declined")


def tell_declined(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `card.tell_declined`: its subject is the fact of the answer."""
    in_order = sorted(works, key=lambda work: work.subject_id)
    together_or_apart(in_order, _tell_all, put_off=_put_off)


def words_of(session: Session, payment: CardPayment, *, reason: str | None = None) -> Text:
    """Return why a payment was answered as it was, in words that say what to do; '' where never asked."""
    known = reason or payment.reason
    if known is None:
        return Text("", "")
    account = card_account_of(session, payment.enrolment_id)
    return REASON_TEXTS[Reason(known)].filled(
        asked=format_kroner(payment.asked),
        approved=format_kroner(payment.approved),
        on_card=format_kroner(payment.on_card or 0),
        per_payment=format_kroner((account.per_payment if account else None) or 0),
    )


def _tell_all(session: Session, works: Sequence[ClaimedWork]) -> list[None]:
    for work in works:
        _tell(session, work)
    finish_work(session, works)
    return []


def _put_off(session: Session, work: ClaimedWork, because: str) -> None:
    postpone_work(session, work, by=wait_before_asking_again(work.tries), because=because)


def _tell(session: Session, work: ClaimedWork) -> None:
    fact = session.get_one(CardFact, (current_tenant_id(), work.subject_id))
    payment = session.get_one(CardPayment, (current_tenant_id(), fact.payment_id))
    enrolment = session.get_one(Enrolment, (current_tenant_id(), payment.enrolment_id))
    words = Words(_SUBJECT, words_of(session, payment, reason=fact.reason))
    key = f"card-declined:{fact.id}"
    tell_citizen(session, enrolment.citizen_id, words, key=key, enrolment_id=enrolment.id)
    tell_staff(session, [enrolment.support_person_id], words, key=key, enrolment_id=enrolment.id)
    record(
        session,
        AuditEvent.CARD_DECLINED,
        by=SYSTEM,
        subject_type="card_payment",
        subject_id=payment.id,
        enrolment_id=enrolment.id,
        reason=fact.reason,
        amount=payment.asked,
    )
