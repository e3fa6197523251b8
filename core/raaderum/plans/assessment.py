"""Assessing a proposed plan: the colour, colleagues' comments, the whole team, reasons beyond guidelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as insert_unless_there

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, Role, require
from raaderum.people.service import staff_with_role
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.plans.assessment_errors import (
    CommentNotAsked,
    MeetingBeforePlan,
    MeetingInFuture,
    NotPresented,
    NotRed,
    OwnAssessment,
    WordsNeeded,
)
from raaderum.plans.assessment_rules import (
    Criterion,
    Doubt,
    Guard,
    Judged,
    Vote,
    check_colour,
    check_colour_move,
    check_guards,
    check_meeting,
)
from raaderum.plans.assessment_tables import (
    GuidelineReason,
    PlanAssessment,
    PlanComment,
    PlanSeen,
    TeamDecision,
    TeamVote,
)
from raaderum.plans.guideline_rules import GuidelineUnknown
from raaderum.plans.rules import Colour, OwnProposal, PlanState
from raaderum.plans.versions import check_state, locked_plan, record_plan, seen_plan
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.plans.tables import BudgetPlan


def assess_plan(
    session: Session,
    plan_id: UUID,
    *,
    colour: Colour,
    judged: Judged,
    by: Actor,
    words: Mapping[Criterion, str] | None = None,
    guard_words: str = "",
    doubt: Doubt | None = None,
) -> PlanAssessment:
    """Assess a proposed plan, or assess it again after colleagues' comments; earlier rounds stay.

    Raises `OwnProposal` for whoever wrote or proposed it, `ColourTooSure`, `ColourUnlikeDoubts`,
    `GuardUnexplained`, `CommentsFirst` and `ColourMoveForbidden`.
    """
    require(by, Act.ASSESS_PLAN)
    plan = _locked_proposal(session, plan_id, by)
    latest = latest_assessment(session, plan.id)
    doubt = check_colour(colour, judged.criteria, doubt)
    check_guards(judged.guards, guard_words)
    check_colour_move(
        Colour(latest.colour) if latest else None,
        colour,
        colleagues_commented=_comments_on(session, latest) if latest else 0,
    )
    return write_assessment(
        session,
        plan,
        colour=colour,
        judged=judged,
        words=words or {},
        guard_words=guard_words,
        doubt=doubt,
        by=by,
    )


def write_assessment(
    session: Session,
    plan: BudgetPlan,
    *,
    colour: Colour,
    judged: Judged,
    words: Mapping[Criterion, str],
    guard_words: str,
    doubt: Doubt | None,
    by: Actor,
) -> PlanAssessment:
    """Write the next round of a plan's assessment, which has been checked."""
    rounds = select(func.count()).where(PlanAssessment.plan_id == plan.id)
    row = PlanAssessment(
        id=new_id(),
        tenant_id=current_tenant_id(),
        plan_id=plan.id,
        round=(session.scalar(rounds) or 0) + 1,
        colour=colour,
        doubt=doubt,
        assessed_by=person_of(by),
        **{criterion.value: judgement for criterion, judgement in judged.criteria.items()},
        **{guard.value: judged.guards.get(guard) for guard in Guard},
    )
    for criterion in Criterion:
        seal_field(session, row, criterion.value, words.get(criterion, ""))
    seal_field(session, row, "guard", guard_words)
    insert(session, row)
    record_plan(session, AuditEvent.PLAN_ASSESSED, plan, by=by, colour=colour, doubt=doubt, round=row.round)
    return row


def comment_on_plan(session: Session, plan_id: UUID, *, advice: Colour, words: str, by: Actor) -> PlanComment:
    """Comment on a yellow plan, and say how it should end: green or red.

    Raises `CommentNotAsked` where the plan is not yellow, `OwnAssessment` for its assessor, and
    `OwnProposal` for whoever wrote or proposed it.
    """
    require(by, Act.COMMENT_PLAN)
    plan = _locked_proposal(session, plan_id, by)
    latest = latest_assessment(session, plan.id)
    if latest is None or latest.colour != Colour.YELLOW or advice is Colour.YELLOW:
        raise CommentNotAsked(where="advice")
    if latest.assessed_by == by.person_id:
        raise OwnAssessment(where="written_by")
    row = PlanComment(
        id=new_id(),
        tenant_id=current_tenant_id(),
        plan_id=plan.id,
        assessment_id=latest.id,
        advice=advice,
        written_by=person_of(by),
    )
    seal_field(session, row, "words", _written(words))
    insert(session, row)
    record_plan(session, AuditEvent.PLAN_COMMENTED, plan, by=by, advice=advice)
    return row


