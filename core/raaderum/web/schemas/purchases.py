"""Purchases and payouts."""

from __future__ import annotations

from marshmallow import fields

from raaderum.payouts.rules import AttemptState, PayoutState
from raaderum.purchases.control_rules import ControlOutcome
from raaderum.purchases.payees import PurchaseMethod
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.signals import Signal
from raaderum.web.fields import Choice, Identifier, Oere, PositiveOere, WrittenText, nothing
from raaderum.web.pages import PageQuery
from raaderum.web.schema import Answer, Body


class PurchaseBody(Body):
    """Something to buy towards an item of the approved plan."""

    plan_item_id = Identifier(required=True)
    description = WrittenText(most=500, required=True)
    supplier_name = WrittenText(most=200, required=True)
    supplier_cvr = WrittenText(
        most=20,
        load_default=nothing,
        allow_none=True,
        metadata={"description": "Eight digits; null for a private person or a foreign shop."},
    )
    amount_oere = PositiveOere(required=True, attribute="amount")


class RefusalBody(Body):
    """Why a purchase is refused; the citizen can read it."""

    because = WrittenText(most=2_000, required=True)


class PurchaseAnswer(Answer):
    """A purchase. `code` goes on the order to the supplier and comes back on the invoice."""

    id = fields.UUID()
    enrolment_id = fields.UUID()
    plan_item_id = fields.UUID()
    code = fields.String()
    description = fields.String()
    supplier_name = fields.String()
    supplier_cvr = fields.String(allow_none=True)
    method = Choice(PurchaseMethod)
    lane = fields.String(allow_none=True)
    amount_oere = Oere(of="amount")
    state = Choice(PurchaseState)
    requested_by = fields.UUID()
    requested_at = fields.DateTime()
    decided_by = fields.UUID(allow_none=True)
    decided_at = fields.DateTime(allow_none=True)
    refused_because = fields.String(allow_none=True)


class SignalAnswer(Answer):
    """One thing that is unusual about a purchase; it stops nothing by itself."""

    signal = Choice(Signal)
    text = fields.String(metadata={"description": "In Danish."})
    text_en = fields.String()


class SignalsAnswer(Answer):
    """What to look at before deciding, the weightiest first."""

    signals = fields.List(fields.Nested(SignalAnswer))


class ControlBody(Body):
    """What a look at a purchase afterwards came to; a concern says what it is."""

    outcome = Choice(ControlOutcome, required=True)
    note = WrittenText(least=0, most=2_000, load_default="")


class ControlAnswer(Answer):
    """A purchase that was approved by rule and drawn to be looked at."""

    purchase_id = fields.UUID()
    drawn_at = fields.DateTime()
    outcome = Choice(ControlOutcome, allow_none=True)
    controlled_by = fields.UUID(allow_none=True)
    controlled_at = fields.DateTime(allow_none=True)


class WaitingControlAnswer(ControlAnswer):
    """One that nobody has looked at yet."""

    purchase = fields.Nested(PurchaseAnswer)


class WaitingControlsAnswer(Answer):
    """What waits to be looked at, the oldest first."""

    items = fields.List(fields.Nested(WaitingControlAnswer))


class AttemptAnswer(Answer):
    """One try at a payout."""

    number = fields.Integer()
    state = Choice(AttemptState)
    started_at = fields.DateTime()
    finished_at = fields.DateTime(allow_none=True)
    provider_reference = fields.String(allow_none=True)
    explanation = fields.String(allow_none=True)
    told_by = fields.String(
        allow_none=True,
        metadata={"description": "Who told: worker, callback, status_file, bank_statement or people."},
    )


class PayoutAnswer(Answer):
    """Money to be paid for a purchase; `unknown` stays until the provider says what became of it."""

    id = fields.UUID()
    enrolment_id = fields.UUID()
    purchase_id = fields.UUID()
    provider = fields.String()
    amount_oere = Oere(of="amount")
    code = fields.String()
    payee_name = fields.String()
    payee_cvr = fields.String(allow_none=True)
    purpose = fields.String()
    account = fields.String()
    invoice_number = fields.String(allow_none=True)
    due_on = fields.Date()
    state = Choice(PayoutState)
    requested_by = fields.UUID()
    approved_by = fields.UUID()
    approved_at = fields.DateTime()
    provider_reference = fields.String(allow_none=True)
    paid_at = fields.DateTime(allow_none=True)
    unknown_since = fields.DateTime(allow_none=True)
    expected_on = fields.Date(
        allow_none=True,
        metadata={"description": "A bank day; null for one that is not on its way."},
    )
    returned_oere = Oere(of="returned")


class PayoutWithAttemptsAnswer(PayoutAnswer):
    """A payout and every try at it, the first one first."""

    attempts = fields.List(fields.Nested(AttemptAnswer))


class PayoutsAnswer(Answer):
    """All payouts of one enrolment, newest first."""

    items = fields.List(fields.Nested(PayoutWithAttemptsAnswer))


class PayoutQuery(PageQuery):
    """Which page of the payouts, and in which state."""

    state = Choice(PayoutState, load_default=nothing)
