"""Writing the citizen's dream down, and the steps on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.goals import service as goals
from raaderum.goals.rules import CATEGORY_NAMES, GoalCategory
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_goal_form(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the citizen their dream and sub-goals as they stand, to be written anew."""
    return render(
        "goal_form.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        goals=goals.opened_goals(session, enrolment_id),
        categories=CATEGORY_NAMES,
    )


def show_taking_down_form(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show staff an empty form for the dream, or that only the citizen can rewrite it now."""
    return render(
        "goal_taken_down.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        goals=goals.opened_goals(session, enrolment_id),
        categories=CATEGORY_NAMES,
    )


def write_goal(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Write the dream down, to the letter."""
    with unit_of_work() as session:
        goals.write_goal(
            session,
            enrolment_id,
            words=typed.text("words"),
            categories=typed.choices("categories", GoalCategory),
            by=visit.actor,
        )
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def take_down_goal(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Take the dream down as the citizen says it."""
    with unit_of_work() as session:
        goals.take_down_goal(
            session,
            enrolment_id,
            words=typed.text("words"),
            categories=typed.choices("categories", GoalCategory),
            by=visit.actor,
        )
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def confirm_words(visit: Visit, _typed: Typed, enrolment_id: UUID) -> Response:
    """The citizen says that the words are theirs."""
    with unit_of_work() as session:
        goals.confirm_words(session, enrolment_id, by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def add_sub_goal(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Add a step on the way."""
    with unit_of_work() as session:
        goals.add_sub_goal(session, enrolment_id, words=typed.text("words"), by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def rewrite_sub_goal(visit: Visit, typed: Typed, enrolment_id: UUID, sub_goal_id: UUID) -> Response:
    """Write a step anew."""
    with unit_of_work() as session:
        goals.rewrite_sub_goal(session, enrolment_id, sub_goal_id, words=typed.text("words"), by=visit.actor)
    return visit.go_to("show_goal_form", enrolment_id=enrolment_id)
