"""What a person has been told, and where a citizen wants a hint that there is news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.enrolments.contact import change_contact as set_contact
from raaderum.notices import service
from raaderum.people.roles import Act, may
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_notices(visit: Visit, session: Session) -> str:
    """Show what the person has been told, newest first."""
    return render(
        "notices.html",
        visit,
        notices=service.own_notices(session, by=visit.actor),
        sees_cases=may(visit.actor, Act.SEE_CASE),
    )


def read_notices(visit: Visit, _typed: Typed) -> Response:
    """Mark everything as read."""
    with unit_of_work() as session:
        service.read_notices(session, by=visit.actor)
    return visit.go_to("show_notices")


def change_contact(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Choose where the citizen wants a hint that there is news."""
    with unit_of_work() as session:
        set_contact(session, enrolment_id, email=typed.text("email"), by=visit.actor)
    return visit.go_to("show_messages", enrolment_id=enrolment_id)
