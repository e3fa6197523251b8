from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.service import timeline
from raaderum.enrolments.admissions import open_admission
from raaderum.enrolments.conversations import hold_conversation
from raaderum.enrolments.rules import EnrolmentMoveForbidden, EnrolmentState
from raaderum.enrolments.screening_rules import (
    AnswerOfWrongKind,
    Conclusion,
    ConversationAdvisesAgainst,
    ConversationMissing,
    ConversationTopic,
    Fit,
    QuestionUnknown,
    TopicNote,
)
from raaderum.enrolments.screenings import latest_conversation
from raaderum.enrolments.service import offer, refer, reject, screen
from raaderum.kernel import clock
from raaderum.people.cpr import Cpr
from raaderum.people.roles import RoleMayNot
from raaderum.people.service import register_citizen
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_api import CriterionOutcome
from raaderum.programmes.installed import rules_of
from raaderum.testing.cases import fitting_answers, fitting_conversation, made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.testing.municipality import Municipality

PROGRAMME = "mit-liv-min-styring"
AGAINST = {
    "topics": {ConversationTopic.NOT_TOO_COMPLEX: TopicNote(Fit.DOES_NOT_FIT, "Alt brænder på én gang.")},
    "conclusion": Conclusion.NOT_SUITABLE,
    "reason": "Der skal være ro på først.",
}


@pytest.fixture
def enrolment_id(municipality: Municipality, act: Callable[..., Any]) -> UUID:
    """A citizen who has been referred and screened."""
    coordinator = municipality.coordinator
    citizen = act(register_citizen, name="Mia Mortensen", cpr=made_up_cpr(), by=coordinator)
    terms = {"programme": PROGRAMME, "support_person_id": municipality.support_person.person_id}
    referred: UUID = act(refer, citizen_id=citizen.id, **terms, by=coordinator).id
    with municipality.at_work():
        answers = fitting_answers(PROGRAMME, age=27)
    act(screen, referred, answers=answers, judgement="Ja.", by=coordinator)
    return referred


