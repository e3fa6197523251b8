"""Payouts that need people: tried again, given up, decided on; their evidence; and parked work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.casework import parked_work
from raaderum.enrolments.service import record_look_up
from raaderum.payouts import claims, contradictions, correcting, deciding, evidence, mending
from raaderum.payouts.service import get_payout
from raaderum.people.roles import Act
from raaderum.persistence.sealed_fields import open_field
from raaderum.refunds import noting
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.resources.shapes import shown_payout
from raaderum.web.schemas.payouts import (
    ClaimAnswer,
    ClaimClosedBody,
    ClaimsAnswer,
    ContradictionAnswer,
    ContradictionsAnswer,
    FailedAnswer,
    FailedQuery,
    ParkedWorkAnswer,
    PayoutDecisionAnswer,
    PayoutDecisionBody,
    PayoutDecisionsAnswer,
    PayoutEvidenceAnswer,
    RefundAnswer,
    RefundBookedBody,
    RefundsAnswer,
    RetryFailedBody,
    SettledBody,
    WorkAnswer,
)
from raaderum.web.schemas.purchases import PayoutAnswer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.payouts.tables import PayoutClaim, PayoutContradiction, PayoutDecision
    from raaderum.persistence.outbox import OutboxWork
    from raaderum.refunds.tables import Refund

resource = Resource("payout-care", __name__, description="Payouts that need people, and parked work.")
_PAYOUT = "/payouts/<uuid:payout_id>"
_CONTRADICTION = "/payout-contradictions/<uuid:contradiction_id>"


@resource.reads("/payouts/failed", act=Act.RETRY_PAYOUT, query=FailedQuery(), answer=FailedAnswer())
def count_failed_payouts(call: Call, query: dict[str, Any]) -> mending.FailedPayouts:
    """Count and sum the failed payouts.

    What trying them all again would send. Nothing is sent.
    """
    return mending.failed_payouts(call.session, **query, by=call.by)


@resource.writes("/payouts/retry-failed", act=Act.RETRY_PAYOUT, body=RetryFailedBody(), answer=FailedAnswer())
def retry_failed_payouts(call: WriteCall, body: dict[str, Any]) -> mending.FailedPayouts:
    """Try all failed payouts again.

    Each under a new key. Refused where they are no longer as many and as much as was shown.
    """
    return mending.retry_all_failed(call.session, **body, by=call.by)


@resource.writes(f"{_PAYOUT}/give-up", act=Act.GIVE_UP_PAYOUT, answer=PayoutAnswer())
def give_up_payout(call: WriteCall, payout_id: UUID) -> dict[str, Any]:
    """Give a payout up.

    One that failed or lost its approval. Its money is free again, or set aside for a purchase that is
    still open.
    """
    return shown_payout(call.session, mending.give_up_payout(call.session, payout_id, by=call.by))


@resource.writes(f"{_PAYOUT}/approve-again", act=Act.APPROVE_INVOICE, answer=PayoutAnswer())
def approve_payout_again(call: WriteCall, payout_id: UUID) -> dict[str, Any]:
    """Approve a payout as it is now.

    Its approval is void because payee, amount or purpose have changed since. It is sent under a new key.
    """
    return shown_payout(call.session, mending.approve_again(call.session, payout_id, by=call.by))


@resource.reads("/payout-decisions", act=Act.DECIDE_UNKNOWN_PAYOUT, answer=PayoutDecisionsAnswer())
def list_payout_decisions(call: Call) -> dict[str, Any]:
    """List the proposals that wait to be confirmed.

    The oldest comes first.
    """
    return {"items": [_shown(call.session, one) for one in deciding.proposals_waiting(call.session)]}


@resource.writes(
    f"{_PAYOUT}/decision",
    act=Act.DECIDE_UNKNOWN_PAYOUT,
    body=PayoutDecisionBody(),
    answer=PayoutDecisionAnswer(),
    status=201,
)
def propose_payout_decision(call: WriteCall, body: dict[str, Any], payout_id: UUID) -> dict[str, Any]:
    """Propose what became of a payout that nobody knows of.

    After four hours, by somebody who neither asked for the money nor approved it. Another must confirm it.
    """
    decision = deciding.decide_unknown(call.session, payout_id, **body, by=call.by)
    return _shown(call.session, decision)


@resource.writes(f"{_PAYOUT}/decision/confirm", act=Act.DECIDE_UNKNOWN_PAYOUT, answer=PayoutAnswer())
def confirm_payout_decision(call: WriteCall, payout_id: UUID) -> dict[str, Any]:
    """Confirm what somebody else proposed.

    One that was not paid has failed: it can be tried again under a new key, or given up.
    """
    return shown_payout(call.session, deciding.confirm_decision(call.session, payout_id, by=call.by))


@resource.writes(f"{_PAYOUT}/decision/reject", act=Act.DECIDE_UNKNOWN_PAYOUT, answer=PayoutDecisionAnswer())
def reject_payout_decision(call: WriteCall, payout_id: UUID) -> dict[str, Any]:
    """Take a proposal away.

    One's own or another's, so that another can be made.
    """
    return _shown(call.session, deciding.reject_decision(call.session, payout_id, by=call.by))


@resource.reads(f"{_PAYOUT}/evidence", act=Act.SEE_LEDGER, answer=PayoutEvidenceAnswer(), recorded=True)
def get_payout_evidence(call: Call, payout_id: UUID) -> dict[str, Any]:
    """Read what a payout was for.

    Frozen when it was paid, and held against its hash and the audit log. That the case was looked at is
    recorded.
    """
    payout = get_payout(call.session, payout_id)
    record_look_up(call.session, payout.enrolment_id, by=call.by)
    check = evidence.verify_evidence(call.session, [payout])[payout.id]
    content = evidence.find_evidence(call.session, payout.id)
    return {"finding": check.finding, "content_hash": check.content_hash, "content": content}


@resource.reads("/payout-contradictions", act=Act.DECIDE_UNKNOWN_PAYOUT, answer=ContradictionsAnswer())
def list_payout_contradictions(call: Call) -> dict[str, Any]:
    """List what was told against how a payout ended.

    The oldest comes first. No money has been moved because of it.
    """
    return {"items": [one for one, _, _ in contradictions.contradictions_waiting(call.session)]}


@resource.writes(
    f"{_CONTRADICTION}/settle",
    act=Act.DECIDE_UNKNOWN_PAYOUT,
    body=SettledBody(),
    answer=ContradictionAnswer(),
)
def settle_payout_contradiction(
    call: WriteCall, body: dict[str, Any], contradiction_id: UUID
) -> PayoutContradiction:
    """Say what was found out about a contradicting word.

    This moves no money: what must be moved is moved by the operations for that.
    """
    return contradictions.settle_contradiction(call.session, contradiction_id, **body, by=call.by)


@resource.writes(
    f"{_CONTRADICTION}/paid",
    act=Act.DECIDE_UNKNOWN_PAYOUT,
    body=SettledBody(),
    answer=ContradictionAnswer(),
    status=201,
)
def propose_payout_correction(
    call: WriteCall, body: dict[str, Any], contradiction_id: UUID
) -> PayoutContradiction:
    """Propose that a payment told refused had been made.

    By somebody who neither asked for the money nor approved it. Another must confirm it.
    """
    return correcting.propose_paid(call.session, contradiction_id, **body, by=call.by)


@resource.writes(
    f"{_CONTRADICTION}/paid/confirm", act=Act.DECIDE_UNKNOWN_PAYOUT, answer=ContradictionAnswer()
)
def confirm_payout_correction(call: WriteCall, contradiction_id: UUID) -> PayoutContradiction:
    """Confirm that a payment told refused had been made.

    The payout is paid. Where it had been paid again, or was no longer owed, what left is claimed back.
    """
    return correcting.confirm_paid(call.session, contradiction_id, by=call.by)


@resource.writes(f"{_CONTRADICTION}/paid/reject", act=Act.DECIDE_UNKNOWN_PAYOUT, answer=ContradictionAnswer())
def reject_payout_correction(call: WriteCall, contradiction_id: UUID) -> PayoutContradiction:
    """Take the proposal away.

    One's own or another's. The contradicting word waits again.
    """
    return correcting.reject_paid(call.session, contradiction_id, by=call.by)


@resource.reads("/payout-claims", act=Act.DECIDE_UNKNOWN_PAYOUT, answer=ClaimsAnswer())
def list_payout_claims(call: Call) -> dict[str, Any]:
    """List what is to come back.

    Payments that were made beside what was owed, the oldest first. The programme bears them meanwhile.
    """
    return {"items": [claim for claim, _ in claims.claims_awaited(call.session, by=call.by)]}


@resource.writes(
    "/payout-claims/<uuid:claim_id>/close",
    act=Act.DECIDE_UNKNOWN_PAYOUT,
    body=ClaimClosedBody(),
    answer=ClaimAnswer(),
)
def close_payout_claim(call: WriteCall, body: dict[str, Any], claim_id: UUID) -> PayoutClaim:
    """Say that the money came back, or never will.

    By another than whoever confirmed that it left. A bank return over the amount closes it by itself.
    """
    return claims.close_claim(call.session, claim_id, **body, by=call.by)


@resource.reads("/refunds/unbooked", act=Act.DECIDE_UNKNOWN_PAYOUT, answer=RefundsAnswer())
def list_unbooked_refunds(call: Call) -> dict[str, Any]:
    """List the refunds without a voucher.

    Hours after their approval, the oldest first. The citizen's money is free all the same.
    """
    return {"items": noting.unbooked_refunds(call.session, by=call.by)}


@resource.writes(
    "/refunds/<uuid:refund_id>/booked",
    act=Act.DECIDE_UNKNOWN_PAYOUT,
    body=RefundBookedBody(),
    answer=RefundAnswer(),
)
def note_refund_booked(call: WriteCall, body: dict[str, Any], refund_id: UUID) -> Refund:
    """Note that a refund is booked in the accounting system.

    By another than who asked for the purchase or approved the credit note. No money moves.
    """
    return noting.note_booked(call.session, refund_id, **body, by=call.by)


@resource.reads("/parked-work", act=Act.RESUME_WORK, answer=ParkedWorkAnswer())
def list_parked_work(call: Call) -> dict[str, Any]:
    """List the work that was put aside for a person.

    The longest parked comes first, each with its reason.
    """
    return {"items": parked_work.work_waiting(call.session, by=call.by)}


@resource.writes("/parked-work/<uuid:work_id>/resume", act=Act.RESUME_WORK, answer=WorkAnswer())
def resume_parked_work(call: WriteCall, work_id: UUID) -> OutboxWork:
    """Set parked work going again.

    With all its tries, due at once.
    """
    return parked_work.resume_work(call.session, work_id, by=call.by)


def _shown(session: Session, decision: PayoutDecision) -> dict[str, Any]:
    session.flush()
    names = [column.name for column in decision.__table__.columns]
    columns = {name: getattr(decision, name) for name in names}
    return columns | {"because": open_field(session, decision, "because")}
