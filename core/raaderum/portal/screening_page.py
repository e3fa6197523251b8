"""The screening: the target group's questions, and the steps of the course that follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.enrolments import service as enrolments
from raaderum.enrolments.admissions import admission_of
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import AnswerType
from raaderum.plugin_host.installed import plugins
from raaderum.portal.case_file import read_heading
from raaderum.portal.rendering import render
from raaderum.portal.typed import ChoiceMissing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from raaderum.plugin_api import Answer, Question
    from raaderum.portal.case_file import CaseHeading
    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

_YES_NO: Final = {"yes": True, "no": False}


def show_screening_form(visit: Visit, session: Session, enrolment_id: UUID) -> str:
    """Show the questions of the programme's target group, with the answers of the last screening."""
    heading = read_heading(session, enrolment_id, by=visit.actor)
    return render(
        "screening_form.html",
        visit,
        heading=heading,
        target_group=plugins().target_groups[heading.programme.target_group].name,
        questions=_questions(heading),
        latest=admission_of(session, enrolment_id, by=visit.actor).screening,
    )


def screen(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Keep the answers and the judgement; how the criteria came out is on the case's page."""
    with reading() as session:
        questions = _questions(read_heading(session, enrolment_id, by=visit.actor))
    answers = {question.name: _answer(typed, question) for question in questions}
    with unit_of_work() as session:
        enrolments.screen(
            session, enrolment_id, answers=answers, judgement=typed.text("judgement"), by=visit.actor
        )
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def offer(visit: Visit, typed: Typed, enrolment_id: UUID) -> Response:
    """Offer the citizen a place, with a reason where others wait who were referred earlier."""
    with unit_of_work() as session:
        enrolments.offer(session, enrolment_id, because=typed.text("because"), by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def reject(visit: Visit, _typed: Typed, enrolment_id: UUID) -> Response:
    """Close a referral without a place."""
    with unit_of_work() as session:
        enrolments.reject(session, enrolment_id, by=visit.actor)
    return visit.go_to("show_case", enrolment_id=enrolment_id)


def _questions(heading: CaseHeading) -> Sequence[Question]:
    return plugins().target_groups[heading.programme.target_group].questions


def _answer(typed: Typed, question: Question) -> Answer:
    """Return what was answered; nothing typed means that nobody knows yet."""
    if not typed.has(question.name):
        return None
    if question.answer is AnswerType.NUMBER:
        return typed.number(question.name)
    given = typed.text(question.name)
    if question.answer is AnswerType.YES_NO:
        if given not in _YES_NO:
            raise ChoiceMissing(where=question.name)
        return _YES_NO[given]
    if given not in question.choices:
        raise ChoiceMissing(where=question.name)
    return given
