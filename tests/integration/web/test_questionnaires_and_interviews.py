"""Questionnaires and interviews over the API, the citizen's own token among the callers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.kernel import clock
from raaderum.people.roles import Role
from raaderum.testing.cases import case_with_grant

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality


@pytest.fixture
def case(municipality: Municipality) -> Case:
    return case_with_grant(municipality)


@pytest.fixture
def callers(case: Case, caller: Callable[..., Caller]) -> dict[str, Caller]:
    municipality = case.municipality
    return {
        "citizen": caller(municipality, case.citizen),
        "support_person": caller(municipality, municipality.support_person),
        "coordinator": caller(municipality, municipality.coordinator),
    }


def seen(calling: Caller, case: Case, moment: str, respondent: str) -> dict[str, Any]:
    answer = calling.seen(f"/enrolments/{case.enrolment_id}/questionnaires")
    (one,) = [
        one for one in answer["questionnaires"] if (one["moment"], one["respondent"]) == (moment, respondent)
    ]
    found: dict[str, Any] = one
    return found


def test_no_answer_of_the_api_tells_the_others_rating_before_both_are_in(
    case: Case, callers: dict[str, Caller]
) -> None:
    path = f"/enrolments/{case.enrolment_id}/questionnaires"
    body = {"moment": "start", "rating": "some_way", "comment": "hemmeligt"}
    own = callers["citizen"].done(f"{path}/answers", body)
    assert (own["rating"], own["comment"], own["how"]) == ("some_way", "hemmeligt", "self")
    for who in ("support_person", "coordinator"):
        everything = callers[who].get(path).get_data(as_text=True)
        everything += callers[who].get(f"/enrolments/{case.enrolment_id}").get_data(as_text=True)
        everything += callers[who].get(f"/enrolments/{case.enrolment_id}/outcomes").get_data(as_text=True)
        assert "some_way" not in everything
        assert "hemmeligt" not in everything
        assert seen(callers[who], case, "start", "citizen")["is_hidden"] is True
    declined = callers["support_person"].done(f"{path}/declines", {"moment": "start"})
    assert (declined["state"], declined["rating"]) == ("declined", None)
    for calling in callers.values():
        assert seen(calling, case, "start", "citizen")["rating"] == "some_way"


def test_the_log_tells_no_rating(
    case: Case, callers: dict[str, Caller], caller: Callable[..., Caller]
) -> None:
    path = f"/enrolments/{case.enrolment_id}/questionnaires"
    callers["citizen"].done(f"{path}/answers", {"moment": "start", "rating": "some_way"})
    torben = caller(case.municipality, case.municipality.team_leader)
    for place in ("/audit", f"/enrolments/{case.enrolment_id}"):
        assert "some_way" not in torben.get(place).get_data(as_text=True)
    assert "questionnaire.answered" in torben.get("/audit").get_data(as_text=True)


def test_both_answers_are_registered_from_paper_and_compared(case: Case, callers: dict[str, Caller]) -> None:
    path, karen = f"/enrolments/{case.enrolment_id}/questionnaires", callers["coordinator"]
    for moment, citizen, support_person in (("start", "far", "high"), ("end", "achieved", "partly")):
        paper = {"moment": moment, "respondent": "citizen", "rating": citizen}
        karen.done(f"{path}/paper-answers", paper | {"answered_on": clock.today().isoformat()})
        karen.done(
            f"{path}/paper-answers", {**paper, "respondent": "support_person", "rating": support_person}
        )
    answer = callers["citizen"].seen(path)
    assert answer["movement"] == "achieved"
    assert answer["gap"] == {"gap": "citizen_brighter", "steps": 2}
    assert {one["how"] for one in answer["questionnaires"]} == {"paper"}


def test_a_rating_outside_the_scale_is_answered_with_those_that_can_be_given(
    case: Case, callers: dict[str, Caller]
) -> None:
    path = f"/enrolments/{case.enrolment_id}/questionnaires"
    refused = callers["citizen"].post(f"{path}/answers", {"moment": "start", "rating": "achieved"})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "rating_outside_scale")
    assert "tæt på (close)" in refused.get_json()["detail"]
    late = {"moment": "start", "respondent": "citizen"}
    assert callers["coordinator"].done(f"{path}/paper-declines", late)["state"] == "declined"
    assert callers["citizen"].post(f"{path}/paper-declines", late).status_code == 403
    assert (
        callers["coordinator"].post(f"{path}/answers", {"moment": "start", "rating": "far"}).status_code
        == 403
    )


def test_outcomes_are_recorded_and_read(case: Case, callers: dict[str, Caller]) -> None:
    path = f"/enrolments/{case.enrolment_id}/outcomes"
    body = {
        "moment": "end",
        "outcomes": [
            {"parameter": "network", "outcome": "better"},
            {"parameter": "job_and_education", "outcome": "not_relevant"},
        ],
    }
    callers["support_person"].done(path, body)
    outcomes = callers["citizen"].seen(path)["outcomes"]
    assert {(one["parameter"], one["outcome"]) for one in outcomes} == {
        ("network", "better"),
        ("job_and_education", "not_relevant"),
    }
    assert callers["citizen"].post(path, body).status_code == 403
    wrong = {"moment": "end", "outcomes": [{"parameter": "network", "outcome": "much better"}]}
    assert callers["coordinator"].post(path, wrong).status_code == 422


def test_an_interview_is_held_written_changed_and_approved(case: Case, callers: dict[str, Caller]) -> None:
    path, karen, mia = (
        f"/enrolments/{case.enrolment_id}/interviews",
        callers["coordinator"],
        callers["citizen"],
    )
    held = karen.done(path, {"kind": "midway", "held_on": clock.today().isoformat()})
    one = f"{path}/{held['id']}"
    karen.done(f"{one}/summaries", {"words": "Det går fremad."})
    changed = mia.done(f"{one}/changes", {"version": 1, "comment": "Skriv om hunden."})
    assert changed["summaries"][0]["state"] == "changes_wanted"
    karen.done(f"{one}/summaries", {"words": "Det går fremad med hunden."})
    stale = mia.post(f"{one}/approve", {"version": 1})
    assert (stale.status_code, stale.get_json()["code"]) == (409, "summary_moved_on")
    assert mia.done(f"{one}/approve", {"version": 2})["summaries"][0]["state"] == "approved"
    assert karen.post(f"{one}/approve", {"version": 2}).status_code == 403
    approved = callers["support_person"].seen(path)["interviews"][1]
    assert [summary["words"] for summary in approved["summaries"]] == ["Det går fremad med hunden."]
    declined = mia.done(f"{path}/declines", {"kind": "end"})
    assert (declined["state"], declined["held_on"]) == ("declined", None)


def test_the_citizen_says_yes_and_takes_it_back(case: Case, callers: dict[str, Caller]) -> None:
    path = f"/enrolments/{case.enrolment_id}/follow-up-consent"
    assert callers["citizen"].done(path, {"says": "yes"})["has_consented"] is True
    assert callers["citizen"].done(path, {"says": "no"})["has_consented"] is False
    refused = callers["coordinator"].post(path, {"says": "yes"})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "consent_is_the_citizens")
    assert callers["support_person"].post(path, {"says": "yes"}).status_code == 403


def test_another_persons_interview_is_not_found_in_ones_own_case(
    case: Case, callers: dict[str, Caller], municipality: Municipality
) -> None:
    other = case_with_grant(municipality)
    karen = callers["coordinator"]
    body = {"kind": "midway", "held_on": clock.today().isoformat()}
    theirs = karen.done(f"/enrolments/{other.enrolment_id}/interviews", body)["id"]
    path = f"/enrolments/{case.enrolment_id}/interviews/{theirs}"
    assert karen.post(f"{path}/summaries", {"words": "Her?"}).status_code == 404
    assert callers["citizen"].post(f"{path}/approve", {"version": 1}).status_code == 404
    assert callers["citizen"].get(f"/enrolments/{other.enrolment_id}/interviews").status_code == 404


@pytest.mark.parametrize("role", [Role.FINANCE_OFFICER, Role.ADMINISTRATOR, Role.CITIZEN_REPRESENTATIVE])
def test_who_sees_no_cases_reads_no_questionnaires(
    role: Role, case: Case, caller: Callable[..., Caller]
) -> None:
    calling = caller(case.municipality, case.municipality.administrator, role=role)
    for room in ("questionnaires", "interviews", "outcomes"):
        assert calling.get(f"/enrolments/{case.enrolment_id}/{room}").status_code == 403
