"""Cards, the items they pay, and their payments."""

from __future__ import annotations

from marshmallow import fields

from raaderum.cards.rules import CardAct, CardStage, PaymentState, Reason
from raaderum.plugin_api import CardForm, ReplacementReason
from raaderum.provider_events.rules import EventState
from raaderum.web.fields import Choice, Day, Identifier, ListOf, Oere, PositiveOere, WrittenText
from raaderum.web.schema import Answer, Body
from raaderum.web.schemas.enrolments import BudgetStatementAnswer


class CardBody(Body):
    """What is ordered; a card of plastic needs the whole address."""

    form = Choice(CardForm, required=True)
    address_line = WrittenText(least=0, most=200, load_default="")
    postal_code = WrittenText(least=0, most=20, load_default="")
    city = WrittenText(least=0, most=100, load_default="")


class OrderBody(CardBody):
    """What is ordered; `single_use`: it closes itself once its first purchase has been drawn."""

    single_use = fields.Boolean(load_default=False)


class ReplacementBody(OrderBody):
    """What is ordered in another card's place, and why."""

    reason = Choice(ReplacementReason, load_default=ReplacementReason.LOST)


class CardItemBody(Body):
    """An item of the plan in force that is to be paid by card.

    Without `categories` (ISO 18245) those of the item's own category count; an empty list is any shop.
    """

    plan_item_id = Identifier(required=True)
    amount_oere = PositiveOere(required=True, attribute="amount")
    until_on = Day(load_default=None, allow_none=True)
    categories = ListOf(WrittenText(least=4, most=4), least=0, most=50, load_default=None, allow_none=True)
    merchant_words = ListOf(WrittenText(most=60), least=0, most=20, load_default=list)


class CardAnswer(Answer):
    """One card. Its whole number is known to the issuer alone."""

    id = fields.UUID()
    form = Choice(CardForm)
    state = Choice(CardStage)
    last_four = fields.String(allow_none=True)
    expires_on = fields.Date(allow_none=True)
    ordered_at = fields.DateTime()
    single_use = fields.Boolean()
    allowed_acts = fields.List(Choice(CardAct))


class CardItemAnswer(Answer):
    """An item that is paid by card."""

    id = fields.UUID()
    plan_item_id = fields.UUID()
    description = fields.String()
    amount_oere = Oere(of="amount")
    until_on = fields.Date(allow_none=True)
    categories = fields.List(fields.String())
    merchant_words = fields.List(fields.String())


class CardPaymentAnswer(Answer):
    """A payment that was made or tried. `why` and `why_en` say how it was answered and what to do."""

    id = fields.UUID()
    at = fields.DateTime()
    merchant = fields.String()
    state = Choice(PaymentState)
    asked_oere = Oere(of="asked")
    approved_oere = Oere(of="approved")
    held_oere = Oere(of="held")
    captured_oere = Oere(of="captured")
    refunded_oere = Oere(of="refunded")
    why = fields.String()
    why_en = fields.String()
    dispute_status = fields.String(allow_none=True)
    needs_somebody = fields.Boolean()


class CardsAnswer(Answer):
    """The card side of one case."""

    is_offered = fields.Boolean()
    locked_because = fields.String(
        allow_none=True, metadata={"description": f"A short code such as `{Reason.RECEIPTS_MISSING}`."}
    )
    per_payment_oere = Oere(of="per_payment", allow_none=True)
    budget = fields.Nested(BudgetStatementAnswer)
    cards = fields.List(fields.Nested(CardAnswer), metadata={"description": "Newest first."})
    items = fields.List(fields.Nested(CardItemAnswer))
    payments = fields.List(fields.Nested(CardPaymentAnswer), metadata={"description": "Newest first."})


class EventCountAnswer(Answer):
    """How many events of one kind a provider has told, by what became of them."""

    provider = fields.String()
    kind = fields.String()
    state = Choice(EventState)
    count = fields.Integer()


class EventCountsAnswer(Answer):
    """Everything that providers have told, counted."""

    items = fields.List(fields.Nested(EventCountAnswer))
