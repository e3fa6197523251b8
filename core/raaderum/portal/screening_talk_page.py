"""The screening conversation: its questions, and what it ended in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.enrolments.conversations import hold_conversation
from raaderum.enrolments.screening_rules import (
    CONCLUSION_NAMES,
    FIT_NAMES,
    TOPIC_QUESTIONS,
    Conclusion,
    ConversationTopic,
    Fit,
    TopicNote,
)
from raaderum.enrolments.screenings import latest_conversation
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit


def show_screening_talk(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the questions, with what was said the last time."""
    return render(
        "screening_talk.html",
        visit,
        heading=read_heading(session, enrolment_id, by=visit.actor),
        latest=latest_conversation(session, enrolment_id),
        questions=TOPIC_QUESTIONS,
        fits=FIT_NAMES,
        conclusions=CONCLUSION_NAMES,
    )


def hold_screening_talk(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Keep the conversation; its conclusion is on the case's page."""
    topics = {
        topic: TopicNote(typed.choice(topic, Fit), typed.text(f"{topic}.words"))
        for topic in ConversationTopic
    }
    conclusion = typed.choice("conclusion", Conclusion)
    with unit_of_work() as session:
        hold_conversation(
            session,
            enrolment_id,
            topics=topics,
            conclusion=conclusion,
            reason=typed.text("reason"),
            by=visit.actor,
        )
    return visit.go_to("show_case", enrolment_id=enrolment_id)
