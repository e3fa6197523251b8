"""Answering the questionnaires: each of the two by themselves, or on paper through a coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.enrolments.relations import stands_in
from raaderum.enrolments.rules import EnrolmentState, check_under_way
from raaderum.enrolments.service import locked_enrolment
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, Role, require
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.questionnaires.rules import (
    LONGEST_COMMENT,
    OPEN_IN,
    RESPONDENT_NAMES,
    AnswerState,
    CommentTooLong,
    Degree,
    Distance,
    Moment,
    Movement,
    NotTheirQuestionnaire,
    Respondent,
    Way,
    check_answered_on,
    check_change,
    check_rating,
    is_after_sight,
    movement,
    other_than,
)
from raaderum.questionnaires.tables import Questionnaire, QuestionnaireVersion
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

OWN_QUESTIONNAIRE = {Role.CITIZEN: Respondent.CITIZEN, Role.SUPPORT_PERSON: Respondent.SUPPORT_PERSON}
"""Which of the two a role answers as."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """The four ratings of one enrolment; None where nothing was answered, be it declined or not asked.

    `declined` counts the declined of the four.
    """

    enrolment_id: UUID
    programme: str
    distance_at_start: Distance | None
    distance_at_end: Distance | None
    belief_at_start: Degree | None
    judgement_at_end: Degree | None
    declined: int

    @property
    def movement(self) -> Movement:
        """Where the citizen went between start and end."""
        return movement(self.distance_at_start, self.distance_at_end)


def answer(
    session: Session,
    enrolment_id: UUID,
    *,
    moment: Moment,
    respondent: Respondent,
    rating: str,
    by: Actor,
    answered_on: date | None = None,
    comment: str = "",
) -> Questionnaire:
    """Give an answer, or correct it while the other's is not in; every version is kept.

    Citizen and support person answer their own. Caseworkers register either from paper. Raises
    `RatingOutsideScale`, `NotTheirQuestionnaire`, `AnswersClosed` once both are in, and
    `EnrolmentNotOpen` outside the time in which the questionnaire is asked.
    """
    enrolment, how = _answerable(session, enrolment_id, moment, respondent, by)
    given = check_rating(rating, moment=moment, respondent=respondent)
    return _keep(
        session, enrolment, moment, respondent, rating=given, how=how, by=by, on=answered_on, comment=comment
    )


def decline(
    session: Session,
    enrolment_id: UUID,
    *,
    moment: Moment,
    respondent: Respondent,
    by: Actor,
    answered_on: date | None = None,
) -> Questionnaire:
    """Say no to a questionnaire. It is counted, and can become an answer later."""
    enrolment, how = _answerable(session, enrolment_id, moment, respondent, by)
    return _keep(session, enrolment, moment, respondent, rating=None, how=how, by=by, on=answered_on)


def answers_of(session: Session, enrolment_id: UUID, moment: Moment) -> dict[Respondent, Questionnaire]:
    """Return what has been said at one moment, by respondent; blind to nobody."""
    said = select(Questionnaire).where(
        Questionnaire.enrolment_id == enrolment_id, Questionnaire.moment == moment
    )
    return {Respondent(row.respondent): row for row in session.scalars(said)}


def ratings_of(session: Session, *, programme: str | None = None) -> list[Ratings]:
    """Return the ratings of every enrolment that has a questionnaire in, in one query.

    For sums over many. It is blind to nobody: never show one enrolment's ratings from it.
    """
    said = (
        select(
            Enrolment.id,
            Enrolment.programme,
            _rating(Moment.START, Respondent.CITIZEN),
            _rating(Moment.END, Respondent.CITIZEN),
            _rating(Moment.START, Respondent.SUPPORT_PERSON),
            _rating(Moment.END, Respondent.SUPPORT_PERSON),
            func.count().filter(Questionnaire.state == AnswerState.DECLINED),
        )
        .join(Questionnaire, Questionnaire.enrolment_id == Enrolment.id)
        .group_by(Enrolment.id, Enrolment.programme)
        .order_by(Enrolment.id)
    )
    if programme is not None:
        said = said.where(Enrolment.programme == programme)
    return [
        Ratings(
            enrolment_id=enrolment_id,
            programme=of_programme,
            distance_at_start=_distance(start),
            distance_at_end=_distance(end),
            belief_at_start=_degree(belief),
            judgement_at_end=_degree(judgement),
            declined=declined,
        )
        for enrolment_id, of_programme, start, end, belief, judgement, declined in session.execute(said)
    ]


def _rating(moment: Moment, respondent: Respondent) -> ColumnElement[str | None]:
    return func.max(Questionnaire.rating).filter(
        Questionnaire.moment == moment, Questionnaire.respondent == respondent
    )


def _distance(stored: str | None) -> Distance | None:
    return None if stored is None else Distance(stored)


def _degree(stored: str | None) -> Degree | None:
    return None if stored is None else Degree(stored)


def _answerable(
    session: Session, enrolment_id: UUID, moment: Moment, respondent: Respondent, by: Actor
) -> tuple[Enrolment, Way]:
    own = OWN_QUESTIONNAIRE.get(Role(by.role))
    require(by, Act.REGISTER_PAPER_ANSWER if own is None else Act.ANSWER_QUESTIONNAIRE)
    enrolment = locked_enrolment(session, enrolment_id, by=by)
    if own not in {None, respondent} or (own is None and _would_see_both(session, enrolment, respondent, by)):
        name = RESPONDENT_NAMES[respondent]
        raise NotTheirQuestionnaire(
            where="respondent", respondent=name.danish, respondent_english=name.english
        )
    check_under_way(EnrolmentState(enrolment.state), *OPEN_IN[moment])
    return enrolment, Way.SELF if own else Way.PAPER


def _would_see_both(session: Session, enrolment: Enrolment, respondent: Respondent, by: Actor) -> bool:
    """Say whether a caseworker with the citizen's paper in hand is the one who must not see it."""
    if respondent is not Respondent.CITIZEN:
        return False
    return enrolment.support_person_id == by.person_id or stands_in(
        session, enrolment.id, by, on=clock.today()
    )


