"""Taking a payment back before anything was sent: the supplier has credited it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.kernel.errors import Conflict
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.ledger.rules import Move, TransactionKind
from raaderum.ledger.service import post
from raaderum.payouts.disputes import check_undisputed
from raaderum.payouts.rules import PAYOUT_STATE_NAMES, PayoutState
from raaderum.payouts.service import (
    QUEUE,
    SEND,
    clearing_account,
    committed_account,
    digest_of,
    record_payout,
)
from raaderum.payouts.tables import Payout
from raaderum.payouts.words import describe_payout, purpose_of
from raaderum.persistence.database import insert
from raaderum.persistence.outbox import add_work
from raaderum.purchases.codes import unused_code

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

NOT_SENT: Final = frozenset({PayoutState.RESERVED, PayoutState.FAILED, PayoutState.APPROVAL_VOID})
"""Nothing of it is with the provider, nor will be without another act."""


class PaymentUnderWay(Conflict):
    """A payment was to be taken back while nobody can say what becomes of it."""

    code = "payment_under_way"
    text = Text(
        "Betalingen er »{state}«. Vent med kreditnotaen, til vi ved, hvad der blev af den.",
        "The payment is “{state_english}”. Leave the credit note until we know what became of it.",
    )


def cancel_payout(session: Session, payout: Payout, *, by: Actor) -> None:
    """Take a locked payout back; its money is set aside for the purchase again.

    Raises `PaymentUnderWay` once something may have been sent, `PaymentDisputed` where it is said to be paid.
    """
    state = PayoutState(payout.state)
    if state not in NOT_SENT:
        name = PAYOUT_STATE_NAMES[state]
        raise PaymentUnderWay(where="payout", state=name.danish, state_english=name.english)
    check_undisputed(session, payout.id)
    if state is PayoutState.RESERVED:
        post(
            session,
            TransactionKind.RESTORE,
            Move(Oere(payout.amount), clearing_account(payout.provider), committed_account(payout)),
            key=f"cancel:{payout.id}",
            subject_id=payout.id,
        )
    payout.state = PayoutState.CANCELLED
    record_payout(session, AuditEvent.PAYOUT_CANCELLED, payout, by, amount=payout.amount)


def replace_payout(session: Session, cancelled: Payout, amount: Oere, *, by: Actor) -> Payout:
    """Reserve `amount` øre in the place of a payout that was just cancelled: what is left of its invoice.

    It is a payment of its own with a code of its own, approved by who approved the credit note.
    """
    payout = Payout(
        id=new_id(),
        enrolment_id=cancelled.enrolment_id,
        purchase_id=cancelled.purchase_id,
        provider=cancelled.provider,
        amount=amount,
        code=unused_code(session),
        payee_name=cancelled.payee_name,
        payee_cvr=cancelled.payee_cvr,
        account=cancelled.account,
        invoice_number=cancelled.invoice_number,
        due_on=cancelled.due_on,
        state=PayoutState.RESERVED,
        requested_by=cancelled.requested_by,
        approved_by=person_of(by),
    )
    describe_payout(session, payout, purpose_of(session, cancelled))
    payout.approval_digest = digest_of(session, payout)
    insert(session, payout)
    post(
        session,
        TransactionKind.RESERVE,
        Move(amount, committed_account(payout), clearing_account(payout.provider)),
        key=f"reserve:{payout.id}:1",
        subject_id=payout.id,
    )
    add_work(session, queue=QUEUE, kind=SEND, subject_id=payout.id)
    record_payout(session, AuditEvent.PAYOUT_RESERVED, payout, by, amount=amount)
    return payout
