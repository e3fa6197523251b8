"""Enrolments, goals and plans: one citizen's course through a programme."""

from __future__ import annotations

from marshmallow import fields

from raaderum.enrolments.rules import EnrolmentState
from raaderum.goals.rules import LONGEST_WORDS, GoalCategory
from raaderum.plans.rules import LONGEST_DESCRIPTION, Colour, PlanState, SpendingCategory
from raaderum.web.fields import (
    Choice,
    Day,
    Identifier,
    ListOf,
    Oere,
    Part,
    PositiveOere,
    ScreeningAnswers,
    WrittenText,
    nothing,
)
from raaderum.web.pages import PageQuery
from raaderum.web.schema import Answer, Body
from raaderum.web.schemas.purchases import PayoutWithAttemptsAnswer, PurchaseAnswer


class ReferralBody(Body):
    """Which citizen to refer to which programme."""

    citizen_id = Identifier(required=True)
    programme = WrittenText(most=100, required=True, metadata={"description": "The programme's slug."})
    support_person_id = Identifier(required=True)
    ceiling_oere = PositiveOere(load_default=nothing, allow_none=True, attribute="ceiling")


class ScreeningBody(Body):
    """Answers to the questions of the target group, and the screener's judgement."""

    answers = ScreeningAnswers(required=True)
    judgement = WrittenText(least=0, most=20_000, load_default="")


class EndingBody(Body):
    """Why an enrolment ends."""

    because = WrittenText(most=2_000, required=True)


class EnrolmentQuery(PageQuery):
    """Which page of the caseload, and in which state."""

    state = Choice(EnrolmentState, load_default=nothing)


class EnrolmentAnswer(Answer):
    """One citizen in one programme."""

    id = fields.UUID()
    citizen_id = fields.UUID()
    programme = fields.String()
    rules_from = fields.Date(metadata={"description": "Which version of the rules it is pinned to."})
    state = Choice(EnrolmentState)
    support_person_id = fields.UUID()
    ceiling_oere = Oere(of="ceiling")
    referred_at = fields.DateTime()
    started_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    ended_on = fields.Date(allow_none=True)
    ended_because = fields.String(allow_none=True)


class CaseloadItemAnswer(EnrolmentAnswer):
    """An enrolment on the list, with the citizen's name."""

    citizen_name = fields.String()


class GoalBody(Body):
    """The dream, in the citizen's own words, kept to the letter."""

    words = WrittenText(most=LONGEST_WORDS, required=True)
    categories = ListOf(Choice(GoalCategory), least=0, most=len(GoalCategory), required=True)


class GoalAnswer(Answer):
    """The dream, and what it is about."""

    words = fields.String()
    categories = fields.List(Choice(GoalCategory))


class SubGoalBody(Body):
    """A step on the way, in the citizen's own words."""

    words = WrittenText(most=LONGEST_WORDS, required=True)


class SubGoalAnswer(Answer):
    """A step on the way."""

    id = fields.UUID()
    position = fields.Integer()
    words = fields.String()


class PlanItemBody(Body):
    """One thing to spend on, towards one sub-goal."""

    sub_goal_id = Identifier(required=True)
    description = WrittenText(most=LONGEST_DESCRIPTION, required=True)
    category = Choice(SpendingCategory, required=True)
    amount_oere = PositiveOere(required=True, attribute="amount")
    theory_of_change = WrittenText(
        most=5_000, required=True, metadata={"description": "Why this money leads to change."}
    )
    needed_on = Day(load_default=nothing, allow_none=True)


class PlanBody(Body):
    """A new version of the budget plan."""

    motivation = WrittenText(most=20_000, required=True)
    items = ListOf(Part(PlanItemBody()), least=1, most=200, required=True)


class ApprovalBody(Body):
    """How sure the approver is; yellow must be discussed and end green or red first."""

    colour = Choice(Colour, required=True)


class ReturnBody(Body):
    """What is to be changed in a plan."""

    comment = WrittenText(most=20_000, required=True)


class PlanItemAnswer(Answer):
    """One thing to spend on."""

    id = fields.UUID()
    sub_goal_id = fields.UUID()
    position = fields.Integer()
    description = fields.String()
    category = Choice(SpendingCategory)
    amount_oere = Oere(of="amount")
    theory_of_change = fields.String()
    needed_on = fields.Date(allow_none=True)


class PlanAnswer(Answer):
    """One version of a budget plan. `total_oere` is the sum of its items."""

    id = fields.UUID()
    enrolment_id = fields.UUID()
    version = fields.Integer()
    state = Choice(PlanState)
    motivation = fields.String()
    colour = Choice(Colour, allow_none=True)
    comment = fields.String(metadata={"description": "Why it was returned; empty where it was not."})
    drafted_by = fields.UUID()
    proposed_by = fields.UUID(allow_none=True)
    proposed_at = fields.DateTime(allow_none=True)
    decided_by = fields.UUID(allow_none=True)
    decided_at = fields.DateTime(allow_none=True)
    total_oere = Oere(of="total")
    items = fields.List(fields.Nested(PlanItemAnswer))


class BudgetStatementAnswer(Answer):
    """Where a citizen's money is: `granted_oere` is the sum of the other four."""

    granted_oere = Oere(of="granted")
    available_oere = Oere(of="available")
    committed_oere = Oere(of="committed")
    in_payment_oere = Oere(of="in_payment")
    spent_oere = Oere(of="spent")


class CaseAnswer(CaseloadItemAnswer):
    """Everything about one enrolment. `goal` has no words before the dream is written down."""

    goal = fields.Nested(GoalAnswer)
    sub_goals = fields.List(fields.Nested(SubGoalAnswer))
    budget = fields.Nested(BudgetStatementAnswer)
    plans = fields.List(fields.Nested(PlanAnswer), metadata={"description": "Newest version first."})
    purchases = fields.List(fields.Nested(PurchaseAnswer), metadata={"description": "Newest first."})
    payouts = fields.List(fields.Nested(PayoutWithAttemptsAnswer), metadata={"description": "Newest first."})
