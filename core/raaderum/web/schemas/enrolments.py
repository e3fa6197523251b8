"""Enrolments, goals and plans: one citizen's course through a programme."""

from __future__ import annotations

from marshmallow import fields

from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.place_rules import (
    MOST_WORDS_OF_A_REFERRAL,
    MOST_WORDS_OF_AN_AUTHORITY,
    ReferralSource,
)
from raaderum.enrolments.rules import EnrolmentState
from raaderum.plans.evidence_rules import MOST_FILES, EvidenceKind
from raaderum.plans.rules import (
    LONGEST_DESCRIPTION,
    LONGEST_MOTIVATION,
    LONGEST_THEORY,
    Colour,
    PlanState,
    SpendingCategory,
)
from raaderum.programmes.selections import Arm, Selection
from raaderum.web.fields import (
    Choice,
    Day,
    Identifier,
    ListOf,
    Oere,
    Part,
    PositiveOere,
    Whole,
    WrittenText,
    YesOrNo,
    nothing,
)
from raaderum.web.pages import PageQuery
from raaderum.web.schema import Answer, Body
from raaderum.web.schemas.assessments import TouchedGuidelineAnswer
from raaderum.web.schemas.goals import GoalAnswer, SubGoalAnswer
from raaderum.web.schemas.purchases import PayoutWithAttemptsAnswer, PurchaseAnswer


class ReferralBody(Body):
    """Which citizen to refer to which programme."""

    citizen_id = Identifier(required=True)
    programme = WrittenText(most=100, required=True, metadata={"description": "The programme's slug."})
    support_person_id = Identifier(required=True)
    ceiling_oere = PositiveOere(load_default=nothing, allow_none=True, attribute="ceiling")
    source = Choice(ReferralSource, load_default=ReferralSource.STAFF)
    note = WrittenText(
        least=0,
        most=MOST_WORDS_OF_A_REFERRAL,
        load_default="",
        metadata={"description": "What the one who referred said."},
    )
    authority = WrittenText(
        least=0,
        most=MOST_WORDS_OF_AN_AUTHORITY,
        load_default="",
        metadata={"description": "The name of the other authority, where one referred."},
    )


class EnrolmentQuery(PageQuery):
    """Which page of the caseload; what is left out does not narrow it."""

    state = Choice(EnrolmentState, load_default=nothing)
    support_person_id = Identifier(load_default=nothing)
    programme = WrittenText(most=100, load_default=nothing)
    overdue = YesOrNo(
        load_default=False, metadata={"description": "Only those with a task of the caller's that is late."}
    )


class CaseSearchBody(Body):
    """A part of a citizen's name."""

    name = WrittenText(least=2, most=200, required=True)


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
    referral_source = Choice(ReferralSource)
    selection = Choice(Selection, allow_none=True)
    arm = Choice(Arm, allow_none=True)
    offered_on = fields.Date(allow_none=True)
    accepted_on = fields.Date(allow_none=True)
    started_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    ended_on = fields.Date(allow_none=True)
    ended_because = Choice(EndingReason, allow_none=True)


class CaseloadItemAnswer(EnrolmentAnswer):
    """An enrolment on the list, with the citizen's name."""

    citizen_name = fields.String()


class PlanItemBody(Body):
    """One thing to spend on, towards one sub-goal."""

    sub_goal_id = Identifier(required=True)
    description = WrittenText(most=LONGEST_DESCRIPTION, required=True)
    category = Choice(SpendingCategory, required=True)
    amount_oere = PositiveOere(required=True, attribute="amount")
    theory_of_change = WrittenText(
        most=LONGEST_THEORY, required=True, metadata={"description": "Why this money leads to change."}
    )
    needed_on = Day(load_default=nothing, allow_none=True)
    who_will_teach = WrittenText(
        least=0,
        most=LONGEST_DESCRIPTION,
        load_default="",
        metadata={"description": "Equipment and instruments: who will show the citizen how to use them?"},
    )
    evidence_ids = ListOf(
        Identifier(),
        least=0,
        most=MOST_FILES,
        load_default=list,
        attribute="evidence",
        metadata={"description": "Files of the same enrolment that show the price; none is copied."},
    )


class PlanBody(Body):
    """A new version of the budget plan."""

    motivation = WrittenText(most=LONGEST_MOTIVATION, required=True)
    based_on_version = Whole(
        least=0,
        most=32_767,
        strict=True,
        load_default=nothing,
        allow_none=True,
        attribute="based_on",
        metadata={
            "description": "The newest version that the writer has seen, 0 for none. "
            "Refused as `plan_moved_on` where there is a newer one."
        },
    )
    items = ListOf(Part(PlanItemBody()), least=1, most=200, required=True)


class ApprovalBody(Body):
    """The colour of the plan's assessment, and with the first plan how long the enrolment lasts.

    A green that nobody has assessed is assessed with all criteria met. Yellow must end green or red
    first; red needs the team's decision.
    """

    colour = Choice(Colour, required=True)
    months = Whole(
        least=1,
        most=60,
        load_default=nothing,
        allow_none=True,
        metadata={"description": "Between the programme's least and most; left out: its most."},
    )
    follow_up = WrittenText(least=0, most=20_000, load_default="")


class ReturnBody(Body):
    """What is to be changed in a plan."""

    comment = WrittenText(most=20_000, required=True)


class EvidenceAnswer(Answer):
    """A file that shows a price."""

    id = fields.UUID()
    file_name = fields.String()
    kind = Choice(EvidenceKind)
    size = fields.Integer(metadata={"description": "Bytes."})
    sha256 = fields.String()
    added_by = fields.UUID()
    added_at = fields.DateTime()


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
    who_will_teach = fields.String(metadata={"description": "Empty where nobody was named."})
    evidence = fields.List(fields.Nested(EvidenceAnswer))


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
    follow_up = fields.String(metadata={"description": "How the citizen is followed up; set on approval."})
    guidelines = fields.List(
        fields.Nested(TouchedGuidelineAnswer), metadata={"description": "Those that its items touch."}
    )


class BudgetStatementAnswer(Answer):
    """Where a citizen's money is: `granted_oere` is the sum of the others, less `overdrawn_oere`.

    The last three are 0 for a citizen without a card.
    """

    granted_oere = Oere(of="granted")
    available_oere = Oere(of="available")
    committed_oere = Oere(of="committed")
    in_payment_oere = Oere(of="in_payment")
    spent_oere = Oere(of="spent")
    on_card_oere = Oere(of="on_card")
    card_held_oere = Oere(of="card_held")
    overdrawn_oere = Oere(of="overdrawn")


class CaseAnswer(CaseloadItemAnswer):
    """Everything about one enrolment. `goal` has no words before the dream is written down."""

    goal = fields.Nested(GoalAnswer)
    sub_goals = fields.List(fields.Nested(SubGoalAnswer))
    budget = fields.Nested(BudgetStatementAnswer)
    plans = fields.List(fields.Nested(PlanAnswer), metadata={"description": "Newest version first."})
    purchases = fields.List(fields.Nested(PurchaseAnswer), metadata={"description": "Newest first."})
    payouts = fields.List(fields.Nested(PayoutWithAttemptsAnswer), metadata={"description": "Newest first."})
