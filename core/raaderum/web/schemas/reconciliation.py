"""The bank's statements, their lines, and the proof of the books."""

from __future__ import annotations

from marshmallow import fields

from raaderum.reconciliation.proof_rules import Against, Left
from raaderum.reconciliation.rules import Because, LineOutcome
from raaderum.web.fields import Choice, Day, Identifier, Oere, WrittenText, nothing
from raaderum.web.pages import PageQuery
from raaderum.web.schema import Answer, Body
from raaderum.web.schemas.invoices import StoredTextAnswer


class BankLinesQuery(PageQuery):
    """Which page of the lines, and with which outcome."""

    outcome = Choice(LineOutcome, load_default=nothing)


class BankLineMatchBody(Body):
    """Which payout a line pays or brings back, and what to know of it."""

    payout_id = Identifier(required=True)
    note = WrittenText(least=0, most=2_000, load_default="")


class BankLineDismissalBody(Body):
    """Why a line has nothing to do with the programme."""

    because = WrittenText(most=2_000, required=True)


class ProofBody(Body):
    """Which days are proven."""

    first_day = Day(required=True)
    last_day = Day(required=True)


class StatementFaultAnswer(StoredTextAnswer):
    """A line that could not be read."""

    number = fields.Integer()


class BankStatementAnswer(Answer):
    """A statement within a file, in øre; the difference is opening + lines - closing."""

    id = fields.UUID()
    account = fields.String()
    currency = fields.String()
    reference = fields.String()
    number = fields.Integer(allow_none=True)
    until = fields.Date(allow_none=True)
    is_final = fields.Boolean()
    opening_oere = Oere(of="opening", allow_none=True)
    closing_oere = Oere(of="closing", allow_none=True)
    line_count = fields.Integer()
    line_sum_oere = Oere(of="line_sum")
    difference_oere = Oere(of="difference", allow_none=True)


class StatementFileAnswer(Answer):
    """A file from the bank, and what became of it."""

    id = fields.UUID()
    file_name = fields.String()
    size = fields.Integer()
    reader = fields.String(allow_none=True)
    state = fields.String()
    explanation = fields.Nested(StoredTextAnswer)
    fault_count = fields.Integer()
    line_count = fields.Integer()
    received_by = fields.UUID(allow_none=True)
    received_at = fields.DateTime()


class WholeStatementFileAnswer(StatementFileAnswer):
    """A file with its statements, and what of it could not be read."""

    faults = fields.List(fields.Nested(StatementFaultAnswer))
    statements = fields.List(fields.Nested(BankStatementAnswer))


class BankLineAnswer(Answer):
    """A line of the bank: below 0 for money that went out."""

    id = fields.UUID()
    file_id = fields.UUID()
    number = fields.Integer()
    amount_oere = Oere(of="amount")
    booked_on = fields.Date()
    value_on = fields.Date(allow_none=True)
    reference = fields.String(allow_none=True)
    end_to_end_id = fields.String(allow_none=True)
    batch_id = fields.String(allow_none=True)
    codes = fields.List(fields.String())
    is_reversal = fields.Boolean()
    return_reason = fields.String(allow_none=True)
    outcome = Choice(LineOutcome)
    because = Choice(Because)
    payout_id = fields.UUID(allow_none=True)
    refund_id = fields.UUID(allow_none=True)
    run_id = fields.UUID(allow_none=True)
    same_as_id = fields.UUID(allow_none=True)
    proposed_payout_id = fields.UUID(allow_none=True)
    proposed_by = fields.UUID(allow_none=True)
    decided_by = fields.UUID(allow_none=True)
    decided_at = fields.DateTime(allow_none=True)


class WholeBankLineAnswer(BankLineAnswer):
    """A line with what the bank wrote."""

    text = fields.String()
    counterparty = fields.String()
    note = fields.String()


class ComparisonAnswer(Answer):
    """Our books and another list, side by side, in øre."""

    against = Choice(Against)
    provider = fields.String()
    ours_oere = Oere(of="ours")
    theirs_oere = Oere(of="theirs")
    our_count = fields.Integer()
    their_count = fields.Integer()
    remainders = fields.Integer()


class RemainderAnswer(Answer):
    """Something that does not agree: which thing, and both amounts in øre."""

    against = Choice(Against)
    provider = fields.String()
    left = Choice(Left)
    thing = fields.String()
    thing_id = fields.UUID()
    label = fields.String()
    ours_oere = Oere(of="ours")
    theirs_oere = Oere(of="theirs")


class ProofAnswer(Answer):
    """One proof of the books over a range of days."""

    id = fields.UUID()
    ran_at = fields.DateTime()
    first_day = fields.Date()
    last_day = fields.Date()
    holds = fields.Boolean()


class WholeProofAnswer(ProofAnswer):
    """A proof with its figures; the remainders are listed up to the first 500."""

    comparisons = fields.List(fields.Nested(ComparisonAnswer))
    breaches = fields.Dict(keys=fields.String(), values=fields.Integer())
    silent_providers = fields.List(fields.String())
    remainders = fields.List(fields.Nested(RemainderAnswer))
