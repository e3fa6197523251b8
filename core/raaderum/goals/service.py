"""Writing down the dream and the steps on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.enrolments.service import locked_enrolment
from raaderum.goals.rules import GoalCategory, GoalMissing, TooManySubGoals, check_words
from raaderum.goals.tables import LongTermGoal, SubGoal
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.programmes.installed import rules_of
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment


@dataclass(frozen=True, slots=True)
class OpenedSubGoal:
    """A sub-goal with its words."""

    id: UUID
    position: int
    words: str


@dataclass(frozen=True, slots=True)
class OpenedGoals:
    """The citizen's dream and sub-goals; `words` is '' before the dream is written down."""

    words: str
    categories: tuple[GoalCategory, ...]
    sub_goals: tuple[OpenedSubGoal, ...]


def write_goal(
    session: Session,
    enrolment_id: UUID,
    *,
    words: str,
    categories: Iterable[GoalCategory],
    by: Actor,
) -> LongTermGoal:
    """Write the dream down verbatim, or write it anew."""
    enrolment = _writable(session, enrolment_id, by)
    goal = _goal_of(session, enrolment.id)
    if goal is None:
        goal = LongTermGoal(id=new_id(), tenant_id=current_tenant_id(), enrolment_id=enrolment.id)
        session.add(goal)
    seal_field(session, goal, "words", check_words(words))
    goal.categories = sorted(set(categories))
    goal.written_by, goal.written_at = person_of(by), clock.now()
    record(
        session,
        AuditEvent.GOAL_WRITTEN,
        by=by,
        subject_type="long_term_goal",
        subject_id=goal.id,
        enrolment_id=enrolment.id,
        categories=" ".join(goal.categories),
    )
    return goal


def add_sub_goal(session: Session, enrolment_id: UUID, *, words: str, by: Actor) -> SubGoal:
    """Add a sub-goal; raise `TooManySubGoals` at the programme's limit, `GoalMissing` before the dream."""
    enrolment = _writable(session, enrolment_id, by)
    if _goal_of(session, enrolment.id) is None:
        raise GoalMissing(where="sub_goal")
    most = rules_of(enrolment.programme, enrolment.rules_from).max_sub_goals
    taken = session.scalar(
        select(func.count()).select_from(SubGoal).where(SubGoal.enrolment_id == enrolment.id)
    )
    position = (taken or 0) + 1
    if position > most:
        raise TooManySubGoals(where="sub_goals", most=most)
    sub_goal = SubGoal(
        id=new_id(), tenant_id=current_tenant_id(), enrolment_id=enrolment.id, position=position
    )
    seal_field(session, sub_goal, "words", check_words(words))
    insert(session, sub_goal)
    record(
        session,
        AuditEvent.SUB_GOAL_ADDED,
        by=by,
        subject_type="sub_goal",
        subject_id=sub_goal.id,
        enrolment_id=enrolment.id,
        position=position,
    )
    return sub_goal


def opened_goals(session: Session, enrolment_id: UUID) -> OpenedGoals:
    """Return the dream and the sub-goals in the citizen's words; there is no sub-goal before the dream."""
    rows = session.execute(
        select(LongTermGoal, SubGoal)
        .outerjoin(SubGoal, SubGoal.enrolment_id == LongTermGoal.enrolment_id)
        .where(LongTermGoal.enrolment_id == enrolment_id)
        .order_by(SubGoal.position)
    ).all()
    if not rows:
        return OpenedGoals("", (), ())
    goal = rows[0][0]
    return OpenedGoals(
        words=open_field(session, goal, "words"),
        categories=tuple(GoalCategory(category) for category in goal.categories),
        sub_goals=tuple(
            OpenedSubGoal(row.id, row.position, open_field(session, row, "words"))
            for _, row in rows
            if row is not None
        ),
    )


def _writable(session: Session, enrolment_id: UUID, by: Actor) -> Enrolment:
    require(by, Act.WRITE_GOAL)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), EnrolmentState.RUN_IN, EnrolmentState.ACTIVE)
    return enrolment


def _goal_of(session: Session, enrolment_id: UUID) -> LongTermGoal | None:
    return session.scalar(select(LongTermGoal).where(LongTermGoal.enrolment_id == enrolment_id))
