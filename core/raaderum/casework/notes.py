"""Notes on a case: written, corrected by notes of their own, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.casework.note_rules import (
    NoteAudience,
    NoteCorrected,
    NotInAudience,
    audiences_read_by,
    check_note,
)
from raaderum.casework.tables import CaseNote
from raaderum.enrolments.service import get_enrolment, locked_enrolment
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.people.service import names_of_staff
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note as its readers see it; `corrected_by_id` names the note that corrects it."""

    id: UUID
    audience: NoteAudience
    text: str
    name: str
    written_role: str
    written_at: datetime
    corrects_id: UUID | None
    corrected_by_id: UUID | None


def write_note(
    session: Session, enrolment_id: UUID, *, text: str, audience: NoteAudience, by: Actor
) -> CaseNote:
    """Write a note on a case for an audience to which the writer belongs."""
    require(by, Act.WRITE_NOTE)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    return _write(session, enrolment.id, text=text, audience=audience, corrects=None, by=by)


def correct_note(session: Session, note_id: UUID, *, text: str, by: Actor) -> CaseNote:
    """Correct a note by another one for the same readers; both stay."""
    require(by, Act.WRITE_NOTE)
    note = session.get(CaseNote, (current_tenant_id(), note_id))
    if note is None or note.audience not in audiences_read_by(by.role):
        raise NotFound(where="note")
    locked_enrolment(session, note.enrolment_id, by=by, named="note")
    if session.scalar(select(CaseNote.id).where(CaseNote.corrects_id == note.id)) is not None:
        raise NoteCorrected(where="note")
    audience = NoteAudience(note.audience)
    return _write(session, note.enrolment_id, text=text, audience=audience, corrects=note.id, by=by)


def notes_of(session: Session, enrolment_id: UUID, *, by: Actor) -> list[OpenedNote]:
    """Return the notes on a case that `by` reads, newest first."""
    require(by, Act.SEE_CASE)
    get_enrolment(session, enrolment_id, by=by)
    readable = (
        select(CaseNote)
        .where(CaseNote.enrolment_id == enrolment_id, CaseNote.audience.in_(audiences_read_by(by.role)))
        .order_by(CaseNote.id.desc())
    )
    rows = session.scalars(readable).all()
    corrections = {row.corrects_id: row.id for row in rows if row.corrects_id}
    names = names_of_staff(session) if rows else {}
    return [
        OpenedNote(
            id=row.id,
            audience=NoteAudience(row.audience),
            text=open_field(session, row, "text"),
            name=names[row.written_by],
            written_role=row.written_role,
            written_at=row.written_at,
            corrects_id=row.corrects_id,
            corrected_by_id=corrections.get(row.id),
        )
        for row in rows
    ]


def _write(
    session: Session,
    enrolment_id: UUID,
    *,
    text: str,
    audience: NoteAudience,
    corrects: UUID | None,
    by: Actor,
) -> CaseNote:
    if audience not in audiences_read_by(by.role):
        raise NotInAudience(where="audience")
    note = CaseNote(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment_id,
        audience=audience,
        written_by=person_of(by),
        written_role=by.role,
        corrects_id=corrects,
    )
    seal_field(session, note, "text", check_note(text))
    insert(session, note)
    record(
        session,
        AuditEvent.NOTE_CORRECTED if corrects else AuditEvent.NOTE_WRITTEN,
        by=by,
        subject_type="case_note",
        subject_id=note.id,
        enrolment_id=enrolment_id,
        audience=audience.value,
    )
    return note
