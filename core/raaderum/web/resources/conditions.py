"""The citizen's answer to an offer: yes to the conditions, or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import Response

from raaderum.conditions import letters, service
from raaderum.conditions.rules import LANGUAGES
from raaderum.enrolments import answers
from raaderum.people.roles import Act
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.conditions import (
    AcceptBody,
    ConditionsAnswer,
    LetterQuery,
    OfferDeclineBody,
    PaperAcceptanceBody,
)
from raaderum.web.schemas.enrolments import EnrolmentAnswer

if TYPE_CHECKING:
    from raaderum.enrolments.tables import Enrolment

resource = Resource("conditions", __name__, description="What the citizen says yes to.")
_ENROLMENT = "/enrolments/<uuid:enrolment_id>"
_LETTER: Final[dict[str, Any]] = {
    "description": "A PDF of one page, as an attachment.",
    "content": {"application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}}},
}


@resource.reads(f"{_ENROLMENT}/conditions", act=Act.SEE_CASE, answer=ConditionsAnswer())
def get_conditions(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Show the conditions of an enrolment.

    Show the citizen one of the wordings to the letter, and send its `digest` with the yes.
    """
    conditions = service.conditions_of(call.session, enrolment_id, by=call.by)
    return {
        "version": conditions.terms.version,
        "wordings": [conditions.terms.in_language(language) for language in LANGUAGES],
        "offered_on": conditions.offered_on,
        "last_day_to_think": conditions.last_day_to_think,
        "accepted": conditions.accepted,
    }


@resource.writes(f"{_ENROLMENT}/accept", act=Act.ACCEPT_OFFER, body=AcceptBody(), answer=EnrolmentAnswer())
def accept_offer(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Take the offer and accept its conditions.

    Only the citizen can. The time to dream begins; the months of the budget begin when the first plan
    is approved. Refused where the conditions have changed since they were shown.
    """
    return service.accept_offer(call.session, enrolment_id, **body, by=call.by)


@resource.writes(
    f"{_ENROLMENT}/accept-on-paper",
    act=Act.REGISTER_ACCEPTANCE,
    body=PaperAcceptanceBody(),
    answer=EnrolmentAnswer(),
)
def accept_on_paper(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Register that the citizen signed the conditions on paper.

    The run-in counts from the day that stands on the paper.
    """
    return service.accept_on_paper(call.session, enrolment_id, **body, by=call.by)


@resource.writes(
    f"{_ENROLMENT}/decline", act=Act.DECLINE_OFFER, body=OfferDeclineBody(), answer=EnrolmentAnswer()
)
def decline_offer(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Say no to an offer, or to a place in the queue.

    The citizen needs no reason. They can be referred again later.
    """
    return answers.decline_offer(call.session, enrolment_id, **body, by=call.by)


@resource.reads(
    f"{_ENROLMENT}/letter",
    act=Act.FETCH_LETTER,
    query=LetterQuery(),
    answer=None,
    file=_LETTER,
    recorded=True,
)
def download_letter(call: Call, query: dict[str, Any], enrolment_id: UUID) -> Response:
    """Download the letter that the citizen can show others.

    It confirms that they take part, that the money is free of tax and not counted against benefits.
    It holds no amount and no CPR number. That it was fetched is recorded.
    """
    letters.record_letter(call.session, enrolment_id, by=call.by)
    content = letters.letter_file(call.session, enrolment_id, language=query["language"], by=call.by)
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename="letter.pdf")
    return response