def _keep(
    session: Session,
    enrolment: Enrolment,
    moment: Moment,
    respondent: Respondent,
    *,
    rating: str | None,
    how: Way,
    by: Actor,
    on: date | None,
    comment: str = "",
) -> Questionnaire:
    """Keep what was said as the next version."""
    if len(comment) > LONGEST_COMMENT:
        raise CommentTooLong(where="comment", most=LONGEST_COMMENT)
    answered_on = on or clock.today()
    check_answered_on(answered_on, today=clock.today())
    said = answers_of(session, enrolment.id, moment)
    own, other = said.get(respondent), said.get(other_than(respondent))
    before, beside = _state(own), _state(other)
    state = AnswerState.DECLINED if rating is None else AnswerState.ANSWERED
    check_change(before, beside, state)
    row = own or Questionnaire(
        id=new_id(), enrolment_id=enrolment.id, moment=moment, respondent=respondent, version=0
    )
    row.state, row.rating, row.answered_on = state, rating, answered_on
    row.version += 1
    row.is_after_sight = is_after_sight(before, beside)
    insert(session, row)
    _keep_version(session, row, how=how, by=by, comment=comment)
    is_answer = state is AnswerState.ANSWERED
    record(
        session,
        AuditEvent.QUESTIONNAIRE_ANSWERED if is_answer else AuditEvent.QUESTIONNAIRE_DECLINED,
        by=by,
        subject_type="questionnaire",
        subject_id=row.id,
        enrolment_id=enrolment.id,
        moment=moment,
        respondent=respondent,
        version=row.version,
        how=how,
    )
    return row


def _keep_version(session: Session, row: Questionnaire, *, how: Way, by: Actor, comment: str) -> None:
    version = QuestionnaireVersion(
        id=new_id(),
        tenant_id=current_tenant_id(),
        questionnaire_id=row.id,
        version=row.version,
        state=row.state,
        rating=row.rating,
        answered_on=row.answered_on,
        how=how,
        given_by=person_of(by),
        given_as=by.role,
    )
    seal_field(session, version, "comment", comment)
    insert(session, version)


def _state(row: Questionnaire | None) -> AnswerState | None:
    return None if row is None else AnswerState(row.state)
