"""Ending a course: what has to be seen to, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.casework import ending
from raaderum.casework.ending_rules import CHECKLIST_NAMES
from raaderum.enrolments.ending_rules import ENDING_REASON_NAMES, EndingReason
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_ending(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the checklist, and the form to end the course for those who can."""
    return render(
        "ending.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        ending=ending.ending_of(session, enrolment_id, by=visit.actor),
        names=CHECKLIST_NAMES,
        reasons=ENDING_REASON_NAMES,
    )


def end_enrolment(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """End the course with one of the reasons."""
    because, ended_on = typed.choice("because", EndingReason), typed.day("ended_on")
    with unit_of_work() as session:
        ending.end_course(
            session,
            enrolment_id,
            because=because,
            note=typed.text("note"),
            ended_on=ended_on,
            by=visit.actor,
        )
    return visit.go_to("show_ending", enrolment_id=enrolment_id)


def leave_programme(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """The citizen stops."""
    with unit_of_work() as session:
        ending.leave_course(session, enrolment_id, note=typed.text("note"), by=visit.actor)
    return visit.go_to("show_ending", enrolment_id=enrolment_id)
