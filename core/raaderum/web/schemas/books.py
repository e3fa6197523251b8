"""The ledger and the audit log."""

from __future__ import annotations

from marshmallow import fields

from raaderum.ledger.rules import AccountKind, TransactionKind
from raaderum.web.fields import Choice, Oere, PositiveOere, Whole
from raaderum.web.pages import MOST, USUAL, SequenceCursor
from raaderum.web.schema import Answer, Body


class TrialBalanceRowAnswer(Answer):
    """All accounts of one kind; where a balance is kept, it is the same as the sum of the entries."""

    kind = Choice(AccountKind)
    accounts = fields.Integer()
    summed_oere = Oere(of="summed")
    kept_oere = Oere(of="kept", allow_none=True)


class TrialBalanceAnswer(Answer):
    """The municipality's books by kind of account. `total_oere` is 0 when the books are right."""

    items = fields.List(fields.Nested(TrialBalanceRowAnswer))
    total_oere = Oere(of="total")


class EntryAnswer(Answer):
    """One line of a transaction; the lines of a transaction sum to zero."""

    account_id = fields.UUID()
    account_kind = Choice(AccountKind)
    account_owner_id = fields.UUID()
    amount_oere = Oere(of="amount")


class TransactionAnswer(Answer):
    """One business act in money."""

    id = fields.UUID()
    kind = Choice(TransactionKind)
    subject_id = fields.UUID()
    occurred_on = fields.Date()
    recorded_at = fields.DateTime()
    entries = fields.List(fields.Nested(EntryAnswer))


class TransactionsAnswer(Answer):
    """Everything posted about one thing, oldest first."""

    items = fields.List(fields.Nested(TransactionAnswer))


class FundingBody(Body):
    """How much to set aside."""

    amount_oere = PositiveOere(required=True, attribute="amount")


class FundingAnswer(Answer):
    """Money that was set aside."""

    transaction_id = fields.UUID()
    programme = fields.String()
    amount_oere = Oere(of="amount")


class AuditQuery(Body):
    """Which page of the log."""

    limit = Whole(least=1, most=MOST, load_default=USUAL)
    after = SequenceCursor()


class AuditEntryAnswer(Answer):
    """One act. `hash` covers it and the `hash` before, so that no entry can be changed or cut out."""

    sequence = fields.Integer()
    recorded_at = fields.DateTime()
    actor_id = fields.UUID(allow_none=True)
    actor_role = fields.String()
    event = fields.String()
    event_name = fields.String(metadata={"description": "In Danish."})
    event_name_en = fields.String()
    subject_type = fields.String()
    subject_id = fields.UUID()
    enrolment_id = fields.UUID(allow_none=True)
    detail = fields.Dict(keys=fields.String(), metadata={"description": "Ids, codes, amounts and states."})
    hash = fields.String(metadata={"description": "SHA-256, in hex."})


class AuditCheckAnswer(Answer):
    """Whether the whole chain still fits; else the sequence of the first entry that does not."""

    holds = fields.Boolean()
    first_break = fields.Integer(allow_none=True)
