"""Claiming back what left and nobody owed. The municipality bears it meanwhile, never the citizen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import SYSTEM, person_of
from raaderum.audit.events import AuditEvent
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import open_accounts, post
from raaderum.payouts.claim_rules import CLAIM_STATE_NAMES, ClaimClosed, ClaimState
from raaderum.payouts.decision_rules import check_because, check_four_eyes, check_reference
from raaderum.payouts.service import get_payout, record_payout
from raaderum.payouts.tables import Payout, PayoutClaim
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.programmes.installed import programme_id
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_ACCOUNTS = (AccountKind.FUNDING, AccountKind.CLAIMS, AccountKind.LOSSES)


def make_claim(
    session: Session, payout: Payout, attempt_id: UUID, *, reference: str, by: Actor
) -> PayoutClaim:
    """Record that a payment was made beside what was owed; the payout is locked, and stays as it is."""
    enrolment = session.get_one(Enrolment, (current_tenant_id(), payout.enrolment_id))
    claim = PayoutClaim(
        id=new_id(),
        payout_id=payout.id,
        attempt_id=attempt_id,
        amount=payout.amount,
        reference=reference,
        programme=enrolment.programme,
        state=ClaimState.AWAITED,
        made_by=person_of(by),
    )
    insert(session, claim)
    open_accounts(session, programme_id(claim.programme), _ACCOUNTS)
    _move(session, claim, TransactionKind.CLAIM, AccountKind.FUNDING, AccountKind.CLAIMS)
    record_payout(session, AuditEvent.PAYOUT_CLAIMED, payout, by, amount=claim.amount, reference=reference)
    return claim


def claims_awaited(session: Session, *, by: Actor) -> Sequence[tuple[PayoutClaim, Payout]]:
    """Return what is to come back, the oldest first, each with its payout."""
    require(by, Act.DECIDE_UNKNOWN_PAYOUT)
    awaited = (
        select(PayoutClaim, Payout)
        .join(Payout, Payout.id == PayoutClaim.payout_id)
        .where(PayoutClaim.state == ClaimState.AWAITED)
        .order_by(PayoutClaim.id)
    )
    return [(claim, payout) for claim, payout in session.execute(awaited)]


def close_claim(
    session: Session, claim_id: UUID, *, came_back: bool, reference: str, because: str, by: Actor
) -> PayoutClaim:
    """Say that the money came back, or that it never will and the municipality bears it.

    By another than whoever confirmed that it left. Raises `NotFound`, `ClaimClosed`, `PartInPayment`,
    `BecauseMissing`, and `ReferenceMissing` for money that came back.
    """
    claim = check_awaited(session, claim_id, by=by)
    written, shown = check_because(because), check_reference(reference, was_paid=came_back)
    check_four_eyes(by.person_id, claim.made_by)
    seal_field(session, claim, "because", written)
    claim.closed_by = person_of(by)
    _close(session, claim, ClaimState.BACK if came_back else ClaimState.WRITTEN_OFF, shown, by)
    return claim


def check_awaited(session: Session, claim_id: UUID, *, by: Actor) -> PayoutClaim:
    """Return a claim that nobody has closed, locked; raise `NotFound` or `ClaimClosed`."""
    require(by, Act.DECIDE_UNKNOWN_PAYOUT)
    claim = session.scalar(select(PayoutClaim).where(PayoutClaim.id == claim_id).with_for_update())
    if claim is None:
        raise NotFound(where="claim")
    if claim.state != ClaimState.AWAITED:
        name = CLAIM_STATE_NAMES[ClaimState(claim.state)]
        raise ClaimClosed(where="claim", state=name.danish, state_english=name.english)
    return claim


def find_claim(session: Session, payout_id: UUID, *, amount: int) -> PayoutClaim | None:
    """Return the oldest claim on a payout that money of `amount` øre would close, locked; None without."""
    return session.scalar(
        select(PayoutClaim)
        .where(
            PayoutClaim.payout_id == payout_id,
            PayoutClaim.state == ClaimState.AWAITED,
            PayoutClaim.amount == amount,
        )
        .order_by(PayoutClaim.id)
        .limit(1)
        .with_for_update()
    )


def close_by_bank(session: Session, claim: PayoutClaim, *, reference: str) -> None:
    """Book that the bank has brought back what a locked claim is about."""
    _close(session, claim, ClaimState.BACK, reference, SYSTEM)


def _close(session: Session, claim: PayoutClaim, state: ClaimState, reference: str | None, by: Actor) -> None:
    claim.state, claim.back_reference, claim.closed_at = state, reference, clock.now()
    is_back = state is ClaimState.BACK
    kind = TransactionKind.CLAIM_BACK if is_back else TransactionKind.WRITE_OFF
    target = AccountKind.FUNDING if is_back else AccountKind.LOSSES
    _move(session, claim, kind, AccountKind.CLAIMS, target)
    event = AuditEvent.PAYOUT_CLAIM_BACK if is_back else AuditEvent.PAYOUT_CLAIM_WRITTEN_OFF
    payout = get_payout(session, claim.payout_id)
    record_payout(session, event, payout, by, amount=claim.amount, reference=reference)


def _move(
    session: Session, claim: PayoutClaim, kind: TransactionKind, source: AccountKind, target: AccountKind
) -> None:
    owner = programme_id(claim.programme)
    post(
        session,
        kind,
        Move(Oere(claim.amount), Account(source, owner), Account(target, owner)),
        key=f"{kind}:{claim.id}",
        subject_id=claim.id,
    )
