"""Conditions, both clocks, and the ending of an enrolment."""

from __future__ import annotations

from marshmallow import fields

from raaderum.casework.ending_rules import ChecklistItem
from raaderum.conditions.rules import LANGUAGES, AcceptanceWay
from raaderum.enrolments.change_rules import LONGEST_CHANGE, ChangeGround, ChangeKind
from raaderum.enrolments.clocks import DeadlineKind
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.rules import EnrolmentState
from raaderum.web.fields import Choice, Day, Oere, Whole, WrittenText, nothing
from raaderum.web.schema import Answer, Body

_LONGEST_NOTE = 20_000


class AcceptBody(Body):
    """The hash of the conditions that the citizen was shown."""

    digest = WrittenText(
        most=64,
        required=True,
        pattern=r"^[0-9a-f]{64}\Z",
        metadata={"description": "The `digest` of the wording that was shown, in either language."},
    )


class PaperAcceptanceBody(Body):
    """When the citizen signed on paper, and in which language the paper is."""

    signed_on = Day(required=True)
    language = WrittenText(most=2, pattern=f"^({'|'.join(LANGUAGES)})\\Z", load_default=LANGUAGES[0])


class OfferDeclineBody(Body):
    """Why the citizen says no; they need not say."""

    because = WrittenText(least=0, most=_LONGEST_NOTE, load_default="")


class LetterQuery(Body):
    """In which language the letter is."""

    language = WrittenText(most=2, pattern=f"^({'|'.join(LANGUAGES)})\\Z", load_default=LANGUAGES[0])


class ConditionWordingAnswer(Answer):
    """The conditions in one language, exactly as they are to be shown."""

    language = fields.String()
    digest = fields.String(metadata={"description": "SHA-256 (hex) of `text` in UTF-8."})
    text = fields.String()


class AcceptanceAnswer(Answer):
    """The citizen's yes, with the text it was given to."""

    version = fields.String()
    language = fields.String()
    digest = fields.String()
    text = fields.String(attribute="words")
    way = Choice(AcceptanceWay)
    accepted_on = fields.Date()
    recorded_by = fields.UUID()
    recorded_at = fields.DateTime()


class ConditionsAnswer(Answer):
    """The conditions of an enrolment as they read now, and the citizen's yes where it has been given."""

    version = fields.String()
    wordings = fields.List(fields.Nested(ConditionWordingAnswer))
    offered_on = fields.Date(allow_none=True)
    last_day_to_think = fields.Date(allow_none=True)
    accepted = fields.Nested(AcceptanceAnswer, allow_none=True)


class PauseBody(Body):
    """A pause of the drawing right, with its first and last day."""

    from_on = Day(required=True)
    until_on = Day(required=True)
    ground = Choice(ChangeGround, required=True)
    note = WrittenText(least=0, most=_LONGEST_NOTE, load_default="")


class ResumeBody(Body):
    """The first day the citizen is back."""

    back_on = Day(required=True)


class ExtensionBody(Body):
    """How many days to extend the drawing right by."""

    days = Whole(least=1, most=LONGEST_CHANGE, required=True, strict=True)
    ground = Choice(ChangeGround, required=True)
    note = WrittenText(least=0, most=_LONGEST_NOTE, load_default="")


class DeadlineAnswer(Answer):
    """Something that must have happened by the end of a day, in Danish time."""

    kind = Choice(DeadlineKind)
    last_day = fields.Date()


class CourseChangeAnswer(Answer):
    """A pause or an extension; `days` is how far it moves the end."""

    id = fields.UUID()
    kind = Choice(ChangeKind)
    from_on = fields.Date(allow_none=True)
    until_on = fields.Date(allow_none=True)
    days = fields.Integer()
    ground = Choice(ChangeGround)
    note = fields.String()
    decided_by = fields.UUID()
    decided_at = fields.DateTime()


class ClocksAnswer(Answer):
    """Both clocks: the run-in from the yes on, the drawing right from its approval on."""

    accepted_on = fields.Date(allow_none=True)
    granted_months = fields.Integer(allow_none=True)
    started_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    changes = fields.List(fields.Nested(CourseChangeAnswer))
    deadlines = fields.List(fields.Nested(DeadlineAnswer))


class DeadlinesQuery(Body):
    """Up to which day."""

    until = Day(required=True)


class RunningDeadlineAnswer(DeadlineAnswer):
    """A deadline in one of the caller's cases."""

    enrolment_id = fields.UUID()
    citizen_name = fields.String()


class RunningDeadlinesAnswer(Answer):
    """The longest overdue first."""

    items = fields.List(fields.Nested(RunningDeadlineAnswer))


class EndingBody(Body):
    """Why an enrolment ends, and its last day where that is not today."""

    because = Choice(EndingReason, required=True)
    note = WrittenText(least=0, most=_LONGEST_NOTE, load_default="")
    ended_on = Day(load_default=nothing, allow_none=True)


class LeavingBody(Body):
    """What the citizen wants to say about it; they need not say anything."""

    note = WrittenText(least=0, most=_LONGEST_NOTE, load_default="")


class CheckAnswer(Answer):
    """One thing to see to: how many are open, and what they come to."""

    item = Choice(ChecklistItem)
    open = fields.Integer()
    amount_oere = Oere(of="amount", allow_none=True)


class EndingAnswer(Answer):
    """How an enrolment ends or ended, and what is left to see to."""

    state = Choice(EnrolmentState)
    ended_on = fields.Date(allow_none=True)
    ended_because = Choice(EndingReason, allow_none=True)
    note = fields.String()
    reasons = fields.List(Choice(EndingReason), metadata={"description": "Those that fit today."})
    checklist = fields.List(fields.Nested(CheckAnswer))
    what_becomes_of_the_rest = fields.String(metadata={"description": "The refund policy, in Danish."})
    what_becomes_of_the_rest_en = fields.String(metadata={"description": "The same in English."})
