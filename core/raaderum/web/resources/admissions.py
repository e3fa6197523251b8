"""The way in: screening, conversation, waiting list and offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.enrolments import service
from raaderum.enrolments.admissions import open_admission
from raaderum.enrolments.conversations import hold_conversation
from raaderum.enrolments.places import places_of
from raaderum.enrolments.selections import appoint
from raaderum.people.roles import Act
from raaderum.people.service import names_of_citizens
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.resources.shapes import columns_of
from raaderum.web.schemas.admissions import (
    AdmissionAnswer,
    AppointmentBody,
    ConversationAnswer,
    ConversationBody,
    OfferBody,
    ScreeningBody,
    ScreeningResultAnswer,
    WaitingListAnswer,
)
from raaderum.web.schemas.enrolments import EnrolmentAnswer

if TYPE_CHECKING:
    from raaderum.enrolments.screenings import OpenedConversation, OpenedScreening
    from raaderum.enrolments.tables import Enrolment

resource = Resource("admissions", __name__, description="The way in: from the referral to the offer.")
_ENROLMENT = "/enrolments/<uuid:enrolment_id>"


@resource.reads(f"{_ENROLMENT}/admission", act=Act.SCREEN, answer=AdmissionAnswer(), recorded=True)
def get_admission(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Open a citizen's way in.

    Who referred, the newest screening with its answers, the newest conversation, the selection and the
    place on the waiting list. That it was opened is recorded in the audit log.
    """
    admission = open_admission(call.session, enrolment_id, by=call.by)
    talk = admission.conversation
    return {
        **{name: getattr(admission, name) for name in AdmissionAnswer().fields},
        "conversation": None if talk is None else _shown(talk),
    }


@resource.writes(
    f"{_ENROLMENT}/screenings",
    act=Act.SCREEN,
    body=ScreeningBody(),
    answer=ScreeningResultAnswer(),
    status=201,
)
def screen_citizen(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> OpenedScreening:
    """Assess the target group's criteria.

    An answer that is missing or null counts as not known; one that no question can take is refused.
    Every criterion is answered with its reason.
    """
    return service.screen(call.session, enrolment_id, **body, by=call.by)


@resource.writes(
    f"{_ENROLMENT}/conversations",
    act=Act.HOLD_CONVERSATION,
    body=ConversationBody(),
    answer=ConversationAnswer(),
    status=201,
)
def hold_screening_conversation(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Write down the conversation with the citizen, and its conclusion.

    The newest one counts. No offer is made before one speaks for it.
    """
    return _shown(hold_conversation(call.session, enrolment_id, **body, by=call.by))


@resource.writes(
    f"{_ENROLMENT}/appointment", act=Act.SELECT_CITIZENS, body=AppointmentBody(), answer=EnrolmentAnswer()
)
def appoint_citizen(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Appoint the citizen to a place.

    For programmes that select among those referred.
    """
    return appoint(call.session, enrolment_id, **body, by=call.by)


@resource.writes(f"{_ENROLMENT}/wait", act=Act.SCREEN, answer=EnrolmentAnswer())
def put_on_waiting_list(call: WriteCall, enrolment_id: UUID) -> Enrolment:
    """Let the citizen wait for a place.

    Who was referred first stands first.
    """
    return service.put_on_waiting_list(call.session, enrolment_id, by=call.by)


@resource.writes(f"{_ENROLMENT}/offer", act=Act.SCREEN, body=OfferBody(), answer=EnrolmentAnswer())
def offer_place(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Offer the citizen one of the year's places.

    Every criterion must be met or left to a judgement that has been written, and the newest conversation
    must speak for it. A reason is needed where others wait who were referred earlier.
    """
    return service.offer(call.session, enrolment_id, **body, by=call.by)


@resource.writes(f"{_ENROLMENT}/reject", act=Act.SCREEN, answer=EnrolmentAnswer())
def reject_referral(call: WriteCall, enrolment_id: UUID) -> Enrolment:
    """Close a referral without a place.

    A new referral can be made later.
    """
    return service.reject(call.session, enrolment_id, by=call.by)


@resource.reads("/programmes/<programme>/waiting-list", act=Act.SCREEN, answer=WaitingListAnswer())
def get_waiting_list(call: Call, programme: str) -> dict[str, Any]:
    """List those who wait for a place in a programme.

    The one who was referred first comes first. The places of this calendar year stand beside.
    """
    places = places_of(call.session, programme, by=call.by)
    names = names_of_citizens(call.session, [one.enrolment.citizen_id for one in places.waiting])
    return {
        "programme": programme,
        "capacity_per_year": places.capacity,
        "places_taken": places.taken,
        "items": [
            {
                **columns_of(one.enrolment),
                "enrolment_id": one.enrolment.id,
                "position": one.position,
                "citizen_name": names[one.enrolment.citizen_id],
            }
            for one in places.waiting
        ],
    }


def _shown(conversation: OpenedConversation) -> dict[str, Any]:
    """Return a conversation with its topics as a list, in the order of the conversation."""
    return {
        **{name: getattr(conversation, name) for name in ConversationAnswer().fields},
        "topics": [
            {"topic": topic, "fit": note.fit, "words": note.words}
            for topic, note in conversation.topics.items()
        ],
    }
