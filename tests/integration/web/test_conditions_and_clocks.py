from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from raaderum.kernel import clock
from raaderum.people.roles import Role
from raaderum.testing.cases import Case, approved_purchase, case_in_run_in, case_with_grant

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller

    from raaderum.testing.municipality import Municipality


def test_the_conditions_are_given_word_for_word_with_the_yes(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    case = case_in_run_in(municipality)
    shown = caller(municipality, case.citizen).seen(f"/enrolments/{case.enrolment_id}/conditions")
    for wording in shown["wordings"]:
        assert wording["digest"] == hashlib.sha256(wording["text"].encode()).hexdigest()
    assert shown["accepted"]["text"] == shown["wordings"][0]["text"]
    assert shown["accepted"]["way"] == "own_sign_in"
    again = caller(municipality, case.citizen).post(
        f"/enrolments/{case.enrolment_id}/accept", {"digest": shown["wordings"][0]["digest"]}
    )
    assert (again.status_code, again.get_json()["code"]) == (409, "enrolment_move_forbidden")


def test_the_letter_is_a_pdf_in_either_language(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    case = case_in_run_in(municipality)
    files = {
        caller(municipality, actor).get(f"/enrolments/{case.enrolment_id}/letter?language={language}").data
        for actor in (case.citizen, municipality.support_person)
        for language in ("da", "en")
    }
    assert len(files) == 2
    assert all(file.startswith(b"%PDF-") for file in files)
    wrong = caller(municipality, case.citizen).get(f"/enrolments/{case.enrolment_id}/letter?language=de")
    assert wrong.status_code == 422


def paused(case: Case, coordinator: Caller) -> dict[str, Any]:
    today = clock.today()
    pause = {"from_on": today.isoformat(), "until_on": (today + timedelta(days=6)).isoformat()}
    return coordinator.done(f"/enrolments/{case.enrolment_id}/pauses", {**pause, "ground": "illness"})


def test_clocks_endings_and_deadlines_through_http(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    case = case_with_grant(municipality)
    approved_purchase(case)
    coordinator = caller(municipality, municipality.coordinator)
    team_leader = caller(municipality, municipality.team_leader)
    path = f"/enrolments/{case.enrolment_id}"
    before = coordinator.seen(f"{path}/clocks")
    assert (before["granted_months"], before["changes"]) == (12, [])
    assert [change["days"] for change in paused(case, coordinator)["changes"]] == [7]
    extended = team_leader.done(f"{path}/extensions", {"days": 10, "ground": "family"})
    [deadline] = extended["deadlines"]
    assert deadline == {"kind": "drawing_right", "last_day": extended["ends_on"]}
    [listed] = coordinator.seen(f"/deadlines?until={extended['ends_on']}")["items"]
    assert (listed["enrolment_id"], listed["citizen_name"]) == (str(case.enrolment_id), "Mia Mortensen")
    ending = coordinator.seen(f"{path}/ending")
    assert "moved_away" in ending["reasons"]
    [held] = [check for check in ending["checklist"] if check["item"] == "purchases_without_invoice"]
    assert held["open"] == 1
    ended = coordinator.done(f"{path}/end", {"because": "moved_away"})
    assert (ended["state"], ended["ended_because"]) == ("ended", "moved_away")
    assert coordinator.seen(path)["budget"]["committed_oere"] == 0


def test_a_citizen_leaves_through_http(municipality: Municipality, caller: Callable[..., Caller]) -> None:
    case = case_in_run_in(municipality)
    mia = caller(municipality, case.citizen, role=Role.CITIZEN)
    assert mia.done(f"/enrolments/{case.enrolment_id}/leave", {})["ended_because"] == "citizen_leaves"
