"""Holding and declining interviews, and the citizen's yes or no to follow-up after the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.enrolments.service import locked_enrolment
from raaderum.interviews.rules import (
    MONTHS_AFTER_END,
    OPEN_IN,
    ConsentIsTheCitizens,
    FollowUpConsentMissing,
    HeldInFuture,
    InterviewHeldAlready,
    InterviewKind,
    InterviewState,
)
from raaderum.interviews.tables import FollowUpConsent, Interview
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, Role, require
from raaderum.persistence.database import insert
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


def hold_interview(
    session: Session, enrolment_id: UUID, *, kind: InterviewKind, held_on: date, by: Actor
) -> Interview:
    """Record that an interview was held; once more to correct the day. A declined one can be held after all.

    Raises `FollowUpConsentMissing` for the two after the end without the citizen's yes to them.
    """
    require(by, Act.HOLD_INTERVIEW)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), *OPEN_IN[kind])
    if held_on > clock.today():
        raise HeldInFuture(where="held_on")
    if kind in MONTHS_AFTER_END and not has_consented(session, enrolment.id):
        raise FollowUpConsentMissing(where="kind")
    row = find_interview(session, enrolment.id, kind) or _new(enrolment.id, kind)
    row.state, row.held_on = InterviewState.HELD, held_on
    _keep(session, AuditEvent.INTERVIEW_HELD, row, by)
    return row


def decline_interview(session: Session, enrolment_id: UUID, *, kind: InterviewKind, by: Actor) -> Interview:
    """Record that the citizen does not want an interview. It is counted, and can be held after all.

    Raises `InterviewHeldAlready` for one that was held.
    """
    require(by, Act.DECLINE_INTERVIEW)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(EnrolmentState(enrolment.state), *OPEN_IN[kind])
    row = find_interview(session, enrolment.id, kind) or _new(enrolment.id, kind)
    if row.state == InterviewState.HELD:
        raise InterviewHeldAlready(where="kind")
    row.state, row.held_on = InterviewState.DECLINED, None
    _keep(session, AuditEvent.INTERVIEW_DECLINED, row, by)
    return row


def say_to_follow_up(session: Session, enrolment_id: UUID, *, is_given: bool, by: Actor) -> FollowUpConsent:
    """Keep the citizen's yes or no to being contacted after the end; it can be taken back at any time.

    A coordinator can write down what the citizen says. Raises `ConsentIsTheCitizens` where that
    would turn a no that the citizen gave themselves into a yes.
    """
    require(by, Act.CONSENT_TO_FOLLOW_UP)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    check_under_way(
        EnrolmentState(enrolment.state), EnrolmentState.RUN_IN, EnrolmentState.ACTIVE, EnrolmentState.ENDED
    )
    latest = latest_consent(session, enrolment.id)
    if is_given and by.role != Role.CITIZEN and latest is not None:
        _refuse_to_overrule(latest)
    consent = FollowUpConsent(
        id=new_id(), enrolment_id=enrolment.id, is_given=is_given, said_by=person_of(by), said_as=by.role
    )
    insert(session, consent)
    record(
        session,
        AuditEvent.FOLLOW_UP_CONSENTED if is_given else AuditEvent.FOLLOW_UP_REFUSED,
        by=by,
        subject_type="follow_up_consent",
        subject_id=consent.id,
        enrolment_id=enrolment.id,
    )
    return consent


def has_consented(session: Session, enrolment_id: UUID) -> bool:
    """Say whether the citizen's latest word on follow-up is yes; without a word it is no."""
    latest = latest_consent(session, enrolment_id)
    return latest is not None and latest.is_given


def latest_consent(session: Session, enrolment_id: UUID) -> FollowUpConsent | None:
    """Return the latest word on follow-up, None where nobody has asked."""
    latest = (
        select(FollowUpConsent)
        .where(FollowUpConsent.enrolment_id == enrolment_id)
        .order_by(FollowUpConsent.id.desc())
        .limit(1)
    )
    return session.scalar(latest)


def find_interview(session: Session, enrolment_id: UUID, kind: InterviewKind) -> Interview | None:
    """Return the enrolment's interview of a kind, None before it was held or declined."""
    return session.scalar(
        select(Interview).where(Interview.enrolment_id == enrolment_id, Interview.kind == kind)
    )


def _refuse_to_overrule(latest: FollowUpConsent) -> None:
    if not latest.is_given and latest.said_as == Role.CITIZEN:
        raise ConsentIsTheCitizens(where="is_given")


def _new(enrolment_id: UUID, kind: InterviewKind) -> Interview:
    return Interview(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment_id,
        kind=kind,
        summary_version=0,
    )


def _keep(session: Session, event: AuditEvent, row: Interview, by: Actor) -> None:
    row.recorded_by, row.recorded_as, row.recorded_at = person_of(by), by.role, clock.now()
    insert(session, row)
    record(
        session,
        event,
        by=by,
        subject_type="interview",
        subject_id=row.id,
        enrolment_id=row.enrolment_id,
        kind=row.kind,
    )
