"""Looking afterwards at small purchases that were approved by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.rendering import render
from raaderum.purchases import small
from raaderum.purchases.control_rules import CONTROL_OUTCOME_NAMES, ControlOutcome

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_controls(visit: Visit, session: Session) -> str:
    """Show what was drawn and nobody has looked at yet."""
    return render(
        "controls.html",
        visit,
        waiting=small.waiting_controls(session, by=visit.actor),
        outcomes=CONTROL_OUTCOME_NAMES,
    )


def control_purchase(visit: Visit, typed: Typed, purchase_id: UUID) -> Response:
    """Keep what the look came to; one that cannot be looked at is told before the form is read."""
    with unit_of_work() as session:
        small.get_control(session, purchase_id, by=visit.actor)
        small.control_purchase(
            session,
            purchase_id,
            outcome=typed.choice("outcome", ControlOutcome),
            note=typed.text("note"),
            by=visit.actor,
        )
    return visit.go_to("show_controls")
