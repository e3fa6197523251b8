"""What is written about a case, and what has happened in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from raaderum.casework import messages, notes
from raaderum.casework.tables import CaseMessage, CaseNote
from raaderum.casework.timeline import Moment, timeline_of
from raaderum.enrolments.service import record_look_up
from raaderum.people.roles import Act
from raaderum.people.service import name_of_person
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, cursor_of_sequence, page_answer
from raaderum.web.schemas.casework import (
    MessageAnswer,
    MessagesReadAnswer,
    MomentAnswer,
    NoteAnswer,
    NoteBody,
    NoteTextBody,
    TimelineQuery,
)

resource = Resource("casework", __name__, description="Notes, messages and the timeline of a case.")
_ENROLMENT = "/enrolments/<uuid:enrolment_id>"


@resource.reads(
    f"{_ENROLMENT}/notes",
    act=Act.SEE_CASE,
    answer=page_answer(NoteAnswer(), "NotesAnswer"),
    recorded=True,
)
def list_notes(call: Call, enrolment_id: UUID) -> Page:
    """List the notes on a case that the caller may read.

    The newest first. That the case was opened is recorded in the audit log.
    """
    record_look_up(call.session, enrolment_id, by=call.by)
    return Page(notes.notes_of(call.session, enrolment_id, by=call.by))


@resource.writes(f"{_ENROLMENT}/notes", act=Act.WRITE_NOTE, body=NoteBody(), answer=NoteAnswer(), status=201)
def write_note(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Write a note on a case.

    The writer must be among its readers. A note cannot be changed, only corrected by another.
    """
    return _shown(call, notes.write_note(call.session, enrolment_id, **body, by=call.by), body["text"])


@resource.writes(
    "/notes/<uuid:note_id>/corrections",
    act=Act.WRITE_NOTE,
    body=NoteTextBody(),
    answer=NoteAnswer(),
    status=201,
)
def correct_note(call: WriteCall, body: dict[str, Any], note_id: UUID) -> dict[str, Any]:
    """Correct a note by another one.

    Both stay, and have the same readers.
    """
    return _shown(call, notes.correct_note(call.session, note_id, **body, by=call.by), body["text"])


@resource.reads(
    f"{_ENROLMENT}/messages",
    act=Act.SEE_CASE,
    answer=page_answer(MessageAnswer(), "MessagesAnswer"),
    recorded=True,
)
def list_messages(call: Call, enrolment_id: UUID) -> Page:
    """List the messages of a case.

    The newest first. Reading them here does not mark them as read.
    """
    record_look_up(call.session, enrolment_id, by=call.by)
    return Page(messages.messages_of(call.session, enrolment_id, by=call.by))


@resource.writes(
    f"{_ENROLMENT}/messages",
    act=Act.WRITE_MESSAGE,
    body=NoteTextBody(),
    answer=MessageAnswer(),
    status=201,
)
def write_message(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Write a message.

    From the citizen to those at their side, or the other way.
    """
    message = messages.write_message(call.session, enrolment_id, **body, by=call.by)
    return _shown(call, message, body["text"])


@resource.writes(f"{_ENROLMENT}/messages/read", act=Act.WRITE_MESSAGE, answer=MessagesReadAnswer())
def read_messages(call: WriteCall, enrolment_id: UUID) -> dict[str, int]:
    """Mark what the other side wrote as read.

    Answers how many were new.
    """
    return {"number": messages.read_messages(call.session, enrolment_id, by=call.by)}


@resource.reads(
    f"{_ENROLMENT}/timeline",
    act=Act.SEE_CASE,
    query=TimelineQuery(),
    answer=page_answer(MomentAnswer(), "TimelinePageAnswer"),
    recorded=True,
)
def list_timeline(call: Call, query: dict[str, Any], enrolment_id: UUID) -> Page:
    """List what has happened in a case.

    Money, decisions, words and messages in one, the newest first, without what the caller may not read.
    """
    record_look_up(call.session, enrolment_id, by=call.by)
    limit = query["limit"]
    found = timeline_of(
        call.session,
        enrolment_id,
        by=call.by,
        most=limit + 1,
        kind=query["kind"],
        before=query["after"],
    )
    page = found[:limit]
    following = cursor_of_sequence(page[-1].entry) if len(found) > limit else None
    return Page([_moment(one) for one in page], following)


def _shown(call: WriteCall, row: CaseNote | CaseMessage, text: str) -> dict[str, Any]:
    """Return a note or message right after it was written."""
    call.session.flush()
    shown = {
        "id": row.id,
        "text": text,
        "written_role": row.written_role,
        "written_at": row.written_at,
    }
    if isinstance(row, CaseMessage):
        name = "" if row.written_role == "citizen" else name_of_person(call.session, call.by)
        return {**shown, "name": name, "read_at": row.read_at}
    return {
        **shown,
        "name": name_of_person(call.session, call.by),
        "audience": row.audience,
        "corrects_id": row.corrects_id,
        "corrected_by_id": None,
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "sequence": moment.entry.sequence,
        "at": moment.entry.recorded_at,
        "kind": moment.kind,
        "event": moment.entry.event,
        "text": moment.event.danish,
        "text_en": moment.event.english,
        "name": moment.name,
        "role": moment.entry.actor_role,
        "amount_oere": moment.entry.detail.get("amount"),
        "words": moment.words,
    }
