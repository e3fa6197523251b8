"""Receipts: what is due, what came in, what was stated."""

from __future__ import annotations

from marshmallow import fields

from raaderum.receipts.rules import LONGEST_WORDS, ActivityAnswer, PaidBy, Proof
from raaderum.receipts.seen_before import SeenBefore
from raaderum.receipts.stating import StatementKind
from raaderum.web.fields import Choice, Identifier, Oere, WrittenText
from raaderum.web.schema import Answer, Body
from raaderum.web.schemas.programmes import TextAnswer

_DIGEST_LENGTH = 64


class ReceiptAnswer(Answer):
    """A file that shows what was bought."""

    id = fields.UUID()
    file_name = fields.String()
    kind = fields.String(metadata={"description": "`pdf`, or `jpg` for any picture: it was drawn anew."})
    size = fields.Integer(metadata={"description": "Bytes, as it is kept."})
    amount_oere = Oere(of="amount", allow_none=True)
    bought_on = fields.Date(allow_none=True)
    seen_before = Choice(
        SeenBefore,
        allow_none=True,
    )
    sent_by = fields.UUID()
    sent_at = fields.DateTime()
    suggested_dues = fields.List(
        fields.UUID(), metadata={"description": "Likeliest first; empty once it is tied to a payment."}
    )


class ReceiptStatementAnswer(Answer):
    """What was stated instead of a receipt."""

    kind = Choice(StatementKind)
    answer = fields.String(allow_none=True)
    words = fields.String()
    wording_version = fields.String(allow_none=True)
    stated_by = fields.UUID()
    stated_at = fields.DateTime()


class ReceiptDueAnswer(Answer):
    """One payment and where its proof stands."""

    id = fields.UUID()
    enrolment_id = fields.UUID()
    paid_by = Choice(PaidBy)
    what = fields.String()
    is_activity = fields.Boolean(
        metadata={"description": "Pocket money: told whether the outing took place."}
    )
    amount_oere = Oere(of="amount")
    paid_on = fields.Date()
    due_on = fields.Date()
    proof = Choice(Proof)
    is_locked = fields.Boolean(metadata={"description": "The card or lane is closed because of it."})
    words = fields.String(metadata={"description": "Why it was turned down or waived; else empty."})
    foreseen = fields.Nested(TextAnswer, allow_none=True)


class ReceiptDueWholeAnswer(ReceiptDueAnswer):
    """One payment with all that came in for it."""

    receipts = fields.List(fields.Nested(ReceiptAnswer))
    statements = fields.List(fields.Nested(ReceiptStatementAnswer))


class DeclarationAnswer(Answer):
    """What is declared where a receipt is lost; its digest is sent back with the declaration."""

    version = fields.String()
    digest = fields.String()
    text = fields.Nested(TextAnswer)


class CaseReceiptsAnswer(Answer):
    """All receipts of a case, what is missing first."""

    dues = fields.List(fields.Nested(ReceiptDueWholeAnswer))
    loose = fields.List(fields.Nested(ReceiptAnswer))
    declarations_left = fields.Integer()
    declaration = fields.Nested(DeclarationAnswer)


class MissingReceiptsAnswer(Answer):
    """What is overdue or waits to be looked at."""

    items = fields.List(fields.Nested(ReceiptDueAnswer))


class ReceiptTieBody(Body):
    """Which payment a receipt is for."""

    receipt_due_id = Identifier(required=True)


class ReceiptReasonBody(Body):
    """Why a receipt is turned down or waived."""

    because = WrittenText(most=LONGEST_WORDS, required=True)


class ReceiptLostBody(Body):
    """A declaration on one's honour."""

    words = WrittenText(most=LONGEST_WORDS, required=True)
    digest = WrittenText(least=_DIGEST_LENGTH, most=_DIGEST_LENGTH, required=True)


class ActivityBody(Body):
    """Whether an outing took place."""

    answer = Choice(ActivityAnswer, required=True)
    words = WrittenText(least=0, most=LONGEST_WORDS, load_default="")
