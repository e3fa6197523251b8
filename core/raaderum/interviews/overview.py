"""The five interviews of a case as one person may see them, those that are due, and how many there were."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.rules import UNDER_WAY, EnrolmentState
from raaderum.enrolments.service import cases_of, get_enrolment
from raaderum.enrolments.tables import Enrolment
from raaderum.interviews.rules import (
    MONTHS_AFTER_END,
    OPEN_IN,
    CourseDates,
    InterviewKind,
    InterviewState,
    SummaryState,
    due_on,
)
from raaderum.interviews.service import latest_consent
from raaderum.interviews.tables import FollowUpConsent, Interview, InterviewSummary
from raaderum.kernel.calendar import months_after
from raaderum.people.roles import Act, Role, require
from raaderum.persistence.sealed_fields import open_field

if TYPE_CHECKING:
    from sqlalchemy import ScalarSelect
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_ASKED_MONTHS_AFTER_END: Final = 18
"""The last interview is due a year after the end; half a year later nobody is reminded of it any more."""


@dataclass(frozen=True, slots=True)
class SeenSummary:
    """One version of a summary; `comment` is what the citizen wanted changed."""

    version: int
    state: SummaryState
    words: str
    comment: str
    written_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class SeenInterview:
    """One of the five; `id` and `state` are None before it is held or declined.

    `due_on` None: it is not due, or not in this course. `summaries` are the versions that the viewer
    may read, the newest first. `is_open` says whether it can be held or declined now, `needs_consent`
    that the citizen's yes to follow-up is missing.
    """

    kind: InterviewKind
    id: UUID | None
    state: InterviewState | None
    due_on: date | None
    held_on: date | None
    is_open: bool
    needs_consent: bool
    summaries: tuple[SeenSummary, ...]


@dataclass(frozen=True, slots=True)
class SeenInterviews:
    """The five interviews of a case; `has_consented` None: nobody has asked about follow-up yet."""

    all: tuple[SeenInterview, ...]
    has_consented: bool | None
    consent_said_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueInterview:
    """One interview that is neither held nor declined, on or after its day."""

    enrolment_id: UUID
    kind: InterviewKind
    due_on: date


@dataclass(frozen=True, slots=True)
class InterviewCount:
    """How many interviews of one kind were held and declined, and how many summaries count."""

    kind: InterviewKind
    held: int
    declined: int
    approved: int


def interviews_of(session: Session, enrolment_id: UUID, *, by: Actor) -> SeenInterviews:
    """Return the interviews of a case as `by` may see them; raise `NotFound` for another's case.

    A summary is between citizen and caseworkers until the citizen has approved it: a support person
    reads approved words only.
    """
    require(by, Act.SEE_CASE)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    of_case = select(Interview).where(Interview.enrolment_id == enrolment_id)
    rows = {row.kind: row for row in session.scalars(of_case)}
    consent = latest_consent(session, enrolment_id)
    is_given = consent.is_given if consent is not None else None
    written = _written(session, rows, by)
    dates, state = dates_of(enrolment), EnrolmentState(enrolment.state)
    return SeenInterviews(
        all=tuple(
            _seen(kind, rows.get(kind), dates, state, bool(is_given), written.get(kind, ()))
            for kind in InterviewKind
        ),
        has_consented=is_given,
        consent_said_at=consent.said_at if consent is not None else None,
    )


def due_interviews(session: Session, *, on: date, by: Actor) -> list[DueInterview]:
    """Return what is due by a day in the cases of `by`, in one query, the longest due first.

    The two follow-ups are due only where the citizen's latest word on them is yes.
    """
    require(by, Act.SEE_CASE)
    cases = (
        select(Enrolment, func.array_agg(Interview.kind), _latest_word())
        .outerjoin(Interview, Interview.enrolment_id == Enrolment.id)
        .where(
            cases_of(by),
            or_(
                Enrolment.state.in_(UNDER_WAY),
                Enrolment.ended_on > months_after(on, -_ASKED_MONTHS_AFTER_END),
            ),
        )
        .group_by(Enrolment.tenant_id, Enrolment.id)
    )
    due = [
        DueInterview(enrolment.id, kind, day)
        for enrolment, kinds, has_consented in session.execute(cases)
        for kind in InterviewKind
        if kind not in kinds
        and (has_consented or kind not in MONTHS_AFTER_END)
        and (day := due_on(kind, dates_of(enrolment))) is not None
        and day <= on
    ]
    return sorted(due, key=lambda one: (one.due_on, one.enrolment_id))


def count_interviews(session: Session, *, programme: str | None = None) -> list[InterviewCount]:
    """Return how many interviews of each kind were held, declined and have a summary that counts."""
    found = (
        select(Interview.kind, Interview.state, InterviewSummary.state, func.count())
        .outerjoin(
            InterviewSummary,
            and_(
                InterviewSummary.interview_id == Interview.id,
                InterviewSummary.version == Interview.summary_version,
            ),
        )
        .join(Enrolment, Enrolment.id == Interview.enrolment_id)
        .group_by(Interview.kind, Interview.state, InterviewSummary.state)
    )
    if programme is not None:
        found = found.where(Enrolment.programme == programme)
    states: Counter[tuple[str, str]] = Counter()
    approved: Counter[str] = Counter()
    for kind, state, summary, number in session.execute(found):
        states[kind, state] += number
        if state == InterviewState.HELD and summary == SummaryState.APPROVED:
            approved[kind] += number
    return [
        InterviewCount(
            kind, states[kind, InterviewState.HELD], states[kind, InterviewState.DECLINED], approved[kind]
        )
        for kind in InterviewKind
    ]


def dates_of(enrolment: Enrolment) -> CourseDates:
    """Return the dates of an enrolment that interviews hang on."""
    return CourseDates(
        enrolment.accepted_on,
        enrolment.started_on,
        enrolment.ends_on,
        enrolment.ended_on,
        has_died=enrolment.ended_because == EndingReason.DIED,
    )


def _seen(
    kind: InterviewKind,
    row: Interview | None,
    dates: CourseDates,
    state: EnrolmentState,
    has_consented: bool,  # noqa: FBT001 - the callers above are the only ones
    summaries: tuple[SeenSummary, ...],
) -> SeenInterview:
    return SeenInterview(
        kind=kind,
        id=row.id if row is not None else None,
        state=InterviewState(row.state) if row is not None else None,
        due_on=due_on(kind, dates),
        held_on=row.held_on if row is not None else None,
        is_open=state in OPEN_IN[kind],
        needs_consent=kind in MONTHS_AFTER_END and not has_consented,
        summaries=summaries,
    )


def _written(session: Session, rows: dict[str, Interview], by: Actor) -> dict[str, tuple[SeenSummary, ...]]:
    """Return the versions of the summaries that `by` may read, by kind of interview, newest first."""
    kinds = {row.id: row for row in rows.values()}
    versions = (
        select(InterviewSummary)
        .where(InterviewSummary.interview_id.in_(kinds))
        .order_by(InterviewSummary.version.desc())
    )
    written: dict[str, tuple[SeenSummary, ...]] = {}
    for row in session.scalars(versions):
        interview = kinds[row.interview_id]
        if by.role == Role.SUPPORT_PERSON and not _counts(interview, row):
            continue
        seen = SeenSummary(
            row.version,
            SummaryState(row.state),
            open_field(session, row, "words"),
            open_field(session, row, "comment"),
            row.written_at,
            row.decided_at,
        )
        written[interview.kind] = (*written.get(interview.kind, ()), seen)
    return written


def _counts(interview: Interview, summary: InterviewSummary) -> bool:
    return summary.version == interview.summary_version and summary.state == SummaryState.APPROVED


def _latest_word() -> ScalarSelect[bool]:
    """Return, for a query over enrolments, the latest word on follow-up; null where nobody has asked."""
    latest = (
        select(FollowUpConsent.is_given)
        .where(FollowUpConsent.enrolment_id == Enrolment.id)
        .order_by(FollowUpConsent.id.desc())
        .limit(1)
        .correlate(Enrolment)
    )
    return latest.scalar_subquery()
