"""What the team reads: a plan's whole assessment, what waits, what is shown, the calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, distinct_on

from raaderum.enrolments.rules import UNDER_WAY
from raaderum.enrolments.service import cases_of
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.people.roles import Act, require
from raaderum.people.tables import Citizen, Staff
from raaderum.persistence.sealed_fields import open_field
from raaderum.plans.assessment_rules import (
    Criterion,
    WaitingPlan,
    due_on,
    escalated_to,
    step_of,
)
from raaderum.plans.assessment_tables import PlanAssessment, PlanComment, PlanSeen, TeamDecision, TeamVote
from raaderum.plans.calibration import Calibration, Course, calibrate
from raaderum.plans.rules import Colour, PlanState
from raaderum.plans.tables import BudgetPlan
from raaderum.plans.versions import seen_plan
from raaderum.programmes.installed import rules_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_MOST_SHOWN_TO_TEAM = 50


@dataclass(frozen=True, slots=True)
class OpenedAssessment:
    """One round with its words, and who made it."""

    row: PlanAssessment
    words: dict[Criterion, str]
    guard_words: str
    assessed_by_name: str


@dataclass(frozen=True, slots=True)
class OpenedComment:
    """A colleague's comment with its words."""

    row: PlanComment
    words: str
    written_by_name: str


@dataclass(frozen=True, slots=True)
class OpenedDecision:
    """A team's decision with its words, and how each voted, by name."""

    row: TeamDecision
    words: str
    votes: tuple[TeamVote, ...]
    names: dict[UUID, str]


@dataclass(frozen=True, slots=True)
class OpenedHistory:
    """A plan's whole assessment, oldest first."""

    plan: BudgetPlan
    assessments: tuple[OpenedAssessment, ...]
    comments: tuple[OpenedComment, ...]
    decisions: tuple[OpenedDecision, ...]
    follow_up: str

    @property
    def latest(self) -> OpenedAssessment | None:
        """The newest round."""
        return self.assessments[-1] if self.assessments else None

    @property
    def is_team_for_it(self) -> bool:
        """Whether the team's newest decision approves."""
        return bool(self.decisions) and self.decisions[-1].row.is_approved


@dataclass(frozen=True, slots=True)
class ShownToTeam:
    """A green plan that colleagues are to see."""

    plan_id: UUID
    enrolment_id: UUID
    version: int
    decided_at: datetime | None
    decided_by_name: str
    citizen: Citizen


def assessment_history(session: Session, plan_id: UUID, *, by: Actor) -> OpenedHistory:
    """Return a plan's rounds, comments and decisions with their words; raise `NotFound`."""
    require(by, Act.SEE_ASSESSMENTS)
    plan = seen_plan(session, plan_id, by=by)
    return OpenedHistory(
        plan,
        tuple(_assessments(session, plan.id)),
        tuple(_comments(session, plan.id)),
        tuple(_decisions(session, plan.id)),
        follow_up=open_field(session, plan, "follow_up"),
    )


def waiting_plans(session: Session, *, on: date, by: Actor) -> list[WaitingPlan]:
    """Return every proposed plan of the cases under way that `by` may see, with its step, those due first."""
    require(by, Act.SEE_ASSESSMENTS)
    newest = (
        select(PlanAssessment.plan_id, PlanAssessment.colour, PlanAssessment.assessed_at)
        .ext(distinct_on(PlanAssessment.plan_id))
        .order_by(PlanAssessment.plan_id, PlanAssessment.round.desc())
        .subquery()
    )
    rows = session.execute(
        select(BudgetPlan, Enrolment, newest.c.colour, newest.c.assessed_at)
        .join(Enrolment, Enrolment.id == BudgetPlan.enrolment_id)
        .outerjoin(newest, newest.c.plan_id == BudgetPlan.id)
        .where(
            BudgetPlan.state == PlanState.PROPOSED,
            Enrolment.state.in_(UNDER_WAY),
            cases_of(by),
        )
    )
    found = []
    for plan, enrolment, colour, assessed_at in rows:
        step = step_of(Colour(colour) if colour else None)
        rules = rules_of(enrolment.programme, enrolment.rules_from).approval_rules
        due = due_on(step, clock.day_of(assessed_at or plan.proposed_at), rules)
        found.append(WaitingPlan(enrolment.id, plan.id, step, due, escalated_to(due, on)))
    return sorted(found, key=lambda one: (one.due_on, one.plan_id))


