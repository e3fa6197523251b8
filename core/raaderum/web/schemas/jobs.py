"""What the system does in the background."""

from __future__ import annotations

from marshmallow import fields

from raaderum.persistence.scheduled_runs import RunState
from raaderum.web.fields import Choice
from raaderum.web.schema import Answer
from raaderum.web.schemas.programmes import TextAnswer


class WorkCountAnswer(Answer):
    """How much of one kind of work is not done yet."""

    queue = fields.String()
    kind = fields.String()
    title = fields.Nested(TextAnswer)
    running = fields.Integer()
    waiting = fields.Integer()
    later = fields.Integer()
    parked = fields.Integer()


class ScheduledRunAnswer(Answer):
    """One run of a job: for which time it was due, and how far it has come."""

    id = fields.UUID()
    job = fields.String()
    title = fields.Nested(TextAnswer)
    slot = fields.DateTime()
    state = Choice(RunState)
    started_at = fields.DateTime(allow_none=True)
    finished_at = fields.DateTime(allow_none=True)
    done = fields.Integer(allow_none=True)
    total = fields.Integer(allow_none=True)
    failure = fields.String(allow_none=True)


class JobsAnswer(Answer):
    """What waits and is under way, and what the clock had done, newest first."""

    work = fields.List(fields.Nested(WorkCountAnswer))
    runs = fields.List(fields.Nested(ScheduledRunAnswer))
