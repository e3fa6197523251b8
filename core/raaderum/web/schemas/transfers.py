"""Small transfers and payment runs."""

from __future__ import annotations

from marshmallow import fields

from raaderum.purchases.payees import LONGEST_PAYEE_NAME
from raaderum.transfers.rules import Lane, LockReason
from raaderum.transfers.run_rules import RunFinding, RunState
from raaderum.web.fields import Choice, Day, Identifier, Oere, PositiveOere, Whole, WrittenText, nothing
from raaderum.web.pages import PageQuery
from raaderum.web.schema import Answer, Body

_MOST_PAYMENTS = 10**9


class TransferBody(Body):
    """Money to transfer towards an item of the approved plan: to the citizen's NemKonto, or to an account."""

    plan_item_id = Identifier(required=True)
    description = WrittenText(most=500, required=True)
    amount_oere = PositiveOere(required=True, attribute="amount")
    payee_name = WrittenText(
        most=LONGEST_PAYEE_NAME,
        load_default=nothing,
        allow_none=True,
        metadata={"description": "Whose the account is; null pays the citizen's NemKonto."},
    )
    registration_number = WrittenText(most=10, load_default=nothing, allow_none=True)
    account_number = WrittenText(most=20, load_default=nothing, allow_none=True)
    iban = WrittenText(most=40, load_default=nothing, allow_none=True)


class OwnTransferBody(Body):
    """Money that a citizen asks for to their own NemKonto."""

    plan_item_id = Identifier(required=True)
    description = WrittenText(most=500, required=True)
    amount_oere = PositiveOere(required=True, attribute="amount")
    activity = WrittenText(
        most=100,
        load_default=nothing,
        allow_none=True,
        metadata={"description": "One of the programme's, where it gives pocket money for activities."},
    )
    activity_on = Day(load_default=nothing, allow_none=True)


class OpenLaneAnswer(Answer):
    """A lane that the programme has: at a time, in a calendar month, and what is left of this one."""

    lane = Choice(Lane)
    at_most_oere = Oere(of="at_most")
    per_month_oere = Oere(of="per_month")
    left_oere = Oere(of="left")


class LanesAnswer(Answer):
    """A citizen's lanes of small transfers; `locked` says why nobody can ask just now."""

    lanes = fields.List(fields.Nested(OpenLaneAnswer))
    locked = Choice(LockReason, allow_none=True)
    activities = fields.List(fields.String())


class RunQuery(Body):
    """Which programme's transfers."""

    programme = WrittenText(most=60, required=True)


class RunBody(Body):
    """Which programme's transfers to pay, and what the dry run showed; null pays whatever passes."""

    programme = WrittenText(most=60, required=True)
    expected_count = Whole(least=1, most=_MOST_PAYMENTS, strict=True, load_default=nothing, allow_none=True)
    expected_total_oere = PositiveOere(load_default=nothing, allow_none=True, attribute="expected_total")


class CandidateAnswer(Answer):
    """An approved, unpaid transfer; `finding` says why it does not go along."""

    purchase_id = fields.UUID()
    enrolment_id = fields.UUID()
    code = fields.String()
    amount_oere = Oere(of="amount")
    finding = Choice(RunFinding, allow_none=True)


class DryRunAnswer(Answer):
    """What a run would send now, and what it would hold back."""

    programme = fields.String()
    provider = fields.String()
    pay_on = fields.Date()
    count = fields.Integer()
    total_oere = Oere(of="total")
    held_back = fields.List(fields.Nested(CandidateAnswer))


class RunAnswer(Answer):
    """A payment run."""

    id = fields.UUID()
    programme = fields.String()
    provider = fields.String()
    state = Choice(RunState)
    count = fields.Integer()
    total_oere = Oere(of="total")
    pay_on = fields.Date()
    started_by = fields.UUID()
    started_at = fields.DateTime()
    sent_at = fields.DateTime(allow_none=True)
    cancelled_at = fields.DateTime(allow_none=True)
    provider_reference = fields.String(allow_none=True)
    explanation = fields.String(allow_none=True)


class RunStateCountAnswer(Answer):
    """How many of a run's payments are in one state now."""

    state = fields.String()
    count = fields.Integer()
    total_oere = Oere(of="total")


class WholeRunAnswer(RunAnswer):
    """A payment run, and what became of its payments."""

    payouts = fields.List(fields.Nested(RunStateCountAnswer))


class RunsQuery(PageQuery):
    """Which page of the runs."""


class StatusFileAnswer(Answer):
    """What a status file came to: payments it told of, and how many of them are ours."""

    provider = fields.String()
    told = fields.Integer()
    settled = fields.Integer()
    broke_off = fields.String(allow_none=True)
    is_new = fields.Boolean()
