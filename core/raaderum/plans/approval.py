"""What must hold before a plan is approved, and what approval settles besides the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from raaderum.courses.obligation import check_group_course
from raaderum.enrolments.rules import EnrolmentState
from raaderum.ledger.service import budget_statement
from raaderum.people.roles import Role
from raaderum.persistence.sealed_fields import seal_field
from raaderum.plans.assessment import latest_assessment, write_assessment
from raaderum.plans.assessment_errors import (
    AssessedByAnother,
    ColourDiffers,
    LengthAlreadySet,
    TeamDecisionMissing,
    TeamLeaderNeeded,
)
from raaderum.plans.assessment_rules import ALL_MET, needs_team_leader
from raaderum.plans.assessment_tables import GuidelineReason, PlanAssessment, TeamDecision
from raaderum.plans.guideline_rules import check_reasons
from raaderum.plans.rules import Colour, ColourNotFinal
from raaderum.plans.tables import PlanItem
from raaderum.plans.touched import touched_by_plan
from raaderum.programmes.installed import rules_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment
    from raaderum.plans.tables import BudgetPlan


def check_assessed(
    session: Session, plan: BudgetPlan, enrolment: Enrolment, *, colour: Colour, by: Actor
) -> None:
    """Raise unless the plan has been assessed as `colour`, and `by` is who approves one of that colour.

    A green that nobody has assessed is assessed here, with all criteria met. Raises
    `ColourNotFinal`, `ColourDiffers`, `TeamDecisionMissing`, `TeamLeaderNeeded`,
    `AssessedByAnother`, `OutsideGuidelines`, and `GroupCourseMissing` for a first plan.
    """
    latest = latest_assessment(session, plan.id)
    if Colour.YELLOW in {colour, latest.colour if latest else None}:
        raise ColourNotFinal(where="colour")
    if latest is not None and latest.colour != colour:
        raise ColourDiffers(where="colour")
    if colour is Colour.RED:
        _check_team(session, plan, by)
    else:
        _check_assessor(session, plan, enrolment, latest, by)
    _check_guidelines(session, plan)
    if enrolment.state == EnrolmentState.RUN_IN:
        check_group_course(session, enrolment)


def settle_terms(
    session: Session, plan: BudgetPlan, enrolment: Enrolment, *, months: int | None, follow_up: str
) -> None:
    """Keep the follow-up plan; raise `LengthAlreadySet` for a length once the enrolment is under way."""
    if enrolment.state != EnrolmentState.RUN_IN and months is not None:
        raise LengthAlreadySet(where="months")
    if follow_up.strip():
        seal_field(session, plan, "follow_up", follow_up)


def value_of(session: Session, plan: BudgetPlan) -> int:
    """Return what approval would grant in øre: the plan's sum, for a later version what it adds."""
    total = session.scalar(select(func.sum(PlanItem.amount)).where(PlanItem.plan_id == plan.id)) or 0
    return max(int(total) - budget_statement(session, plan.enrolment_id).granted, 0)


def is_for_team_leader(session: Session, plan: BudgetPlan, enrolment: Enrolment) -> bool:
    """Say whether the plan's value asks for a team leader."""
    rules = rules_of(enrolment.programme, enrolment.rules_from).approval_rules
    if rules.team_leader_from_oere is None:
        return False
    return needs_team_leader(value_of(session, plan), rules)


def _check_team(session: Session, plan: BudgetPlan, by: Actor) -> None:
    newest = (
        select(TeamDecision.is_approved)
        .where(TeamDecision.plan_id == plan.id)
        .order_by(TeamDecision.id.desc())
        .limit(1)
    )
    if not session.scalar(newest):
        raise TeamDecisionMissing(where="colour")
    if by.role != Role.TEAM_LEADER:
        raise TeamLeaderNeeded(where="decided_by")


def _check_assessor(
    session: Session, plan: BudgetPlan, enrolment: Enrolment, latest: PlanAssessment | None, by: Actor
) -> None:
    if is_for_team_leader(session, plan, enrolment):
        if by.role != Role.TEAM_LEADER:
            raise TeamLeaderNeeded(where="decided_by")
    elif latest is not None and latest.assessed_by != by.person_id:
        raise AssessedByAnother(where="decided_by")
    if latest is None:
        write_assessment(
            session, plan, colour=Colour.GREEN, judged=ALL_MET, words={}, guard_words="", doubt=None, by=by
        )


def _check_guidelines(session: Session, plan: BudgetPlan) -> None:
    touched = touched_by_plan(session, plan.id)
    if touched:
        explained = select(GuidelineReason.guideline).where(GuidelineReason.plan_id == plan.id)
        check_reasons(touched, set(session.scalars(explained)))
