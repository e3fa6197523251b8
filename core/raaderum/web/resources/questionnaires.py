"""Questionnaires, blind to each other, and the outcome parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.enrolments.service import record_look_up
from raaderum.people.roles import Act, Role
from raaderum.questionnaires import outcomes, service
from raaderum.questionnaires.blind import questionnaires_of
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.schemas.questionnaires import (
    OutcomesAnswer,
    OutcomesBody,
    OwnAnswerBody,
    OwnDeclineBody,
    PaperAnswerBody,
    PaperDeclineBody,
    QuestionnaireAnswer,
    QuestionnairesAnswer,
)

if TYPE_CHECKING:
    from uuid import UUID

    from raaderum.questionnaires.blind import SeenQuestionnaire
    from raaderum.questionnaires.tables import Questionnaire

resource = Resource("questionnaires", __name__, description="What citizen and support person answer.")
_CASE = "/enrolments/<uuid:enrolment_id>"
_OF_CASE = f"{_CASE}/questionnaires"


@resource.reads(_OF_CASE, act=Act.SEE_CASE, answer=QuestionnairesAnswer(), recorded=True)
def get_questionnaires(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Read the four questionnaires of a case.

    Nobody sees the other's answer before both are in. A coordinator sees what they registered themselves.
    """
    record_look_up(call.session, enrolment_id, by=call.by)
    seen = questionnaires_of(call.session, enrolment_id, by=call.by)
    gap = None if seen.gap is None else {"gap": seen.gap[0], "steps": seen.gap[1]}
    return {"questionnaires": seen.all, "movement": seen.movement, "gap": gap}


@resource.writes(
    f"{_OF_CASE}/answers", act=Act.ANSWER_QUESTIONNAIRE, body=OwnAnswerBody(), answer=QuestionnaireAnswer()
)
def answer_questionnaire(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> SeenQuestionnaire:
    """Answer one's own questionnaire, or correct the answer.

    It can be corrected until the other's is in. Every version is kept.
    """
    respondent = service.OWN_QUESTIONNAIRE[Role(call.by.role)]
    row = service.answer(call.session, enrolment_id, **body, respondent=respondent, by=call.by)
    return _seen(call, row)


@resource.writes(
    f"{_OF_CASE}/declines", act=Act.ANSWER_QUESTIONNAIRE, body=OwnDeclineBody(), answer=QuestionnaireAnswer()
)
def decline_questionnaire(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> SeenQuestionnaire:
    """Decline one's own questionnaire.

    It is counted, and can become an answer later.
    """
    respondent = service.OWN_QUESTIONNAIRE[Role(call.by.role)]
    row = service.decline(call.session, enrolment_id, **body, respondent=respondent, by=call.by)
    return _seen(call, row)


@resource.writes(
    f"{_OF_CASE}/paper-answers",
    act=Act.REGISTER_PAPER_ANSWER,
    body=PaperAnswerBody(),
    answer=QuestionnaireAnswer(),
)
def register_paper_answer(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> SeenQuestionnaire:
    """Register an answer that was given on paper.

    Not the citizen's by whoever is the support person of the case.
    """
    return _seen(call, service.answer(call.session, enrolment_id, **body, by=call.by))


@resource.writes(
    f"{_OF_CASE}/paper-declines",
    act=Act.REGISTER_PAPER_ANSWER,
    body=PaperDeclineBody(),
    answer=QuestionnaireAnswer(),
)
def register_paper_decline(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> SeenQuestionnaire:
    """Register that somebody did not want to answer.

    It is counted, and can become an answer later.
    """
    return _seen(call, service.decline(call.session, enrolment_id, **body, by=call.by))


@resource.reads(f"{_CASE}/outcomes", act=Act.SEE_CASE, answer=OutcomesAnswer(), recorded=True)
def get_outcomes(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Read the outcome parameters of a case.

    What was recorded last counts.
    """
    record_look_up(call.session, enrolment_id, by=call.by)
    return {"outcomes": outcomes.outcomes_of(call.session, enrolment_id, by=call.by)}


@resource.writes(
    f"{_CASE}/outcomes", act=Act.RECORD_OUTCOMES, body=OutcomesBody(), answer=OutcomesAnswer(), status=201
)
def record_outcomes(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Record how parameters came out, midway or at the end.

    Better is always good: less substance use, less need of support.
    """
    said = {part["parameter"]: part["outcome"] for part in body.pop("outcomes")}
    return {
        "outcomes": outcomes.record_outcomes(call.session, enrolment_id, **body, outcomes=said, by=call.by)
    }


def _seen(call: WriteCall, row: Questionnaire) -> SeenQuestionnaire:
    """Return what was said as the caller may see it, and no more than that of the other's."""
    seen = questionnaires_of(call.session, row.enrolment_id, by=call.by)
    return next(one for one in seen.all if (one.moment, one.respondent) == (row.moment, row.respondent))
