"""Taking ratings over from another register, as many as there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.persistence.many_rows import insert_all
from raaderum.persistence.sealed_fields import seal_field
from raaderum.questionnaires.rules import AnswerState, Way, check_answered_on, check_rating
from raaderum.questionnaires.tables import Questionnaire, QuestionnaireVersion
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment
    from raaderum.questionnaires.rules import Moment, Respondent


@dataclass(frozen=True, slots=True)
class RatingTakenOver:
    """What somebody said at one moment, and its first version; nothing of it is stored yet."""

    said: Questionnaire
    version: QuestionnaireVersion


def take_over_rating(
    session: Session,
    enrolment: Enrolment,
    *,
    moment: Moment,
    respondent: Respondent,
    rating: str | None,
    answered_on: date,
    by: Actor,
) -> RatingTakenOver:
    """Return a rating, or None for a decline, as another register holds it.

    It can be of any time, whatever state the enrolment, which is locked, is in now; nothing stands there
    of this respondent at this moment. Raises `RatingOutsideScale` and `AnsweredInFuture`.
    """
    require(by, Act.IMPORT_DATA)
    given = None if rating is None else check_rating(rating, moment=moment, respondent=respondent)
    check_answered_on(answered_on, today=clock.today())
    said = Questionnaire(
        id=new_id(),
        tenant_id=current_tenant_id(),
        enrolment_id=enrolment.id,
        moment=moment,
        respondent=respondent,
        state=AnswerState.DECLINED if given is None else AnswerState.ANSWERED,
        rating=given,
        answered_on=answered_on,
        version=1,
        is_after_sight=False,
    )
    return RatingTakenOver(said, _version(session, said, by))


def store_ratings(session: Session, ratings: Sequence[RatingTakenOver], *, by: Actor) -> None:
    """Store what was taken over."""
    require(by, Act.IMPORT_DATA)
    insert_all(session, [one.said for one in ratings])
    insert_all(session, [one.version for one in ratings])
    for said in (one.said for one in ratings):
        is_answer = said.state == AnswerState.ANSWERED
        record(
            session,
            AuditEvent.QUESTIONNAIRE_ANSWERED if is_answer else AuditEvent.QUESTIONNAIRE_DECLINED,
            by=by,
            subject_type="questionnaire",
            subject_id=said.id,
            enrolment_id=said.enrolment_id,
            moment=said.moment,
            respondent=said.respondent,
            version=said.version,
            how=Way.IMPORTED,
        )


def _version(session: Session, said: Questionnaire, by: Actor) -> QuestionnaireVersion:
    version = QuestionnaireVersion(
        id=new_id(),
        tenant_id=current_tenant_id(),
        questionnaire_id=said.id,
        version=said.version,
        state=said.state,
        rating=said.rating,
        answered_on=said.answered_on,
        how=Way.IMPORTED,
        given_by=person_of(by),
        given_as=by.role,
    )
    seal_field(session, version, "comment", "")
    return version
