"""People decide what became of a payment that nobody knew of: one proposes, another confirms.

The provider is asked all the while. What it tells before the second person has confirmed counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.payouts.decision_rules import (
    UNKNOWN_BEFORE_DECIDING,
    DecisionState,
    DecisionWaiting,
    NothingProposed,
    NotUnknown,
    TooEarlyToDecide,
    check_because,
    check_four_eyes,
    check_reference,
)
from raaderum.payouts.rules import OPEN_ATTEMPTS, PAYOUT_STATE_NAMES, PayoutState
from raaderum.payouts.service import locked_payout, record_payout
from raaderum.payouts.settling import TOLD_BY_PEOPLE, ToldOf, settle_all_open
from raaderum.payouts.tables import Payout, PayoutAttempt, PayoutDecision
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.plugin_api import Completed, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

NOT_PAID: Final = "decided_not_paid"


@dataclass(frozen=True, slots=True)
class OpenedDecision:
    """A decision with what it rests on."""

    decision: PayoutDecision
    because: str


def decide_unknown(
    session: Session, payout_id: UUID, *, was_paid: bool, reference: str, because: str, by: Actor
) -> PayoutDecision:
    """Propose what became of a payout that has been unknown for hours; another must confirm it.

    Raises `NotUnknown`, `TooEarlyToDecide`, `DecisionWaiting`, `PartInPayment` for who asked for the
    money or approved it, `BecauseMissing`, and `ReferenceMissing` for one that is said to be paid.
    """
    payout = check_undecided(session, payout_id, by=by)
    written = check_because(because)
    shown = check_reference(reference, was_paid=was_paid)
    check_four_eyes(by.person_id, payout.requested_by, payout.approved_by)
    if _proposal(session, payout_id) is not None:
        raise DecisionWaiting(where="payout")
    decision = PayoutDecision(
        id=new_id(),
        payout_id=payout.id,
        attempt_id=_open_attempt(session, payout).id,
        was_paid=was_paid,
        reference=shown,
        state=DecisionState.PROPOSED,
        proposed_by=person_of(by),
    )
    seal_field(session, decision, "because", written)
    insert(session, decision)
    record_payout(session, AuditEvent.PAYOUT_DECISION_PROPOSED, payout, by, was_paid=int(was_paid))
    return decision


def confirm_decision(session: Session, payout_id: UUID, *, by: Actor) -> Payout:
    """Confirm what somebody else proposed, and settle the payout by it.

    One that was not paid has failed: it can be tried again under a new key, or given up. Raises what
    `decide_unknown` raises, and `NothingProposed`.
    """
    payout = check_undecided(session, payout_id, by=by)
    decision = _proposed(session, payout_id)
    check_four_eyes(by.person_id, payout.requested_by, payout.approved_by, decision.proposed_by)
    attempt = _open_attempt(session, payout)
    outcome = (
        Completed(decision.reference or "")
        if decision.was_paid
        else Refused(NOT_PAID, Text("Afgjort: ikke betalt.", "Decided: not paid."))
    )
    _close(decision, DecisionState.CONFIRMED, by)
    event = AuditEvent.PAYOUT_DECISION_CONFIRMED
    record_payout(session, event, payout, by, was_paid=int(decision.was_paid))
    settle_all_open(session, [ToldOf(payout, attempt, outcome)], told_by=TOLD_BY_PEOPLE)
    return payout


def reject_decision(session: Session, payout_id: UUID, *, by: Actor) -> PayoutDecision:
    """Take a proposal away, one's own or another's, so that another can be made."""
    require(by, Act.DECIDE_UNKNOWN_PAYOUT)
    payout = locked_payout(session, payout_id)
    decision = _proposed(session, payout_id)
    _close(decision, DecisionState.REJECTED, by)
    record_payout(session, AuditEvent.PAYOUT_DECISION_REJECTED, payout, by)
    return decision


def payouts_to_decide(session: Session) -> set[UUID]:
    """Return the ids of the payouts that have been unknown for so long that people decide."""
    return set(
        session.scalars(
            select(Payout.id).where(
                Payout.state == PayoutState.UNKNOWN,
                Payout.unknown_since <= func.now() - UNKNOWN_BEFORE_DECIDING,
            )
        )
    )


def proposals_waiting(session: Session) -> Sequence[PayoutDecision]:
    """Return every proposal that waits to be confirmed, the oldest first."""
    waiting = (
        select(PayoutDecision)
        .where(PayoutDecision.state == DecisionState.PROPOSED)
        .order_by(PayoutDecision.id)
    )
    return session.scalars(waiting).all()


def proposals_on(session: Session, payout_ids: Sequence[UUID]) -> dict[UUID, OpenedDecision]:
    """Return the proposal that waits on each of these payouts, where there is one."""
    waiting = select(PayoutDecision).where(
        PayoutDecision.payout_id.in_(payout_ids), PayoutDecision.state == DecisionState.PROPOSED
    )
    return {
        one.payout_id: OpenedDecision(one, open_field(session, one, "because"))
        for one in session.scalars(waiting)
    }


def check_undecided(session: Session, payout_id: UUID, *, by: Actor) -> Payout:
    """Return a payout that people may decide on now, locked; raise `NotUnknown` or `TooEarlyToDecide`."""
    require(by, Act.DECIDE_UNKNOWN_PAYOUT)
    payout = locked_payout(session, payout_id)
    if payout.state != PayoutState.UNKNOWN:
        name = PAYOUT_STATE_NAMES[PayoutState(payout.state)]
        raise NotUnknown(where="payout", state=name.danish, state_english=name.english)
    now = session.execute(select(func.now())).scalar_one()
    if payout.unknown_since is None or payout.unknown_since > now - UNKNOWN_BEFORE_DECIDING:
        hours = UNKNOWN_BEFORE_DECIDING.total_seconds() // 3600
        raise TooEarlyToDecide(where="payout", hours=int(hours))
    return payout


def _open_attempt(session: Session, payout: Payout) -> PayoutAttempt:
    return session.scalars(
        select(PayoutAttempt)
        .where(PayoutAttempt.payout_id == payout.id, PayoutAttempt.state.in_(OPEN_ATTEMPTS))
        .with_for_update()
    ).one()


def _proposal(session: Session, payout_id: UUID) -> PayoutDecision | None:
    return session.scalar(
        select(PayoutDecision)
        .where(PayoutDecision.payout_id == payout_id, PayoutDecision.state == DecisionState.PROPOSED)
        .with_for_update()
    )


def _proposed(session: Session, payout_id: UUID) -> PayoutDecision:
    decision = _proposal(session, payout_id)
    if decision is None:
        raise NothingProposed(where="payout")
    return decision


def _close(decision: PayoutDecision, state: DecisionState, by: Actor) -> None:
    decision.state, decision.decided_by, decision.decided_at = state, person_of(by), clock.now()
