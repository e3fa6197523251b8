"""What a citizen can show to whoever asks for money: who decides, and that there is no cash to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.casework.pressure import ask_for_a_call as ask
from raaderum.enrolments.service import get_enrolment
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.rendering import render
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_shield(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the screen that is meant for others' eyes: no name of a purchase, no amount, no balance."""
    enrolment = get_enrolment(session, enrolment_id, by=visit.actor)
    return render("shield.html", visit, enrolment=enrolment, municipality=current_tenant().name)


def ask_for_a_call(visit: Visit, _typed: Typed, enrolment_id: UUID) -> Response:
    """Ask the support person to call, without saying why."""
    with unit_of_work() as session:
        ask(session, enrolment_id, by=visit.actor)
    return visit.go_to("show_shield", enrolment_id=enrolment_id)
