"""What happened, in plain words and with names: an enrolment's course, and the whole log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.audit.events import AuditEvent
from raaderum.audit.tables import AuditEntry
from raaderum.casework.timeline import readable_by
from raaderum.kernel.text import Text
from raaderum.people.roles import ROLE_NAMES, Role
from raaderum.people.tables import Staff

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_SYSTEM: Final = Text("systemet", "the system")


@dataclass(frozen=True, slots=True)
class Happening:
    """One act: the entry of the log, and who did it; `name` is '' for citizens and the system."""

    entry: AuditEntry
    name: str

    @property
    def event(self) -> Text:
        """What was done."""
        return AuditEvent.named(self.entry.event).text

    @property
    def role(self) -> Text:
        """The role it was done in."""
        return name_of_role(self.entry.actor_role)


def name_of_role(role: str) -> Text:
    """Return what people call a role as the log stores it."""
    return ROLE_NAMES[Role(role)] if role in set(Role) else _SYSTEM


def course_of(session: Session, enrolment_id: UUID, *, by: Actor, most: int) -> list[Happening]:
    """Return the newest acts of one enrolment that `by` may be told of, newest first."""
    return _read(session, _newest(most).where(AuditEntry.enrolment_id == enrolment_id, readable_by(by)))


def log_before(session: Session, sequence: int | None, *, most: int) -> list[Happening]:
    """Return a page of the whole log, newest first, that lies before `sequence` (None: from the end)."""
    page = _newest(most)
    return _read(session, page if sequence is None else page.where(AuditEntry.sequence < sequence))


def _newest(most: int) -> Select[AuditEntry, str]:
    return (
        select(AuditEntry, Staff.name)
        .outerjoin(Staff, Staff.id == AuditEntry.actor_id)
        .order_by(AuditEntry.sequence.desc())
        .limit(most)
    )


def _read(session: Session, query: Select[AuditEntry, str]) -> list[Happening]:
    return [Happening(entry, name or "") for entry, name in session.execute(query)]


@dataclass(frozen=True, slots=True)
class LookUps:
    """How often one person in one role has looked at a case, and when last; `name` is '' for the citizen."""

    name: str
    role: Text
    times: int
    latest: datetime


def look_ups_of(session: Session, enrolment_id: UUID) -> list[LookUps]:
    """Return who has looked at a citizen's case, the latest first."""
    latest = func.max(AuditEntry.recorded_at)
    rows = session.execute(
        select(Staff.name, AuditEntry.actor_role, func.count(), latest)
        .outerjoin(Staff, Staff.id == AuditEntry.actor_id)
        .where(
            AuditEntry.enrolment_id == enrolment_id,
            AuditEntry.event == AuditEvent.CITIZEN_SEEN.stored_name,
        )
        .group_by(Staff.name, AuditEntry.actor_id, AuditEntry.actor_role)
        .order_by(latest.desc())
    )
    return [LookUps(name or "", name_of_role(role), times, at) for name, role, times, at in rows]
