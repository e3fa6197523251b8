"""The citizen's words: dream, sub-goals, wishes, strategy and releases."""

from __future__ import annotations

from marshmallow import fields

from raaderum.goals.releases import LONGEST_RECIPIENT
from raaderum.goals.rules import LONGEST_WORDS, GoalCategory, StrategyKind, StrategyState, WishChoice
from raaderum.people.roles import Role
from raaderum.web.fields import Choice, ListOf, WrittenText
from raaderum.web.schema import Answer, Body


class GoalBody(Body):
    """The dream, in the citizen's own words, kept to the letter."""

    words = WrittenText(most=LONGEST_WORDS, required=True)
    categories = ListOf(Choice(GoalCategory), least=0, most=len(GoalCategory), required=True)


class GoalAnswer(Answer):
    """The dream, and what it is about."""

    words = fields.String()
    categories = fields.List(Choice(GoalCategory))
    is_confirmed = fields.Boolean(
        metadata={"description": "Whether the citizen wrote the words or has said that they are theirs."}
    )


class SubGoalBody(Body):
    """A step on the way, in the citizen's own words."""

    words = WrittenText(most=LONGEST_WORDS, required=True)


class SubGoalAnswer(Answer):
    """A step on the way."""

    id = fields.UUID()
    position = fields.Integer()
    words = fields.String()
    is_confirmed = fields.Boolean()


class WishBody(Body):
    """A wish, as it was said."""

    words = WrittenText(most=LONGEST_WORDS, required=True)


class WishChoiceBody(Body):
    """What becomes of a wish."""

    choice = Choice(WishChoice, required=True)


class WishAnswer(Answer):
    """A wish."""

    id = fields.UUID()
    words = fields.String()
    choice = Choice(WishChoice)


class StrategyLineBody(Body):
    """Something to continue, to stop or to start."""

    kind = Choice(StrategyKind, required=True)
    words = WrittenText(most=LONGEST_WORDS, required=True)


class StrategyStateBody(Body):
    """What has become of a line of the strategy."""

    state = Choice(StrategyState, required=True)


class StrategyLineAnswer(Answer):
    """A line of the personal strategy."""

    id = fields.UUID()
    kind = Choice(StrategyKind)
    words = fields.String()
    state = Choice(StrategyState)


class ReleaseBody(Body):
    """Who may have the citizen's words."""

    recipient = WrittenText(most=LONGEST_RECIPIENT, required=True)


class ReleaseAnswer(Answer):
    """To whom the citizen has released their words."""

    id = fields.UUID()
    recipient = fields.String()
    released_at = fields.DateTime()
    withdrawn_at = fields.DateTime(allow_none=True)


class WordingAnswer(Answer):
    """One version of the words of the dream or a sub-goal (`subject_id`)."""

    subject_id = fields.UUID()
    version = fields.Integer()
    words = fields.String()
    written_as = Choice(Role)
    written_at = fields.DateTime()


class WordsAnswer(Answer):
    """All of a citizen's words in one case; `versions` newest first."""

    wishes = fields.List(fields.Nested(WishAnswer))
    strategy = fields.List(fields.Nested(StrategyLineAnswer))
    releases = fields.List(fields.Nested(ReleaseAnswer))
    versions = fields.List(fields.Nested(WordingAnswer))
