"""Finding a citizen who is registered already, and referring them; citizens who look like one person."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.known_citizens import enrolments_of_citizens
from raaderum.enrolments.place_rules import SOURCE_NAMES
from raaderum.enrolments.rules import STATE_NAMES, EnrolmentState
from raaderum.enrolments.service import refer
from raaderum.kernel.errors import InvalidInput, NotFound
from raaderum.kernel.text import Text
from raaderum.people import duplicates
from raaderum.people.cpr import Cpr
from raaderum.people.likeness import SIGN_NAMES
from raaderum.people.roles import Role
from raaderum.people.service import get_citizen, name_of_citizen, staff_with_role
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.addresses import asked_id
from raaderum.portal.referral_page import open_programmes, referral_terms
from raaderum.portal.rendering import render
from raaderum.portal.typed import Typed
from raaderum.programmes.installed import rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment
    from raaderum.portal.visits import Visit


class CitizenNotHere(NotFound):
    """Nobody with this CPR number is registered in the municipality."""

    code = "citizen_not_here"
    text = Text(
        "Ingen borger med det CPR-nummer er oprettet her. Brug »Ny indstilling« for at oprette borgeren.",
        "No citizen with that CPR number is registered here. Use “New referral” to register the citizen.",
    )


def record_sight(session: Session, *, by: Actor) -> None:
    """Record whose name the page is about to show, where the address names somebody."""
    citizen_id = asked_id("borger")
    if citizen_id is not None:
        citizen = get_citizen(session, citizen_id)
        record(session, AuditEvent.CITIZEN_SEEN, by=by, subject_type="citizen", subject_id=citizen.id)


def show_known_citizen(visit: Visit, session: Session) -> str:
    """Show the form to find somebody, and for somebody found their enrolments and the form to refer them."""
    citizen_id = _chosen(visit)
    citizen = get_citizen(session, citizen_id) if citizen_id else None
    known = enrolments_of_citizens(session, [citizen.id], by=visit.actor) if citizen else {}
    return render(
        "known_citizen.html",
        visit,
        citizen=citizen,
        name=name_of_citizen(session, citizen) if citizen else "",
        enrolments=_shown(known[citizen.id]) if citizen and citizen.id in known else (),
        programmes=open_programmes(visit.tenant.slug),
        support_people=staff_with_role(session, Role.SUPPORT_PERSON),
        sources=SOURCE_NAMES,
    )


def find_citizen(visit: Visit, typed: Typed) -> Response:
    """Find somebody by the CPR number in the form; that somebody asked is recorded, whatever comes out."""
    cpr = Cpr.parse(typed.text("cpr"))
    with unit_of_work() as session:
        citizen = duplicates.look_up_citizen(session, cpr, by=visit.actor)
    if citizen is None:
        raise CitizenNotHere(where="cpr")
    return visit.go_to("show_known_citizen", borger=citizen.id)


def refer_known_citizen(visit: Visit, typed: Typed) -> Response:
    """Refer a citizen who is registered already; then comes the screening."""
    with unit_of_work() as session:
        enrolment = refer(session, citizen_id=typed.id("citizen_id"), **referral_terms(typed), by=visit.actor)
    return visit.go_to("show_screening_form", enrolment_id=enrolment.id)


def show_duplicates(visit: Visit, session: Session) -> str:
    """Show citizens who are probably registered twice."""
    pairs = duplicates.likely_duplicates(session, by=visit.actor)
    everybody = {citizen.id for pair in pairs for citizen in (pair.first, pair.second)}
    known = enrolments_of_citizens(session, everybody, by=visit.actor)
    return render(
        "duplicates.html",
        visit,
        pairs=pairs,
        signs=SIGN_NAMES,
        enrolments={citizen_id: _shown(theirs) for citizen_id, theirs in known.items()},
    )


def tell_apart(visit: Visit, typed: Typed) -> Response:
    """Mark that two citizens are two people."""
    with unit_of_work() as session:
        duplicates.mark_not_a_duplicate(
            session, typed.id("first_id"), typed.id("second_id"), note=typed.text("note"), by=visit.actor
        )
    return visit.go_to("show_duplicates")


def _chosen(visit: Visit) -> UUID | None:
    """Return whom the address names, or the form that went wrong."""
    asked = asked_id("borger")
    if asked is None and visit.problem is not None and "citizen_id" in visit.problem.typed:
        with suppress(InvalidInput):
            return Typed(visit.problem.typed).id("citizen_id")
    return asked


def _shown(enrolments: Sequence[Enrolment]) -> list[tuple[UUID, Text, Text]]:
    """Return each enrolment's id, programme and state as people call them."""
    return [
        (one.id, rules_of(one.programme, one.rules_from).name, STATE_NAMES[EnrolmentState(one.state)])
        for one in enrolments
    ]
