"""The team's page: what waits and what is late, the greens to see, and how the colours are used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.people.service import name_of_citizen
from raaderum.people.tables import Citizen
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.assessment import mark_plan_seen
from raaderum.plans.assessment_reading import calibration, shown_to_team, waiting_plans
from raaderum.plans.assessment_rules import STEP_NAMES
from raaderum.plans.rules import Colour
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.plans.calibration import QuarterColours
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Stripe:
    """One colour's part of a quarter's bar: where it lies, and its share in whole percent."""

    colour: Colour
    x: int
    width: int
    percent: int


def show_team(visit: Visit, session: Session) -> str:
    """Show what waits for the team, those first that are due first, and the greens not seen yet."""
    waiting = waiting_plans(session, on=clock.today(), by=visit.actor)
    shown = shown_to_team(session, by=visit.actor)
    return render(
        "team.html",
        visit,
        waiting=waiting,
        names=_names(session, {one.enrolment_id for one in waiting}),
        shown=[(one, name_of_citizen(session, one.citizen)) for one in shown],
        steps=STEP_NAMES,
    )


def show_calibration(visit: Visit, session: Session) -> str:
    """Show how the team uses its colours."""
    found = calibration(session, by=visit.actor)
    return render(
        "calibration.html",
        visit,
        found=found,
        quarters=[(one, stripes_of(one)) for one in found.quarters],
    )


def mark_seen(visit: Visit, _typed: Typed, enrolment_id: UUID, plan_id: UUID) -> Response:
    """Mark a green plan as seen."""
    del enrolment_id
    with unit_of_work() as session:
        mark_plan_seen(session, plan_id, by=visit.actor)
    return visit.go_to("show_team")


def stripes_of(quarter: QuarterColours) -> list[Stripe]:
    """Return the stripes of a quarter's bar from left to right, those without plans left out."""
    stripes, before = [], 0
    for colour in Colour:
        count = int(getattr(quarter, colour.value))
        left, right = (round(_WIDTH * plans / quarter.plans) for plans in (before, before + count))
        before += count
        if count:
            stripes.append(Stripe(colour, left, right - left, quarter.percent(colour)))
    return stripes


def _names(session: Session, enrolment_ids: Collection[UUID]) -> dict[UUID, str]:
    rows = session.execute(
        select(Enrolment.id, Citizen)
        .join(Citizen, Citizen.id == Enrolment.citizen_id)
        .where(Enrolment.id.in_(enrolment_ids))
    )
    return {enrolment_id: name_of_citizen(session, citizen) for enrolment_id, citizen in rows}
