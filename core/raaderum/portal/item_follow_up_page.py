"""Whether what was bought did what the citizen thought: asked three months later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.casework import item_follow_ups
from raaderum.kernel import clock
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.item_follow_ups import OUTCOME_NAMES, ItemOutcome
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_item_follow_ups(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show what was bought, what was thought it would do, and what came of it."""
    return render(
        "item_follow_ups.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        bought=item_follow_ups.bought_items(session, enrolment_id, by=visit.actor),
        outcomes=OUTCOME_NAMES,
        today=clock.today(),
    )


def answer_item_follow_up(visit: Visit, typed: Typed, enrolment_id: UUID, plan_item_id: UUID) -> Response:
    """Keep the answer about one item."""
    with unit_of_work() as session:
        item_follow_ups.answer_item_follow_up(
            session,
            plan_item_id,
            outcome=typed.choice("outcome", ItemOutcome),
            words=typed.text("words"),
            by=visit.actor,
        )
    return visit.go_to("show_item_follow_ups", enrolment_id=enrolment_id)
