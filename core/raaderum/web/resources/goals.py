"""The dream and the steps on the way, the wish list, the personal strategy; all in the citizen's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from raaderum.goals import releases, service, strategy, wishes, wordings
from raaderum.people.roles import Act
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.goals import (
    GoalAnswer,
    GoalBody,
    ReleaseAnswer,
    ReleaseBody,
    StrategyLineAnswer,
    StrategyLineBody,
    StrategyStateBody,
    SubGoalAnswer,
    SubGoalBody,
    WishAnswer,
    WishBody,
    WishChoiceBody,
    WordsAnswer,
)

if TYPE_CHECKING:
    from raaderum.goals.releases import OpenedRelease
    from raaderum.goals.strategy import OpenedLine
    from raaderum.goals.tables import LongTermGoal, SubGoal
    from raaderum.goals.wishes import OpenedWish

resource = Resource("goals", __name__, description="The dream, the steps on the way, wishes and strategy.")
_CASE = "/enrolments/<uuid:enrolment_id>"


@resource.writes(f"{_CASE}/goal", method="PUT", act=Act.WRITE_GOAL, body=GoalBody(), answer=GoalAnswer())
def write_goal(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Write the dream down, or write it anew.

    Only the citizen can. The words are kept to the letter, and every version of them stays.
    """
    goal = service.write_goal(call.session, enrolment_id, **body, by=call.by)
    return _shown_goal(goal, body["words"])


