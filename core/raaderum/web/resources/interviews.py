"""Interviews of the solution-focused kind, from before the start to one year after the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.enrolments.service import record_look_up
from raaderum.interviews import overview, service, summaries
from raaderum.interviews.rules import FollowUpWord
from raaderum.people.roles import Act
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.interviews import (
    ApprovalOfSummaryBody,
    ChangesBody,
    DeclinedInterviewBody,
    FollowUpBody,
    HeldInterviewBody,
    InterviewAnswer,
    InterviewsAnswer,
    SummaryBody,
)

if TYPE_CHECKING:
    from uuid import UUID

    from raaderum.interviews.overview import SeenInterview

resource = Resource(
    "interviews", __name__, description="Conversations with the citizen, and their summaries."
)
_CASE = "/enrolments/<uuid:enrolment_id>"
_OF_CASE = f"{_CASE}/interviews"
_INTERVIEW = f"{_OF_CASE}/<uuid:interview_id>"


@resource.reads(_OF_CASE, act=Act.SEE_CASE, answer=InterviewsAnswer(), recorded=True)
def get_interviews(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Read the five interviews of a case.

    When each is due, what became of it, and the summaries that the caller may read.
    """
    record_look_up(call.session, enrolment_id, by=call.by)
    return _shown(call, enrolment_id)


@resource.writes(
    _OF_CASE, act=Act.HOLD_INTERVIEW, body=HeldInterviewBody(), answer=InterviewAnswer(), status=201
)
def hold_interview(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> SeenInterview:
    """Record that an interview was held.

    The two after the end need the citizen's yes to follow-up. Sent again, it corrects the day.
    """
    service.hold_interview(call.session, enrolment_id, **body, by=call.by)
    return _one(call, enrolment_id, kind=body["kind"])


@resource.writes(
    f"{_OF_CASE}/declines", act=Act.DECLINE_INTERVIEW, body=DeclinedInterviewBody(), answer=InterviewAnswer()
)
def decline_interview(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> SeenInterview:
    """Record that the citizen does not want an interview.

    It is counted, and can be held after all.
    """
    service.decline_interview(call.session, enrolment_id, **body, by=call.by)
    return _one(call, enrolment_id, kind=body["kind"])


@resource.writes(
    f"{_INTERVIEW}/summaries",
    act=Act.HOLD_INTERVIEW,
    body=SummaryBody(),
    answer=InterviewAnswer(),
    status=201,
)
def write_summary(
    call: WriteCall, body: dict[str, Any], enrolment_id: UUID, interview_id: UUID
) -> SeenInterview:
    """Write a summary, or write it anew.

    Every version is kept. It counts once the citizen has approved its newest words.
    """
    summaries.write_summary(call.session, enrolment_id, interview_id, **body, by=call.by)
    return _one(call, enrolment_id, interview_id=interview_id)


@resource.writes(
    f"{_INTERVIEW}/approve", act=Act.APPROVE_SUMMARY, body=ApprovalOfSummaryBody(), answer=InterviewAnswer()
)
def approve_summary(
    call: WriteCall, body: dict[str, Any], enrolment_id: UUID, interview_id: UUID
) -> SeenInterview:
    """Approve a summary.

    Only the citizen can, and only the version that they have read.
    """
    summaries.approve_summary(call.session, enrolment_id, interview_id, **body, by=call.by)
    return _one(call, enrolment_id, interview_id=interview_id)


@resource.writes(
    f"{_INTERVIEW}/changes", act=Act.APPROVE_SUMMARY, body=ChangesBody(), answer=InterviewAnswer()
)
def ask_for_changes(
    call: WriteCall, body: dict[str, Any], enrolment_id: UUID, interview_id: UUID
) -> SeenInterview:
    """Ask for changes to a summary.

    The coordinator writes a new version, which the citizen reads again.
    """
    summaries.ask_for_changes(call.session, enrolment_id, interview_id, **body, by=call.by)
    return _one(call, enrolment_id, interview_id=interview_id)


@resource.writes(
    f"{_CASE}/follow-up-consent",
    act=Act.CONSENT_TO_FOLLOW_UP,
    body=FollowUpBody(),
    answer=InterviewsAnswer(),
)
def say_to_follow_up(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Say yes or no to follow-up after the end.

    It can be taken back at any time. A coordinator cannot turn the citizen's own no into a yes.
    """
    is_given = body["says"] is FollowUpWord.YES
    service.say_to_follow_up(call.session, enrolment_id, is_given=is_given, by=call.by)
    return _shown(call, enrolment_id)


def _shown(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    seen = overview.interviews_of(call.session, enrolment_id, by=call.by)
    return {
        "interviews": seen.all,
        "has_consented": seen.has_consented,
        "consent_said_at": seen.consent_said_at,
    }


def _one(call: Call, enrolment_id: UUID, **wanted: object) -> SeenInterview:
    """Return one of the interviews as the caller may see it, by `kind` or `interview_id`."""
    seen = overview.interviews_of(call.session, enrolment_id, by=call.by)
    return next(one for one in seen.all if wanted in ({"kind": one.kind}, {"interview_id": one.id}))
