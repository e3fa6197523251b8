"""Messages between the citizen and those at their side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.casework import messages
from raaderum.enrolments.contact import contact_email
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render
from raaderum.portal.timeline import name_of_role

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_messages(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the messages, newest first; those of the other side have just been marked as read."""
    return render(
        "messages.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        messages=messages.messages_of(session, enrolment_id, by=visit.actor),
        name_of_role=name_of_role,
        email=contact_email(session, enrolment_id, by=visit.actor),
    )


def write_message(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Write to the other side."""
    with unit_of_work() as session:
        messages.write_message(session, enrolment_id, text=typed.text("text"), by=visit.actor)
    return visit.go_to("show_messages", enrolment_id=enrolment_id)
