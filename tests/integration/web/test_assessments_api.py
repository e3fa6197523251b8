"""Assessments, guidelines and doubt cases through the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.kernel import clock
from raaderum.people.roles import Role
from raaderum.testing.cases import case_in_run_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

YES, UNSURE = {"judgement": "yes"}, {"judgement": "unsure", "words": "Angst for bussen"}
GREEN = {"colour": "green", "real_change": YES, "realistic": YES, "means_fit_ends": YES}
DOUBT = {
    "question": "Må en borger med gæld købe bil?",
    "circumstances": "Arbejde på skiftehold, ingen bus.",
    "category": "transport",
    "guideline": "car",
    "decision": "with_conditions",
    "reason": "Driften kunne betales af lønnen.",
    "quarter": "2026-Q3",
}


@pytest.fixture
def case(municipality: Municipality) -> Case:
    return case_in_run_in(municipality)


@pytest.fixture
def plan(municipality: Municipality, case: Case, caller: Callable[..., Caller]) -> dict[str, Any]:
    """A proposed plan that touches a guideline."""
    item = {
        "sub_goal_id": str(case.sub_goal_id),
        "description": "En brugt bil",
        "category": "transport",
        "amount_oere": 20_000_00,
        "theory_of_change": "Så kan jeg komme på arbejde.",
    }
    finance = caller(municipality, municipality.finance_officer)
    finance.done(f"/ledger/pools/{case.programme}/funding", {"amount_oere": 90_000_00})
    by = caller(municipality, municipality.support_person)
    drafted = by.done(f"/enrolments/{case.enrolment_id}/plans", {"motivation": "Nu.", "items": [item]})
    return by.done(f"/plans/{drafted['id']}/propose")


def test_a_plan_tells_the_guidelines_it_touches(plan: dict[str, Any]) -> None:
    [touched] = plan["guidelines"]
    assert (touched["identifier"], touched["verdict"], touched["items"]) == (
        "car",
        "needs_judgement",
        ["En brugt bil"],
    )


def test_a_yellow_goes_its_way_to_approval(
    municipality: Municipality, plan: dict[str, Any], caller: Callable[..., Caller]
) -> None:
    karen, torben = (
        caller(municipality, municipality.coordinator),
        caller(municipality, municipality.team_leader),
    )
    path = f"/plans/{plan['id']}"
    yellow = karen.done(f"{path}/assessments", {**GREEN, "colour": "yellow", "realistic": UNSURE})
    assert (yellow["doubt"], yellow["realistic"]) == ("citizen", UNSURE)
    assert karen.post(f"{path}/assessments", GREEN).get_json()["code"] == "comments_first"
    [waiting] = torben.seen("/team/waiting-plans")["items"]
    assert (waiting["plan_id"], waiting["step"], waiting["escalated_to"]) == (plan["id"], "discuss", None)
    torben.done(f"{path}/comments", {"advice": "green", "words": "Prøv det."})
    karen.done(f"{path}/assessments", {**GREEN, "later_debt": "unsure", "guard_words": "Driften er med."})
    karen.done(f"{path}/guideline-reasons/car", {"words": "Ingen bus."}, method="PUT")
    approved = karen.done(f"{path}/approve", {"colour": "green", "months": 12, "follow_up": "Hver uge."})
    assert (approved["state"], approved["follow_up"]) == ("approved", "Hver uge.")
    history = torben.seen(f"{path}/assessment")
    assert [one["colour"] for one in history["assessments"]] == ["yellow", "green"]
    assert [one["words"] for one in history["comments"] + history["reasons"]] == ["Prøv det.", "Ingen bus."]
    assert [one["plan_id"] for one in torben.seen("/team/shown-plans")["items"]] == [plan["id"]]
    torben.done(f"{path}/seen")
    assert torben.seen("/team/shown-plans")["items"] == []
    found = torben.seen("/team/calibration")
    assert found["changes"] == [{"first": "yellow", "final": "green", "plans": 1}]
    assert found["percent_agreeing"] == 100


def test_a_red_is_decided_by_the_team(
    municipality: Municipality, plan: dict[str, Any], caller: Callable[..., Caller]
) -> None:
    karen, torben = (
        caller(municipality, municipality.coordinator),
        caller(municipality, municipality.team_leader),
    )
    path = f"/plans/{plan['id']}"
    karen.done(f"{path}/assessments", {**GREEN, "colour": "red"})
    assert torben.post(f"{path}/approve", {"colour": "red"}).get_json()["code"] == "team_decision_missing"
    team = (municipality.coordinator.person_id, municipality.team_leader.person_id)
    votes = [{"staff_id": str(member), "vote": "for"} for member in team]
    decision = torben.done(f"{path}/team-decisions", {"held_on": clock.today().isoformat(), "votes": votes})
    assert (decision["is_approved"], decision["votes"]) == (True, votes)
    assert torben.done(f"{path}/approve", {"colour": "red"})["colour"] == "red"
    assert torben.seen(f"{path}/assessment")["decisions"] == [decision]


def test_a_doubt_case_is_written_published_followed_up_and_shared(
    municipality: Municipality,
    case: Case,
    new_municipality: Callable[..., Municipality],
    caller: Callable[..., Caller],
) -> None:
    karen, torben = (
        caller(municipality, municipality.coordinator),
        caller(municipality, municipality.team_leader),
    )
    named = {**DOUBT, "reason": "Mia fik job.", "enrolment_id": str(case.enrolment_id)}
    refused = karen.post("/precedents", named).get_json()
    assert (refused["code"], refused["where"]) == ("not_anonymous", "reason")
    draft = karen.done("/precedents", DOUBT)
    assert [one["id"] for one in torben.seen("/precedents/drafts")["items"]] == [draft["id"]]
    torben.done(f"/precedents/{draft['id']}/publish")
    follow_up = {"outcome": "helped", "became": "I job."}
    torben.done(f"/precedents/{draft['id']}/follow-up", follow_up, method="PUT")
    other = karen.done("/precedents", {**DOUBT, "reason": "En anden."})
    assert torben.done(f"/precedents/{other['id']}/withdraw")["reason"] == ""
    reader = caller(municipality, municipality.finance_officer, role=Role.CITIZEN_REPRESENTATIVE)
    [shown] = reader.seen("/precedents?guideline=car&words=skiftehold")["items"]
    assert "written_by" not in shown
    assert reader.seen("/precedents?decision=refused")["items"] == []
    file = torben.seen("/precedents/file")
    elsewhere = new_municipality("lejre")
    taking = caller(elsewhere, elsewhere.team_leader)
    assert taking.done("/precedents/file", file) == {"new": 1, "known": 0}
    assert taking.done("/precedents/file", file) == {"new": 0, "known": 1}
    assert taking.post("/precedents/file", {"format": "?"}).get_json()["code"] == "precedent_file_wrong"


def test_everybody_reads_the_guidelines(municipality: Municipality, caller: Callable[..., Caller]) -> None:
    shown = caller(municipality, municipality.support_person).seen("/guidelines")["items"]
    assert {one["identifier"]: one["verdict"] for one in shown}["debt"] == "inside"
