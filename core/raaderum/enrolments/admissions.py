"""Everything that is known of a citizen's way in: referral, screening, conversation, selection, place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raaderum.enrolments.place_rules import ReferralSource
from raaderum.enrolments.places import places_taken, queue_position, stand_before
from raaderum.enrolments.screenings import (
    OpenedConversation,
    OpenedScreening,
    latest_conversation,
    latest_screening,
)
from raaderum.enrolments.service import get_enrolment, record_look_up
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.people.roles import Act, require
from raaderum.persistence.sealed_fields import open_field
from raaderum.programmes.installed import newest_rules
from raaderum.programmes.selections import Arm, Selection

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment


@dataclass(frozen=True, slots=True)
class Admission:
    """A way in as a caseworker reads it; `places_taken` counts this calendar year, None is no limit.

    `stand_before` is how many wait who were referred earlier: an offer then needs a reason.
    """

    referral_source: ReferralSource
    referral_note: str
    referring_authority: str
    screening: OpenedScreening | None
    conversation: OpenedConversation | None
    selection: Selection | None
    arm: Arm | None
    queue_position: int | None
    offered_out_of_turn_because: str
    capacity_per_year: int | None
    places_taken: int
    stand_before: int


def open_admission(session: Session, enrolment_id: UUID, *, by: Actor) -> Admission:
    """Return the way in of a case, and record that it was looked at."""
    require(by, Act.SCREEN)
    return admission_of(session, record_look_up(session, enrolment_id, by=by).id, by=by)


def admission_of(session: Session, enrolment_id: UUID, *, by: Actor) -> Admission:
    """Return the way in of a case whose look-up has been recorded; for caseworkers only."""
    require(by, Act.SCREEN)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    return Admission(
        referral_source=ReferralSource(enrolment.referral_source),
        referral_note=open_field(session, enrolment, "referral_note"),
        referring_authority=open_field(session, enrolment, "referring_authority"),
        screening=_find_screening(session, enrolment),
        conversation=latest_conversation(session, enrolment.id),
        selection=Selection(enrolment.selection) if enrolment.selection else None,
        arm=Arm(enrolment.arm) if enrolment.arm else None,
        queue_position=queue_position(session, enrolment),
        offered_out_of_turn_because=open_field(session, enrolment, "offered_out_of_turn_because"),
        capacity_per_year=newest_rules(enrolment.programme, on=clock.today()).capacity_per_year,
        places_taken=places_taken(session, enrolment.programme, year=clock.today().year),
        stand_before=stand_before(session, enrolment),
    )


def _find_screening(session: Session, enrolment: Enrolment) -> OpenedScreening | None:
    try:
        return latest_screening(session, enrolment.id)
    except NotFound:
        return None
