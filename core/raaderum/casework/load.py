"""How much each member of staff has to do, and how long a citizen's request waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import case, func, select

from raaderum.casework.tables import StaffTask
from raaderum.enrolments.leaving import open_cases_of
from raaderum.kernel import clock
from raaderum.people.roles import Act, Role, require
from raaderum.people.service import staff_with_role
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.tables import Purchase

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from raaderum.audit.actor import Actor

_LOOKED_BACK: Final = timedelta(days=365)
_A_DAY: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Load:
    """What one member of staff has to do in one role; `median_days` is None where nothing was answered."""

    staff_id: UUID
    name: str
    role: Role
    open_cases: int
    open_tasks: int
    purchases_waiting: int
    median_days: float | None


def load_of_staff(session: Session, *, by: Actor) -> list[Load]:
    """Return the load of every support person, then of everybody who decides on purchases."""
    require(by, Act.SEE_LOAD)
    people = [
        (staff_id, name, role)
        for role in (Role.SUPPORT_PERSON, Role.COORDINATOR, Role.TEAM_LEADER)
        for staff_id, name in staff_with_role(session, role).items()
    ]
    cases = open_cases_of(session, {staff_id for staff_id, *_ in people})
    tasks = _open_tasks(session)
    asked, answered = _waits(session, Purchase.requested_by), _waits(session, Purchase.decided_by)
    loads = []
    for staff_id, name, role in people:
        supports = role is Role.SUPPORT_PERSON
        waiting, median = (asked if supports else answered).get(staff_id, (0, None))
        loads.append(
            Load(
                staff_id=staff_id,
                name=name,
                role=role,
                open_cases=cases[staff_id] if supports else 0,
                open_tasks=tasks.get(staff_id, 0),
                purchases_waiting=waiting if supports else 0,
                median_days=median,
            )
        )
    return loads


def _open_tasks(session: Session) -> dict[UUID, int]:
    counted = (
        select(StaffTask.assigned_to, func.count())
        .where(StaffTask.done_at.is_(None))
        .group_by(StaffTask.assigned_to)
    )
    return {staff_id: number for staff_id, number in session.execute(counted)}  # noqa: C416 - rows are not tuples to the type checker


def _waits(
    session: Session, whose: InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None]
) -> dict[UUID, tuple[int, float | None]]:
    """Return for each person the number of purchases that wait, and the median days to an answer."""
    days = func.extract("epoch", Purchase.decided_at - Purchase.requested_at) / _A_DAY
    waits = case((Purchase.state == PurchaseState.REQUESTED, 1), else_=0)
    rows = session.execute(
        select(whose, func.sum(waits), func.percentile_cont(0.5).within_group(days.asc()))
        .where(Purchase.requested_at >= clock.now() - _LOOKED_BACK)
        .group_by(whose)
    )
    return {
        person: (int(waiting), None if median is None else round(float(median), 1))
        for person, waiting, median in rows
        if person is not None
    }
