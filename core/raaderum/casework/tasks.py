"""The tasks of one member of staff: what follows from their cases, and what was written down for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import Actor, person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.casework.tables import StaffTask
from raaderum.casework.task_rules import TaskDone, TaskOutOfReach, check_due_day, check_title, in_order
from raaderum.casework.task_sources import SOURCES
from raaderum.enrolments.service import get_enrolment
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.people.employment import roles_held
from raaderum.people.roles import Act, may, require
from raaderum.people.service import names_of_citizens
from raaderum.persistence.database import insert
from raaderum.persistence.many_rows import among
from raaderum.persistence.sealed_fields import seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.casework.task_rules import Task


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task with the name of the citizen it is about; '' where it is about no case."""

    task: Task
    citizen_name: str
    is_overdue: bool


def tasks_of(session: Session, *, by: Actor, on: date) -> list[OpenTask]:
    """Return all that waits for somebody on a day, in the order it is due."""
    require(by, Act.SEE_TASKS)
    tasks = in_order([task for source in SOURCES for task in source(session, by, on)])
    names = _citizen_names(session, {task.enrolment_id for task in tasks if task.enrolment_id})
    return [OpenTask(task, names.get(task.enrolment_id, ""), task.is_overdue(on=on)) for task in tasks]


def write_task(
    session: Session,
    *,
    title: str,
    due_on: date,
    assigned_to: UUID,
    enrolment_id: UUID | None,
    by: Actor,
) -> StaffTask:
    """Write a task down for somebody; raise `TaskOutOfReach` for a case that they do not reach."""
    require(by, Act.WRITE_TASK)
    check_due_day(due_on, today=clock.today())
    if enrolment_id is not None:
        require(by, Act.SEE_CASE)
        get_enrolment(session, enrolment_id, by=by)
    _check_reach(session, assigned_to, enrolment_id)
    task = StaffTask(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment_id,
        assigned_to=assigned_to,
        due_on=due_on,
        written_by=person_of(by),
    )
    seal_field(session, task, "title", check_title(title))
    insert(session, task)
    _record(session, AuditEvent.TASK_WRITTEN, task, by)
    return task


def finish_task(session: Session, task_id: UUID, *, by: Actor) -> StaffTask:
    """Mark a written task as done; whoever it was written for, or by, can."""
    require(by, Act.WRITE_TASK)
    task = session.scalar(select(StaffTask).where(StaffTask.id == task_id).with_for_update())
    if task is None or by.person_id not in {task.assigned_to, task.written_by}:
        raise NotFound(where="task")
    if task.enrolment_id is not None:
        get_enrolment(session, task.enrolment_id, by=by, named="task")
    if task.done_at is not None:
        raise TaskDone(where="task")
    task.done_at, task.done_by = clock.now(), by.person_id
    _record(session, AuditEvent.TASK_FINISHED, task, by)
    return task


def _check_reach(session: Session, assigned_to: UUID, enrolment_id: UUID | None) -> None:
    """Raise `TaskOutOfReach` unless the person has a role that has tasks and reaches the case."""
    actors = [Actor(assigned_to, role) for role in roles_held(session, assigned_to)]
    if enrolment_id is not None:
        actors = [actor for actor in actors if may(actor, Act.SEE_CASE)]
    for actor in actors:
        if may(actor, Act.SEE_TASKS) and (enrolment_id is None or _reaches(session, enrolment_id, actor)):
            return
    raise TaskOutOfReach(where="assigned_to")


def _reaches(session: Session, enrolment_id: UUID, actor: Actor) -> bool:
    try:
        get_enrolment(session, enrolment_id, by=actor)
    except NotFound:
        return False
    return True


def _citizen_names(session: Session, enrolment_ids: set[UUID]) -> dict[UUID | None, str]:
    citizens = select(Enrolment.id, Enrolment.citizen_id).where(among(Enrolment.id, enrolment_ids))
    of_enrolment = {row.id: row.citizen_id for row in session.execute(citizens)} if enrolment_ids else {}
    names = names_of_citizens(session, of_enrolment.values())
    return {enrolment_id: names[citizen_id] for enrolment_id, citizen_id in of_enrolment.items()}


def _record(session: Session, event: AuditEvent, task: StaffTask, by: Actor) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="staff_task",
        subject_id=task.id,
        enrolment_id=task.enrolment_id,
        assigned_to=str(task.assigned_to),
        due_on=task.due_on.isoformat(),
    )
