"""Enrolments: from referral to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.enrolments import service
from raaderum.people.roles import Act
from raaderum.people.service import names_of_citizens
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, cursor_of_id, page_answer, page_of
from raaderum.web.resources.case import case_of, shown_enrolment
from raaderum.web.schemas.enrolments import (
    CaseAnswer,
    CaseloadItemAnswer,
    EndingBody,
    EnrolmentAnswer,
    EnrolmentQuery,
    ReferralBody,
    ScreeningBody,
)
from raaderum.web.schemas.programmes import ScreeningResultAnswer

if TYPE_CHECKING:
    from raaderum.enrolments.service import OpenedScreening
    from raaderum.enrolments.tables import Enrolment

resource = Resource("enrolments", __name__, description="One citizen in one programme.")
_ENROLMENT = "/enrolments/<uuid:enrolment_id>"


@resource.writes(
    "/enrolments", act=Act.REFER_CITIZEN, body=ReferralBody(), answer=EnrolmentAnswer(), status=201
)
def refer_citizen(call: WriteCall, body: dict[str, Any]) -> Enrolment:
    """Refer a citizen to a programme.

    The enrolment is pinned to the rules in force today. A ceiling can be set lower than the programme's.
    """
    return service.refer(call.session, **body, by=call.by)


@resource.reads(
    "/enrolments",
    act=Act.SEE_CASELOAD,
    query=EnrolmentQuery(),
    answer=page_answer(CaseloadItemAnswer(), "CaseloadPageAnswer"),
)
def list_enrolments(call: Call, query: dict[str, Any]) -> Page:
    """List the caller's caseload.

    The newest referral comes first. Support persons see those whom they support.
    """
    rows = service.caseload(
        call.session, by=call.by, before=query["after"], state=query["state"], most=query["limit"] + 1
    )
    page = page_of(rows, query["limit"], cursor_of_id)
    names = names_of_citizens(call.session, [row.citizen_id for row in page.items])
    return Page([shown_enrolment(row, names[row.citizen_id]) for row in page.items], page.next)


@resource.reads(_ENROLMENT, act=Act.SEE_CASE, answer=CaseAnswer(), recorded=True)
def get_enrolment(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Open a case: goals, plans, budget, purchases and payouts.

    That the case was opened is recorded in the audit log, where the citizen can see it.
    """
    enrolment = service.record_look_up(call.session, enrolment_id, by=call.by)
    return case_of(call.session, enrolment)


@resource.writes(
    f"{_ENROLMENT}/screenings",
    act=Act.SCREEN,
    body=ScreeningBody(),
    answer=ScreeningResultAnswer(),
    status=201,
)
def screen_citizen(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> OpenedScreening:
    """Assess the target group's criteria.

    An answer that is missing or null counts as not known. Every criterion is answered with its reason.
    """
    return service.screen(call.session, enrolment_id, **body, by=call.by)


@resource.writes(f"{_ENROLMENT}/offer", act=Act.SCREEN, answer=EnrolmentAnswer())
def offer_place(call: WriteCall, enrolment_id: UUID) -> Enrolment:
    """Offer the citizen a place.

    Every criterion must be met or left to a judgement that has been written.
    """
    return service.offer(call.session, enrolment_id, by=call.by)


@resource.writes(f"{_ENROLMENT}/reject", act=Act.SCREEN, answer=EnrolmentAnswer())
def reject_referral(call: WriteCall, enrolment_id: UUID) -> Enrolment:
    """Close a referral without a place.

    A new referral can be made later.
    """
    return service.reject(call.session, enrolment_id, by=call.by)


@resource.writes(f"{_ENROLMENT}/accept", act=Act.ACCEPT_OFFER, answer=EnrolmentAnswer())
def accept_offer(call: WriteCall, enrolment_id: UUID) -> Enrolment:
    """Take the offer.

    The time to dream begins; the months of the budget begin when the first plan is approved.
    """
    return service.accept_offer(call.session, enrolment_id, by=call.by)


@resource.writes(f"{_ENROLMENT}/end", act=Act.END_ENROLMENT, body=EndingBody(), answer=EnrolmentAnswer())
def end_enrolment(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """End an enrolment.

    There are no new purchases after this.
    """
    return service.end(call.session, enrolment_id, **body, by=call.by)
