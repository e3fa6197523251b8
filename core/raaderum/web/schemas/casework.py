"""Tasks, notes, messages, the timeline and group courses."""

from __future__ import annotations

from marshmallow import fields

from raaderum.casework.note_rules import LONGEST_NOTE, NoteAudience
from raaderum.casework.task_rules import LONGEST_TITLE as LONGEST_TASK
from raaderum.casework.task_rules import TaskKind
from raaderum.casework.timeline import TimelineKind
from raaderum.courses.rules import LONGEST_TITLE, MOST_SESSIONS, AttendanceMark
from raaderum.people.roles import Role
from raaderum.web.fields import (
    OERE_DESCRIPTION,
    Choice,
    Day,
    Identifier,
    ListOf,
    Part,
    Whole,
    WrittenText,
    nothing,
)
from raaderum.web.pages import MOST, USUAL, SequenceCursor
from raaderum.web.schema import Answer, Body


class TaskBody(Body):
    """A task to write down for somebody; about a case that they reach, or about none."""

    title = WrittenText(most=LONGEST_TASK, required=True)
    due_on = Day(required=True)
    assigned_to = Identifier(required=True)
    enrolment_id = Identifier(load_default=nothing, allow_none=True)


class WrittenTaskAnswer(Answer):
    """A task that was written down."""

    id = fields.UUID()
    enrolment_id = fields.UUID(allow_none=True)
    assigned_to = fields.UUID()
    due_on = fields.Date()
    written_by = fields.UUID()
    written_at = fields.DateTime()
    done_at = fields.DateTime(allow_none=True)
    done_by = fields.UUID(allow_none=True)


class TaskAnswer(Answer):
    """Something that waits for the caller. Only written tasks have a title of their own."""

    kind = Choice(TaskKind)
    name = fields.String(metadata={"description": "What is to be done, in Danish."})
    name_en = fields.String()
    title = fields.String(
        metadata={"description": "What somebody wrote; empty for what follows from a case."}
    )
    due_on = fields.Date()
    overdue = fields.Boolean()
    enrolment_id = fields.UUID(allow_none=True)
    citizen_name = fields.String()
    subject_id = fields.UUID(
        metadata={"description": "The plan, purchase, invoice, written task … that it is about."}
    )


class NoteTextBody(Body):
    """A text about a case."""

    text = WrittenText(most=LONGEST_NOTE, required=True)


class NoteBody(NoteTextBody):
    """A note, and who may read it."""

    audience = Choice(NoteAudience, required=True)


class NoteAnswer(Answer):
    """A note. It is never changed: `corrected_by_id` names the note that corrects it."""

    id = fields.UUID()
    audience = Choice(NoteAudience)
    text = fields.String()
    name = fields.String()
    written_role = Choice(Role)
    written_at = fields.DateTime()
    corrects_id = fields.UUID(allow_none=True)
    corrected_by_id = fields.UUID(allow_none=True)


class MessageAnswer(Answer):
    """A message. `name` is empty where the citizen wrote it; `read_at` is when the other side read it."""

    id = fields.UUID()
    text = fields.String()
    name = fields.String()
    written_role = Choice(Role)
    written_at = fields.DateTime()
    read_at = fields.DateTime(allow_none=True)


class MessagesReadAnswer(Answer):
    """How many messages were new."""

    number = fields.Integer()


class TimelineQuery(Body):
    """Which page of the timeline, and of which kind."""

    limit = Whole(least=1, most=MOST, load_default=USUAL)
    after = SequenceCursor()
    kind = Choice(TimelineKind, load_default=nothing)


class MomentAnswer(Answer):
    """One thing that happened in a case."""

    sequence = fields.Integer()
    at = fields.DateTime()
    kind = Choice(TimelineKind)
    event = fields.String()
    text = fields.String(metadata={"description": "What happened, in Danish."})
    text_en = fields.String()
    name = fields.String(metadata={"description": "Which member of staff; empty for citizen and system."})
    role = fields.String()
    amount_oere = fields.Integer(
        allow_none=True, metadata={"description": OERE_DESCRIPTION, "format": "int64"}
    )
    words = fields.String(
        metadata={"description": "Of notes and messages what was written, of purchases what is bought."}
    )


class CourseSessionBody(Body):
    """One meeting."""

    title = WrittenText(most=LONGEST_TITLE, required=True)
    held_on = Day(required=True)


class CourseBody(Body):
    """A group course to plan."""

    programme = WrittenText(most=100, required=True, metadata={"description": "The programme's slug."})
    title = WrittenText(most=LONGEST_TITLE, required=True)
    sessions = ListOf(Part(CourseSessionBody()), least=1, most=MOST_SESSIONS, required=True)


class CourseAnswer(Answer):
    """A group course."""

    id = fields.UUID()
    programme = fields.String()
    title = fields.String()
    planned_at = fields.DateTime()


class CourseSessionAnswer(Answer):
    """One meeting."""

    id = fields.UUID()
    position = fields.Integer()
    title = fields.String()
    held_on = fields.Date()


class AttendeeAnswer(Answer):
    """A participant. `marks` follow the order of the meetings, null where nothing has been noted."""

    enrolment_id = fields.UUID()
    name = fields.String()
    marks = fields.List(Choice(AttendanceMark, allow_none=True))
    missed = fields.Integer(metadata={"description": "Meetings that were held without them."})


class OpenedCourseAnswer(CourseAnswer):
    """A group course with its meetings and who came."""

    sessions = fields.List(fields.Nested(CourseSessionAnswer))
    attendees = fields.List(fields.Nested(AttendeeAnswer))


class ParticipantBody(Body):
    """Who is to be on the course."""

    enrolment_id = Identifier(required=True)


class AttendanceBody(ParticipantBody):
    """Whether a participant came to a meeting."""

    mark = Choice(AttendanceMark, required=True)
