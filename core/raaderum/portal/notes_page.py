"""Notes on a case, each shown to its own readers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.casework import notes
from raaderum.casework.note_rules import AUDIENCE_NAMES, NoteAudience, audiences_read_by
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render
from raaderum.portal.timeline import name_of_role

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_notes(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the notes that the visitor may read, and the form to write one."""
    return render(
        "notes.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        notes=notes.notes_of(session, enrolment_id, by=visit.actor),
        audiences=audiences_read_by(visit.actor.role),
        audience_names=AUDIENCE_NAMES,
        name_of_role=name_of_role,
    )


def write_note(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Write a note."""
    with unit_of_work() as session:
        notes.write_note(
            session,
            enrolment_id,
            text=typed.text("text"),
            audience=typed.choice("audience", NoteAudience),
            by=visit.actor,
        )
    return visit.go_to("show_notes", enrolment_id=enrolment_id)


def correct_note(visit: Visit, typed: Typed, enrolment_id: UUID, note_id: UUID) -> Response:
    """Correct a note by another one."""
    with unit_of_work() as session:
        notes.correct_note(session, note_id, text=typed.text("text"), by=visit.actor)
    return visit.go_to("show_notes", enrolment_id=enrolment_id)
