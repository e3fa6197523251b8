"""Both clocks of an enrolment, its ending, and the deadlines of a whole caseload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.casework import ending
from raaderum.enrolments import changes
from raaderum.enrolments.deadlines import running_deadlines
from raaderum.people.roles import Act
from raaderum.people.service import names_of_citizens
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.conditions import (
    ClocksAnswer,
    DeadlinesQuery,
    EndingAnswer,
    EndingBody,
    ExtensionBody,
    LeavingBody,
    PauseBody,
    ResumeBody,
    RunningDeadlinesAnswer,
)
from raaderum.web.schemas.enrolments import EnrolmentAnswer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment

resource = Resource("clocks", __name__, description="Deadlines, pauses, extensions and the ending.")
_ENROLMENT = "/enrolments/<uuid:enrolment_id>"


@resource.reads("/deadlines", act=Act.SEE_CASELOAD, query=DeadlinesQuery(), answer=RunningDeadlinesAnswer())
def list_deadlines(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the deadlines in the caller's cases.

    Up to and with the day `until`, the longest overdue first. An offer never lapses by itself.
    """
    found = running_deadlines(call.session, until=query["until"], by=call.by)
    names = names_of_citizens(call.session, [one.enrolment.citizen_id for one in found])
    items = [
        {
            "kind": one.deadline.kind,
            "last_day": one.deadline.last_day,
            "enrolment_id": one.enrolment.id,
            "citizen_name": names[one.enrolment.citizen_id],
        }
        for one in found
    ]
    return {"items": items}


@resource.reads(f"{_ENROLMENT}/clocks", act=Act.SEE_CASE, answer=ClocksAnswer())
def get_clocks(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Show both clocks of an enrolment.

    With the pauses and extensions that moved its end, and the deadlines that run now.
    """
    return _shown_clocks(call.session, enrolment_id, call.by)


@resource.writes(f"{_ENROLMENT}/pauses", act=Act.PAUSE_COURSE, body=PauseBody(), answer=ClocksAnswer())
def pause_course(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Pause the drawing right.

    Its end moves by as many days. No purchase is asked for or approved in the pause; what was
    approved before is paid.
    """
    changes.pause_course(call.session, enrolment_id, **body, by=call.by)
    return _shown_clocks(call.session, enrolment_id, call.by)


@resource.writes(f"{_ENROLMENT}/resume", act=Act.PAUSE_COURSE, body=ResumeBody(), answer=ClocksAnswer())
def resume_course(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """End a pause before its last day.

    The end of the drawing right moves back by what is left of the pause.
    """
    changes.resume_course(call.session, enrolment_id, **body, by=call.by)
    return _shown_clocks(call.session, enrolment_id, call.by)


@resource.writes(
    f"{_ENROLMENT}/extensions", act=Act.EXTEND_COURSE, body=ExtensionBody(), answer=ClocksAnswer()
)
def extend_course(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Extend the drawing right.

    All extensions together keep within the programme's rule. Where it has none, a team leader decides.
    """
    changes.extend_course(call.session, enrolment_id, **body, by=call.by)
    return _shown_clocks(call.session, enrolment_id, call.by)


@resource.reads(f"{_ENROLMENT}/ending", act=Act.SEE_CASE, answer=EndingAnswer())
def get_ending(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Show what has to be seen to around the end.

    Before it and after it: questionnaires, purchases, payouts and what is left of the money.
    """
    found = ending.ending_of(call.session, enrolment_id, by=call.by)
    return {
        "state": found.enrolment.state,
        "ended_on": found.enrolment.ended_on,
        "ended_because": found.enrolment.ended_because,
        "note": found.note,
        "reasons": found.reasons,
        "checklist": found.checks,
        "what_becomes_of_the_rest": found.refund_words.danish,
        "what_becomes_of_the_rest_en": found.refund_words.english,
    }


@resource.writes(f"{_ENROLMENT}/end", act=Act.END_ENROLMENT, body=EndingBody(), answer=EnrolmentAnswer())
def end_enrolment(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """End an enrolment.

    There are no new purchases after this. For somebody who has moved away or died, open purchases are
    given up and the money that was held for them is released.
    """
    return ending.end_course(call.session, enrolment_id, **body, by=call.by)


@resource.writes(f"{_ENROLMENT}/leave", act=Act.LEAVE_PROGRAMME, body=LeavingBody(), answer=EnrolmentAnswer())
def leave_programme(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> Enrolment:
    """Stop, as the citizen whose enrolment it is.

    Without having to say why. It ends today.
    """
    return ending.leave_course(call.session, enrolment_id, **body, by=call.by)


def _shown_clocks(session: Session, enrolment_id: UUID, by: Actor) -> dict[str, Any]:
    clocks = changes.clocks_of(session, enrolment_id, by=by)
    return {
        "accepted_on": clocks.enrolment.accepted_on,
        "granted_months": clocks.enrolment.granted_months,
        "started_on": clocks.enrolment.started_on,
        "ends_on": clocks.enrolment.ends_on,
        "changes": clocks.changes,
        "deadlines": clocks.deadlines,
    }
