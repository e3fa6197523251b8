"""Places of the year and those who wait for one; appointing, and drawing among those referred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.enrolments import selections, service
from raaderum.enrolments.known_citizens import citizens_of_enrolments
from raaderum.enrolments.places import Places, places_of
from raaderum.enrolments.selection_rules import DRAW_OUTCOME_NAMES
from raaderum.kernel import clock
from raaderum.people.service import names_of_citizens, names_of_staff
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.rendering import render
from raaderum.programmes.installed import newest_rules, programmes
from raaderum.programmes.selections import ARM_NAMES, Arm, Selection

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.enrolments.selections import OpenedDraw
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit
    from raaderum.programmes.rules import ProgrammeVersion


def show_waiting_lists(visit: Visit, session: Session) -> str:
    """Show for each programme how many places are taken this year, and who waits."""
    lists = [places_of(session, rules.slug, by=visit.actor) for rules in _programmes(visit)]
    return render(
        "waiting_lists.html",
        visit,
        lists=lists,
        names=names_of_citizens(session, _waiting_citizens(lists)),
        draws=any(Selection.DRAWN in (one.programme.selections or ()) for one in lists),
    )


def put_on_waiting_list(visit: Visit, _typed: Typed, enrolment_id: UUID) -> Response:
    """Let the citizen wait for a place."""
    with unit_of_work() as session:
        service.put_on_waiting_list(session, enrolment_id, by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def appoint(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Appoint the citizen to a place."""
    with unit_of_work() as session:
        selections.appoint(session, enrolment_id, arm=_arm(typed), by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def show_draws(visit: Visit, session: Session) -> str:
    """Show every draw with all that is needed to check it."""
    found = selections.draws(session, by=visit.actor)
    return render(
        "draws.html",
        visit,
        draws=found,
        names=_names(session, found),
        staff=names_of_staff(session),
        programmes=[one for one in _programmes(visit) if Selection.DRAWN in (one.selections or ())],
        titles={one.slug: one.name for one in _programmes(visit)},
        arms=ARM_NAMES,
        outcomes=DRAW_OUTCOME_NAMES,
    )


def announce_draw(visit: Visit, typed: Typed) -> Response:
    """Announce a draw: its participants and the hash of its seed stand from now on."""
    with unit_of_work() as session:
        selections.announce_draw(
            session, typed.text("programme"), places=typed.number("places"), arm=_arm(typed), by=visit.actor
        )
    return visit.go_to("show_draws")


def carry_out_draw(visit: Visit, typed: Typed) -> Response:
    """Carry a draw out: its seed is revealed."""
    with unit_of_work() as session:
        selections.carry_out_draw(session, typed.id("draw_id"), by=visit.actor)
    return visit.go_to("show_draws")


def _arm(typed: Typed) -> Arm | None:
    return typed.choice("arm", Arm) if typed.has("arm") else None


def _programmes(visit: Visit) -> list[ProgrammeVersion]:
    """Return each programme by its newest rules."""
    slugs = dict.fromkeys(version.slug for version in programmes().of_tenant(visit.tenant.slug))
    return [newest_rules(slug, on=clock.today()) for slug in slugs]


def _waiting_citizens(lists: list[Places]) -> list[UUID]:
    return [queued.enrolment.citizen_id for one in lists for queued in one.waiting]


def _names(session: Session, draws: list[OpenedDraw]) -> dict[UUID, str]:
    """Return the citizens' names by the enrolment that takes part."""
    taking_part = {one.enrolment_id for opened in draws for one in opened.participants}
    citizens = citizens_of_enrolments(session, taking_part)
    names = names_of_citizens(session, citizens.values())
    return {enrolment_id: names[citizen_id] for enrolment_id, citizen_id in citizens.items()}
