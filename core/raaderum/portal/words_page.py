"""The citizen's own words: wishes, personal strategy, every version of the dream, and who may have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response as FileResponse

from raaderum.goals import releases, strategy, wishes, wordings
from raaderum.goals.rules import (
    STRATEGY_NAMES,
    STRATEGY_STATE_NAMES,
    WISH_CHOICE_NAMES,
    StrategyKind,
    StrategyState,
    WishChoice,
)
from raaderum.goals.service import opened_goals
from raaderum.people.roles import ROLE_NAMES
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_wishes(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the wish list and the personal strategy."""
    return render(
        "wishes.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        wishes=wishes.wishes_of(session, enrolment_id),
        wish_choices=WISH_CHOICE_NAMES,
        strategy=strategy.strategy_of(session, enrolment_id),
        strategy_names=STRATEGY_NAMES,
        strategy_states=STRATEGY_STATE_NAMES,
    )


def show_words(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the words as they stand, every version of them, and who may have them."""
    goals = opened_goals(session, enrolment_id)
    places = {sub_goal.id: sub_goal.position for sub_goal in goals.sub_goals}
    return render(
        "words.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        goals=goals,
        places=places,
        versions=wordings.wordings_of(session, enrolment_id, by=visit.actor),
        releases=releases.releases_of(session, enrolment_id),
        role_names=ROLE_NAMES,
    )


def add_wish(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Write a wish down."""
    with unit_of_work() as session:
        wishes.add_wish(session, enrolment_id, words=typed.text("words"), by=visit.actor)
    return visit.go_to("show_wishes", enrolment_id=enrolment_id)


def choose_wish(visit: Visit, typed: Typed, enrolment_id: UUID, wish_id: UUID) -> Response:
    """Choose a wish, set it aside, or open it again."""
    with unit_of_work() as session:
        choice = typed.choice("choice", WishChoice)
        wishes.choose_wish(session, enrolment_id, wish_id, choice=choice, by=visit.actor)
    return visit.go_to("show_wishes", enrolment_id=enrolment_id)


def add_strategy_line(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Add something to continue, stop or start."""
    with unit_of_work() as session:
        strategy.add_strategy_line(
            session,
            enrolment_id,
            kind=typed.choice("kind", StrategyKind),
            words=typed.text("words"),
            by=visit.actor,
        )
    return visit.go_to("show_wishes", enrolment_id=enrolment_id)


def settle_strategy_line(visit: Visit, typed: Typed, enrolment_id: UUID, line_id: UUID) -> Response:
    """Say what has become of a line of the strategy."""
    with unit_of_work() as session:
        state = typed.choice("state", StrategyState)
        strategy.settle_strategy_line(session, enrolment_id, line_id, state=state, by=visit.actor)
    return visit.go_to("show_wishes", enrolment_id=enrolment_id)


def release_words(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """The citizen lets somebody have their words."""
    with unit_of_work() as session:
        releases.release_words(session, enrolment_id, recipient=typed.text("recipient"), by=visit.actor)
    return visit.go_to("show_words", enrolment_id=enrolment_id)


def withdraw_release(visit: Visit, _typed: Typed, enrolment_id: UUID, release_id: UUID) -> Response:
    """The citizen takes a release back."""
    with unit_of_work() as session:
        releases.withdraw_release(session, enrolment_id, release_id, by=visit.actor)
    return visit.go_to("show_words", enrolment_id=enrolment_id)


def download_words(_visit: Visit, session: Session, enrolment_id: UUID, release_id: UUID) -> Response:
    """Give the dream of a release that holds as a text file, byte for byte as it was written."""
    file = FileResponse(releases.words_of_release(session, enrolment_id, release_id), mimetype="text/plain")
    file.headers["Content-Disposition"] = 'attachment; filename="borgerens-egne-ord.txt"'
    return file
