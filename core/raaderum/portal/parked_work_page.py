"""Work that was put aside: operations sees why, and sets it going again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.casework import parked_work
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_parked_work(visit: Visit, session: Session) -> str:
    """Show what is parked, longest first."""
    return render("parked_work.html", visit, works=parked_work.work_waiting(session, by=visit.actor))


def resume_work(visit: Visit, _typed: Typed, work_id: UUID) -> Response:
    """Set one piece of work going again."""
    with unit_of_work() as session:
        parked_work.resume_work(session, work_id, by=visit.actor)
    return visit.go_to("show_parked_work")
