"""Where a person lands after signing in: the page that their role works from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from raaderum.enrolments.service import cases_of
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.people.roles import Act, Role
from raaderum.portal.rendering import render
from raaderum.programmes.installed import programmes

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.audit.actor import Actor
    from raaderum.portal.visits import Visit

_FIRST_PAGES: Final = (
    (Act.SEE_CASELOAD, "show_caseload"),
    (Act.SEE_LEDGER, "show_inbox"),
    (Act.SEE_AUDIT, "show_audit"),
)


def show_start(visit: Visit, session: Session) -> Response:
    """Lead the person to the page that their role works from."""
    if visit.actor.role == Role.CITIZEN:
        enrolment_id = _own_case(session, visit.actor)
        if enrolment_id is not None:
            return visit.go_to("show_case", enrolment_id=enrolment_id)
    pages = (page for act, page in _FIRST_PAGES if visit.may(act))
    return visit.go_to(next(pages, "show_programmes"))


def show_programmes(visit: Visit, _session: Session) -> str:
    """Show the municipality's programmes and their rules; what everybody may know."""
    today = clock.today()
    versions = programmes().of_tenant(visit.tenant.slug)
    newest = {version.slug: version for version in versions if version.valid_from <= today}
    return render("programmes.html", visit, programmes=list(newest.values()), today=today)


def _own_case(session: Session, citizen: Actor) -> UUID | None:
    newest = select(Enrolment.id).where(cases_of(citizen)).order_by(Enrolment.id.desc()).limit(1)
    return session.scalar(newest)
