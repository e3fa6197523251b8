"""Assessments of plans, the team's lists, the calibration, and the guidelines."""

from __future__ import annotations

from marshmallow import fields

from raaderum.people.roles import Role
from raaderum.plans.assessment_rules import LONGEST_ASSESSMENT, Doubt, Judgement, Step, Vote
from raaderum.plans.rules import Colour
from raaderum.tenancy.guideline_file import Verdict
from raaderum.web.fields import Choice, Day, Identifier, ListOf, Part, WrittenText, nothing
from raaderum.web.schema import Answer, Body
from raaderum.web.schemas.programmes import TextAnswer


class GuidelineAnswer(Answer):
    """What a municipality's guidelines say of one subject."""

    identifier = fields.String()
    verdict = Choice(Verdict)
    title = fields.Nested(TextAnswer)
    reason = fields.Nested(TextAnswer)
    categories = fields.List(fields.String())
    words = fields.List(fields.String())


class TouchedGuidelineAnswer(Answer):
    """A guideline that items of a plan touch."""

    identifier = fields.String()
    verdict = Choice(Verdict)
    title = fields.Nested(TextAnswer)
    reason = fields.Nested(TextAnswer)
    items = fields.List(fields.String(), metadata={"description": "The descriptions of the items."})


class AssessedCriterionBody(Body):
    """How one criterion came out, and why."""

    judgement = Choice(Judgement, required=True)
    words = WrittenText(least=0, most=LONGEST_ASSESSMENT, load_default="")


class AssessmentBody(Body):
    """The three criteria, what a purchase can bring later, and the colour they lead to.

    The colour may be more careful than the judgements, never surer. What a yellow is unsure of may be
    left out where the judgements tell. A guard that comes out other
    than no is explained in `guard_words`.
    """

    colour = Choice(Colour, required=True)
    doubt = Choice(Doubt, load_default=nothing, allow_none=True)
    real_change = Part(AssessedCriterionBody(), required=True)
    realistic = Part(AssessedCriterionBody(), required=True)
    means_fit_ends = Part(AssessedCriterionBody(), required=True)
    later_debt = Choice(Judgement, load_default=nothing, allow_none=True)
    future_benefits = Choice(Judgement, load_default=nothing, allow_none=True)
    guard_words = WrittenText(least=0, most=LONGEST_ASSESSMENT, load_default="")


class CommentBody(Body):
    """A colleague's words on a yellow plan, and how it should end: green or red."""

    advice = Choice(Colour, required=True)
    words = WrittenText(most=LONGEST_ASSESSMENT, required=True)


class VoteBody(Body):
    """How one member of the team voted."""

    staff_id = Identifier(required=True)
    vote = Choice(Vote, required=True)


class TeamDecisionBody(Body):
    """A meeting on a red plan: the day, and how each who was present voted."""

    held_on = Day(required=True)
    votes = ListOf(Part(VoteBody()), least=1, most=200, required=True)
    words = WrittenText(least=0, most=LONGEST_ASSESSMENT, load_default="")


class GuidelineReasonBody(Body):
    """Why a plan is right although it touches a guideline."""

    words = WrittenText(most=LONGEST_ASSESSMENT, required=True)


class GuidelineReasonAnswer(Answer):
    """Why a plan is right although it touches a guideline."""

    guideline = fields.String()
    words = fields.String()
    written_by = fields.UUID()


class AssessedCriterionAnswer(Answer):
    """How one criterion came out, and why."""

    judgement = Choice(Judgement)
    words = fields.String()


class AssessmentAnswer(Answer):
    """One round of a plan's assessment. A guard that nobody answered is null."""

    id = fields.UUID()
    plan_id = fields.UUID()
    round = fields.Integer()
    colour = Choice(Colour)
    doubt = Choice(Doubt, allow_none=True)
    real_change = fields.Nested(AssessedCriterionAnswer)
    realistic = fields.Nested(AssessedCriterionAnswer)
    means_fit_ends = fields.Nested(AssessedCriterionAnswer)
    later_debt = Choice(Judgement, allow_none=True)
    future_benefits = Choice(Judgement, allow_none=True)
    guard_words = fields.String()
    assessed_by = fields.UUID()
    assessed_at = fields.DateTime()


class CommentAnswer(Answer):
    """A colleague's comment."""

    id = fields.UUID()
    assessment_id = fields.UUID()
    advice = Choice(Colour)
    words = fields.String()
    written_by = fields.UUID()
    written_at = fields.DateTime()


class VoteAnswer(Answer):
    """How one member of the team voted."""

    staff_id = fields.UUID()
    vote = Choice(Vote)


class TeamDecisionAnswer(Answer):
    """What the team decided. It approves with more than half of those present."""

    id = fields.UUID()
    held_on = fields.Date()
    is_approved = fields.Boolean()
    words = fields.String()
    votes = fields.List(fields.Nested(VoteAnswer))
    recorded_by = fields.UUID()
    recorded_at = fields.DateTime()


class AssessmentHistoryAnswer(Answer):
    """A plan's whole assessment, oldest first."""

    plan_id = fields.UUID()
    enrolment_id = fields.UUID()
    assessments = fields.List(fields.Nested(AssessmentAnswer))
    comments = fields.List(fields.Nested(CommentAnswer))
    decisions = fields.List(fields.Nested(TeamDecisionAnswer))
    guidelines = fields.List(fields.Nested(TouchedGuidelineAnswer))
    reasons = fields.List(fields.Nested(GuidelineReasonAnswer))


class SeenAnswer(Answer):
    """That a colleague has seen a plan."""

    plan_id = fields.UUID()
    is_seen = fields.Boolean()


class WaitingPlanAnswer(Answer):
    """A proposed plan and the step it waits for; `escalated_to` is set once it is late."""

    enrolment_id = fields.UUID()
    plan_id = fields.UUID()
    step = Choice(Step)
    due_on = fields.Date()
    escalated_to = Choice(Role, allow_none=True)


class ShownPlanAnswer(Answer):
    """A green plan that is presented to the team."""

    plan_id = fields.UUID()
    enrolment_id = fields.UUID()
    version = fields.Integer()
    decided_at = fields.DateTime()
    decided_by_name = fields.String()


class QuarterColoursAnswer(Answer):
    """The first colours given in one quarter."""

    quarter = fields.String()
    green = fields.Integer()
    yellow = fields.Integer()
    red = fields.Integer()


class ColourChangeAnswer(Answer):
    """How many approved plans went from a first colour to a final one."""

    first = Choice(Colour)
    final = Choice(Colour)
    plans = fields.Integer()


class StepDaysAnswer(Answer):
    """How many days a step took."""

    step = fields.String()
    plans = fields.Integer()
    median = fields.Integer()
    longest = fields.Integer()


class CalibrationAnswer(Answer):
    """How the team uses its colours. `percent_agreeing` is of the comments on plans that have ended."""

    quarters = fields.List(fields.Nested(QuarterColoursAnswer))
    changes = fields.List(fields.Nested(ColourChangeAnswer))
    comments = fields.Integer()
    comments_agreeing = fields.Integer()
    percent_agreeing = fields.Integer(allow_none=True)
    days = fields.List(fields.Nested(StepDaysAnswer))
