"""What waits for the person who is signed in, in the order it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.casework import tasks
from raaderum.casework.task_rules import TASK_NAMES, DueDayMissing, TaskKind
from raaderum.kernel import clock
from raaderum.people.roles import PERMISSIONS, Act
from raaderum.people.service import staff_with_role
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

_MOST_SHOWN: Final = 200
_PAGES: Final[Mapping[TaskKind, str]] = {
    TaskKind.SCREEN: "show_screening_form",
    TaskKind.FIND_SUPPORT_PERSON: "show_support",
    TaskKind.READ_MESSAGES: "show_messages",
    TaskKind.CONTROL_PURCHASE: "show_controls",
    TaskKind.APPROVE_INVOICE: "show_inbox",
    TaskKind.ANSWER_REMINDER: "show_inbox",
    TaskKind.CHASE_RECEIPT: "show_receipts",
    TaskKind.LOOK_AT_RECEIPT: "show_receipts",
    TaskKind.LOOK_AT_CARD: "show_card",
    TaskKind.MEND_PAYOUT: "show_payouts",
    TaskKind.RECONCILE_BANK: "show_bank",
    TaskKind.MEND_BOOKS: "show_proofs",
    TaskKind.DECIDE_UNKNOWN_PAYOUT: "show_payouts",
    TaskKind.CONFIRM_PAYOUT_DECISION: "show_payouts",
    TaskKind.SETTLE_CONTRADICTION: "show_payouts",
    TaskKind.CONFIRM_CORRECTION: "show_payouts",
    TaskKind.GET_CLAIM_BACK: "show_payouts",
    TaskKind.NOTE_REFUND: "show_payouts",
    TaskKind.RESUME_WORK: "show_parked_work",
}
"""Where each kind is done; on the case's own page unless it stands here."""
_WITHOUT_A_CASE: Final = frozenset(
    {
        TaskKind.APPROVE_INVOICE,
        TaskKind.ANSWER_REMINDER,
        TaskKind.CONTROL_PURCHASE,
        TaskKind.MEND_PAYOUT,
        TaskKind.RECONCILE_BANK,
        TaskKind.MEND_BOOKS,
        TaskKind.DECIDE_UNKNOWN_PAYOUT,
        TaskKind.CONFIRM_PAYOUT_DECISION,
        TaskKind.SETTLE_CONTRADICTION,
        TaskKind.CONFIRM_CORRECTION,
        TaskKind.GET_CLAIM_BACK,
        TaskKind.NOTE_REFUND,
        TaskKind.RESUME_WORK,
    }
)


def show_tasks(visit: Visit, session: Session) -> str:
    """Show what waits, the longest due first."""
    found = tasks.tasks_of(session, by=visit.actor, on=clock.today())
    colleagues = {
        staff_id: name
        for role in sorted(PERMISSIONS[Act.SEE_TASKS])
        for staff_id, name in staff_with_role(session, role).items()
    }
    return render(
        "tasks.html",
        visit,
        tasks=found[:_MOST_SHOWN],
        left_out=max(0, len(found) - _MOST_SHOWN),
        names=TASK_NAMES,
        addresses={one: _address_of(visit, one) for one in found[:_MOST_SHOWN]},
        colleagues=sorted(
            ((str(staff_id), name) for staff_id, name in colleagues.items()), key=lambda pair: pair[1]
        ),
    )


def write_task(visit: Visit, typed: Typed) -> Response:
    """Write a task down for somebody."""
    due_on = typed.day("due_on")
    if due_on is None:
        raise DueDayMissing(where="due_on")
    with unit_of_work() as session:
        tasks.write_task(
            session,
            title=typed.text("title"),
            due_on=due_on,
            assigned_to=typed.id("assigned_to"),
            enrolment_id=typed.id("enrolment_id") if typed.has("enrolment_id") else None,
            by=visit.actor,
        )
    return visit.go_to("show_tasks")


def finish_task(visit: Visit, _typed: Typed, task_id: UUID) -> Response:
    """Mark a written task as done."""
    with unit_of_work() as session:
        tasks.finish_task(session, task_id, by=visit.actor)
    return visit.go_to("show_tasks")


def _address_of(visit: Visit, one: tasks.OpenTask) -> str:
    """Return where the task is done; '' for a written one about no case."""
    task = one.task
    if task.kind in _WITHOUT_A_CASE:
        return visit.to(_PAGES[task.kind])
    if task.enrolment_id is None:
        return ""
    return visit.to(_PAGES.get(task.kind, "show_case"), enrolment_id=task.enrolment_id)
