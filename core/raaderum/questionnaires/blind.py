"""What each person may see of the questionnaires: nobody the other's answer before both are in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from raaderum.enrolments.rules import EnrolmentState
from raaderum.enrolments.service import get_enrolment
from raaderum.people.roles import Act, Role, require
from raaderum.persistence.sealed_fields import open_field
from raaderum.questionnaires.rules import (
    OPEN_IN,
    QUESTIONS,
    SCALES,
    AnswersClosed,
    AnswerState,
    Degree,
    Distance,
    Gap,
    Moment,
    Movement,
    Respondent,
    Way,
    check_change,
    gap_at_end,
    movement,
    other_than,
)
from raaderum.questionnaires.service import OWN_QUESTIONNAIRE
from raaderum.questionnaires.tables import Questionnaire, QuestionnaireVersion

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.enrolments.tables import Enrolment
    from raaderum.kernel.text import Text

    Said = dict[tuple[Moment, Respondent], tuple[Questionnaire, QuestionnaireVersion]]


@dataclass(frozen=True, slots=True)
class SeenQuestionnaire:
    """One of the four questionnaires of a case, as one person may see it.

    `state` None: nothing is in. Where `is_hidden`, it is in, but `rating` and `comment` are kept
    back until the other's is in too. `can_answer` and `can_decline` say what could be done to it
    now by somebody who may.
    """

    moment: Moment
    respondent: Respondent
    state: AnswerState | None
    is_hidden: bool
    rating: Distance | Degree | None
    comment: str
    answered_on: date | None
    how: Way | None
    version: int
    is_after_sight: bool
    can_answer: bool
    can_decline: bool

    @property
    def question(self) -> Text:
        """What is asked."""
        return QUESTIONS[self.moment, self.respondent]

    @property
    def scale(self) -> tuple[Distance | Degree, ...]:
        """What can be answered, in order."""
        return tuple(SCALES[self.moment, self.respondent])


@dataclass(frozen=True, slots=True)
class SeenQuestionnaires:
    """The four of a case: start before end, the citizen's before the support person's.

    `movement` and `gap` are None while they would tell what is hidden; the gap is of the end.
    """

    all: tuple[SeenQuestionnaire, ...]
    movement: Movement | None
    gap: tuple[Gap, int] | None

    def of(self, moment: Moment, respondent: Respondent) -> SeenQuestionnaire:
        """Return one of the four."""
        return next(one for one in self.all if (one.moment, one.respondent) == (moment, respondent))


def questionnaires_of(session: Session, enrolment_id: UUID, *, by: Actor) -> SeenQuestionnaires:
    """Return the questionnaires of a case as `by` may see them; raise `NotFound` for another's case.

    Citizen and support person see their own, caseworkers what they registered themselves; everybody
    who may see the case sees both of a moment once both are in.
    """
    require(by, Act.SEE_CASE)
    enrolment = get_enrolment(session, enrolment_id, by=by)
    said = _said(session, enrolment_id)
    seen = tuple(
        _seen(session, enrolment, said, moment, respondent, by)
        for moment in Moment
        for respondent in Respondent
    )
    citizen = {one.moment: one for one in seen if one.respondent is Respondent.CITIZEN}
    moved = None
    if not any(one.is_hidden for one in citizen.values()):
        start, end = (_distance(citizen[moment].rating) for moment in Moment)
        moved = movement(start, end)
    return SeenQuestionnaires(seen, moved, _gap(seen))


def both_are_in() -> ColumnElement[bool]:
    """Return the condition that a questionnaire's pair is whole: for lists that leave the house."""
    other = aliased(Questionnaire)
    return exists().where(
        other.enrolment_id == Questionnaire.enrolment_id,
        other.moment == Questionnaire.moment,
        other.respondent != Questionnaire.respondent,
    )


def _said(session: Session, enrolment_id: UUID) -> Said:
    rows = session.execute(
        select(Questionnaire, QuestionnaireVersion)
        .join(
            QuestionnaireVersion,
            and_(
                QuestionnaireVersion.questionnaire_id == Questionnaire.id,
                QuestionnaireVersion.version == Questionnaire.version,
            ),
        )
        .where(Questionnaire.enrolment_id == enrolment_id)
    )
    return {(Moment(row.moment), Respondent(row.respondent)): (row, version) for row, version in rows}


def _seen(
    session: Session, enrolment: Enrolment, said: Said, moment: Moment, respondent: Respondent, by: Actor
) -> SeenQuestionnaire:
    row, version = said.get((moment, respondent), (None, None))
    other, _ = said.get((moment, other_than(respondent)), (None, None))
    state = None if row is None else AnswerState(row.state)
    beside = None if other is None else AnswerState(other.state)
    is_hidden = (
        state is AnswerState.ANSWERED
        and beside is None
        and version is not None
        and not _is_theirs(version, respondent, by)
    )
    is_open = EnrolmentState(enrolment.state) in OPEN_IN[moment]
    rating = None if row is None or is_hidden else row.rating
    return SeenQuestionnaire(
        moment=moment,
        respondent=respondent,
        state=state,
        is_hidden=is_hidden,
        rating=None if rating is None else _rating(rating),
        comment=open_field(session, version, "comment") if version is not None and not is_hidden else "",
        answered_on=row.answered_on if row is not None else None,
        how=Way(version.how) if version is not None else None,
        version=row.version if row is not None else 0,
        is_after_sight=row is not None and row.is_after_sight,
        can_answer=is_open and _can_become(state, beside, AnswerState.ANSWERED),
        can_decline=is_open and _can_become(state, beside, AnswerState.DECLINED),
    )


def _is_theirs(version: QuestionnaireVersion, respondent: Respondent, by: Actor) -> bool:
    own = OWN_QUESTIONNAIRE.get(Role(by.role))
    if own is not None:
        return own is respondent
    return version.given_by == by.person_id


def _can_become(before: AnswerState | None, other: AnswerState | None, wanted: AnswerState) -> bool:
    try:
        check_change(before, other, wanted)
    except AnswersClosed:
        return False
    return True


def _gap(seen: tuple[SeenQuestionnaire, ...]) -> tuple[Gap, int] | None:
    ratings = {one.respondent: one.rating for one in seen if one.moment is Moment.END}
    citizen, support_person = ratings[Respondent.CITIZEN], ratings[Respondent.SUPPORT_PERSON]
    if isinstance(citizen, Distance) and isinstance(support_person, Degree):
        return gap_at_end(citizen, support_person)
    return None


def _distance(rating: Distance | Degree | None) -> Distance | None:
    return rating if isinstance(rating, Distance) else None


def _rating(stored: str) -> Distance | Degree:
    return Distance(stored) if stored in set(Distance) else Degree(stored)
