from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.conditions.service import accept_on_paper
from raaderum.enrolments.conversations import hold_conversation
from raaderum.enrolments.rules import CriteriaNotMet, EnrolmentMoveForbidden, EnrolmentState, JudgementMissing
from raaderum.enrolments.screenings import latest_screening
from raaderum.enrolments.service import offer, refer, reject, screen
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.people.service import register_citizen
from raaderum.plugin_api import CriterionOutcome
from raaderum.testing.cases import fitting_answers, fitting_conversation, made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.plugin_api import Answer
    from raaderum.testing.municipality import Municipality

PROGRAMME = "mit-liv-min-styring"


@pytest.fixture
def enrolment_id(municipality: Municipality, act: Callable[..., Any]) -> UUID:
    """A citizen who has been referred and not yet been screened."""
    coordinator = municipality.coordinator
    citizen = act(register_citizen, name="Mia Mortensen", cpr=made_up_cpr(), by=coordinator)
    referred: UUID = act(
        refer,
        citizen_id=citizen.id,
        programme=PROGRAMME,
        support_person_id=municipality.support_person.person_id,
        by=coordinator,
    ).id
    return referred


@pytest.fixture
def fitting(municipality: Municipality) -> dict[str, Answer]:
    with municipality.at_work():
        return fitting_answers(PROGRAMME, age=27)


def test_without_a_screening_there_is_no_offer(
    municipality: Municipality, enrolment_id: UUID, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(NotFound) as refusal:
        act(offer, enrolment_id, by=municipality.coordinator)
    assert refusal.where == "screening"


def test_a_citizen_outside_the_target_group_gets_no_offer(
    municipality: Municipality, enrolment_id: UUID, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    nothing_fits = dict.fromkeys(_questions(municipality), False)
    screening = act(
        screen, enrolment_id, answers=nothing_fits, judgement="Jeg synes ja.", by=municipality.coordinator
    )
    not_met = [one for one in screening.results if one.outcome is CriterionOutcome.NOT_MET]
    assert not_met
    with refused(CriteriaNotMet) as refusal:
        act(offer, enrolment_id, by=municipality.coordinator)
    assert refusal.code == "criteria_not_met"
    assert all(one.name.danish in refusal.danish for one in not_met)
    assert "Ret svarene, eller afslut indstillingen" in refusal.danish


@pytest.mark.parametrize("judgement", ["", "  "])
def test_what_nobody_knows_needs_a_written_judgement(
    municipality: Municipality,
    enrolment_id: UUID,
    act: Callable[..., Any],
    refused: Callable[..., Any],
    judgement: str,
) -> None:
    unknown = dict.fromkeys(_questions(municipality))
    act(screen, enrolment_id, answers=unknown, judgement=judgement, by=municipality.coordinator)
    with refused(JudgementMissing) as refusal:
        act(offer, enrolment_id, by=municipality.coordinator)
    assert (refusal.code, refusal.where) == ("judgement_missing", "judgement")
    assert refusal.danish.startswith("Skriv din faglige vurdering: ")


def test_the_newest_screening_counts_and_is_read_back_as_it_was(
    municipality: Municipality,
    enrolment_id: UUID,
    fitting: dict[str, Answer],
    act: Callable[..., Any],
    read: Callable[..., Any],
) -> None:
    coordinator = municipality.coordinator
    act(screen, enrolment_id, answers={}, judgement="", by=coordinator)
    second = act(screen, enrolment_id, answers=fitting, judgement="Borgeren kan bære det.", by=coordinator)
    assert read(latest_screening, enrolment_id) == second
    act(hold_conversation, enrolment_id, **fitting_conversation(), by=coordinator)
    assert act(offer, enrolment_id, by=coordinator).state == EnrolmentState.OFFERED


def test_no_step_of_the_course_can_be_skipped(
    municipality: Municipality,
    enrolment_id: UUID,
    fitting: dict[str, Answer],
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    coordinator = municipality.coordinator
    with refused(EnrolmentMoveForbidden) as refusal:
        act(accept_on_paper, enrolment_id, signed_on=clock.today(), by=coordinator)
    assert refusal.code == "enrolment_move_forbidden"
    assert refusal.danish == "Forløbet er »indstillet«, så det kan ikke blive »tid til at drømme«."
    act(screen, enrolment_id, answers=fitting, judgement="Ja.", by=coordinator)
    act(hold_conversation, enrolment_id, **fitting_conversation(), by=coordinator)
    act(offer, enrolment_id, by=coordinator)
    with refused(EnrolmentMoveForbidden):
        act(screen, enrolment_id, answers=fitting, judgement="Ja.", by=coordinator)
    act(reject, enrolment_id, by=coordinator)
    with refused(EnrolmentMoveForbidden):
        act(accept_on_paper, enrolment_id, signed_on=clock.today(), by=coordinator)


def _questions(municipality: Municipality) -> list[str]:
    with municipality.at_work():
        return list(fitting_answers(PROGRAMME, age=27))
