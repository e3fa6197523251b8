"""Casework by API: rights that move at once, several cases at a time, notes, courses and tasks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from raaderum.kernel import clock
from raaderum.people.roles import Role
from raaderum.testing.cases import case_in_run_in, case_with_grant, requested_purchase
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

    Calling = Callable[..., Caller]


def hired(municipality: Municipality) -> Actor:
    with municipality.at_work():
        return hire("Sanne Støtte", Role.SUPPORT_PERSON)


def test_a_token_loses_the_case_in_the_same_instant(municipality: Municipality, caller: Calling) -> None:
    case, sanne = case_with_grant(municipality), hired(municipality)
    path = f"/enrolments/{case.enrolment_id}"
    signe = caller(municipality, municipality.support_person)
    karen, mia = caller(municipality, municipality.coordinator), caller(municipality, case.citizen)
    assert mia.done(f"{path}/support/wish")["settled_at"] is None
    assert karen.seen(f"{path}/support")["wish"] is not None
    mia.done(f"{path}/support/wish/withdraw")
    assert signe.get(path).status_code == 200
    body = {"staff_id": str(sanne.person_id), "handover": "Ring først."}
    karen.done(f"{path}/support-person", body, method="PUT")
    for room in ("", "/support", "/notes", "/messages", "/timeline"):
        assert signe.get(path + room).status_code == 404
    assert signe.post(f"{path}/messages", {"text": "Hej"}).status_code == 404
    assert signe.seen("/enrolments")["items"] == []
    support = caller(municipality, sanne).seen(f"{path}/support")
    assert [one["handover"] for one in support["relations"]] == ["", "Ring først."]


def test_a_substitute_comes_and_goes(municipality: Municipality, caller: Calling) -> None:
    case, sanne = case_with_grant(municipality), hired(municipality)
    karen, substitute = caller(municipality, municipality.coordinator), caller(municipality, sanne)
    today = clock.today().isoformat()
    path = f"/enrolments/{case.enrolment_id}"
    body = {"staff_id": str(sanne.person_id), "begins_on": today, "ends_on": today}
    relation = karen.done(f"{path}/substitutes", body)
    assert substitute.get(path).status_code == 200
    karen.done(f"/substitutes/{relation['id']}/end")
    assert substitute.get(path).status_code == 404


def test_several_cases_are_handed_over_or_none_and_each_refusal_is_listed(
    municipality: Municipality, caller: Calling
) -> None:
    first, second = case_in_run_in(municipality), case_in_run_in(municipality)
    sanne, nobodys = hired(municipality), str(uuid4())
    karen = caller(municipality, municipality.coordinator)
    wanted = [str(first.enrolment_id), str(second.enrolment_id)]
    body = {"staff_id": str(sanne.person_id), "enrolment_ids": [*wanted, nobodys]}
    refused = karen.post("/handovers", body)
    assert (refused.status_code, refused.get_json()["code"]) == (422, "handover_refused")
    assert [fault["where"] for fault in refused.get_json()["errors"]] == [nobodys]
    assert karen.seen(f"/enrolments?support_person_id={sanne.person_id}")["items"] == []
    assert len(karen.done("/handovers", {**body, "enrolment_ids": wanted})["items"]) == 2
    assert len(karen.seen(f"/enrolments?support_person_id={sanne.person_id}")["items"]) == 2


def test_the_caseload_is_narrowed_and_searched(municipality: Municipality, caller: Calling) -> None:
    case = case_with_grant(municipality)
    requested_purchase(case)
    karen = caller(municipality, municipality.coordinator)
    assert len(karen.seen(f"/enrolments?programme={case.programme}&state=active")["items"]) == 1
    assert karen.seen("/enrolments?programme=noget-andet")["items"] == []
    assert karen.seen("/enrolments?overdue=true&state=active")["items"] == []
    with clock.standing_still_at(clock.now() + timedelta(days=4)):
        assert len(karen.seen("/enrolments?overdue=true&state=active")["items"]) == 1
    found = karen.done("/enrolments/search", {"name": "morten"})
    assert [one["id"] for one in found["items"]] == [str(case.enrolment_id)]
    assert caller(municipality, hired(municipality)).done("/enrolments/search", {"name": "morten"}) == {
        "items": [],
        "next": None,
    }
    assert karen.get("/enrolments?overdue=maaske").status_code == 422


def test_notes_messages_and_the_timeline(municipality: Municipality, caller: Calling) -> None:
    case = case_with_grant(municipality)
    path = f"/enrolments/{case.enrolment_id}"
    karen, mia = caller(municipality, municipality.coordinator), caller(municipality, case.citizen)
    note = karen.done(f"{path}/notes", {"text": "Kun for os.", "audience": "caseworkers"})
    corrected = karen.done(f"/notes/{note['id']}/corrections", {"text": "Kun for os to."})
    assert (corrected["corrects_id"], corrected["audience"]) == (note["id"], "caseworkers")
    assert len(karen.seen(f"{path}/notes")["items"]) == 2
    assert mia.seen(f"{path}/notes")["items"] == []
    mia.done(f"{path}/messages", {"text": "Hej"})
    assert karen.done(f"{path}/messages/read") == {"number": 1}
    (message,) = mia.seen(f"{path}/messages")["items"]
    assert message["read_at"] is not None
    words = {one["words"] for one in mia.seen(f"{path}/timeline?limit=100")["items"]}
    assert "Hej" in words
    assert "Kun for os." not in words
    page = karen.seen(f"{path}/timeline?limit=2")
    following = karen.seen(f"{path}/timeline?limit=2&after={page['next']}")
    assert {one["kind"] for one in karen.seen(f"{path}/timeline?kind=money")["items"]} == {"money"}
    sequences = [one["sequence"] for one in (*page["items"], *following["items"])]
    assert sequences == sorted(set(sequences), reverse=True)


def test_tasks_are_listed_written_and_done(municipality: Municipality, caller: Calling) -> None:
    case = case_with_grant(municipality)
    requested_purchase(case)
    karen = caller(municipality, municipality.coordinator)
    body = {
        "title": "Bestil lokale",
        "due_on": clock.today().isoformat(),
        "assigned_to": str(municipality.coordinator.person_id),
    }
    written = karen.done("/tasks", body)
    kinds = {one["kind"]: one for one in karen.seen("/tasks")["items"]}
    assert kinds["written"]["title"] == "Bestil lokale"
    assert kinds["decide_purchase"]["citizen_name"] == "Mia Mortensen"
    assert karen.done(f"/tasks/{written['id']}/done")["done_at"] is not None
    assert karen.post(f"/tasks/{written['id']}/done").status_code == 409


def test_a_group_course_by_api(municipality: Municipality, caller: Calling) -> None:
    case = case_with_grant(municipality)
    karen = caller(municipality, municipality.coordinator)
    meeting = {"title": "Formøde", "held_on": clock.today().isoformat()}
    course = karen.done("/courses", {"programme": case.programme, "title": "Hold 3", "sessions": [meeting]})
    person = {"enrolment_id": str(case.enrolment_id)}
    opened = karen.done(f"/courses/{course['id']}/participants", person)
    path = f"/course-sessions/{opened['sessions'][0]['id']}/attendance"
    noted = karen.done(path, {**person, "mark": "present"}, method="PUT")
    assert noted["attendees"][0]["marks"] == ["present"]
    assert karen.seen(f"/courses/{course['id']}") == noted
    assert [one["id"] for one in karen.seen("/courses")["items"]] == [course["id"]]


def test_staff_by_api(municipality: Municipality, caller: Calling) -> None:
    sanne = hired(municipality)
    anders, sannes = caller(municipality, municipality.administrator), caller(municipality, sanne)
    path = f"/staff/{sanne.person_id}"
    assert anders.done(f"{path}/roles", {"role": "coordinator"})["roles"] == ["coordinator", "support_person"]
    refused = anders.post(f"{path}/roles", {"role": "finance_officer"})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "roles_incompatible")
    assert anders.done(f"{path}/roles/take", {"role": "coordinator"})["roles"] == ["support_person"]
    assert sannes.get("/me").status_code == 200
    assert anders.done(f"{path}/leave")["left_at"] is not None
    assert sannes.get("/me").status_code == 401


def test_the_load_by_api(municipality: Municipality, caller: Calling) -> None:
    case_with_grant(municipality)
    loads = caller(municipality, municipality.team_leader).seen("/load")["items"]
    assert {one["role"]: one["open_cases"] for one in loads} == {
        "support_person": 1,
        "coordinator": 0,
        "team_leader": 0,
    }
