"""Interviews and their summaries."""

from __future__ import annotations

from marshmallow import fields

from raaderum.interviews.rules import (
    LONGEST_COMMENT,
    LONGEST_SUMMARY,
    FollowUpWord,
    InterviewKind,
    InterviewState,
    SummaryState,
)
from raaderum.web.fields import Choice, Day, Whole, WrittenText
from raaderum.web.schema import Answer, Body

_MOST_VERSIONS = 32_767


class HeldInterviewBody(Body):
    """Which interview was held, and when."""

    kind = Choice(InterviewKind, required=True)
    held_on = Day(required=True)


class DeclinedInterviewBody(Body):
    """Which interview the citizen does not want."""

    kind = Choice(InterviewKind, required=True)


class SummaryBody(Body):
    """What was said, in writing."""

    words = WrittenText(most=LONGEST_SUMMARY, required=True)


class ApprovalOfSummaryBody(Body):
    """Which version the citizen has read and says yes to."""

    version = Whole(least=1, most=_MOST_VERSIONS, strict=True, required=True)


class ChangesBody(Body):
    """What the citizen wants changed in the version that they have read."""

    version = Whole(least=1, most=_MOST_VERSIONS, strict=True, required=True)
    comment = WrittenText(most=LONGEST_COMMENT, required=True)


class FollowUpBody(Body):
    """The citizen's yes or no to being contacted after the end."""

    says = Choice(FollowUpWord, required=True)


class InterviewSummaryAnswer(Answer):
    """One version of a summary; `comment` is what the citizen wants changed."""

    version = fields.Integer()
    state = Choice(SummaryState)
    words = fields.String()
    comment = fields.String()
    written_at = fields.DateTime()
    decided_at = fields.DateTime(allow_none=True)


class InterviewAnswer(Answer):
    """One of the five interviews; `id` is null before it is held or declined."""

    kind = Choice(InterviewKind)
    id = fields.UUID(allow_none=True)
    state = Choice(InterviewState, allow_none=True)
    due_on = fields.Date(allow_none=True)
    held_on = fields.Date(allow_none=True)
    needs_consent = fields.Boolean(
        metadata={"description": "The citizen's yes to follow-up is missing: it is not to be held."}
    )
    summaries = fields.List(
        fields.Nested(InterviewSummaryAnswer),
        metadata={
            "description": "Newest version first. It counts only while the newest is approved. "
            "Support persons see approved words only."
        },
    )


class InterviewsAnswer(Answer):
    """The five interviews of a case, and the citizen's word on follow-up; null: nobody has asked."""

    interviews = fields.List(fields.Nested(InterviewAnswer))
    has_consented = fields.Boolean(allow_none=True)
    consent_said_at = fields.DateTime(allow_none=True)
