"""Taking dreams over from another register, as many as there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.goals.rules import TooManySubGoals, check_words
from raaderum.goals.tables import LongTermGoal, SubGoal, Wording
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.persistence.many_rows import insert_all
from raaderum.persistence.sealed_fields import seal_field
from raaderum.programmes.installed import rules_of
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment
    from raaderum.goals.rules import GoalCategory


@dataclass(frozen=True, slots=True)
class DreamTakenOver:
    """A dream and its sub-goals with the first version of their words; nothing of it is stored yet."""

    goal: LongTermGoal
    sub_goals: tuple[SubGoal, ...]
    wordings: tuple[Wording, ...]


def take_over_dream(
    session: Session,
    enrolment: Enrolment,
    *,
    words: str,
    categories: Iterable[GoalCategory],
    sub_goals: Sequence[str],
    written_on: date,
    by: Actor,
) -> DreamTakenOver:
    """Return a dream and its sub-goals as another register holds them, unconfirmed by the citizen.

    The enrolment is locked and has no dream yet. Raises `TooManySubGoals` and what `check_words` raises.
    """
    require(by, Act.IMPORT_DATA)
    most = rules_of(enrolment.programme, enrolment.rules_from).max_sub_goals
    if len(sub_goals) > most:
        raise TooManySubGoals(where="sub_goals", most=most)
    goal = LongTermGoal(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        categories=sorted(set(categories)),
        written_by=person_of(by),
        written_at=clock.start_of(written_on),
    )
    seal_field(session, goal, "words", check_words(words))
    steps = tuple(
        _step(session, enrolment, position, step) for position, step in enumerate(sub_goals, start=1)
    )
    said = [(goal.id, words), *((step.id, written) for step, written in zip(steps, sub_goals, strict=True))]
    wordings = tuple(_wording(session, enrolment, subject_id, one, by) for subject_id, one in said)
    return DreamTakenOver(goal, steps, wordings)


def store_dreams(session: Session, dreams: Sequence[DreamTakenOver], *, by: Actor) -> None:
    """Store what was taken over."""
    require(by, Act.IMPORT_DATA)
    insert_all(session, [dream.goal for dream in dreams])
    insert_all(session, [step for dream in dreams for step in dream.sub_goals])
    insert_all(session, [wording for dream in dreams for wording in dream.wordings])
    for dream in dreams:
        record(
            session,
            AuditEvent.GOAL_WRITTEN,
            by=by,
            subject_type="long_term_goal",
            subject_id=dream.goal.id,
            enrolment_id=dream.goal.enrolment_id,
            version=1,
            categories=" ".join(dream.goal.categories),
        )


def _step(session: Session, enrolment: Enrolment, position: int, words: str) -> SubGoal:
    sub_goal = SubGoal(
        id=new_id(), tenant_id=current_tenant_id(), enrolment_id=enrolment.id, position=position
    )
    seal_field(session, sub_goal, "words", check_words(words))
    return sub_goal


def _wording(session: Session, enrolment: Enrolment, subject_id: UUID, words: str, by: Actor) -> Wording:
    wording = Wording(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        subject_id=subject_id,
        version=1,
        written_by=person_of(by),
        written_as=by.role,
        written_at=clock.now(),
    )
    seal_field(session, wording, "words", words)
    return wording
