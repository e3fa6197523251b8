"""Enrolments: from referral to the end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from raaderum.casework.case_search import CaseFilter, conditions_of, find_cases_by_name
from raaderum.enrolments import service
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.people.roles import Act
from raaderum.people.service import names_of_citizens
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, cursor_of_id, page_answer, page_of
from raaderum.web.resources.case import case_of, shown_enrolment
from raaderum.web.schemas.enrolments import (
    CaseAnswer,
    CaseloadItemAnswer,
    CaseSearchBody,
    EnrolmentAnswer,
    EnrolmentQuery,
    ReferralBody,
)

resource = Resource("enrolments", __name__, description="One citizen in one programme.")
_ENROLMENT = "/enrolments/<uuid:enrolment_id>"


@resource.writes(
    "/enrolments", act=Act.REFER_CITIZEN, body=ReferralBody(), answer=EnrolmentAnswer(), status=201
)
def refer_citizen(call: WriteCall, body: dict[str, Any]) -> Enrolment:
    """Refer a citizen to a programme.

    The enrolment is pinned to the rules in force today. A ceiling can be set lower than the programme's.
    Who referred is kept with it; the note and the authority's name are sealed.
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
    wanted = CaseFilter(
        **{name: query[name] for name in ("state", "support_person_id", "programme", "overdue")}
    )
    conditions = conditions_of(call.session, wanted, by=call.by, on=clock.today())
    rows = service.caseload(
        call.session, by=call.by, before=query["after"], also=conditions, most=query["limit"] + 1
    )
    page = page_of(rows, query["limit"], cursor_of_id)
    names = names_of_citizens(call.session, [row.citizen_id for row in page.items])
    return Page([shown_enrolment(row, names[row.citizen_id]) for row in page.items], page.next)


@resource.writes(
    "/enrolments/search",
    act=Act.SEE_CASELOAD,
    body=CaseSearchBody(),
    answer=page_answer(CaseloadItemAnswer(), "FoundCasesAnswer"),
)
def search_enrolments(call: WriteCall, body: dict[str, Any]) -> Page:
    """Find cases by a part of the citizen's name.

    At most 50, the newest first. It is sent as a body so that no name stands in an address.
    """
    found = find_cases_by_name(call.session, body["name"], by=call.by)
    among = [Enrolment.id.in_(found.enrolment_ids)]
    rows = service.caseload(call.session, by=call.by, also=among)
    names = names_of_citizens(call.session, [row.citizen_id for row in rows])
    return Page([shown_enrolment(row, names[row.citizen_id]) for row in rows])


@resource.reads(_ENROLMENT, act=Act.SEE_CASE, answer=CaseAnswer(), recorded=True)
def get_enrolment(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Open a case: goals, plans, budget, purchases and payouts.

    That the case was opened is recorded in the audit log, where the citizen can see it.
    """
    enrolment = service.record_look_up(call.session, enrolment_id, by=call.by)
    return case_of(call.session, enrolment)
