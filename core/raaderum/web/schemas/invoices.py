"""The invoice inbox."""

from __future__ import annotations

from marshmallow import fields, validate

from raaderum.invoices.bulk import MOST_AT_ONCE
from raaderum.invoices.reminder_rules import FeeState, LiesWith
from raaderum.invoices.rules import InvoiceOutcome
from raaderum.plugin_api import AnswerReason, AnswerStatus, DocumentKind
from raaderum.web.fields import Choice, Identifier, Oere, WrittenText, YesOrNo, nothing
from raaderum.web.pages import PageQuery
from raaderum.web.schema import Answer, Body


class InboxQuery(PageQuery):
    """Which page of the inbox, and with which outcome."""

    outcome = Choice(InvoiceOutcome, load_default=nothing)


class MatchBody(Body):
    """Which purchase a file belongs to."""

    purchase_id = Identifier(required=True)
    payout_id = Identifier(load_default=nothing)


class InvoiceApprovalBody(Body):
    """Whether an invoice is the last one of its purchase; left out, the amount decides."""

    last = YesOrNo(load_default=nothing)


class BulkBody(Body):
    """Which files to approve; left out, all that are matched."""

    invoice_ids = fields.List(
        Identifier(), load_default=nothing, allow_none=True, validate=validate.Length(min=1, max=MOST_AT_ONCE)
    )


class DismissalBody(Body):
    """Why a file is put aside, for colleagues, and the reason that its supplier is told."""

    because = WrittenText(most=2_000, required=True)
    reason = Choice(AnswerReason, load_default=AnswerReason.OTHER)


class QueryBody(Body):
    """What the supplier is asked about."""

    reason = Choice(AnswerReason, load_default=AnswerReason.OTHER)


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
    prepaid_oere = Oere(of="prepaid", allow_none=True)
    fee_oere = Oere(of="fee", allow_none=True)
    credited_oere = Oere(of="credited")
    is_deposit = fields.Boolean()
    about_number = fields.String(allow_none=True)
    about_id = fields.UUID(allow_none=True)
    credits_payout_id = fields.UUID(allow_none=True)


class PartAnswer(Answer):
    """An invoice beside its purchase, in øre; `is_last` is what the amount suggests."""

    ordered_oere = Oere(of="ordered")
    invoiced_oere = Oere(of="invoiced")
    this_oere = Oere(of="this")
    left_oere = Oere(of="left")
    is_last = fields.Boolean()


class PaymentTimesAnswer(Answer):
    """How many days an invoice has lain and with whom; of a reminder, the invoice that it is about."""

    lies_with = Choice(LiesWith)
    days_here = fields.Integer()
    days_to_approval = fields.Integer(allow_none=True)
    days_to_payment = fields.Integer(allow_none=True)


class InvoiceStandingAnswer(Answer):
    """Where an invoice stands; `part` only while it can be approved."""

    part = fields.Nested(PartAnswer, allow_none=True)
    times = fields.Nested(PaymentTimesAnswer)


class ReminderFeeAnswer(Answer):
    """A reminder's fee that the municipality bears."""

    id = fields.UUID()
    invoice_id = fields.UUID()
    amount_oere = Oere(of="amount")
    code = fields.String()
    account = fields.String()
    programme = fields.String()
    state = Choice(FeeState)
    approved_by = fields.UUID()
    approved_at = fields.DateTime()
    voucher_number = fields.String(allow_none=True)
    booked_at = fields.DateTime(allow_none=True)


class InvoiceResponseAnswer(Answer):
    """What a supplier has been answered; `placed_at` once it lies where the access point fetches it."""

    id = fields.UUID()
    status = Choice(AnswerStatus)
    reason = Choice(AnswerReason, allow_none=True)
    created_at = fields.DateTime()
    placed_at = fields.DateTime(allow_none=True)


class InvoiceResponsesAnswer(Answer):
    """All answers about one file, the first one first."""

    items = fields.List(fields.Nested(InvoiceResponseAnswer))


class ProblemTextAnswer(Answer):
    """Why a file cannot be approved."""

    danish = fields.String()
    english = fields.String()


class BulkLineAnswer(Answer):
    """One file of many; the amount is below zero for a credit note."""

    invoice_id = fields.UUID()
    supplier = fields.String()
    number = fields.String()
    amount_oere = Oere(of="amount")
    account = fields.String()
    was_approved = fields.Boolean()
    problem = fields.Nested(ProblemTextAnswer, allow_none=True)
    problem_code = fields.String(allow_none=True)


class SumAnswer(Answer):
    """What goes through under one name."""

    name = fields.String()
    amount_oere = Oere(of="amount")


class BulkAnswer(Answer):
    """What became of many files, or would become of them."""

    total_oere = Oere(of="total")
    by_account = fields.List(fields.Nested(SumAnswer))
    by_supplier = fields.List(fields.Nested(SumAnswer))
    lines = fields.List(fields.Nested(BulkLineAnswer))


class InvoiceWithFindingsAnswer(InboxInvoiceAnswer):
    """A supplier's file with every rule that it breaks."""

    findings = fields.List(fields.Nested(FindingAnswer))
