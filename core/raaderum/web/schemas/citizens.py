"""Finding citizens by CPR number, and citizens who are probably registered twice."""

from __future__ import annotations

from marshmallow import fields

from raaderum.enrolments.rules import EnrolmentState
from raaderum.people.duplicates import MOST_WORDS_OF_A_NOTE
from raaderum.people.likeness import LikenessSign
from raaderum.web.fields import Choice, Identifier, WrittenText
from raaderum.web.schema import Answer, Body


class LookUpBody(Body):
    """The CPR number of a citizen to find. It is not stored with the question."""

    cpr = WrittenText(
        most=20,
        required=True,
        load_only=True,
        metadata={"description": "DDMMYY-XXXX, with or without the hyphen."},
    )


class KnownEnrolmentAnswer(Answer):
    """An enrolment of a citizen who is registered already."""

    id = fields.UUID()
    programme = fields.String()
    state = Choice(EnrolmentState)


class KnownCitizenAnswer(Answer):
    """A citizen who is registered already, with their enrolments, the newest first."""

    id = fields.UUID()
    name = fields.String()
    registered_at = fields.DateTime()
    enrolments = fields.List(fields.Nested(KnownEnrolmentAnswer))


class LookUpAnswer(Answer):
    """Who has the CPR number; null where nobody here does."""

    citizen = fields.Nested(KnownCitizenAnswer, allow_none=True)


class LikelyDuplicateAnswer(Answer):
    """Two citizens who look like one person, and why."""

    first = fields.Nested(KnownCitizenAnswer)
    second = fields.Nested(KnownCitizenAnswer)
    signs = fields.List(Choice(LikenessSign))


class LikelyDuplicatesAnswer(Answer):
    """All pairs that nobody has told apart, the newest first."""

    items = fields.List(fields.Nested(LikelyDuplicateAnswer))


class NotADuplicateBody(Body):
    """Two citizens who are two people, and how somebody knows."""

    first_id = Identifier(required=True)
    second_id = Identifier(required=True)
    note = WrittenText(most=MOST_WORDS_OF_A_NOTE, required=True)


class NotADuplicateAnswer(Answer):
    """That two citizens are two people. The smaller id comes first."""

    first_citizen_id = fields.UUID()
    second_citizen_id = fields.UUID()
    marked_by = fields.UUID()
    marked_at = fields.DateTime()