def record_team_decision(
    session: Session,
    plan_id: UUID,
    *,
    held_on: date,
    votes: Sequence[tuple[UUID, Vote]],
    words: str,
    by: Actor,
) -> TeamDecision:
    """Record what the whole team decided of a red plan, and how each who was present voted.

    More than half of the team must be present; whoever wrote or proposed the plan is not of it. The
    team approves with more than half of those present. Raises `NotRed`, `MeetingInFuture`,
    `MeetingBeforePlan`, `NotOfTheTeam`, `VotedTwice` and `TeamNotGathered`.
    """
    require(by, Act.RECORD_TEAM_DECISION)
    plan = _locked_proposal(session, plan_id, by)
    latest = latest_assessment(session, plan.id)
    if latest is None or latest.colour != Colour.RED:
        raise NotRed(where="plan")
    if held_on > clock.today():
        raise MeetingInFuture(where="held_on")
    if plan.proposed_at is not None and held_on < clock.day_of(plan.proposed_at):
        raise MeetingBeforePlan(where="held_on", proposed_on=clock.day_of(plan.proposed_at))
    row = TeamDecision(
        id=new_id(),
        tenant_id=current_tenant_id(),
        plan_id=plan.id,
        held_on=held_on,
        is_approved=check_meeting(votes, team_for(session, plan).keys()),
        recorded_by=person_of(by),
    )
    seal_field(session, row, "words", words)
    insert(session, row)
    session.add_all(
        TeamVote(tenant_id=row.tenant_id, decision_id=row.id, staff_id=staff_id, vote=vote)
        for staff_id, vote in votes
    )
    outcome = "approved" if row.is_approved else "not_approved"
    record_plan(session, AuditEvent.TEAM_DECIDED, plan, by=by, outcome=outcome, present=len(votes))
    return row


def explain_guideline(
    session: Session, plan_id: UUID, *, guideline: str, words: str, by: Actor
) -> GuidelineReason:
    """Write why a plan is right although it touches a guideline, or write it anew."""
    require(by, Act.ASSESS_PLAN)
    plan = _locked_proposal(session, plan_id, by)
    if guideline not in {known.identifier for known in current_tenant().guidelines}:
        raise GuidelineUnknown(where="guideline")
    reason = session.scalar(
        select(GuidelineReason).where(
            GuidelineReason.plan_id == plan.id, GuidelineReason.guideline == guideline
        )
    )
    if reason is None:
        reason = GuidelineReason(
            id=new_id(), tenant_id=current_tenant_id(), plan_id=plan.id, guideline=guideline
        )
        session.add(reason)
    seal_field(session, reason, "words", _written(words))
    reason.written_by, reason.written_at = person_of(by), clock.now()
    record_plan(session, AuditEvent.GUIDELINE_EXPLAINED, plan, by=by, guideline=guideline)
    return reason


def mark_plan_seen(session: Session, plan_id: UUID, *, by: Actor) -> None:
    """Mark a green plan that was presented to the team as seen; a second time changes nothing.

    Raises `NotPresented` for a plan that was not approved as green.
    """
    require(by, Act.COMMENT_PLAN)
    plan = seen_plan(session, plan_id, by=by)
    if plan.colour != Colour.GREEN:
        raise NotPresented(where="plan")
    mark = (
        insert_unless_there(PlanSeen)
        .values(tenant_id=current_tenant_id(), plan_id=plan.id, staff_id=person_of(by), seen_at=clock.now())
        .on_conflict_do_nothing()
        .returning(PlanSeen.plan_id)
    )
    if session.scalar(mark) is not None:
        record_plan(session, AuditEvent.PLAN_SEEN_BY_COLLEAGUE, plan, by=by)


def latest_assessment(session: Session, plan_id: UUID) -> PlanAssessment | None:
    """Return a plan's newest round, None before the first."""
    newest = (
        select(PlanAssessment)
        .where(PlanAssessment.plan_id == plan_id)
        .order_by(PlanAssessment.round.desc())
        .limit(1)
    )
    return session.scalar(newest)


def team_for(session: Session, plan: BudgetPlan) -> dict[UUID, str]:
    """Return those who decide on a red plan together, by name: all but who wrote or proposed it."""
    everybody = staff_with_role(session, Role.COORDINATOR) | staff_with_role(session, Role.TEAM_LEADER)
    own = {plan.drafted_by, plan.proposed_by}
    return {staff_id: name for staff_id, name in everybody.items() if staff_id not in own}


def _locked_proposal(session: Session, plan_id: UUID, by: Actor) -> BudgetPlan:
    """Return a plan that waits for approval, and that `by` has no share in."""
    plan = locked_plan(session, plan_id, by=by)
    check_state(plan, PlanState.PROPOSED)
    if by.person_id in {plan.proposed_by, plan.drafted_by}:
        raise OwnProposal(where="decided_by")
    return plan


def _comments_on(session: Session, assessment: PlanAssessment) -> int:
    """Count the colleagues who have commented; a comment is never the assessor's or the proposer's."""
    comments = select(func.count()).where(PlanComment.assessment_id == assessment.id)
    return session.scalar(comments) or 0


def _written(words: str) -> str:
    if not words.strip():
        raise WordsNeeded(where="words")
    return words
