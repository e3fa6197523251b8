"""Every version of the citizen's words, kept as they were said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from raaderum.audit.actor import person_of
from raaderum.enrolments.service import get_enrolment
from raaderum.goals.tables import Wording
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, Role, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


@dataclass(frozen=True, slots=True)
class OpenedWording:
    """One version of the words of a dream or sub-goal, and in which role they were written."""

    subject_id: UUID
    version: int
    words: str
    written_as: Role
    written_at: datetime


def keep_wording(session: Session, enrolment_id: UUID, subject_id: UUID, words: str, *, by: Actor) -> int:
    """Keep the words as the subject's next version; return its number."""
    latest = session.scalar(select(func.max(Wording.version)).where(Wording.subject_id == subject_id))
    wording = Wording(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment_id,
        subject_id=subject_id,
        version=(latest or 0) + 1,
        written_by=person_of(by),
        written_as=by.role,
        written_at=clock.now(),
    )
    seal_field(session, wording, "words", words)
    insert(session, wording)
    return wording.version


def wordings_of(session: Session, enrolment_id: UUID, *, by: Actor) -> list[OpenedWording]:
    """Return all versions of the words of a case, the newest first; raise `NotFound` for another's case."""
    require(by, Act.SEE_CASE)
    get_enrolment(session, enrolment_id, by=by)
    newest_first = (
        select(Wording)
        .where(Wording.enrolment_id == enrolment_id)
        .order_by(Wording.written_at.desc(), Wording.id.desc())
    )
    return [
        OpenedWording(
            row.subject_id,
            row.version,
            open_field(session, row, "words"),
            Role(row.written_as),
            row.written_at,
        )
        for row in session.scalars(newest_first)
    ]
