"""Bad input that the field is known for, told in words where it was typed, and nothing lost or kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.goals.service import add_sub_goal, opened_goals
from raaderum.questionnaires.rules import Moment
from raaderum.questionnaires.service import answers_of
from raaderum.testing.cases import case_in_run_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]
    Do = Callable[..., Any]


def test_a_sixth_sub_goal_is_told_and_its_words_stay_in_the_form(
    municipality: Municipality, sign_in: SignIn, act: Do, read: Do
) -> None:
    case = case_in_run_in(municipality)
    for number in range(2, 6):
        act(add_sub_goal, case.enrolment_id, words=f"Delmål {number}", by=case.citizen)
    answer = sign_in(municipality, case.citizen).send(
        f"/sager/{case.enrolment_id}/delmaal", {"words": "Lære at sejle ⛵"}
    )
    assert answer.status_code == 422
    assert "højst have 5 delmål" in answer.text
    assert "Lære at sejle ⛵" in answer.text
    assert len(read(opened_goals, case.enrolment_id).sub_goals) == 5


def test_a_second_enrolment_in_the_same_programme_is_told(
    municipality: Municipality, sign_in: SignIn
) -> None:
    case = case_in_run_in(municipality)
    form = {
        "citizen_id": str(case.citizen_id),
        "programme": case.programme,
        "support_person_id": str(municipality.support_person.person_id),
        "source": "staff",
    }
    answer = sign_in(municipality, municipality.coordinator).send("/indstilling/kendt", form)
    assert answer.status_code == 409
    assert "Borgeren har allerede et forløb i denne ordning" in answer.text


def test_a_rating_outside_its_scale_is_told_and_not_kept(
    municipality: Municipality, sign_in: SignIn, read: Do
) -> None:
    case = case_in_run_in(municipality)
    mia = sign_in(municipality, case.citizen)
    answer = mia.send(f"/sager/{case.enrolment_id}/spoergeskemaer/start/svar", {"rating": "achieved"})
    assert answer.status_code == 422
    assert "meget langt fra" in answer.text
    assert read(answers_of, case.enrolment_id, Moment.START) == {}


def test_a_cpr_number_with_a_date_that_does_not_exist_is_told(
    municipality: Municipality, sign_in: SignIn
) -> None:
    karen = sign_in(municipality, municipality.coordinator)
    answer = karen.send("/indstilling", {"name": "Nora Nygaard", "cpr": "310290-1234"})
    assert answer.status_code == 422
    assert "Nora Nygaard" in answer.text
    assert 'aria-invalid="true"' in answer.text
