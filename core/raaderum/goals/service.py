"""Writing down the dream and the steps on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.rules import UNDER_WAY, EnrolmentState, check_under_way
from raaderum.enrolments.service import locked_enrolment
from raaderum.goals.rules import (
    GoalCategory,
    GoalMissing,
    TooManySubGoals,
    WordsAreTheCitizens,
    check_words,
)
from raaderum.goals.tables import LongTermGoal, SubGoal
from raaderum.goals.wordings import keep_wording
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, Role, require
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
    """A sub-goal with its words; `is_confirmed` is False while only staff have written them."""

    id: UUID
    position: int
    words: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class OpenedGoals:
    """The citizen's dream and sub-goals; `words` is '' before the dream is written down."""

    words: str
    categories: tuple[GoalCategory, ...]
    sub_goals: tuple[OpenedSubGoal, ...]
    is_confirmed: bool = False

    @property
    def are_all_confirmed(self) -> bool:
        """Whether the citizen stands by every word."""
        return self.is_confirmed and all(sub_goal.is_confirmed for sub_goal in self.sub_goals)


def write_goal(
    session: Session,
    enrolment_id: UUID,
    *,
    words: str,
    categories: Iterable[GoalCategory],
    by: Actor,
) -> LongTermGoal:
    """Write the dream down verbatim, or write it anew: the citizen alone; every version is kept."""
    require(by, Act.WRITE_GOAL)
    enrolment = _writable(session, enrolment_id, by)
    return _kept(session, enrolment, words, categories, by)


def take_down_goal(
    session: Session,
    enrolment_id: UUID,
    *,
    words: str,
    categories: Iterable[GoalCategory],
    by: Actor,
) -> LongTermGoal:
    """Take the dream down as the citizen says it, where there is none yet.

    It stands unconfirmed until the citizen has said that the words are theirs, or written their
    own. Raises `WordsAreTheCitizens` for a dream that has words already.
    """
    require(by, Act.TAKE_DOWN_WORDS)
    enrolment = _writable(session, enrolment_id, by)
    if _goal_of(session, enrolment.id) is not None:
        raise WordsAreTheCitizens(where="words")
    return _kept(session, enrolment, words, categories, by)


def confirm_words(session: Session, enrolment_id: UUID, *, by: Actor) -> LongTermGoal:
    """The citizen says that the dream and the sub-goals stand in their own words."""
    require(by, Act.WRITE_GOAL)
    enrolment = _writable(session, enrolment_id, by)
    goal = _goal_of(session, enrolment.id)
    if goal is None:
        raise GoalMissing(where="words")
    unconfirmed = select(SubGoal).where(SubGoal.enrolment_id == enrolment.id, SubGoal.confirmed_at.is_(None))
    goal.confirmed_at = goal.confirmed_at or clock.now()
    for sub_goal in session.scalars(unconfirmed):
        sub_goal.confirmed_at = clock.now()
    _record_goal(session, AuditEvent.WORDS_CONFIRMED, goal, by)
    return goal


def add_sub_goal(session: Session, enrolment_id: UUID, *, words: str, by: Actor) -> SubGoal:
    """Add a sub-goal; raise `TooManySubGoals` at the programme's limit, `GoalMissing` before the dream.

    The citizen writes it, or somebody at their side takes it down.
    """
    require(by, Act.ADD_SUB_GOAL)
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
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        position=position,
        confirmed_at=_confirmed_by_writing(by),
    )
    seal_field(session, sub_goal, "words", check_words(words))
    insert(session, sub_goal)
    keep_wording(session, enrolment.id, sub_goal.id, words, by=by)
    _record_sub_goal(session, AuditEvent.SUB_GOAL_ADDED, sub_goal, by)
    return sub_goal


def rewrite_sub_goal(
    session: Session, enrolment_id: UUID, sub_goal_id: UUID, *, words: str, by: Actor
) -> SubGoal:
    """Write a sub-goal anew: the citizen alone. What points to it goes on pointing to it."""
    require(by, Act.WRITE_GOAL)
    enrolment = _writable(session, enrolment_id, by)
    sub_goal = session.get(SubGoal, (current_tenant_id(), sub_goal_id))
    if sub_goal is None or sub_goal.enrolment_id != enrolment.id:
        raise NotFound(where="sub_goal")
    seal_field(session, sub_goal, "words", check_words(words))
    sub_goal.confirmed_at = clock.now()
    version = keep_wording(session, enrolment.id, sub_goal.id, words, by=by)
    _record_sub_goal(session, AuditEvent.SUB_GOAL_REWRITTEN, sub_goal, by, version=version)
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
            OpenedSubGoal(
                row.id, row.position, open_field(session, row, "words"), row.confirmed_at is not None
            )
            for _, row in rows
            if row is not None
        ),
        is_confirmed=goal.confirmed_at is not None,
    )


def _kept(
    session: Session, enrolment: Enrolment, words: str, categories: Iterable[GoalCategory], by: Actor
) -> LongTermGoal:
    goal = _goal_of(session, enrolment.id)
    is_new = goal is None
    if goal is None:
        goal = LongTermGoal(id=new_id(), tenant_id=current_tenant_id(), enrolment_id=enrolment.id)
    seal_field(session, goal, "words", check_words(words))
    goal.categories = sorted(set(categories))
    goal.written_by, goal.written_at = person_of(by), clock.now()
    goal.confirmed_at = _confirmed_by_writing(by)
    if is_new:
        insert(session, goal)
    version = keep_wording(session, enrolment.id, goal.id, words, by=by)
    _record_goal(
        session,
        AuditEvent.GOAL_WRITTEN,
        goal,
        by,
        version=version,
        categories=" ".join(goal.categories),
    )
    return goal


def _confirmed_by_writing(by: Actor) -> datetime | None:
    """What the citizen writes needs no confirmation; what anybody else takes down does."""
    return clock.now() if by.role == Role.CITIZEN else None


def _writable(session: Session, enrolment_id: UUID, by: Actor) -> Enrolment:
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), *UNDER_WAY)
    return enrolment


def _goal_of(session: Session, enrolment_id: UUID) -> LongTermGoal | None:
    return session.scalar(select(LongTermGoal).where(LongTermGoal.enrolment_id == enrolment_id))


def _record_goal(
    session: Session, event: AuditEvent, goal: LongTermGoal, by: Actor, **detail: str | int | None
) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="long_term_goal",
        subject_id=goal.id,
        enrolment_id=goal.enrolment_id,
        **detail,
    )


def _record_sub_goal(
    session: Session, event: AuditEvent, sub_goal: SubGoal, by: Actor, **detail: str | int | None
) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="sub_goal",
        subject_id=sub_goal.id,
        enrolment_id=sub_goal.enrolment_id,
        position=sub_goal.position,
        **detail,
    )
