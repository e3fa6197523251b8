"""Pausing and extending the drawing right; the end moves with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.enrolments.change_rules import (
    ChangeGround,
    ChangeKind,
    NoPauseThen,
    OnPause,
    check_extension,
    check_ground,
    check_pause,
)
from raaderum.enrolments.clocks import Deadline, Pause, deadlines_of, end_of_drawing_right
from raaderum.enrolments.moves import record_on
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.enrolments.tables import CourseChange
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, Role, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.programmes.installed import rules_of
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment


@dataclass(frozen=True, slots=True)
class OpenedChange:
    """A pause with its days, or an extension with its length, and what was noted."""

    id: UUID
    kind: ChangeKind
    from_on: date | None
    until_on: date | None
    days: int
    ground: ChangeGround
    note: str
    decided_by: UUID
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks of an enrolment, what moved its end, and the deadlines that run now."""

    enrolment: Enrolment
    changes: tuple[OpenedChange, ...]
    deadlines: tuple[Deadline, ...]


def pause_course(
    session: Session,
    enrolment_id: UUID,
    *,
    from_on: date,
    until_on: date,
    ground: ChangeGround,
    note: str = "",
    by: Actor,
) -> CourseChange:
    """Pause the drawing right from a day through another; its end moves by as many days.

    A pause can be entered afterwards; what was spent in it stays. Raises `PauseOverlaps`,
    `PauseOutsideCourse`.
    """
    require(by, Act.PAUSE_COURSE)
    check_ground(ground, note)
    enrolment = _running(session, enrolment_id, by)
    wanted = Pause(from_on, until_on)
    started_on, ends_on = _period(enrolment)
    check_pause(wanted, _pauses(changes_of(session, enrolment.id)), started_on=started_on, ends_on=ends_on)
    row = _keep(session, enrolment, ChangeKind.PAUSE, ground, note, by, from_on=from_on, until_on=until_on)
    _move_end(session, enrolment)
    record_on(session, AuditEvent.COURSE_PAUSED, enrolment, by, ground=ground, days=wanted.days)
    return row


def resume_course(session: Session, enrolment_id: UUID, *, back_on: date, by: Actor) -> CourseChange:
    """End the pause that `back_on` lies in on the day before; the end moves back by what is left of it."""
    require(by, Act.PAUSE_COURSE)
    enrolment = _running(session, enrolment_id, by)
    for row in changes_of(session, enrolment.id):
        if row.from_on is not None and row.until_on is not None and row.from_on < back_on <= row.until_on:
            row.until_on = back_on - timedelta(days=1)
            session.flush()
            _move_end(session, enrolment)
            record_on(session, AuditEvent.COURSE_RESUMED, enrolment, by)
            return row
    raise NoPauseThen(where="back_on", day=back_on)


def extend_course(
    session: Session, enrolment_id: UUID, *, days: int, ground: ChangeGround, note: str = "", by: Actor
) -> CourseChange:
    """Extend the drawing right by days, also after its last day as long as the enrolment has not ended.

    All extensions together keep within the programme's `max_extension_days`. Where it has none, only
    a team leader extends.
    """
    require(by, Act.EXTEND_COURSE)
    check_ground(ground, note)
    enrolment = _running(session, enrolment_id, by)
    taken = _extension_days(changes_of(session, enrolment.id))
    check_extension(
        days,
        taken=taken,
        most_in_all=rules_of(enrolment.programme, enrolment.rules_from).max_extension_days,
        is_team_leader=by.role == Role.TEAM_LEADER,
    )
    row = _keep(session, enrolment, ChangeKind.EXTENSION, ground, note, by, days=days)
    _move_end(session, enrolment)
    record_on(session, AuditEvent.COURSE_EXTENDED, enrolment, by, ground=ground, days=days)
    return row


def clocks_of(session: Session, enrolment_id: UUID, *, by: Actor) -> Clocks:
    """Return the clocks of an enrolment that `by` may see; raise `NotFound` for any other."""
    require(by, Act.SEE_CASE)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    return Clocks(
        enrolment=enrolment,
        changes=tuple(_opened(session, row) for row in changes_of(session, enrolment.id)),
        deadlines=deadlines_of(enrolment, rules_of(enrolment.programme, enrolment.rules_from)),
    )


def changes_of(session: Session, enrolment_id: UUID) -> Sequence[CourseChange]:
    """Return an enrolment's pauses and extensions in the order they were decided."""
    in_order = select(CourseChange).where(CourseChange.enrolment_id == enrolment_id).order_by(CourseChange.id)
    return session.scalars(in_order).all()


def check_not_paused(session: Session, enrolment_id: UUID, *, on: date) -> None:
    """Raise `OnPause` where a pause covers the day; nothing new is spent then."""
    for pause in _pauses(changes_of(session, enrolment_id)):
        if pause.covers(on):
            raise OnPause(where="enrolment", last=pause.until_on)


def _running(session: Session, enrolment_id: UUID, by: Actor) -> Enrolment:
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), EnrolmentState.ACTIVE)
    return enrolment


def _period(enrolment: Enrolment) -> tuple[date, date]:
    assert enrolment.started_on is not None  # noqa: S101 - an active enrolment has both
    assert enrolment.ends_on is not None  # noqa: S101 - the same
    return enrolment.started_on, enrolment.ends_on


def _keep(
    session: Session,
    enrolment: Enrolment,
    kind: ChangeKind,
    ground: ChangeGround,
    note: str,
    by: Actor,
    **what: date | int,
) -> CourseChange:
    row = CourseChange(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        kind=kind,
        ground=ground,
        decided_by=person_of(by),
        **what,
    )
    if note.strip():
        seal_field(session, row, "note", note.strip())
    insert(session, row)
    return row


def _move_end(session: Session, enrolment: Enrolment) -> None:
    """Work the end out anew from the beginning: the order of pauses and extensions does not matter."""
    started_on, _ = _period(enrolment)
    rows = changes_of(session, enrolment.id)
    enrolment.ends_on = end_of_drawing_right(
        started_on,
        enrolment.granted_months or rules_of(enrolment.programme, enrolment.rules_from).months,
        pauses=_pauses(rows),
        extension_days=_extension_days(rows),
    )


def _pauses(rows: Sequence[CourseChange]) -> list[Pause]:
    return [Pause(row.from_on, row.until_on) for row in rows if row.from_on and row.until_on]


def _extension_days(rows: Sequence[CourseChange]) -> int:
    return sum(row.days or 0 for row in rows)


def _opened(session: Session, row: CourseChange) -> OpenedChange:
    pauses = _pauses([row])
    return OpenedChange(
        id=row.id,
        kind=ChangeKind(row.kind),
        from_on=row.from_on,
        until_on=row.until_on,
        days=pauses[0].days if pauses else row.days or 0,
        ground=ChangeGround(row.ground),
        note=open_field(session, row, "note"),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
