"""A new referral: the citizen, the programme and the support person."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from raaderum.enrolments.place_rules import SOURCE_NAMES, ReferralSource
from raaderum.enrolments.service import refer
from raaderum.kernel import clock
from raaderum.kernel.errors import RuleBroken
from raaderum.people.cpr import Cpr
from raaderum.people.roles import Role
from raaderum.people.service import register_citizen, staff_with_role
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.rendering import render
from raaderum.programmes.installed import programme_in_force, programmes

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.kernel.money import Oere
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit
    from raaderum.programmes.rules import ProgrammeVersion


class ReferralTerms(TypedDict):
    """What a referral says, but for the citizen."""

    programme: str
    support_person_id: UUID
    ceiling: Oere | None
    source: ReferralSource
    note: str
    authority: str


def show_referral_form(visit: Visit, session: Session) -> str:
    """Show the form to refer a citizen who is not registered yet."""
    return render(
        "referral_form.html",
        visit,
        programmes=open_programmes(visit.tenant.slug),
        support_people=staff_with_role(session, Role.SUPPORT_PERSON),
        sources=SOURCE_NAMES,
    )


def refer_citizen(visit: Visit, typed: Typed) -> Response:
    """Register the citizen and refer them in one act; then comes the screening."""
    cpr = Cpr.parse(typed.text("cpr"))
    with unit_of_work() as session:
        citizen = register_citizen(session, name=typed.text("name"), cpr=cpr, by=visit.actor)
        session.flush()
        enrolment = refer(session, citizen_id=citizen.id, **referral_terms(typed), by=visit.actor)
    return visit.go_to("show_screening_form", enrolment_id=enrolment.id)


def referral_terms(typed: Typed) -> ReferralTerms:
    """Return what was typed of a referral, but for the citizen."""
    return {
        "programme": typed.text("programme"),
        "support_person_id": typed.id("support_person_id"),
        "ceiling": typed.amount("ceiling") if typed.has("ceiling") else None,
        "source": typed.choice("source", ReferralSource) if typed.has("source") else ReferralSource.STAFF,
        "note": typed.text("note"),
        "authority": typed.text("authority"),
    }


def open_programmes(tenant_slug: str) -> list[ProgrammeVersion]:
    """Return the programmes that take referrals today."""
    slugs = dict.fromkeys(version.slug for version in programmes().of_tenant(tenant_slug))
    found = []
    for slug in slugs:
        try:
            found.append(programme_in_force(slug, on=clock.today()))
        except RuleBroken:
            continue
    return found
