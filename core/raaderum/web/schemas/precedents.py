"""The library of doubt cases."""

from __future__ import annotations

from marshmallow import fields

from raaderum.guidelines.rules import LONGEST_TOLD, Decision, Outcome, PrecedentState
from raaderum.plans.rules import SpendingCategory
from raaderum.web.fields import Choice, Identifier, WrittenText, nothing
from raaderum.web.schema import Answer, Body

_GUIDELINE = r"^([a-z][a-z0-9_]{1,39})?$"


class PrecedentBody(Body):
    """A doubt case in general words, by which nobody can be recognised.

    The citizen's and the staff's names of `enrolment_id` are looked for in the words; it is not kept.
    """

    question = WrittenText(most=LONGEST_TOLD, required=True)
    circumstances = WrittenText(most=LONGEST_TOLD, required=True)
    guideline = WrittenText(
        least=0,
        most=40,
        pattern=_GUIDELINE,
        load_default="",
        metadata={"description": "The identifier of the guideline it concerns; empty for none."},
    )
    category = Choice(SpendingCategory, required=True)
    decision = Choice(Decision, required=True)
    reason = WrittenText(most=LONGEST_TOLD, required=True)
    quarter = WrittenText(most=7, required=True, metadata={"description": "When it was decided, as 2026-Q4."})
    enrolment_id = Identifier(load_default=nothing, allow_none=True)


class PrecedentFollowUpBody(Body):
    """What became of a case, in general words."""

    outcome = Choice(Outcome, required=True)
    became = WrittenText(least=0, most=LONGEST_TOLD, load_default="")


class PrecedentQuery(Body):
    """Which cases to show; each word of `words` must stand in the case."""

    category = Choice(SpendingCategory, load_default=nothing)
    guideline = WrittenText(least=0, most=40, load_default="")
    decision = Choice(Decision, load_default=nothing)
    words = WrittenText(least=0, most=200, load_default="")


class PrecedentAnswer(Answer):
    """A doubt case. `origin` is the municipality it comes from."""

    id = fields.UUID()
    state = Choice(PrecedentState)
    question = fields.String()
    circumstances = fields.String()
    guideline = fields.String()
    category = Choice(SpendingCategory)
    decision = Choice(Decision)
    reason = fields.String()
    outcome = Choice(Outcome)
    became = fields.String()
    quarter = fields.String()
    origin = fields.String()


class LibraryAnswer(Answer):
    """The cases that fit, newest quarter first. A count below five is left out."""

    items = fields.List(fields.Nested(PrecedentAnswer))
    decisions = fields.Dict(keys=fields.String(), values=fields.Integer())
    outcomes = fields.Dict(keys=fields.String(), values=fields.Integer())


class DraftsAnswer(Answer):
    """The doubt cases that wait for somebody to confirm that nobody can be recognised."""

    items = fields.List(fields.Nested(PrecedentAnswer))


class SharedPrecedentAnswer(Answer):
    """One case of a file: all texts, and no key of any person."""

    question = fields.String()
    circumstances = fields.String()
    guideline = fields.String()
    category = fields.String()
    decision = fields.String()
    reason = fields.String()
    outcome = fields.String()
    became = fields.String()
    quarter = fields.String()
    origin = fields.String()


class PrecedentFileAnswer(Answer):
    """The file by which municipalities share their cases."""

    format = fields.String()
    version = fields.Integer()
    origin = fields.String()
    precedents = fields.List(fields.Nested(SharedPrecedentAnswer))


class TakenInAnswer(Answer):
    """How many cases of a file were new, and how many the library had already."""

    new = fields.Integer()
    known = fields.Integer()