@resource.writes(
    f"{_CASE}/goal/taken-down", act=Act.TAKE_DOWN_WORDS, body=GoalBody(), answer=GoalAnswer(), status=201
)
def take_down_goal(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Take the dream down as the citizen says it.

    Only while there is none. It stands unconfirmed until the citizen says that the words are theirs.
    """
    goal = service.take_down_goal(call.session, enrolment_id, **body, by=call.by)
    return _shown_goal(goal, body["words"])


@resource.writes(f"{_CASE}/goal/confirm", act=Act.WRITE_GOAL, answer=GoalAnswer())
def confirm_words(call: WriteCall, enrolment_id: UUID) -> dict[str, Any]:
    """Confirm the words.

    The citizen says that the dream and the sub-goals stand in their own words.
    """
    goal = service.confirm_words(call.session, enrolment_id, by=call.by)
    return _shown_goal(goal, service.opened_goals(call.session, enrolment_id).words)


@resource.reads(f"{_CASE}/words", act=Act.SEE_CASE, answer=WordsAnswer())
def get_words(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Read all of the citizen's words.

    Wishes, strategy, to whom the words were released, and every version of dream and sub-goals.
    """
    versions = wordings.wordings_of(call.session, enrolment_id, by=call.by)
    return {
        "wishes": wishes.wishes_of(call.session, enrolment_id),
        "strategy": strategy.strategy_of(call.session, enrolment_id),
        "releases": releases.releases_of(call.session, enrolment_id),
        "versions": versions,
    }


@resource.writes(
    f"{_CASE}/sub-goals", act=Act.ADD_SUB_GOAL, body=SubGoalBody(), answer=SubGoalAnswer(), status=201
)
def add_sub_goal(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Add a step on the way.

    There can be as many as the programme allows, at most five.
    """
    sub_goal = service.add_sub_goal(call.session, enrolment_id, **body, by=call.by)
    return _shown_sub_goal(sub_goal, body["words"])


@resource.writes(
    f"{_CASE}/sub-goals/<uuid:sub_goal_id>",
    method="PUT",
    act=Act.WRITE_GOAL,
    body=SubGoalBody(),
    answer=SubGoalAnswer(),
)
def rewrite_sub_goal(
    call: WriteCall, body: dict[str, Any], enrolment_id: UUID, sub_goal_id: UUID
) -> dict[str, Any]:
    """Write a step anew.

    Only the citizen can. Plan items that lead to it go on leading to it.
    """
    sub_goal = service.rewrite_sub_goal(call.session, enrolment_id, sub_goal_id, **body, by=call.by)
    return _shown_sub_goal(sub_goal, body["words"])


@resource.writes(f"{_CASE}/wishes", act=Act.WRITE_WISHES, body=WishBody(), answer=WishAnswer(), status=201)
def add_wish(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> OpenedWish:
    """Write a wish down.

    Everything is written down first, and chosen among afterwards.
    """
    return wishes.add_wish(call.session, enrolment_id, **body, by=call.by)


@resource.writes(
    f"{_CASE}/wishes/<uuid:wish_id>/choice",
    act=Act.WRITE_WISHES,
    body=WishChoiceBody(),
    answer=WishAnswer(),
)
def choose_wish(call: WriteCall, body: dict[str, Any], enrolment_id: UUID, wish_id: UUID) -> OpenedWish:
    """Choose a wish, or set it aside.

    A wish that was set aside can be opened again.
    """
    return wishes.choose_wish(call.session, enrolment_id, wish_id, **body, by=call.by)


@resource.writes(
    f"{_CASE}/strategy",
    act=Act.WRITE_STRATEGY,
    body=StrategyLineBody(),
    answer=StrategyLineAnswer(),
    status=201,
)
def add_strategy_line(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> OpenedLine:
    """Add a line to the personal strategy.

    Something to continue, to stop or to start.
    """
    return strategy.add_strategy_line(call.session, enrolment_id, **body, by=call.by)


@resource.writes(
    f"{_CASE}/strategy/<uuid:line_id>/state",
    act=Act.WRITE_STRATEGY,
    body=StrategyStateBody(),
    answer=StrategyLineAnswer(),
)
def settle_strategy_line(
    call: WriteCall, body: dict[str, Any], enrolment_id: UUID, line_id: UUID
) -> OpenedLine:
    """Settle a line of the personal strategy.

    It succeeded, was dropped, or lives again.
    """
    return strategy.settle_strategy_line(call.session, enrolment_id, line_id, **body, by=call.by)


@resource.writes(
    f"{_CASE}/releases", act=Act.RELEASE_WORDS, body=ReleaseBody(), answer=ReleaseAnswer(), status=201
)
def release_words(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> OpenedRelease:
    """Release the words.

    The citizen lets their own words be given to somebody, such as the job centre.
    """
    release = releases.release_words(call.session, enrolment_id, **body, by=call.by)
    return releases.opened_release(call.session, release)


@resource.writes(
    f"{_CASE}/releases/<uuid:release_id>/withdraw", act=Act.RELEASE_WORDS, answer=ReleaseAnswer()
)
def withdraw_release(call: WriteCall, enrolment_id: UUID, release_id: UUID) -> OpenedRelease:
    """Take a release back.

    The words are not handed out any more from now on.
    """
    release = releases.withdraw_release(call.session, enrolment_id, release_id, by=call.by)
    return releases.opened_release(call.session, release)


@resource.reads(
    f"{_CASE}/releases/<uuid:release_id>/words",
    act=Act.HAND_OUT_WORDS,
    answer=None,
    file={"description": "The words.", "content": {"text/plain": {"schema": {"type": "string"}}}},
    recorded=True,
)
def hand_out_words(call: Call, enrolment_id: UUID, release_id: UUID) -> Response:
    """Hand the words out.

    The dream as UTF-8 text, byte for byte as the citizen wrote it. That it was handed out is recorded.
    """
    releases.hand_out_words(call.session, enrolment_id, release_id, by=call.by)
    words = releases.words_of_release(call.session, enrolment_id, release_id)
    return Response(words, mimetype="text/plain")


def _shown_goal(goal: LongTermGoal, words: str) -> dict[str, Any]:
    return {"words": words, "categories": goal.categories, "is_confirmed": goal.confirmed_at is not None}


def _shown_sub_goal(sub_goal: SubGoal, words: str) -> dict[str, Any]:
    return {
        "id": sub_goal.id,
        "position": sub_goal.position,
        "words": words,
        "is_confirmed": sub_goal.confirmed_at is not None,
    }
