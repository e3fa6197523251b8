"""The way in: screening, conversation, offer, waiting list, selection and draws."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from raaderum.enrolments.place_rules import ReferralSource
from raaderum.enrolments.screening_rules import MOST_WORDS, Conclusion, ConversationTopic, Fit, TopicNote
from raaderum.enrolments.selection_rules import MOST_PLACES_IN_A_DRAW, DrawOutcome
from raaderum.programmes.selections import Arm, Selection
from raaderum.web.fields import Choice, ListOf, Part, ScreeningAnswers, Whole, WrittenText, nothing
from raaderum.web.schema import Answer, Body
from raaderum.web.schemas.programmes import CriterionAnswer


class ScreeningBody(Body):
    """Answers to the questions of the target group, and the screener's judgement."""

    answers = ScreeningAnswers(required=True)
    judgement = WrittenText(least=0, most=MOST_WORDS, load_default="")


class ScreeningResultAnswer(Answer):
    """A screening: every criterion with its reason, judgement, answers and the versions behind it."""

    results = fields.List(fields.Nested(CriterionAnswer))
    judgement = fields.String()
    answers = ScreeningAnswers()
    screened_at = fields.DateTime()
    target_group_version = fields.String(
        allow_none=True, metadata={"description": "The distribution of the plugin that assessed."}
    )
    rules_from = fields.Date(allow_none=True)
    rules_digest = fields.String(
        allow_none=True, metadata={"description": "SHA-256 of the programme's rules at that time."}
    )


class TopicBody(Body):
    """How one topic of the conversation fits, and what was said."""

    topic = Choice(ConversationTopic, required=True)
    fit = Choice(Fit, required=True)
    words = WrittenText(least=0, most=MOST_WORDS, load_default="")


class ConversationBody(Body):
    """What was talked about, and what it ended in. A topic that is left out was not talked about."""

    topics = ListOf(Part(TopicBody()), least=1, most=len(ConversationTopic), required=True)
    conclusion = Choice(Conclusion, required=True)
    reason = WrittenText(most=MOST_WORDS, required=True)

    @post_load
    def by_topic(self, said: dict[str, Any], **_: object) -> dict[str, Any]:
        """Return the notes by their topic; the last one of a topic counts."""
        notes = {one["topic"]: TopicNote(one["fit"], one["words"]) for one in said["topics"]}
        return {**said, "topics": notes}


class TopicAnswer(Answer):
    """How one topic of the conversation fits, and what was said."""

    topic = Choice(ConversationTopic)
    fit = Choice(Fit)
    words = fields.String()


class ConversationAnswer(Answer):
    """A screening conversation."""

    id = fields.UUID()
    held_by = fields.UUID()
    held_on = fields.Date()
    topics = fields.List(fields.Nested(TopicAnswer))
    conclusion = Choice(Conclusion)
    reason = fields.String()


class OfferBody(Body):
    """Why the citizen gets an offer before others who wait; needed only then."""

    because = WrittenText(least=0, most=5_000, load_default="")


class AppointmentBody(Body):
    """In which kind of course somebody is appointed, where the programme has several."""

    arm = Choice(Arm, load_default=nothing, allow_none=True)


class AdmissionAnswer(Answer):
    """A citizen's way in, for caseworkers."""

    referral_source = Choice(ReferralSource)
    referral_note = fields.String()
    referring_authority = fields.String()
    screening = fields.Nested(ScreeningResultAnswer, allow_none=True)
    conversation = fields.Nested(ConversationAnswer, allow_none=True)
    selection = Choice(Selection, allow_none=True)
    arm = Choice(Arm, allow_none=True)
    queue_position = fields.Integer(
        allow_none=True, metadata={"description": "From 1; null for one not waiting."}
    )
    offered_out_of_turn_because = fields.String()
    capacity_per_year = fields.Integer(allow_none=True)
    places_taken = fields.Integer(metadata={"description": "In this calendar year."})
    stand_before = fields.Integer(
        metadata={"description": "How many wait who were referred earlier; an offer then needs a reason."}
    )


class WaitingAnswer(Answer):
    """One who waits for a place."""

    position = fields.Integer()
    enrolment_id = fields.UUID()
    citizen_name = fields.String()
    referred_at = fields.DateTime()


class WaitingListAnswer(Answer):
    """A programme's places this year, and who waits for one, the first referred first."""

    programme = fields.String()
    capacity_per_year = fields.Integer(allow_none=True)
    places_taken = fields.Integer()
    items = fields.List(fields.Nested(WaitingAnswer))


class DrawBody(Body):
    """How many to draw of those referred to a programme, for which kind of course."""

    programme = WrittenText(most=100, required=True)
    places = Whole(least=1, most=MOST_PLACES_IN_A_DRAW, strict=True, required=True)
    arm = Choice(Arm, load_default=nothing, allow_none=True)


class DrawParticipantAnswer(Answer):
    """One enrolment in a draw; `position` and `outcome` come with the draw."""

    enrolment_id = fields.UUID()
    position = fields.Integer(allow_none=True)
    outcome = Choice(DrawOutcome, allow_none=True)


class DrawAnswer(Answer):
    """A draw. Order the participants by SHA-256 over `<revealed_seed>:<enrolment_id>` to check it."""

    id = fields.UUID()
    programme = fields.String()
    arm = Choice(Arm, allow_none=True)
    places = fields.Integer()
    seed_hash = fields.String(metadata={"description": "SHA-256 (hex) of the seed, shown before the draw."})
    revealed_seed = fields.String(allow_none=True, metadata={"description": "Shown after the draw."})
    announced_by = fields.UUID()
    announced_at = fields.DateTime()
    drawn_by = fields.UUID(allow_none=True)
    drawn_at = fields.DateTime(allow_none=True)
    is_verified = fields.Boolean(
        allow_none=True, metadata={"description": "Whether seed, hash, order and outcome fit each other."}
    )
    participants = fields.List(fields.Nested(DrawParticipantAnswer))


class DrawsAnswer(Answer):
    """All draws, the newest first."""

    items = fields.List(fields.Nested(DrawAnswer))
