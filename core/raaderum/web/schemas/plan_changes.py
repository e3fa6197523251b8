"""What differs between versions of a plan, how much that is, and whether what was bought worked."""

from __future__ import annotations

from marshmallow import fields

from raaderum.plans.item_follow_ups import LONGEST_ANSWER, ItemOutcome
from raaderum.plans.rules import SpendingCategory
from raaderum.plans.size_of_change import SizeOfChange
from raaderum.web.fields import Choice, Oere, Whole, WrittenText
from raaderum.web.schema import Answer, Body
from raaderum.web.schemas.programmes import TextAnswer

_LARGEST_VERSION = 32_767


class ComparisonQuery(Body):
    """Which two versions to hold against each other."""

    before = Whole(least=1, most=_LARGEST_VERSION, required=True)
    after = Whole(least=1, most=_LARGEST_VERSION, required=True)


class ComparedItemAnswer(Answer):
    """An item that is in one of the versions."""

    description = fields.String()
    category = Choice(SpendingCategory)
    amount_oere = Oere(of="amount")
    sub_goal = fields.Integer(metadata={"description": "Its number."})
    theory_of_change = fields.String()


class FieldChangeAnswer(Answer):
    """One field of an item, as people read it."""

    field = fields.String()
    name = fields.Nested(TextAnswer)
    before = fields.Nested(TextAnswer)
    after = fields.Nested(TextAnswer)


class ItemChangeAnswer(Answer):
    """An item that is in both versions."""

    before = fields.Nested(ComparedItemAnswer)
    after = fields.Nested(ComparedItemAnswer)
    is_another_thing = fields.Boolean(
        metadata={"description": "One thing in the place of another: no word in common."}
    )
    fields_changed = fields.List(fields.Nested(FieldChangeAnswer), attribute="fields")


class CategoryChangeAnswer(Answer):
    """What a category sums to in both versions."""

    category = Choice(SpendingCategory)
    before_oere = Oere(of="before")
    after_oere = Oere(of="after")


class PlanComparisonAnswer(Answer):
    """All that differs. Shares are of the larger total, from 0 to 1."""

    before_version = fields.Integer()
    after_version = fields.Integer()
    before_total_oere = Oere(of="before_total")
    after_total_oere = Oere(of="after_total")
    before_motivation = fields.String()
    after_motivation = fields.String()
    added = fields.List(fields.Nested(ComparedItemAnswer))
    removed = fields.List(fields.Nested(ComparedItemAnswer))
    changed = fields.List(fields.Nested(ItemChangeAnswer))
    categories = fields.List(fields.Nested(CategoryChangeAnswer))
    size = Choice(SizeOfChange)
    share_moved = fields.Float()
    share_replaced = fields.Float()
    new_categories = fields.List(Choice(SpendingCategory))


class ChangeOfUseAnswer(Answer):
    """How much what was bought differs from the plan that was approved first."""

    size = Choice(SizeOfChange)
    share_moved = fields.Float()
    planned_oere = Oere(of="planned")
    bought_oere = Oere(of="bought")
    categories = fields.List(fields.Nested(CategoryChangeAnswer))
    new_categories = fields.List(Choice(SpendingCategory))


class ItemFollowUpBody(Body):
    """Whether a thing did what the citizen thought it would."""

    outcome = Choice(ItemOutcome, required=True)
    words = WrittenText(least=0, most=LONGEST_ANSWER, load_default="")


class ItemFollowUpAnswer(Answer):
    """What was answered."""

    due_on = fields.Date()
    answered_on = fields.Date()
    outcome = Choice(ItemOutcome)
    words = fields.String()
    answered_by = fields.UUID()


class BoughtItemAnswer(Answer):
    """An item that was bought, and what came of it."""

    item_id = fields.UUID()
    description = fields.String()
    theory_of_change = fields.String()
    bought_on = fields.Date()
    due_on = fields.Date(allow_none=True, metadata={"description": "Null where nothing is open any more."})
    answers = fields.List(fields.Nested(ItemFollowUpAnswer))


class BoughtItemsAnswer(Answer):
    """The bought items of a case."""

    items = fields.List(fields.Nested(BoughtItemAnswer))


class DueItemAnswer(Answer):
    """An item that somebody is to be asked about."""

    enrolment_id = fields.UUID()
    item_id = fields.UUID()
    due_on = fields.Date()


class DueItemsAnswer(Answer):
    """Everything that is due today, longest due first."""

    items = fields.List(fields.Nested(DueItemAnswer))
