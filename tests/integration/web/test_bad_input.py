"""What is wrong is refused with a reason, never with an error of ours."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from raaderum.people.roles import Role
from raaderum.programmes.directory import ProgrammeDirectory
from raaderum.programmes.installed import install_programmes, programmes
from raaderum.testing.cases import case_in_run_in, made_up_cpr, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from tests.integration.web.conftest import Caller, Ids
    from werkzeug.test import TestResponse

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality


def refusal(response: TestResponse) -> tuple[int, str, str | None]:
    """Return the status, the code and where it went wrong; every refusal is a whole problem document."""
    assert response.mimetype == "application/problem+json"
    problem = response.get_json()
    assert problem["type"] == f"/problems/{problem['code']}"
    assert problem["status"] == response.status_code
    assert problem["request_id"] == response.headers["X-Request-Id"]
    assert all(problem[text] for text in ("title", "title_en", "detail", "detail_en"))
    return response.status_code, problem["code"], problem["where"]


@pytest.fixture
def run_in(municipality: Municipality) -> Case:
    return case_in_run_in(municipality)


@pytest.fixture
def draft(run_in: Case) -> dict[str, Any]:
    """A plan that would be taken."""
    item = {
        "sub_goal_id": str(run_in.sub_goal_id),
        "description": "Kørekort til bil",
        "category": "transport",
        "amount_oere": 20_000_00,
        "theory_of_change": "Med kørekort kan jeg tage job uden for byen.",
    }
    return {"motivation": "Jeg vil videre.", "items": [item]}


@pytest.fixture
def sending_item(
    run_in: Case, draft: dict[str, Any], municipality: Municipality, caller: Callable[..., Caller]
) -> Callable[..., TestResponse]:
    """Send the plan with some fields of its item changed."""
    support_person = caller(municipality, municipality.support_person)

    def send(**changes: object) -> TestResponse:
        item = {**draft["items"][0], **changes}
        return support_person.post(f"/enrolments/{run_in.enrolment_id}/plans", {**draft, "items": [item]})

    return send


@pytest.mark.parametrize(
    "amount", [0, -1, 1.5, 1250.0, "1250", "12,50", None, True, [1], {}, 2**63, 10**400, float("nan")]
)
def test_an_amount_is_whole_oere_above_zero_and_nothing_else(
    amount: object, sending_item: Callable[..., TestResponse]
) -> None:
    response = sending_item(amount_oere=amount)
    assert refusal(response) == (422, "fields_invalid", "items[0].amount_oere")


def test_an_amount_in_another_currency_is_refused(sending_item: Callable[..., TestResponse]) -> None:
    assert refusal(sending_item(currency="EUR")) == (422, "fields_invalid", "items[0].currency")


def test_a_plan_above_the_ceiling_is_refused(sending_item: Callable[..., TestResponse]) -> None:
    assert refusal(sending_item(amount_oere=50_000_01)) == (422, "plan_above_ceiling", "items")


def test_every_field_at_fault_is_listed_in_both_languages(
    sending_item: Callable[..., TestResponse],
) -> None:
    response = sending_item(amount_oere=0, category="yacht", needed_on="tomorrow", description="")
    assert refusal(response)[:2] == (422, "fields_invalid")
    faults = {fault["where"]: fault for fault in response.get_json()["errors"]}
    assert set(faults) == {
        "items[0].amount_oere",
        "items[0].category",
        "items[0].needed_on",
        "items[0].description",
    }
    assert all(fault["detail"] != fault["detail_en"] for fault in faults.values())
    assert "transport" in faults["items[0].category"]["detail"]


@pytest.mark.parametrize("words", ["NUL \x00", "half \ud83c", "\x00", " "])
def test_a_text_that_cannot_be_stored_is_refused(
    words: str, run_in: Case, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    citizen = caller(municipality, run_in.citizen)
    response = citizen.send(
        "PUT",
        f"/enrolments/{run_in.enrolment_id}/goal",
        data=json.dumps({"words": words, "categories": []}),
        content_type="application/json",
    )
    assert refusal(response)[0] == 422


def test_emoji_and_every_script_are_kept_to_the_letter(
    run_in: Case, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    words = "👩🏽‍🌾 blåbærgrød, ЖЖ, 花, ﷽, \u202eomvendt\n\t 'quote' \"; drop table goal; --"
    goal = {"words": words, "categories": ["health", "health"]}
    caller(municipality, run_in.citizen).done(f"/enrolments/{run_in.enrolment_id}/goal", goal, method="PUT")
    shown = caller(municipality, municipality.support_person).seen(f"/enrolments/{run_in.enrolment_id}")
    assert shown["goal"] == {"words": words, "categories": ["health"], "is_confirmed": True}


def test_a_sixth_sub_goal_is_refused(
    run_in: Case, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    support_person = caller(municipality, municipality.support_person)
    path = f"/enrolments/{run_in.enrolment_id}/sub-goals"
    for number in range(2, 6):
        assert support_person.done(path, {"words": f"Delmål {number}"})["position"] == number
    assert refusal(support_person.post(path, {"words": "Delmål 6"})) == (
        422,
        "too_many_sub_goals",
        "sub_goals",
    )


def test_nobody_approves_their_own_plan_under_any_role(
    run_in: Case, draft: dict[str, Any], municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    support_person = caller(municipality, municipality.support_person)
    plan = support_person.done(f"/enrolments/{run_in.enrolment_id}/plans", draft)
    support_person.done(f"/plans/{plan['id']}/propose")
    for role in (Role.COORDINATOR, Role.TEAM_LEADER):
        same_person = caller(municipality, municipality.support_person, role=role)
        response = same_person.post(f"/plans/{plan['id']}/approve", {"colour": "green"})
        assert refusal(response) == (422, "own_proposal", "decided_by")


def test_a_plan_is_not_approved_a_second_time_by_the_same_person_under_another_role(
    run_in: Case, draft: dict[str, Any], municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    support_person = caller(municipality, municipality.support_person)
    coordinator = caller(municipality, municipality.coordinator)
    finance_officer = caller(municipality, municipality.finance_officer)
    path = f"/ledger/pools/{run_in.programme}/funding"
    finance_officer.done(path, {"amount_oere": 100_000_00})
    plan = support_person.done(f"/enrolments/{run_in.enrolment_id}/plans", draft)
    support_person.done(f"/plans/{plan['id']}/propose")
    coordinator.done(f"/plans/{plan['id']}/approve", {"colour": "green"})
    again = caller(municipality, municipality.coordinator, role=Role.TEAM_LEADER)
    response = again.post(f"/plans/{plan['id']}/approve", {"colour": "green"})
    assert refusal(response) == (409, "plan_move_forbidden", "plan")
    granted = coordinator.seen(f"/enrolments/{run_in.enrolment_id}")["budget"]["granted_oere"]
    assert granted == 20_000_00


def test_who_asked_for_a_purchase_does_not_approve_it(
    ids: Ids, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    purchase_id = requested_purchase(ids.case, 100)  # type: ignore[arg-type] # øre
    same_person = caller(municipality, municipality.support_person, role=Role.COORDINATOR)
    assert refusal(same_person.post(f"/purchases/{purchase_id}/approve"))[:2] == (422, "own_proposal")


def test_an_expired_programme_takes_nobody(
    app: Flask, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    slug = municipality.tenant.slug
    [programme] = programmes().of_tenant(slug)
    expired = replace(programme, slug="expired", closes_on=date(2019, 12, 31))
    install_programmes(app, ProgrammeDirectory((*programmes(), expired)))
    coordinator = caller(municipality, municipality.coordinator)
    citizen = coordinator.done("/citizens", {"name": "Mia", "cpr": made_up_cpr().digits})
    referral = {
        "citizen_id": citizen["id"],
        "programme": "expired",
        "support_person_id": str(municipality.support_person.person_id),
    }
    assert refusal(coordinator.post("/enrolments", referral)) == (422, "programme_expired", "programme")
    unknown = {**referral, "programme": "never-heard-of"}
    assert refusal(coordinator.post("/enrolments", unknown)) == (404, "programme_unknown", "programme")
    above = {**referral, "programme": programme.slug, "ceiling_oere": programme.ceiling_oere + 1}
    assert refusal(coordinator.post("/enrolments", above)) == (422, "ceiling_out_of_range", "ceiling_oere")


def test_money_is_not_set_aside_for_a_programme_that_nobody_has_heard_of(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    finance_officer = caller(municipality, municipality.finance_officer)
    response = finance_officer.post("/ledger/pools/atlantis/funding", {"amount_oere": 100})
    assert refusal(response)[:2] == (404, "programme_unknown")
    assert finance_officer.seen("/ledger/trial-balance")["items"] == []


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe", b'{"name": ', b"nul", b"[" * 100_000, b'{"a": ' + b"9" * 5_000 + b"}"],
    ids=["cut", "bytes", "half", "word", "deep", "digits"],
)
def test_a_body_that_is_no_json_is_unreadable(
    body: bytes, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    response = coordinator.send("POST", "/citizens", data=body, content_type="application/json")
    assert refusal(response) == (400, "body_unreadable", "body")


@pytest.mark.parametrize("body", [[], "text", 7, None])
def test_a_body_that_is_no_object_is_refused(
    body: object, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    response = coordinator.send("POST", "/citizens", data=json.dumps(body), content_type="application/json")
    assert refusal(response) == (422, "fields_invalid", "body")


def test_another_content_type_is_refused(municipality: Municipality, caller: Callable[..., Caller]) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    response = coordinator.send("POST", "/citizens", data={"name": "Mia"})
    assert refusal(response) == (415, "content_type_not_offered", "Content-Type")


def test_an_act_without_a_body_refuses_one(
    ids: Ids, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    purchase_id = requested_purchase(ids.case, 100)  # type: ignore[arg-type] # øre
    coordinator = caller(municipality, municipality.coordinator)
    response = coordinator.post(f"/purchases/{purchase_id}/approve", {"amount_oere": 1})
    assert refusal(response) == (422, "body_unexpected", "body")
    assert coordinator.post(f"/purchases/{purchase_id}/approve", {}).status_code == 200


def test_a_json_body_beyond_a_megabyte_is_too_large(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    response = coordinator.post("/citizens", {"name": "x" * 1_000_001, "cpr": "1"})
    assert refusal(response)[:2] == (413, "body_too_large")


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=ten", "limit=9" + "9" * 30, "after=x", "after=%00", "sort=name"]
)
def test_a_query_that_cannot_be_meant_is_refused(
    query: str, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    assert refusal(coordinator.get(f"/enrolments?{query}"))[:2] == (422, "fields_invalid")


def test_a_path_or_method_that_does_not_exist_is_a_problem_too(
    municipality: Municipality, caller: Callable[..., Caller], app: Flask
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    assert refusal(coordinator.get("/nothing")) == (404, "path_unknown", None)
    assert refusal(coordinator.get(f"/enrolments/{uuid4()}x")) == (404, "path_unknown", None)
    assert refusal(coordinator.get("//me")) == (404, "path_unknown", None)
    response = coordinator.send("PATCH", "/me")
    assert refusal(response) == (405, "method_not_offered", None)
    assert "GET" in response.headers["Allow"]
    for path in ("/api/v2", "/api/halsnaes", "/api/log-ind", "/api/v1/"):
        assert refusal(app.test_client().get(path)) == (404, "path_unknown", None)


def test_an_impossible_cpr_number_is_refused_without_repeating_it(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    response = coordinator.post("/citizens", {"name": "Mia", "cpr": "3102991234"})
    assert refusal(response) == (422, "cpr_impossible", "cpr")
    assert "310299" not in response.get_data(as_text=True)


def test_two_who_register_the_same_citizen_at_once_are_told(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator, cpr = caller(municipality, municipality.coordinator), made_up_cpr().digits
    coordinator.done("/citizens", {"name": "Mia", "cpr": cpr})
    response = coordinator.post("/citizens", {"name": "Mia", "cpr": cpr})
    assert refusal(response) == (409, "citizen_known", "cpr")


def test_a_second_enrolment_in_the_same_programme_is_refused(
    run_in: Case, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    body = {
        "citizen_id": str(run_in.citizen_id),
        "programme": run_in.programme,
        "support_person_id": str(municipality.support_person.person_id),
    }
    answer = caller(municipality, municipality.coordinator).post("/enrolments", body)
    assert refusal(answer) == (409, "already_enrolled", "programme")
