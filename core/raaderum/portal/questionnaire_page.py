"""The forms of the questionnaires and the outcome parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.kernel.errors import NotFound
from raaderum.people.roles import Role
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.questionnaires import outcomes, service
from raaderum.questionnaires.outcome_rules import Outcome, OutcomeMoment, OutcomeParameter
from raaderum.questionnaires.rules import Moment, Respondent

if TYPE_CHECKING:
    from enum import StrEnum
    from typing import TypeVar
    from uuid import UUID

    from werkzeug.wrappers import Response

    from raaderum.portal.typed import Typed
    from raaderum.portal.visits import Visit

    Member = TypeVar("Member", bound=StrEnum)


def answer_questionnaire(visit: Visit, typed: Typed, enrolment_id: UUID, moment: str) -> Response:
    """Answer one's own questionnaire, or correct the answer."""
    with unit_of_work() as session:
        service.answer(
            session,
            enrolment_id,
            moment=member_in_path(Moment, moment),
            respondent=service.OWN_QUESTIONNAIRE[Role(visit.actor.role)],
            rating=typed.text("rating"),
            comment=typed.text("comment"),
            by=visit.actor,
        )
    return visit.go_to("show_conversations", enrolment_id=enrolment_id)


def decline_questionnaire(visit: Visit, _typed: Typed, enrolment_id: UUID, moment: str) -> Response:
    """Decline one's own questionnaire."""
    with unit_of_work() as session:
        service.decline(
            session,
            enrolment_id,
            moment=member_in_path(Moment, moment),
            respondent=service.OWN_QUESTIONNAIRE[Role(visit.actor.role)],
            by=visit.actor,
        )
    return visit.go_to("show_conversations", enrolment_id=enrolment_id)


def register_paper_answer(
    visit: Visit, typed: Typed, enrolment_id: UUID, moment: str, respondent: str
) -> Response:
    """Register an answer that was given on paper, or that somebody did not want to give one."""
    when, who = member_in_path(Moment, moment), member_in_path(Respondent, respondent)
    answered_on = typed.day("answered_on")
    with unit_of_work() as session:
        if typed.has("declined"):
            service.decline(
                session, enrolment_id, moment=when, respondent=who, answered_on=answered_on, by=visit.actor
            )
        else:
            service.answer(
                session,
                enrolment_id,
                moment=when,
                respondent=who,
                rating=typed.text("rating"),
                answered_on=answered_on,
                comment=typed.text("comment"),
                by=visit.actor,
            )
    return visit.go_to("show_conversations", enrolment_id=enrolment_id)


def record_outcomes(visit: Visit, typed: Typed, enrolment_id: UUID, moment: str) -> Response:
    """Record how the parameters came out; what was not chosen stays as it was."""
    chosen = {
        parameter: typed.choice(parameter, Outcome) for parameter in OutcomeParameter if typed.has(parameter)
    }
    with unit_of_work() as session:
        outcomes.record_outcomes(
            session,
            enrolment_id,
            moment=member_in_path(OutcomeMoment, moment),
            outcomes=chosen,
            by=visit.actor,
        )
    return visit.go_to("show_conversations", enrolment_id=enrolment_id)


def member_in_path(members: type[Member], written: str) -> Member:
    """Return the one of `members` that stands in an address; raise `NotFound` for any other word."""
    try:
        return members(written)
    except ValueError as error:
        raise NotFound from error
