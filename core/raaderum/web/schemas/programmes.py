"""Programmes, their rules and the questions of their screening."""

from __future__ import annotations

from marshmallow import fields

from raaderum.plugin_api import AnswerType, CriterionOutcome
from raaderum.programmes.rules import RefundPolicy
from raaderum.web.fields import Choice, Oere
from raaderum.web.schema import Answer


class TextAnswer(Answer):
    """A text in both languages."""

    danish = fields.String()
    english = fields.String()


class ScreeningChoiceAnswer(Answer):
    """One value that a question takes, and how it reads."""

    value = fields.String()
    text = fields.Nested(TextAnswer)


class QuestionAnswer(Answer):
    """One question of the screening; `name` is the key of its answer."""

    name = fields.String()
    text = fields.Nested(TextAnswer)
    answer = Choice(AnswerType)
    choices = fields.List(fields.Nested(ScreeningChoiceAnswer))


class ApprovalRulesAnswer(Answer):
    """Who approves a plan by its value, and how many days each step may take."""

    team_leader_from_oere = Oere(of="team_leader_from_oere", allow_none=True)
    assess_days = fields.Integer()
    comment_days = fields.Integer()
    team_days = fields.Integer()


class ProgrammeAnswer(Answer):
    """One programme in one version of its rules; an enrolment keeps the version it began under."""

    slug = fields.String()
    valid_from = fields.Date()
    closes_on = fields.Date(allow_none=True, metadata={"description": "The last day for new referrals."})
    name = fields.Nested(TextAnswer)
    law = fields.Nested(TextAnswer)
    target_group = fields.String()
    questions = fields.List(fields.Nested(QuestionAnswer))
    ceiling_oere = Oere(of="ceiling_oere")
    months = fields.Integer(metadata={"description": "How long the citizen can draw on the budget."})
    min_months = fields.Integer()
    max_sub_goals = fields.Integer()
    reflection_days = fields.Integer()
    planning_limit_days = fields.Integer(allow_none=True)
    receipt_days = fields.Integer()
    payout_methods = fields.List(fields.String())
    refund_policy = Choice(RefundPolicy)
    capacity_per_year = fields.Integer(allow_none=True)
    appropriation_oere = Oere(of="appropriation_oere")
    approval_rules = fields.Nested(ApprovalRulesAnswer)
    rules_digest = fields.String(metadata={"description": "SHA-256 of everything the version says."})


class ProgrammesAnswer(Answer):
    """All programmes of the municipality, in all their versions."""

    items = fields.List(fields.Nested(ProgrammeAnswer))


class CriterionAnswer(Answer):
    """How one criterion of the target group came out, with a reason to tell the citizen."""

    criterion = fields.String()
    name = fields.Nested(TextAnswer)
    outcome = Choice(CriterionOutcome)
    reason = fields.Nested(TextAnswer)
