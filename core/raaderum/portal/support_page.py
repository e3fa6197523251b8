"""Who stands at the citizen's side: the citizen's wish for another, the change, and substitutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.enrolments import support
from raaderum.enrolments.relations import RELATION_NAMES
from raaderum.enrolments.rules import CLOSED
from raaderum.enrolments.support_rules import SubstitutionInvalid
from raaderum.people.roles import Act, Role
from raaderum.people.service import staff_with_role
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_support(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show who stands and stood at the citizen's side, and the forms of those who can change it."""
    heading = read_heading(session, enrolment_id, by=visit.actor)
    opened = support.opened_support(session, heading.enrolment, by=visit.actor)
    can_assign = visit.may(Act.ASSIGN_SUPPORT_PERSON)
    candidates = staff_with_role(session, Role.SUPPORT_PERSON) if can_assign else {}
    candidates.pop(heading.enrolment.support_person_id, None)
    return render(
        "support.html",
        visit,
        heading=heading,
        support=opened,
        kinds=RELATION_NAMES,
        candidates=[(str(staff_id), name) for staff_id, name in candidates.items()],
        is_open=heading.enrolment.state not in CLOSED,
    )


def wish_other_support_person(visit: Visit, _typed: Typed, enrolment_id: UUID) -> Response:
    """Ask for another support person."""
    with unit_of_work() as session:
        support.wish_other_support_person(session, enrolment_id, by=visit.actor)
    return visit.go_to("show_support", enrolment_id=enrolment_id)


def withdraw_support_wish(visit: Visit, _typed: Typed, enrolment_id: UUID) -> Response:
    """Take back the wish for another support person."""
    with unit_of_work() as session:
        support.withdraw_wish(session, enrolment_id, by=visit.actor)
    return visit.go_to("show_support", enrolment_id=enrolment_id)


def change_support_person(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Give the citizen another support person."""
    with unit_of_work() as session:
        support.change_support_person(
            session,
            enrolment_id,
            staff_id=typed.id("staff_id"),
            handover=typed.text("handover"),
            by=visit.actor,
        )
    return visit.go_to("show_support", enrolment_id=enrolment_id)


def appoint_substitute(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Let somebody stand in for the support person."""
    with unit_of_work() as session:
        support.appoint_substitute(
            session,
            enrolment_id,
            staff_id=typed.id("staff_id"),
            begins_on=_day(typed, "begins_on"),
            ends_on=_day(typed, "ends_on"),
            handover=typed.text("handover"),
            by=visit.actor,
        )
    return visit.go_to("show_support", enrolment_id=enrolment_id)


def end_substitution(visit: Visit, _typed: Typed, enrolment_id: UUID, relation_id: UUID) -> Response:
    """End a substitute's time now."""
    with unit_of_work() as session:
        support.end_substitution(session, relation_id, by=visit.actor)
    return visit.go_to("show_support", enrolment_id=enrolment_id)


def _day(typed: Typed, name: str) -> date:
    day = typed.day(name)
    if day is None:
        raise SubstitutionInvalid(where=name)
    return day
