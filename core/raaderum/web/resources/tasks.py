"""What waits for a member of staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.casework import tasks
from raaderum.casework.task_rules import TASK_NAMES
from raaderum.kernel import clock
from raaderum.people.roles import Act
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, page_answer
from raaderum.web.schemas.casework import TaskAnswer, TaskBody, WrittenTaskAnswer

if TYPE_CHECKING:
    from raaderum.casework.tables import StaffTask

resource = Resource("tasks", __name__, description="What waits for a member of staff.")


@resource.reads("/tasks", act=Act.SEE_TASKS, answer=page_answer(TaskAnswer(), "TasksAnswer"))
def list_tasks(call: Call) -> Page:
    """List what waits for the caller.

    In the order it is due: what follows from their cases, and what was written down for them.
    """
    found = tasks.tasks_of(call.session, by=call.by, on=clock.today())
    return Page(
        [
            {
                "kind": one.task.kind,
                "name": TASK_NAMES[one.task.kind].danish,
                "name_en": TASK_NAMES[one.task.kind].english,
                "title": one.task.title,
                "due_on": one.task.due_on,
                "overdue": one.is_overdue,
                "enrolment_id": one.task.enrolment_id,
                "citizen_name": one.citizen_name,
                "subject_id": one.task.subject_id,
            }
            for one in found
        ]
    )


@resource.writes("/tasks", act=Act.WRITE_TASK, body=TaskBody(), answer=WrittenTaskAnswer(), status=201)
def write_task(call: WriteCall, body: dict[str, Any]) -> StaffTask:
    """Write a task down for somebody.

    A task about a case can only be given to somebody who reaches it.
    """
    return tasks.write_task(call.session, **body, by=call.by)


@resource.writes("/tasks/<uuid:task_id>/done", act=Act.WRITE_TASK, answer=WrittenTaskAnswer())
def finish_task(call: WriteCall, task_id: UUID) -> StaffTask:
    """Mark a written task as done.

    Whoever it was written for or by can.
    """
    return tasks.finish_task(call.session, task_id, by=call.by)
