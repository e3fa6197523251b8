"""Payments that need somebody: those that failed, lost their approval, or of which nobody knows yet."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from raaderum.payouts import claims, contradictions, correcting, deciding, mending
from raaderum.payouts import service as payouts
from raaderum.payouts.decision_rules import UNKNOWN_BEFORE_DECIDING
from raaderum.payouts.rules import PAYOUT_STATE_NAMES
from raaderum.payouts.words import purpose_of
from raaderum.people.roles import Act, may
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.rendering import render
from raaderum.refunds import noting

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


class Paid(StrEnum):
    """The two answers to whether a payment was made."""

    YES = "yes"
    NO = "no"


def show_payouts(visit: Visit, session: Session) -> str:
    """Show the payments that need somebody, oldest first."""
    in_need = payouts.payouts_in_need(session)
    ids = [payout.id for payout in in_need]
    return render(
        "payouts.html",
        visit,
        in_need=in_need,
        purposes={payout.id: purpose_of(session, payout) for payout in in_need},
        attempts=payouts.attempts_of_payouts(session, ids),
        to_decide=deciding.payouts_to_decide(session),
        proposals=deciding.proposals_on(session, ids),
        hours=int(UNKNOWN_BEFORE_DECIDING.total_seconds() // 3600),
        groups=mending.failed_by_programme(session, by=visit.actor) if _retries(visit) else (),
        contradictions=contradictions.contradictions_waiting(session),
        claims=claims.claims_awaited(session, by=visit.actor) if _decides(visit) else (),
        refunds=noting.unbooked_refunds(session, by=visit.actor) if _decides(visit) else (),
        states=PAYOUT_STATE_NAMES,
    )


def retry_payout(visit: Visit, _typed: Typed, payout_id: UUID) -> Response:
    """Have a failed payment sent again."""
    with unit_of_work() as session:
        payouts.retry_payout(session, payout_id, by=visit.actor)
    return visit.go_to("show_payouts")


def retry_all_payouts(visit: Visit, typed: Typed) -> Response:
    """Have all failed payments of a group sent again, if they are those that were shown."""
    with unit_of_work() as session:
        mending.retry_all_failed(
            session,
            programme=typed.text("programme"),
            provider=typed.text("provider"),
            expected_count=typed.number("expected_count"),
            expected_total=typed.amount("expected_total"),
            by=visit.actor,
        )
    return visit.go_to("show_payouts")


def give_up_payout(visit: Visit, _typed: Typed, payout_id: UUID) -> Response:
    """Give a payment up; its money is free again."""
    with unit_of_work() as session:
        mending.give_up_payout(session, payout_id, by=visit.actor)
    return visit.go_to("show_payouts")


def approve_payout_again(visit: Visit, _typed: Typed, payout_id: UUID) -> Response:
    """Approve a payment as it is now, and have it sent."""
    with unit_of_work() as session:
        mending.approve_again(session, payout_id, by=visit.actor)
    return visit.go_to("show_payouts")


def propose_decision(visit: Visit, typed: Typed, payout_id: UUID) -> Response:
    """Propose what became of a payment that nobody knows of."""
    with unit_of_work() as session:
        deciding.check_undecided(session, payout_id, by=visit.actor)
        deciding.decide_unknown(
            session,
            payout_id,
            was_paid=typed.choice("was_paid", Paid) is Paid.YES,
            reference=typed.text("reference"),
            because=typed.text("because"),
            by=visit.actor,
        )
    return visit.go_to("show_payouts")


def confirm_decision(visit: Visit, _typed: Typed, payout_id: UUID) -> Response:
    """Confirm what somebody else proposed."""
    with unit_of_work() as session:
        deciding.confirm_decision(session, payout_id, by=visit.actor)
    return visit.go_to("show_payouts")


def reject_decision(visit: Visit, _typed: Typed, payout_id: UUID) -> Response:
    """Take a proposal away."""
    with unit_of_work() as session:
        deciding.reject_decision(session, payout_id, by=visit.actor)
    return visit.go_to("show_payouts")


def settle_contradiction(visit: Visit, typed: Typed, contradiction_id: UUID) -> Response:
    """Note what was found out about a contradicting word."""
    with unit_of_work() as session:
        contradictions.check_waiting(session, contradiction_id, by=visit.actor)
        contradictions.settle_contradiction(
            session, contradiction_id, because=typed.text("because"), by=visit.actor
        )
    return visit.go_to("show_payouts")


def propose_correction(visit: Visit, typed: Typed, contradiction_id: UUID) -> Response:
    """Propose that a payment told refused had been made."""
    with unit_of_work() as session:
        contradictions.check_waiting(session, contradiction_id, by=visit.actor)
        correcting.propose_paid(session, contradiction_id, because=typed.text("because"), by=visit.actor)
    return visit.go_to("show_payouts")


def confirm_correction(visit: Visit, _typed: Typed, contradiction_id: UUID) -> Response:
    """Confirm that a payment told refused had been made."""
    with unit_of_work() as session:
        correcting.confirm_paid(session, contradiction_id, by=visit.actor)
    return visit.go_to("show_payouts")


def reject_correction(visit: Visit, _typed: Typed, contradiction_id: UUID) -> Response:
    """Take the proposal away."""
    with unit_of_work() as session:
        correcting.reject_paid(session, contradiction_id, by=visit.actor)
    return visit.go_to("show_payouts")


def close_claim(visit: Visit, typed: Typed, claim_id: UUID) -> Response:
    """Say that money that nobody owed came back, or never will."""
    with unit_of_work() as session:
        claims.check_awaited(session, claim_id, by=visit.actor)
        claims.close_claim(
            session,
            claim_id,
            came_back=typed.choice("came_back", Paid) is Paid.YES,
            reference=typed.text("reference"),
            because=typed.text("because"),
            by=visit.actor,
        )
    return visit.go_to("show_payouts")


def note_refund(visit: Visit, typed: Typed, refund_id: UUID) -> Response:
    """Note that a credit note is booked in the accounting system."""
    with unit_of_work() as session:
        noting.check_unbooked(session, refund_id, by=visit.actor)
        noting.note_booked(
            session,
            refund_id,
            voucher_number=typed.text("voucher_number"),
            because=typed.text("because"),
            by=visit.actor,
        )
    return visit.go_to("show_payouts")


def _decides(visit: Visit) -> bool:
    return may(visit.actor, Act.DECIDE_UNKNOWN_PAYOUT)


def _retries(visit: Visit) -> bool:
    return may(visit.actor, Act.RETRY_PAYOUT)
