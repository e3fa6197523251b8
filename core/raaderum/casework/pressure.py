"""A citizen who is pressed for money: a discreet word to those at their side, and nothing to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.service import locked_enrolment
from raaderum.kernel import clock
from raaderum.kernel.text import Text
from raaderum.notices.rules import Words
from raaderum.notices.service import tell_staff
from raaderum.people.roles import Act, require

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment

PRESSED: Final = Words(
    Text("En borger beder dig ringe", "A citizen asks you to call"),
    Text(
        "En af dine borgere har bedt dig om at ringe så snart du kan. Ring til borgeren selv, og skriv ikke, "
        "hvad det handler om: andre kan læse med.",
        "One of your citizens has asked you to call as soon as you can. Call the citizen in person, and do "
        "not write what it is about: others may read along.",
    ),
)
"""Says nothing of pressure: the mail may lie open, and so may the citizen's own page."""


def ask_for_a_call(session: Session, enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """Let the citizen ask the support person for a call, without a word on why; once an hour at most.

    Source: citizens withstood pressure from others by pointing to the support person (the evaluation's
    interviews). Nothing of it stands in the timeline.
    """
    require(by, Act.ASK_FOR_CALL)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    key = f"call:{enrolment.id}:{clock.now():%Y-%m-%dT%H}"
    tell_staff(session, [enrolment.support_person_id], PRESSED, key=key, enrolment_id=enrolment.id)
    record(
        session,
        AuditEvent.CALL_ASKED_FOR,
        by=by,
        subject_type="enrolment",
        subject_id=enrolment.id,
        enrolment_id=enrolment.id,
    )
    return enrolment
