"""Which questionnaires wait for an answer: for the lists of tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import func, or_, select

from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.rules import UNDER_WAY
from raaderum.enrolments.service import cases_of
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel.calendar import months_after
from raaderum.people.roles import Act, require
from raaderum.questionnaires.rules import END_ASKED_MONTHS_BEFORE, Moment, Respondent
from raaderum.questionnaires.tables import Questionnaire

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

_ASKED_MONTHS_AFTER_END: Final = 6
"""Whoever has not answered half a year after the end is not asked any more."""


@dataclass(frozen=True, slots=True)
class DueQuestionnaire:
    """One questionnaire that nobody has answered or declined yet."""

    enrolment_id: UUID
    moment: Moment
    respondent: Respondent
    due_on: date


def due_questionnaires(session: Session, *, on: date, by: Actor) -> list[DueQuestionnaire]:
    """Return what waits on a day in the cases of `by`, in one query, the longest due first.

    The start is due on the day of the yes. The end is asked for from two months before the last day,
    which is the day it is due.
    """
    require(by, Act.SEE_CASE)
    cases = (
        select(
            Enrolment,
            func.array_agg(Questionnaire.moment + " " + Questionnaire.respondent),
        )
        .outerjoin(Questionnaire, Questionnaire.enrolment_id == Enrolment.id)
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
        DueQuestionnaire(enrolment.id, moment, respondent, due_on)
        for enrolment, said in session.execute(cases)
        for moment, due_on in _dates(enrolment, on)
        for respondent in Respondent
        if f"{moment} {respondent}" not in said and not _is_silent(enrolment, respondent)
    ]
    return sorted(due, key=lambda one: (one.due_on, one.enrolment_id, one.moment, one.respondent))


def _is_silent(enrolment: Enrolment, respondent: Respondent) -> bool:
    """Say whether the respondent has died; the support person still has a judgement."""
    return enrolment.ended_because == EndingReason.DIED and respondent is Respondent.CITIZEN


def _dates(enrolment: Enrolment, on: date) -> list[tuple[Moment, date]]:
    """Return the moments that are asked about on a day, each with the day it is due."""
    dates = []
    accepted_on = enrolment.accepted_on
    if enrolment.state in UNDER_WAY and accepted_on is not None and accepted_on <= on:
        dates.append((Moment.START, accepted_on))
    last_day = enrolment.ended_on or enrolment.ends_on
    if enrolment.started_on is not None and last_day is not None:
        asked_from = (
            last_day if enrolment.ended_on is not None else months_after(last_day, -END_ASKED_MONTHS_BEFORE)
        )
        if asked_from <= on:
            dates.append((Moment.END, last_day))
    return dates
