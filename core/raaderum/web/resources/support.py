"""The people at a citizen's side: support persons, substitutes, and how much they have to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.casework.load import load_of_staff
from raaderum.enrolments import support
from raaderum.enrolments.service import get_enrolment
from raaderum.people.roles import Act
from raaderum.people.service import names_of_citizens
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, page_answer
from raaderum.web.resources.case import shown_enrolment
from raaderum.web.schemas.enrolments import CaseloadItemAnswer, EnrolmentAnswer
from raaderum.web.schemas.support import (
    HandoverBody,
    LoadAnswer,
    SubstituteAnswer,
    SubstituteBody,
    SupportAnswer,
    SupportPersonBody,
    SupportWishAnswer,
)

if TYPE_CHECKING:
    from raaderum.enrolments.tables import Enrolment, SupportRelation, SupportWish

resource = Resource("support", __name__, description="The people at a citizen's side.")
_ENROLMENT = "/enrolments/<uuid:enrolment_id>"


@resource.reads(f"{_ENROLMENT}/support", act=Act.SEE_CASE, answer=SupportAnswer())
def get_support(call: Call, enrolment_id: UUID) -> support.OpenedSupport:
    """List who stands and stood at the citizen's side.

    The present support person and substitutes come first, then the former ones.
    """
    enrolment = get_enrolment(call.session, enrolment_id, by=call.by)
    return support.opened_support(call.session, enrolment, by=call.by)


@resource.writes(
    f"{_ENROLMENT}/support/wish", act=Act.WISH_OTHER_SUPPORT_PERSON, answer=SupportWishAnswer(), status=201
)
def wish_other_support_person(call: WriteCall, enrolment_id: UUID) -> SupportWish:
    """Ask for another support person.

    Only the citizen can, and no reason is asked for.
    """
    return support.wish_other_support_person(call.session, enrolment_id, by=call.by)


@resource.writes(
    f"{_ENROLMENT}/support/wish/withdraw", act=Act.WISH_OTHER_SUPPORT_PERSON, answer=SupportWishAnswer()
)
def withdraw_support_wish(call: WriteCall, enrolment_id: UUID) -> SupportWish:
    """Take back the wish for another support person.

    Only the citizen can.
    """
    return support.withdraw_wish(call.session, enrolment_id, by=call.by)


@resource.writes(
    f"{_ENROLMENT}/support-person",
    method="PUT",
    act=Act.ASSIGN_SUPPORT_PERSON,
    body=SupportPersonBody(),
    answer=EnrolmentAnswer(),
)
def change_support_person(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Give the citizen another support person.

    The rights move in the same instant; what the former one did keeps their name.
    """
    return support.change_support_person(call.session, enrolment_id, **body, by=call.by)


@resource.writes(
    f"{_ENROLMENT}/substitutes",
    act=Act.ASSIGN_SUPPORT_PERSON,
    body=SubstituteBody(),
    answer=SubstituteAnswer(),
    status=201,
)
def appoint_substitute(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> SupportRelation:
    """Let somebody stand in for the support person.

    They have the same rights from the first day to the last, and none before or after.
    """
    return support.appoint_substitute(call.session, enrolment_id, **body, by=call.by)


@resource.writes(
    "/substitutes/<uuid:substitute_id>/end", act=Act.ASSIGN_SUPPORT_PERSON, answer=SubstituteAnswer()
)
def end_substitution(call: WriteCall, substitute_id: UUID) -> SupportRelation:
    """End a substitute's time now.

    They no longer find the case.
    """
    return support.end_substitution(call.session, substitute_id, by=call.by)


@resource.writes(
    "/handovers",
    act=Act.ASSIGN_SUPPORT_PERSON,
    body=HandoverBody(),
    answer=page_answer(CaseloadItemAnswer(), "HandoverAnswer"),
)
def hand_over_cases(call: WriteCall, body: dict[str, Any]) -> Page:
    """Give several citizens the same new support person.

    All of them or none: where some cannot be handed over, `errors` says which and why.
    """
    rows = support.hand_over_cases(call.session, **body, by=call.by)
    names = names_of_citizens(call.session, [row.citizen_id for row in rows])
    return Page([shown_enrolment(row, names[row.citizen_id]) for row in rows])


@resource.reads("/load", act=Act.SEE_LOAD, answer=page_answer(LoadAnswer(), "LoadsAnswer"))
def list_load(call: Call) -> Page:
    """List how much each member of staff has to do.

    Support persons first, then those who decide on purchases.
    """
    return Page(load_of_staff(call.session, by=call.by))
