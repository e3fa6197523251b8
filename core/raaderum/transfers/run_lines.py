"""The payouts of a run, made, accepted and taken back by the thousand: a few statements, not one for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from raaderum.audit.actor import SYSTEM, person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import AccountKind, Move, TransactionKind
from raaderum.ledger.service import Posting, open_accounts, post_all
from raaderum.payouts.rules import OPEN_ATTEMPTS, AttemptState, PayoutState, idempotency_key
from raaderum.payouts.service import clearing_account, committed_account, digest_of, record_payout
from raaderum.payouts.settling import TOLD_BY_WORKER
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.payouts.words import describe_payout
from raaderum.persistence.many_rows import among, insert_all
from raaderum.plans.tables import PlanItem
from raaderum.purchases.parts import left_of, take_part
from raaderum.purchases.payees import PAYEE_KIND_NAMES, PayeeKind, keep_payee, payee_kept
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import description_of
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant
from raaderum.transfers.tables import PaymentRunLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.transfers.run_rules import Candidate
    from raaderum.transfers.tables import PaymentRun

_FIRST: Final = 1


def reserve_all(session: Session, run: PaymentRun, going: Sequence[Candidate], *, by: Actor) -> None:
    """Set the money of all candidates apart and open an attempt for each; they must be locked."""
    open_accounts(session, clearing_account(run.provider).owner_id, [AccountKind.CLEARING])
    payouts = _new_payouts(session, run, [one for one in going if one.payout_id is None], by)
    again = _failed_again(session, [one.payout_id for one in going if one.payout_id is not None])
    numbers = dict.fromkeys((payout.id for payout in payouts), _FIRST) | again
    everything = [*payouts, *_payouts(session, list(again))]
    insert_all(session, payouts)
    attempts = [_attempt(payout, numbers[payout.id]) for payout in everything]
    insert_all(session, attempts)
    insert_all(session, [_line(run, attempt) for attempt in attempts])
    post_all(
        session,
        [
            Posting(
                TransactionKind.RESERVE,
                [Move(Oere(one.amount), committed_account(one), clearing_account(run.provider))],
                key=f"reserve:{one.id}:{numbers[one.id]}",
                subject_id=one.id,
            )
            for one in everything
        ],
    )
    for one in everything:
        event = AuditEvent.PAYOUT_RETRIED if one.id in again else AuditEvent.PAYOUT_RESERVED
        record_payout(session, event, one, by, amount=one.amount, run=str(run.id))


def accept_all(session: Session, run: PaymentRun, reference: str) -> None:
    """Note that the provider has taken in whatever of a run is open and not told of otherwise."""
    lines = select(PaymentRunLine.attempt_id).where(PaymentRunLine.run_id == run.id)
    accepted = session.execute(
        update(PayoutAttempt)
        .where(PayoutAttempt.id.in_(lines), PayoutAttempt.state == AttemptState.SENDING)
        .values(state=AttemptState.ACCEPTED, provider_reference=reference)
        .returning(PayoutAttempt.payout_id)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Payout)
        .where(among(Payout.id, [row.payout_id for row in accepted]), Payout.state == PayoutState.RESERVED)
        .values(state=PayoutState.SENDING)
        .execution_options(synchronize_session=False)
    )


def fail_all(session: Session, run: PaymentRun, *, code: str, by: Actor = SYSTEM) -> None:
    """End every open attempt of a run without payment: the money is set aside again."""
    open_lines = (
        select(Payout, PayoutAttempt)
        .join(PaymentRunLine, PaymentRunLine.payout_id == Payout.id)
        .join(PayoutAttempt, PayoutAttempt.id == PaymentRunLine.attempt_id)
        .where(PaymentRunLine.run_id == run.id, PayoutAttempt.state.in_(OPEN_ATTEMPTS))
        .order_by(Payout.id)
        .with_for_update(of=[Payout, PayoutAttempt])
        .execution_options(populate_existing=True)
    )
    postings = []
    for payout, attempt in session.execute(open_lines):
        attempt.state, attempt.finished_at = AttemptState.REFUSED, clock.now()
        attempt.explanation, attempt.told_by = code, TOLD_BY_WORKER
        payout.state, payout.unknown_since = PayoutState.FAILED, None
        back = Move(Oere(payout.amount), clearing_account(payout.provider), committed_account(payout))
        key = f"restore:{payout.id}:{attempt.number}"
        postings.append(Posting(TransactionKind.RESTORE, [back], key=key, subject_id=payout.id))
        record_payout(session, AuditEvent.PAYOUT_FAILED, payout, by, reason=code)
    session.flush()
    post_all(session, postings)


def _new_payouts(session: Session, run: PaymentRun, going: Sequence[Candidate], by: Actor) -> list[Payout]:
    found = session.execute(
        select(Purchase, PlanItem.category)
        .join(PlanItem, PlanItem.id == Purchase.plan_item_id)
        .where(among(Purchase.id, [one.purchase_id for one in going]))
        .order_by(Purchase.id)
    ).all()
    made = []
    for purchase, category in found:
        made.append(_as_payout(session, run, purchase, category, by))
        take_part(purchase, left_of(purchase))
        purchase.state = PurchaseState.CLOSED
        record(
            session,
            AuditEvent.PURCHASE_CLOSED,
            by=by,
            subject_type="purchase",
            subject_id=purchase.id,
            enrolment_id=purchase.enrolment_id,
            code=purchase.code,
        )
    session.flush()
    return made


def _as_payout(session: Session, run: PaymentRun, purchase: Purchase, category: str, by: Actor) -> Payout:
    kind = PayeeKind(str(purchase.payee_kind))
    payout = Payout(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=purchase.enrolment_id,
        purchase_id=purchase.id,
        provider=run.provider,
        amount=left_of(purchase),
        code=purchase.code,
        payee_name=PAYEE_KIND_NAMES[kind].danish,
        account=current_tenant().account_for(category),
        due_on=run.pay_on,
        state=PayoutState.RESERVED,
        requested_by=purchase.requested_by,
        approved_by=person_of(by),
    )
    describe_payout(session, payout, description_of(session, purchase))
    keep_payee(session, payout, payee_kept(session, purchase, kind))
    payout.approval_digest = digest_of(session, payout)
    return payout


def _failed_again(session: Session, payout_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Let payouts that failed be sent once more; return the number of each one's next attempt."""
    if not payout_ids:
        return {}
    session.execute(
        update(Payout)
        .where(among(Payout.id, payout_ids))
        .values(state=PayoutState.RESERVED)
        .execution_options(synchronize_session=False)
    )
    tried = (
        select(PayoutAttempt.payout_id, func.max(PayoutAttempt.number))
        .where(among(PayoutAttempt.payout_id, payout_ids))
        .group_by(PayoutAttempt.payout_id)
    )
    return {payout_id: number + 1 for payout_id, number in session.execute(tried)}


def _payouts(session: Session, ids: Sequence[UUID]) -> Sequence[Payout]:
    if not ids:
        return ()
    return session.scalars(select(Payout).where(among(Payout.id, ids)).order_by(Payout.id)).all()


def _attempt(payout: Payout, number: int) -> PayoutAttempt:
    return PayoutAttempt(
        id=new_id(),
        tenant_id=current_tenant_id(),
        payout_id=payout.id,
        number=number,
        idempotency_key=idempotency_key(payout.id, number),
        state=AttemptState.SENDING,
    )


def _line(run: PaymentRun, attempt: PayoutAttempt) -> PaymentRunLine:
    return PaymentRunLine(
        id=new_id(),
        tenant_id=current_tenant_id(),
        run_id=run.id,
        payout_id=attempt.payout_id,
        attempt_id=attempt.id,
    )
