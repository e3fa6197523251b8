"""Evidence of price, comparisons and follow-ups of items over the API."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from raaderum.kernel import clock
from raaderum.people.roles import Role
from raaderum.testing.cases import approved_purchase, case_in_run_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

PDF = b"%PDF-1.7\n<script>\xff"


def plan_of(case: Case, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of an item
    item = {
        "sub_goal_id": str(case.sub_goal_id),
        "description": "Guitar",
        "category": "music",
        "amount_oere": 300_000,
        "theory_of_change": "Jeg spiller igen.",
        **more,
    }
    return {"motivation": "Nu.", "items": [item]}


def test_a_price_is_shown_by_a_file_that_follows_the_item_into_the_next_version(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    case = case_in_run_in(municipality)
    support_person = caller(municipality, municipality.support_person)
    plans = f"/enrolments/{case.enrolment_id}/plans"
    first = support_person.done(plans, plan_of(case, who_will_teach="Ole"))
    assert (first["items"][0]["who_will_teach"], first["items"][0]["evidence"]) == ("Ole", [])
    parts = {"file": (BytesIO(PDF), "tilbud.txt")}
    path = f"/plan-items/{first['items'][0]['id']}/evidence"
    sent = support_person.send("POST", path, data=parts)
    assert sent.status_code == 201, sent.text
    file = sent.get_json()
    assert (file["file_name"], file["kind"], file["size"]) == ("tilbud.txt.pdf", "pdf", len(PDF))
    second = support_person.done(plans, plan_of(case, evidence_ids=[file["id"]]))
    assert second["items"][0]["evidence"] == [file]

    fetched = caller(municipality, municipality.team_leader).get(f"/evidence/{file['id']}")
    assert fetched.data == PDF
    assert fetched.headers["Content-Disposition"] == "attachment; filename=tilbud.txt.pdf"
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in fetched.headers["Content-Security-Policy"]


def test_what_is_no_evidence_is_refused(municipality: Municipality, caller: Callable[..., Caller]) -> None:
    case = case_in_run_in(municipality)
    support_person = caller(municipality, municipality.support_person)
    plan = support_person.done(f"/enrolments/{case.enrolment_id}/plans", plan_of(case))
    path = f"/plan-items/{plan['items'][0]['id']}/evidence"
    for options, status, code in (
        ({"data": {"file": (BytesIO(b"PK\x03\x04"), "løgn.pdf")}}, 422, "evidence_kind_unknown"),
        ({"data": {"file": (BytesIO(b""), "tom.pdf")}}, 422, "evidence_empty"),
        ({"data": {"other": (BytesIO(PDF), "tilbud.pdf")}}, 422, "fields_invalid"),
        ({"data": PDF, "content_type": "application/pdf"}, 415, "content_type_not_offered"),
    ):
        response = support_person.send("POST", path, **options)
        assert (response.status_code, response.get_json()["code"]) == (status, code)


def test_a_file_of_eleven_megabytes_and_a_plan_of_ten_are_too_large(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    case = case_in_run_in(municipality)
    support_person = caller(municipality, municipality.support_person)
    plans = f"/enrolments/{case.enrolment_id}/plans"
    huge = plan_of(case) | {"motivation": "a" * 10_000_000}
    assert support_person.post(plans, huge).status_code == 413
    item_id = support_person.done(plans, plan_of(case))["items"][0]["id"]
    body = (
        b'--grense\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        + PDF
        + b"0" * 11_000_000
        + b"\r\n--grense--\r\n"
    )
    response = support_person.send(
        "POST",
        f"/plan-items/{item_id}/evidence",
        data=body,
        content_type="multipart/form-data; boundary=grense",
    )
    assert response.status_code in {413, 422}
    assert response.get_json()["code"]


def test_a_version_written_meanwhile_is_told(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    case = case_in_run_in(municipality)
    support_person = caller(municipality, municipality.support_person)
    path = f"/enrolments/{case.enrolment_id}/plans"
    support_person.done(path, plan_of(case) | {"based_on_version": 0})
    response = support_person.post(path, plan_of(case) | {"based_on_version": 0})
    assert (response.status_code, response.get_json()["code"]) == (409, "plan_moved_on")
    assert support_person.done(path, plan_of(case) | {"based_on_version": 1})["version"] == 2


def test_two_versions_are_held_against_each_other(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    case = case_in_run_in(municipality)
    coordinator = caller(municipality, municipality.coordinator)
    path = f"/enrolments/{case.enrolment_id}/plans"
    coordinator.done(path, plan_of(case))
    coordinator.done(path, plan_of(case, amount_oere=450_000, needed_on="2027-01-31"))
    found = coordinator.seen(f"{path}/difference?before=1&after=2")
    assert (found["size"], found["before_total_oere"], found["after_total_oere"]) == (
        "major",
        300_000,
        450_000,
    )
    [changed] = found["changed"]
    assert {one["field"]: one["after"]["danish"] for one in changed["fields_changed"]} == {
        "amount": "4.500,00 kr.",
        "needed_on": "2027-01-31",
    }
    assert found["categories"] == [{"category": "music", "before_oere": 300_000, "after_oere": 450_000}]
    assert coordinator.get(f"{path}/difference?before=1&after=3").status_code == 404
    assert coordinator.get(f"{path}/difference").status_code == 422


def test_what_was_bought_is_held_against_the_plan(case: Case, caller: Callable[..., Caller]) -> None:
    coordinator = caller(case.municipality, case.municipality.coordinator)
    path = f"/enrolments/{case.enrolment_id}/use-of-money"
    assert coordinator.get(path).status_code == 404
    approved_purchase(case)
    use = coordinator.seen(path)
    assert (use["size"], use["planned_oere"], use["bought_oere"]) == ("minor", 20_000_00, 12_500_00)
    assert use["new_categories"] == []


def test_what_was_bought_is_followed_up(case: Case, caller: Callable[..., Caller]) -> None:
    approved_purchase(case)
    with clock.standing_still_at(clock.now() + timedelta(days=80)):
        citizen = caller(case.municipality, case.citizen, role=Role.CITIZEN)
        coordinator = caller(case.municipality, case.municipality.coordinator)
    with clock.standing_still_at(clock.now() + timedelta(days=93)):
        [due] = coordinator.seen("/item-follow-ups")["items"]
        assert due["enrolment_id"] == str(case.enrolment_id)
        answer = citizen.done(
            f"/plan-items/{due['item_id']}/follow-ups", {"outcome": "yes", "words": "Jeg kører!"}
        )
        assert (answer["outcome"], answer["words"], answer["due_on"]) == ("yes", "Jeg kører!", due["due_on"])
        assert coordinator.seen("/item-follow-ups")["items"] == []
        [bought] = coordinator.seen(f"/enrolments/{case.enrolment_id}/item-follow-ups")["items"]
        assert (bought["answers"], bought["due_on"]) == ([answer], None)
        again = citizen.post(f"/plan-items/{due['item_id']}/follow-ups", {"outcome": "no"})
        assert (again.status_code, again.get_json()["code"]) == (409, "follow_up_not_due")
