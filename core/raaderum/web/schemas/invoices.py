"""The invoice inbox."""

from __future__ import annotations

from marshmallow import fields

from raaderum.invoices.rules import InvoiceOutcome
from raaderum.plugin_api import DocumentKind
from raaderum.web.fields import Choice, Identifier, Oere, WrittenText, nothing
from raaderum.web.pages import PageQuery
from raaderum.web.schema import Answer, Body


class InboxQuery(PageQuery):
    """Which page of the inbox, and with which outcome."""

    outcome = Choice(InvoiceOutcome, load_default=nothing)


class MatchBody(Body):
    """Which purchase a file belongs to."""

    purchase_id = Identifier(required=True)


class DismissalBody(Body):
    """Why a file is put aside."""

    because = WrittenText(most=2_000, required=True)


class StoredTextAnswer(Answer):
    """A text in both languages."""

    danish = fields.String(attribute="da")
    english = fields.String(attribute="en")


class FindingAnswer(StoredTextAnswer):
    """One rule that a file breaks; a warning rejects nothing."""

    rule = fields.String()
    fatal = fields.Boolean()
    where = fields.String()


class InboxInvoiceAnswer(Answer):
    """A supplier's file and what became of it. The amount is in øre where the currency is DKK."""

    id = fields.UUID()
    format = fields.String()
    kind = Choice(DocumentKind)
    outcome = Choice(InvoiceOutcome)
    explanation = fields.Nested(StoredTextAnswer)
    supplier_name = fields.String(allow_none=True)
    supplier_cvr = fields.String(allow_none=True)
    number = fields.String(allow_none=True)
    issued_on = fields.Date(allow_none=True)
    due_on = fields.Date(allow_none=True)
    currency = fields.String(allow_none=True)
    payable_oere = Oere(of="payable", allow_none=True)
    order_reference = fields.String(allow_none=True)
    file_name = fields.String()
    received_by = fields.UUID(allow_none=True)
    received_at = fields.DateTime()
    purchase_id = fields.UUID(allow_none=True)
    matched_by = fields.UUID(allow_none=True)
    decided_by = fields.UUID(allow_none=True)
    decided_at = fields.DateTime(allow_none=True)
    payout_id = fields.UUID(allow_none=True)
    refund_id = fields.UUID(allow_none=True)


class InvoiceWithFindingsAnswer(InboxInvoiceAnswer):
    """A supplier's file with every rule that it breaks."""

    findings = fields.List(fields.Nested(FindingAnswer))
