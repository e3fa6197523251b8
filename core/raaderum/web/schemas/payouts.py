"""Payouts that need people, the evidence of those that were paid, and parked work."""

from __future__ import annotations

from marshmallow import fields

from raaderum.payouts.claim_rules import ClaimState, ContradictionOutcome
from raaderum.payouts.decision_rules import DecisionState
from raaderum.payouts.evidence_rules import EvidenceFinding
from raaderum.payouts.rules import AttemptState
from raaderum.refunds.rules import RefundKind, RefundState
from raaderum.web.fields import Choice, Oere, PositiveOere, Whole, WrittenText, YesOrNo, nothing
from raaderum.web.schema import Answer, Body

_MOST_WORDS = 2_000
_LONGEST_NAME = 100
_MOST_PAYOUTS = 10**9


class FailedQuery(Body):
    """Which failed payouts; all where nothing is named."""

    programme = WrittenText(most=_LONGEST_NAME, load_default=nothing)
    provider = WrittenText(most=_LONGEST_NAME, load_default=nothing)


class FailedAnswer(Answer):
    """How many payouts, and what they come to."""

    count = fields.Integer()
    total_oere = Oere(of="total")


class RetryFailedBody(Body):
    """Which failed payouts to try again, and what was shown: where that has changed nothing is sent."""

    programme = WrittenText(most=_LONGEST_NAME, load_default=nothing, allow_none=True)
    provider = WrittenText(most=_LONGEST_NAME, load_default=nothing, allow_none=True)
    expected_count = Whole(least=1, most=_MOST_PAYOUTS, required=True, strict=True)
    expected_total_oere = PositiveOere(required=True, attribute="expected_total")


class PayoutDecisionBody(Body):
    """What became of a payout that nobody knew of."""

    was_paid = YesOrNo(required=True)
    reference = WrittenText(
        least=0,
        most=_LONGEST_NAME,
        load_default="",
        metadata={"description": "The bank's or the provider's own; needed for one that was paid."},
    )
    because = WrittenText(most=_MOST_WORDS, required=True)


class PayoutDecisionAnswer(Answer):
    """A decision: proposed by one, confirmed by another."""

    id = fields.UUID()
    payout_id = fields.UUID()
    was_paid = fields.Boolean()
    reference = fields.String(allow_none=True)
    because = fields.String()
    state = Choice(DecisionState)
    proposed_by = fields.UUID()
    proposed_at = fields.DateTime()
    decided_by = fields.UUID(allow_none=True)
    decided_at = fields.DateTime(allow_none=True)


class PayoutDecisionsAnswer(Answer):
    """The proposals that wait, the oldest first."""

    items = fields.List(fields.Nested(PayoutDecisionAnswer))


class PayoutEvidenceAnswer(Answer):
    """What a payout was for, frozen when it was paid, and whether it still is as it was frozen."""

    finding = Choice(EvidenceFinding)
    content_hash = fields.String(allow_none=True, metadata={"description": "SHA-256 as hex, as audited."})
    content = fields.Dict(
        keys=fields.String(), allow_none=True, metadata={"description": "Null where it cannot be opened."}
    )


class SettledBody(Body):
    """What was found out, and what was done about it."""

    because = WrittenText(most=_MOST_WORDS, required=True)


class ContradictionAnswer(Answer):
    """Something told about a finished attempt that does not agree with how it ended."""

    id = fields.UUID()
    payout_id = fields.UUID()
    attempt_id = fields.UUID()
    told = Choice(AttemptState)
    told_by = fields.String()
    told_words = fields.String()
    told_at = fields.DateTime()
    proposed_by = fields.UUID(allow_none=True)
    proposed_at = fields.DateTime(allow_none=True)
    outcome = Choice(ContradictionOutcome, allow_none=True)
    settled_by = fields.UUID(allow_none=True)
    settled_at = fields.DateTime(allow_none=True)


class ContradictionsAnswer(Answer):
    """What nobody has settled, the oldest first."""

    items = fields.List(fields.Nested(ContradictionAnswer))


class RefundBookedBody(Body):
    """The voucher of a refund, and how one knows of it."""

    voucher_number = WrittenText(most=_LONGEST_NAME, required=True)
    because = WrittenText(most=_MOST_WORDS, required=True)


class RefundAnswer(Answer):
    """Money of a payment that comes back, and its voucher in the accounting system."""

    id = fields.UUID()
    enrolment_id = fields.UUID()
    payout_id = fields.UUID()
    kind = Choice(RefundKind)
    amount_oere = Oere(of="amount")
    credit_note_number = fields.String(allow_none=True)
    reference = fields.String(allow_none=True)
    state = Choice(RefundState)
    approved_at = fields.DateTime()
    voucher_number = fields.String(allow_none=True)
    booked_at = fields.DateTime(allow_none=True)
    noted_by = fields.UUID(allow_none=True)


class RefundsAnswer(Answer):
    """Refunds, the oldest first."""

    items = fields.List(fields.Nested(RefundAnswer))


class ClaimClosedBody(Body):
    """What became of money that was to come back."""

    came_back = YesOrNo(required=True)
    reference = WrittenText(
        least=0,
        most=_LONGEST_NAME,
        load_default="",
        metadata={"description": "The bank's own; needed for money that came back."},
    )
    because = WrittenText(most=_MOST_WORDS, required=True)


class ClaimAnswer(Answer):
    """A payment that was made beside what was owed, to be got back."""

    id = fields.UUID()
    payout_id = fields.UUID()
    attempt_id = fields.UUID()
    amount_oere = Oere(of="amount")
    reference = fields.String()
    programme = fields.String()
    state = Choice(ClaimState)
    made_by = fields.UUID()
    made_at = fields.DateTime()
    back_reference = fields.String(allow_none=True)
    closed_by = fields.UUID(allow_none=True)
    closed_at = fields.DateTime(allow_none=True)


class ClaimsAnswer(Answer):
    """What has not come back, the oldest first."""

    items = fields.List(fields.Nested(ClaimAnswer))


class WorkAnswer(Answer):
    """A piece of work of the system's own; `subject_id` is what it is about."""

    id = fields.UUID()
    queue = fields.String()
    kind = fields.String()
    subject_id = fields.UUID()
    tries = fields.Integer()
    created_at = fields.DateTime()
    parked_at = fields.DateTime(allow_none=True)
    parked_because = fields.String(allow_none=True)


class ParkedWorkAnswer(Answer):
    """What is parked, longest first."""

    items = fields.List(fields.Nested(WorkAnswer))