def test_no_offer_is_made_before_the_conversation(
    municipality: Municipality, enrolment_id: UUID, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    coordinator = municipality.coordinator
    with refused(ConversationMissing) as refusal:
        act(offer, enrolment_id, by=coordinator)
    assert refusal.code == "conversation_missing"
    act(hold_conversation, enrolment_id, **fitting_conversation(), by=coordinator)
    assert act(offer, enrolment_id, by=coordinator).state == EnrolmentState.OFFERED


def test_the_newest_conversation_is_the_one_that_counts(
    municipality: Municipality, enrolment_id: UUID, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    coordinator = municipality.coordinator
    act(hold_conversation, enrolment_id, **fitting_conversation(), by=coordinator)
    act(hold_conversation, enrolment_id, **AGAINST, by=coordinator)
    with refused(ConversationAdvisesAgainst):
        act(offer, enrolment_id, by=coordinator)
    act(hold_conversation, enrolment_id, **fitting_conversation(), by=municipality.team_leader)
    assert act(offer, enrolment_id, by=coordinator).state == EnrolmentState.OFFERED


def test_a_conversation_is_read_back_as_it_was_with_every_topic(
    municipality: Municipality, enrolment_id: UUID, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    assert read(latest_conversation, enrolment_id) is None
    held = act(hold_conversation, enrolment_id, **AGAINST, by=municipality.coordinator)
    assert read(latest_conversation, enrolment_id) == held
    assert list(held.topics) == list(ConversationTopic)
    assert held.topics[ConversationTopic.LANGUAGE] == TopicNote(Fit.NOT_TALKED_ABOUT)
    assert (held.held_by, held.held_on) == (municipality.coordinator.person_id, clock.today())


def test_the_log_says_what_it_ended_in_and_no_word_of_what_was_said(
    municipality: Municipality, enrolment_id: UUID, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    act(hold_conversation, enrolment_id, **AGAINST, by=municipality.coordinator)
    newest = read(timeline, enrolment_id)[0]
    assert (newest.event, newest.detail) == ("conversation.held", {"conclusion": "not_suitable"})


def test_there_is_no_conversation_about_a_closed_referral_and_none_by_a_support_person(
    municipality: Municipality, enrolment_id: UUID, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(RoleMayNot):
        act(hold_conversation, enrolment_id, **AGAINST, by=municipality.support_person)
    act(reject, enrolment_id, by=municipality.coordinator)
    with refused(EnrolmentMoveForbidden):
        act(hold_conversation, enrolment_id, **AGAINST, by=municipality.coordinator)


def test_a_screening_keeps_its_answers_and_the_versions_behind_it(
    municipality: Municipality, enrolment_id: UUID, act: Callable[..., Any]
) -> None:
    admission = act(open_admission, enrolment_id, by=municipality.team_leader)
    with municipality.at_work():
        rules = rules_of(PROGRAMME, admission.screening.rules_from)
        assert admission.screening.answers == fitting_answers(PROGRAMME, age=27)
    assert admission.screening.rules_digest == rules.rules_digest
    assert admission.screening.target_group_version.startswith("raaderum-target-groups ")


def test_a_screening_refuses_what_no_question_asks_and_answers_of_another_kind(
    municipality: Municipality, enrolment_id: UUID, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with municipality.at_work():
        known = next(iter(fitting_answers(PROGRAMME, age=27)))
    with refused(QuestionUnknown) as refusal:
        act(screen, enrolment_id, answers={"shoe_size": 42}, judgement="", by=municipality.coordinator)
    assert (refusal.code, refusal.where) == ("question_unknown", "answers.shoe_size")
    with refused(AnswerOfWrongKind) as refusal:
        act(screen, enrolment_id, answers={known: 1}, judgement="", by=municipality.coordinator)
    assert refusal.where == f"answers.{known}"


@pytest.mark.parametrize(
    ("born", "day", "outcome"),
    [
        ("750600-4001", "2018-06-14", CriterionOutcome.NOT_MET),
        ("750600-4001", "2018-06-15", CriterionOutcome.MET),
        ("750600-4001", "2031-06-14", CriterionOutcome.MET),
        ("750600-4001", "2031-06-15", CriterionOutcome.NOT_MET),
        ("890200-4001", "2018-02-28", CriterionOutcome.NOT_MET),
        ("890200-4001", "2018-03-01", CriterionOutcome.MET),
        ("890200-4001", "2031-02-28", CriterionOutcome.MET),
        ("890200-4001", "2031-03-01", CriterionOutcome.NOT_MET),
    ],
)
def test_the_age_counts_from_the_birthday_on_also_for_one_born_on_a_leap_day(
    new_municipality: Callable[..., Municipality], born: str, day: str, outcome: CriterionOutcome
) -> None:
    """18 to 30, both years counted in: from the 18th birthday to the day before the 31st."""
    aarhus = new_municipality(like="aarhus")
    programme, on_the_day = "personligt-borgerstyret-budget", _screening_on(day)
    assert on_the_day(aarhus, programme, Cpr.parse(born)) is outcome


@pytest.mark.parametrize(
    ("day", "outcome"),
    [("2030-06-14", CriterionOutcome.NOT_MET), ("2030-06-15", CriterionOutcome.MET)],
)
def test_who_turns_30_comes_of_age_for_the_job_programme(
    new_municipality: Callable[..., Municipality], day: str, outcome: CriterionOutcome
) -> None:
    aarhus = new_municipality(like="aarhus")
    born = Cpr.parse("750600-4001")
    assert _screening_on(day)(aarhus, "langtidsledige-tager-teten", born) is outcome


def _screening_on(day: str) -> Callable[[Municipality, str, Cpr], CriterionOutcome]:
    """Return a function that screens somebody at noon of a day, and tells how the age came out."""

    def age_of(municipality: Municipality, programme: str, cpr: Cpr) -> CriterionOutcome:
        coordinator, support_person = municipality.coordinator, municipality.support_person
        noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
        with municipality.at_work(), clock.standing_still_at(noon), unit_of_work() as session:
            citizen = register_citizen(session, name="Mia", cpr=cpr, by=coordinator)
            assert support_person.person_id
            referred = refer(
                session,
                citizen_id=citizen.id,
                programme=programme,
                support_person_id=support_person.person_id,
                by=coordinator,
            )
            results = screen(session, referred.id, answers={}, judgement="", by=coordinator).results
        return next(result.outcome for result in results if result.criterion == "age")

    return age_of
