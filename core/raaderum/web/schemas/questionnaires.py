"""Questionnaires and outcomes."""

from __future__ import annotations

from marshmallow import fields

from raaderum.questionnaires.outcome_rules import Outcome, OutcomeMoment, OutcomeParameter
from raaderum.questionnaires.rules import (
    LONGEST_COMMENT,
    RATING_NAMES,
    AnswerState,
    Gap,
    Moment,
    Movement,
    Respondent,
    Way,
)
from raaderum.web.fields import Choice, Day, ListOf, Part, WrittenText, nothing
from raaderum.web.schema import Answer, Body

_MOST_LETTERS = 40
_RATINGS = [str(rating) for rating in RATING_NAMES]
_SCALES = (
    "The citizen: very_far, far, some_way, close, and at the end also achieved. "
    "The support person: very_high, high, partly, lesser, low."
)


class OwnAnswerBody(Body):
    """The caller's own answer."""

    moment = Choice(Moment, required=True)
    rating = WrittenText(
        most=_MOST_LETTERS, required=True, metadata={"enum": _RATINGS, "description": _SCALES}
    )
    comment = WrittenText(least=0, most=LONGEST_COMMENT, load_default="")


class OwnDeclineBody(Body):
    """Which questionnaire the caller does not want to answer."""

    moment = Choice(Moment, required=True)


class PaperAnswerBody(Body):
    """An answer that was given on paper."""

    moment = Choice(Moment, required=True)
    respondent = Choice(Respondent, required=True)
    rating = WrittenText(
        most=_MOST_LETTERS, required=True, metadata={"enum": _RATINGS, "description": _SCALES}
    )
    answered_on = Day(load_default=nothing, allow_none=True)
    comment = WrittenText(least=0, most=LONGEST_COMMENT, load_default="")


class PaperDeclineBody(Body):
    """Who did not want to answer which questionnaire."""

    moment = Choice(Moment, required=True)
    respondent = Choice(Respondent, required=True)
    answered_on = Day(load_default=nothing, allow_none=True)


class QuestionnaireAnswer(Answer):
    """One of the four questionnaires, as the caller may see it; `state` is null while nothing is in."""

    moment = Choice(Moment)
    respondent = Choice(Respondent)
    state = Choice(AnswerState, allow_none=True)
    is_hidden = fields.Boolean(
        metadata={"description": "It is in, and kept back until the other's is in too."}
    )
    rating = fields.String(
        allow_none=True, metadata={"enum": [*_RATINGS, None], "description": "Null where hidden or declined."}
    )
    comment = fields.String()
    answered_on = fields.Date(allow_none=True)
    how = Choice(Way, allow_none=True)
    version = fields.Integer()
    is_after_sight = fields.Boolean(
        metadata={"description": "Given when the other's answer could be seen: after a decline."}
    )


class GapAnswer(Answer):
    """Who sees the end brighter, and by how many steps of the two five-step scales."""

    gap = Choice(Gap)
    steps = fields.Integer()


class QuestionnairesAnswer(Answer):
    """The four of a case. `movement` and `gap` are null while they would tell what is hidden."""

    questionnaires = fields.List(fields.Nested(QuestionnaireAnswer))
    movement = Choice(Movement, allow_none=True)
    gap = fields.Nested(GapAnswer, allow_none=True)


class OutcomePart(Body):
    """How one parameter came out."""

    parameter = Choice(OutcomeParameter, required=True)
    outcome = Choice(Outcome, required=True)


class OutcomesBody(Body):
    """How parameters came out, beside how it was at the start."""

    moment = Choice(OutcomeMoment, required=True)
    outcomes = ListOf(Part(OutcomePart()), least=1, most=len(OutcomeParameter), required=True)
    recorded_on = Day(load_default=nothing, allow_none=True)


class OutcomeAnswer(Answer):
    """How one parameter came out at one moment."""

    moment = Choice(OutcomeMoment)
    parameter = Choice(OutcomeParameter)
    outcome = Choice(Outcome)
    recorded_on = fields.Date()
    version = fields.Integer()


class OutcomesAnswer(Answer):
    """What counts now."""

    outcomes = fields.List(fields.Nested(OutcomeAnswer))