def shown_to_team(session: Session, *, by: Actor) -> list[ShownToTeam]:
    """Return the newest green plans that `by` neither decided on nor has marked as seen."""
    require(by, Act.SEE_ASSESSMENTS)
    is_seen = exists().where(PlanSeen.plan_id == BudgetPlan.id, PlanSeen.staff_id == by.person_id)
    rows = session.execute(
        select(BudgetPlan, Staff.name, Citizen)
        .join(Enrolment, Enrolment.id == BudgetPlan.enrolment_id)
        .join(Citizen, Citizen.id == Enrolment.citizen_id)
        .outerjoin(Staff, Staff.id == BudgetPlan.decided_by)
        .where(
            BudgetPlan.colour == Colour.GREEN,
            BudgetPlan.state.in_([PlanState.APPROVED, PlanState.REPLACED]),
            BudgetPlan.decided_by != by.person_id,
            cases_of(by),
            ~is_seen,
        )
        .order_by(BudgetPlan.decided_at.desc())
        .limit(_MOST_SHOWN_TO_TEAM)
    )
    return [
        ShownToTeam(plan.id, plan.enrolment_id, plan.version, plan.decided_at, name or "", citizen)
        for plan, name, citizen in rows
    ]


def calibration(session: Session, *, by: Actor) -> Calibration:
    """Return how the municipality's team uses its colours, from one query over all assessed plans."""
    require(by, Act.SEE_ASSESSMENTS)
    in_order = PlanAssessment.round
    colours = func.array_agg(aggregate_order_by(PlanAssessment.colour, in_order))
    moments = func.array_agg(aggregate_order_by(PlanAssessment.assessed_at, in_order))
    advice = (
        select(func.array_agg(PlanComment.advice))
        .where(PlanComment.plan_id == BudgetPlan.id)
        .correlate(BudgetPlan)
        .scalar_subquery()
    )
    rows = session.execute(
        select(BudgetPlan.proposed_at, BudgetPlan.decided_at, BudgetPlan.state, colours, moments, advice)
        .join(PlanAssessment, PlanAssessment.plan_id == BudgetPlan.id)
        .where(BudgetPlan.proposed_at.is_not(None))
        .group_by(BudgetPlan.tenant_id, BudgetPlan.id)
    )
    return calibrate(
        Course(
            proposed_on=clock.day_of(proposed_at),
            rounds=tuple(
                (Colour(colour), clock.day_of(moment))
                for colour, moment in zip(of_rounds, at_rounds, strict=True)
            ),
            advice=tuple(Colour(colour) for colour in advised or ()),
            decided_on=clock.day_of(decided_at) if decided_at else None,
            is_approved=state in {PlanState.APPROVED, PlanState.REPLACED},
        )
        for proposed_at, decided_at, state, of_rounds, at_rounds, advised in rows
        if proposed_at is not None
    )


def _assessments(session: Session, plan_id: UUID) -> list[OpenedAssessment]:
    rows = session.execute(
        select(PlanAssessment, Staff.name)
        .outerjoin(Staff, Staff.id == PlanAssessment.assessed_by)
        .where(PlanAssessment.plan_id == plan_id)
        .order_by(PlanAssessment.round)
    )
    return [
        OpenedAssessment(
            row,
            {criterion: open_field(session, row, criterion.value) for criterion in Criterion},
            open_field(session, row, "guard"),
            name or "",
        )
        for row, name in rows
    ]


def _comments(session: Session, plan_id: UUID) -> list[OpenedComment]:
    rows = session.execute(
        select(PlanComment, Staff.name)
        .outerjoin(Staff, Staff.id == PlanComment.written_by)
        .where(PlanComment.plan_id == plan_id)
        .order_by(PlanComment.id)
    )
    return [OpenedComment(row, open_field(session, row, "words"), name or "") for row, name in rows]


def _decisions(session: Session, plan_id: UUID) -> list[OpenedDecision]:
    rows = session.execute(
        select(TeamDecision, TeamVote, Staff.name)
        .join(TeamVote, TeamVote.decision_id == TeamDecision.id)
        .join(Staff, Staff.id == TeamVote.staff_id)
        .where(TeamDecision.plan_id == plan_id)
        .order_by(TeamDecision.id, Staff.name)
    )
    votes: dict[TeamDecision, list[tuple[TeamVote, str]]] = {}
    for decision, vote, name in rows:
        votes.setdefault(decision, []).append((vote, name))
    return [
        OpenedDecision(
            row,
            open_field(session, row, "words"),
            tuple(vote for vote, _ in said),
            {vote.staff_id: name for vote, name in said},
        )
        for row, said in votes.items()
    ]
