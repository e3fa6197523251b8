"""What a person has been told, and where a citizen wants to be told that there is news."""

from __future__ import annotations

from marshmallow import fields

from raaderum.web.fields import WrittenText
from raaderum.web.schema import Answer, Body


class ContactBody(Body):
    """The citizen's e-mail address; empty for none."""

    email = WrittenText(
        least=0,
        most=254,
        required=True,
        metadata={"description": "Gets a hint that there is news, never the news itself."},
    )


class ContactAnswer(Answer):
    """The citizen's e-mail address; empty where there is none."""

    email = fields.String()


class NoticeAnswer(Answer):
    """One thing the caller has been told."""

    id = fields.UUID()
    enrolment_id = fields.UUID(allow_none=True)
    subject = fields.String(metadata={"description": "In Danish."})
    subject_en = fields.String()
    body = fields.String(metadata={"description": "In Danish."})
    body_en = fields.String()
    told_at = fields.DateTime()
    read_at = fields.DateTime(allow_none=True)


class NoticesReadAnswer(Answer):
    """How many notices were new."""

    number = fields.Integer()
