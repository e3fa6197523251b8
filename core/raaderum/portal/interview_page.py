"""The forms of interviews, of their summaries, and of the citizen's word on follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.interviews import service, summaries
from raaderum.interviews.rules import FollowUpWord, InterviewKind, InterviewNotHeld
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.questionnaire_page import member_in_path
from raaderum.portal.typed import NotADate

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def hold_interview(visit: Visit, typed: Typed, enrolment_id: UUID, kind: str) -> Response:
    """Record that an interview was held, and when."""
    held_on = typed.day("held_on")
    if held_on is None:
        raise NotADate(where="held_on")
    with unit_of_work() as session:
        service.hold_interview(
            session, enrolment_id, kind=member_in_path(InterviewKind, kind), held_on=held_on, by=visit.actor
        )
    return visit.go_to("show_conversations", enrolment_id=enrolment_id)


def decline_interview(visit: Visit, _typed: Typed, enrolment_id: UUID, kind: str) -> Response:
    """Record that the citizen does not want an interview."""
    with unit_of_work() as session:
        service.decline_interview(
            session, enrolment_id, kind=member_in_path(InterviewKind, kind), by=visit.actor
        )
    return visit.go_to("show_conversations", enrolment_id=enrolment_id)


def write_summary(visit: Visit, typed: Typed, enrolment_id: UUID, kind: str) -> Response:
    """Write a summary as its next version."""
    with unit_of_work() as session:
        summaries.write_summary(
            session,
            enrolment_id,
            _held(session, enrolment_id, kind),
            words=typed.text("words"),
            by=visit.actor,
        )
    return visit.go_to("show_conversations", enrolment_id=enrolment_id)


def approve_summary(visit: Visit, typed: Typed, enrolment_id: UUID, kind: str) -> Response:
    """The citizen approves the version that they have read."""
    with unit_of_work() as session:
        summaries.approve_summary(
            session,
            enrolment_id,
            _held(session, enrolment_id, kind),
            version=typed.number("version"),
            by=visit.actor,
        )
    return visit.go_to("show_conversations", enrolment_id=enrolment_id)


def ask_for_changes(visit: Visit, typed: Typed, enrolment_id: UUID, kind: str) -> Response:
    """The citizen says what is to be changed."""
    with unit_of_work() as session:
        summaries.ask_for_changes(
            session,
            enrolment_id,
            _held(session, enrolment_id, kind),
            version=typed.number("version"),
            comment=typed.text("comment"),
            by=visit.actor,
        )
    return visit.go_to("show_conversations", enrolment_id=enrolment_id)


def say_to_follow_up(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Keep the citizen's yes or no to being contacted after the end."""
    is_given = typed.choice("says", FollowUpWord) is FollowUpWord.YES
    with unit_of_work() as session:
        service.say_to_follow_up(session, enrolment_id, is_given=is_given, by=visit.actor)
    return visit.go_to("show_conversations", enrolment_id=enrolment_id)


def _held(session: Session, enrolment_id: UUID, kind: str) -> UUID:
    """Return the id of the interview; the service sees to whose it is."""
    interview = service.find_interview(session, enrolment_id, member_in_path(InterviewKind, kind))
    if interview is None:
        raise InterviewNotHeld(where="interview")
    return interview.id
