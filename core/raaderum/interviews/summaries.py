"""Summaries of interviews: the coordinator writes, the citizen decides whether they count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import and_, select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.service import locked_enrolment
from raaderum.enrolments.tables import Enrolment
from raaderum.interviews.rules import (
    LONGEST_COMMENT,
    LONGEST_SUMMARY,
    InterviewKind,
    InterviewNotHeld,
    InterviewState,
    SummaryState,
    check_decidable,
    check_words,
)
from raaderum.interviews.tables import Interview, InterviewSummary
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


@dataclass(frozen=True, slots=True)
class ApprovedSummary:
    """A summary that counts: its newest words, to which the citizen has said yes."""

    enrolment_id: UUID
    kind: InterviewKind
    held_on: date
    words: str


def write_summary(
    session: Session, enrolment_id: UUID, interview_id: UUID, *, words: str, by: Actor
) -> InterviewSummary:
    """Write the summary of an interview that was held, or write it anew as its next version.

    It awaits the citizen's approval, also where the version before had it: until then the interview
    has no summary that counts.
    """
    require(by, Act.HOLD_INTERVIEW)
    interview = _interview(session, enrolment_id, interview_id, by)
    if interview.state != InterviewState.HELD:
        raise InterviewNotHeld(where="interview")
    check_words(words, where="words", most=LONGEST_SUMMARY)
    interview.summary_version += 1
    summary = InterviewSummary(
        id=new_id(),
        tenant_id=current_tenant_id(),
        interview_id=interview.id,
        version=interview.summary_version,
        state=SummaryState.AWAITING,
        written_by=person_of(by),
        written_at=clock.now(),
    )
    seal_field(session, summary, "words", words)
    insert(session, summary)
    _record(session, AuditEvent.SUMMARY_WRITTEN, interview, summary, by)
    return summary


def approve_summary(
    session: Session, enrolment_id: UUID, interview_id: UUID, *, version: int, by: Actor
) -> InterviewSummary:
    """The citizen says that a version of the summary is right: from now on it counts.

    Raises `SummaryMovedOn` where it has been rewritten since it was read, or answered already.
    """
    interview, summary = _decidable(session, enrolment_id, interview_id, version, by)
    summary.state, summary.decided_at = SummaryState.APPROVED, clock.now()
    _record(session, AuditEvent.SUMMARY_APPROVED, interview, summary, by)
    return summary


def ask_for_changes(
    session: Session, enrolment_id: UUID, interview_id: UUID, *, version: int, comment: str, by: Actor
) -> InterviewSummary:
    """The citizen says what is to be changed in a version of the summary."""
    check_words(comment, where="comment", most=LONGEST_COMMENT)
    interview, summary = _decidable(session, enrolment_id, interview_id, version, by)
    summary.state, summary.decided_at = SummaryState.CHANGES_WANTED, clock.now()
    seal_field(session, summary, "comment", comment)
    _record(session, AuditEvent.SUMMARY_CHANGES_WANTED, interview, summary, by)
    return summary


def approved_summaries(
    session: Session, *, programme: str | None = None, kind: InterviewKind | None = None
) -> list[ApprovedSummary]:
    """Return the summaries that count, in one query: the only ones that anything may be gathered from."""
    approved = (
        select(Interview, InterviewSummary)
        .join(
            InterviewSummary,
            and_(
                InterviewSummary.interview_id == Interview.id,
                InterviewSummary.version == Interview.summary_version,
            ),
        )
        .where(InterviewSummary.state == SummaryState.APPROVED, Interview.state == InterviewState.HELD)
        .order_by(Interview.id)
    )
    if programme is not None:
        approved = approved.join(Enrolment, Enrolment.id == Interview.enrolment_id).where(
            Enrolment.programme == programme
        )
    if kind is not None:
        approved = approved.where(Interview.kind == kind)
    return [
        ApprovedSummary(
            interview.enrolment_id,
            InterviewKind(interview.kind),
            interview.held_on,
            open_field(session, summary, "words"),
        )
        for interview, summary in session.execute(approved)
        if interview.held_on is not None
    ]


def _interview(session: Session, enrolment_id: UUID, interview_id: UUID, by: Actor) -> Interview:
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    interview = session.get(Interview, (current_tenant_id(), interview_id), populate_existing=True)
    if interview is None or interview.enrolment_id != enrolment.id:
        raise NotFound(where="interview")
    return interview


def _decidable(
    session: Session, enrolment_id: UUID, interview_id: UUID, version: int, by: Actor
) -> tuple[Interview, InterviewSummary]:
    require(by, Act.APPROVE_SUMMARY)
    interview = _interview(session, enrolment_id, interview_id, by)
    summary = session.scalar(
        select(InterviewSummary).where(
            InterviewSummary.interview_id == interview.id, InterviewSummary.version == version
        )
    )
    if summary is None:
        raise NotFound(where="version")
    check_decidable(SummaryState(summary.state), version, interview.summary_version)
    return interview, summary


def _record(
    session: Session, event: AuditEvent, interview: Interview, summary: InterviewSummary, by: Actor
) -> None:
    record(
        session,
        event,
        by=by,
        subject_type="interview",
        subject_id=interview.id,
        enrolment_id=interview.enrolment_id,
        kind=interview.kind,
        version=summary.version,
    )
