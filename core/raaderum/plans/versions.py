"""One version of a plan, locked for an act, and the record of the act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.service import record
from raaderum.enrolments.rules import UNDER_WAY, EnrolmentState, check_under_way
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.kernel.errors import NotFound
from raaderum.plans.rules import PLAN_STATE_NAMES, PlanMoveForbidden, PlanState
from raaderum.plans.tables import BudgetPlan

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.audit.events import AuditEvent


def locked_plan(session: Session, plan_id: UUID, *, by: Actor, named: str = "plan") -> BudgetPlan:
    """Return a plan of a case that `by` may see and that is under way, locked until the act is done.

    The enrolment is locked before it, so that acts on several versions of one plan stand in line too.
    Raises `NotFound` and `EnrolmentNotOpen`.
    """
    enrolment_id = session.scalar(select(BudgetPlan.enrolment_id).where(BudgetPlan.id == plan_id))
    if enrolment_id is None:
        raise NotFound(where="plan")
    enrolment = locked_enrolment(session, enrolment_id, by=by, named=named)
    check_under_way(EnrolmentState(enrolment.state), *UNDER_WAY)
    lock = (
        select(BudgetPlan)
        .where(BudgetPlan.id == plan_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return session.scalars(lock).one()


def seen_plan(session: Session, plan_id: UUID, *, by: Actor) -> BudgetPlan:
    """Return a plan of a case that `by` may see, to read; raise `NotFound`."""
    plan = session.scalar(select(BudgetPlan).where(BudgetPlan.id == plan_id))
    if plan is None:
        raise NotFound(where="plan")
    get_enrolment(session, plan.enrolment_id, by=by, named="plan")
    return plan


def check_state(plan: BudgetPlan, wanted: PlanState) -> None:
    """Raise `PlanMoveForbidden` unless the plan is where the act needs it."""
    if plan.state != wanted:
        name = PLAN_STATE_NAMES[PlanState(plan.state)]
        raise PlanMoveForbidden(where="plan", state=name.danish, state_english=name.english)


def record_plan(
    session: Session, event: AuditEvent, plan: BudgetPlan, *, by: Actor, **detail: str | int | None
) -> None:
    """Record that `by` did `event` to a version of a plan."""
    record(
        session,
        event,
        by=by,
        subject_type="budget_plan",
        subject_id=plan.id,
        enrolment_id=plan.enrolment_id,
        version=plan.version,
        **detail,
    )
