"""The way in over HTTP: finding citizens, the conversation, the waiting list and the draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from raaderum.testing.cases import fitting_answers, made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller

    from raaderum.testing.municipality import Municipality

TALK: Final = {
    "topics": [
        {"topic": "language", "fit": "fits_with_support", "words": "Tolk til de første møder."},
        {"topic": "not_too_complex", "fit": "fits", "words": "Det kan vi løse sammen."},
    ],
    "conclusion": "suitable_with_support",
    "reason": "Mia ved, hvad der venter.",
}


@pytest.fixture
def coordinator(municipality: Municipality, caller: Callable[..., Caller]) -> Caller:
    return caller(municipality, municipality.coordinator)


def referred(
    coordinator: Caller, *, age: int = 27, slug: str | None = None, said: dict[str, str] | None = None
) -> dict[str, Any]:
    """Register and refer a citizen; return the enrolment."""
    citizen = coordinator.done("/citizens", {"name": "Mia Mortensen", "cpr": made_up_cpr(age=age).digits})
    [support_person] = coordinator.seen("/staff/support-persons")["items"]
    programme = slug or coordinator.seen("/programmes")["items"][-1]["slug"]
    terms = {"programme": programme, "support_person_id": support_person["id"]}
    return coordinator.done("/enrolments", {"citizen_id": citizen["id"], **terms, **(said or {})})


def test_a_citizen_is_found_by_a_number_that_travels_in_the_body(coordinator: Caller) -> None:
    cpr = made_up_cpr().digits
    citizen = coordinator.done("/citizens", {"name": "Mia Mortensen", "cpr": cpr})
    found = coordinator.done("/citizens/look-up", {"cpr": f"{cpr[:6]}-{cpr[6:]}"})["citizen"]
    assert (found["id"], found["name"], found["enrolments"]) == (citizen["id"], "Mia Mortensen", [])
    assert coordinator.done("/citizens/look-up", {"cpr": made_up_cpr(age=33).digits}) == {"citizen": None}
    refusal = coordinator.post("/citizens/look-up", {"cpr": "3102911234"})
    assert (refusal.status_code, refusal.get_json()["code"]) == (422, "cpr_impossible")
    assert "3102911234" not in refusal.get_data(as_text=True)


def test_likely_duplicates_are_listed_until_somebody_tells_them_apart(coordinator: Caller) -> None:
    pair = [
        coordinator.done("/citizens", {"name": name, "cpr": cpr})["id"]
        for name, cpr in (("Søren Åberg", "650391-1234"), ("aaberg, soeren", "050391-1236"))
    ]
    [listed] = coordinator.seen("/citizens/likely-duplicates")["items"]
    assert [listed["first"]["id"], listed["second"]["id"]] == pair
    assert listed["signs"] == ["same_name_and_birth_date", "replacement_number"]
    mark = {"first_id": pair[1], "second_id": pair[0], "note": "Fætre, begge set."}
    assert coordinator.done("/citizens/not-duplicates", mark)["first_citizen_id"] == pair[0]
    assert coordinator.seen("/citizens/likely-duplicates")["items"] == []
    again = coordinator.post("/citizens/not-duplicates", mark)
    assert (again.status_code, again.get_json()["code"]) == (409, "already_told_apart")


def test_the_way_in_is_opened_by_caseworkers_with_answers_conversation_and_referral(
    coordinator: Caller, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    said = {"source": "authority", "authority": "Jobcentret", "note": "Kender hende."}
    enrolment = referred(coordinator, said=said)
    path = f"/enrolments/{enrolment['id']}"
    empty = coordinator.seen(f"{path}/admission")
    assert (empty["screening"], empty["conversation"], empty["queue_position"]) == (None, None, None)
    with municipality.at_work():
        answers = fitting_answers(enrolment["programme"], age=27)
    screening = coordinator.done(f"{path}/screenings", {"answers": answers, "judgement": "Ja."})
    conversation = coordinator.done(f"{path}/conversations", TALK)
    assert [topic["fit"] for topic in conversation["topics"]].count("not_talked_about") == 4
    admission = coordinator.seen(f"{path}/admission")
    assert (admission["screening"], admission["conversation"]) == (screening, conversation)
    assert screening["answers"] == answers
    assert len(screening["rules_digest"]) == 64
    assert (admission["referral_note"], admission["referring_authority"]) == ("Kender hende.", "Jobcentret")
    support_person = caller(municipality, municipality.support_person)
    assert support_person.get(f"{path}/admission").status_code == 403
    assert "Kender hende." not in support_person.get(path).get_data(as_text=True)


@pytest.mark.parametrize(
    ("answers", "where"),
    [({"shoe_size": 42}, "answers.shoe_size"), ({"substance_use": 1}, "answers.substance_use")],
)
def test_an_answer_that_no_question_takes_is_named(
    coordinator: Caller, answers: dict[str, object], where: str
) -> None:
    path = f"/enrolments/{referred(coordinator)['id']}/screenings"
    refusal = coordinator.post(path, {"answers": answers})
    assert (refusal.status_code, refusal.get_json()["where"]) == (422, where)


def test_those_who_wait_stand_in_line_and_an_offer_past_them_needs_a_reason(
    coordinator: Caller, municipality: Municipality
) -> None:
    first, second = referred(coordinator), referred(coordinator)
    with municipality.at_work():
        answers = fitting_answers(first["programme"], age=27)
    for one in (second, first):
        path = f"/enrolments/{one['id']}"
        coordinator.done(f"{path}/screenings", {"answers": answers, "judgement": "Ja."})
        coordinator.done(f"{path}/conversations", TALK)
        assert coordinator.done(f"{path}/wait")["state"] == "waiting"
    waiting = coordinator.seen(f"/programmes/{first['programme']}/waiting-list")
    assert [(one["position"], one["enrolment_id"]) for one in waiting["items"]] == [
        (1, first["id"]),
        (2, second["id"]),
    ]
    refusal = coordinator.post(f"/enrolments/{second['id']}/offer", {})
    assert (refusal.status_code, refusal.get_json()["code"]) == (422, "offer_out_of_turn")
    offered = coordinator.done(f"/enrolments/{second['id']}/offer", {"because": "Mister sin bolig."})
    assert offered["state"] == "offered"
    assert coordinator.seen(f"/programmes/{first['programme']}/waiting-list")["places_taken"] == 1
    assert coordinator.get("/programmes/unheard-of/waiting-list").status_code == 404


def test_a_draw_goes_from_hash_to_seed(
    new_municipality: Callable[..., Municipality], caller: Callable[..., Caller]
) -> None:
    aarhus = new_municipality(like="aarhus")
    coordinator = caller(aarhus, aarhus.coordinator)
    programme = "langtidsledige-tager-teten"
    people = [referred(coordinator, age=40, slug=programme)["id"] for _ in range(3)]
    draw = coordinator.done("/draws", {"programme": programme, "places": 1, "arm": "group"})
    assert (draw["revealed_seed"], draw["is_verified"], len(draw["seed_hash"])) == (None, None, 64)
    path = f"/draws/{draw['id']}"
    result = coordinator.done(f"{path}/carry-out")
    assert result["is_verified"] is True
    assert [one["outcome"] for one in result["participants"]] == ["drawn", "not_drawn", "not_drawn"]
    assert {one["enrolment_id"] for one in result["participants"]} == set(people)
    assert coordinator.seen(path) == coordinator.seen("/draws")["items"][0] == result
    winner, other, _ = [one["enrolment_id"] for one in result["participants"]]
    assert coordinator.seen(f"/enrolments/{winner}")["selection"] == "drawn"
    appointed = coordinator.done(f"/enrolments/{other}/appointment", {"arm": "individual"})
    assert (appointed["selection"], appointed["arm"]) == ("appointed", "individual")
