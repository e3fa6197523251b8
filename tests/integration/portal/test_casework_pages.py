"""Support persons, tasks, notes, messages, timeline, courses and staff, as people use them in a browser."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.actor import Actor
from raaderum.kernel import clock
from raaderum.people.roles import Role
from raaderum.testing.cases import case_in_run_in, requested_purchase
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.integration.portal.conftest import Browser

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


@pytest.fixture
def sanne(municipality: Municipality) -> Actor:
    """Another support person, who supports nobody yet."""
    with municipality.at_work():
        return hire("Sanne Støtte", Role.SUPPORT_PERSON)


def test_an_open_browser_loses_the_case_in_the_same_instant(
    case: Case, sanne: Actor, sign_in: SignIn
) -> None:
    town, path = case.municipality, f"/sager/{case.enrolment_id}"
    signe, karen, mia = (sign_in(town, who) for who in (town.support_person, town.coordinator, case.citizen))
    assert signe.open(path).status_code == 200
    page = mia.does(f"{path}/stoetteperson/oenske").text
    assert "Koordinatoren har fået dit ønske." in page
    assert "Borgeren ønsker en anden støtteperson" in karen.page("/opgaver")
    page = karen.does(
        f"{path}/stoetteperson", {"staff_id": sanne.person_id, "handover": "Ring altid først."}
    ).text
    assert "Sanne Støtte" in page
    assert "Ring altid først." in page
    for deed, form in (("/delmaal", {"words": "Noget"}), ("/beskeder", {"text": "Hej"})):
        assert signe.send(path + deed, form).status_code == 404
    for room in ("", "/stoetteperson", "/noter", "/beskeder", "/tidslinje", "/koeb"):
        assert signe.open(path + room).status_code == 404
    assert "Mia Mortensen" not in signe.page("/sager")
    assert sign_in(town, sanne).open(path).status_code == 200
    assert "Ring altid først." not in mia.page(f"{path}/stoetteperson")


def test_a_substitute_is_shown_on_the_case_and_can_be_ended(
    case: Case, sanne: Actor, sign_in: SignIn
) -> None:
    town, path, today = case.municipality, f"/sager/{case.enrolment_id}", clock.today()
    karen = sign_in(town, town.coordinator)
    period = {"begins_on": today.isoformat(), "ends_on": (today + timedelta(days=7)).isoformat()}
    page = karen.does(f"{path}/vikar", {"staff_id": sanne.person_id, **period}).text
    assert "Vikar i dag: Sanne Støtte" in karen.page(path)
    ending = re.search(r'action="([^"]*/vikar/[^"]*/slut)"', page)
    assert ending is not None
    karen.does(ending[1].removeprefix(karen.address("")))
    assert "Vikar i dag" not in karen.page(path)
    wrong = karen.send(f"{path}/vikar", {"staff_id": sanne.person_id, "begins_on": "", "ends_on": ""})
    assert wrong.status_code == 422


def test_notes_are_written_corrected_and_kept_from_the_citizen(case: Case, sign_in: SignIn) -> None:
    town, path = case.municipality, f"/sager/{case.enrolment_id}/noter"
    karen, mia = sign_in(town, town.coordinator), sign_in(town, case.citizen)
    karen.does(path, {"text": "Deler gerne.", "audience": "citizen_too"})
    page = karen.does(path, {"text": "Kun for os.", "audience": "caseworkers"}).text
    correcting = re.search(r'action="([^"]*/ret)"', page)
    assert correcting is not None
    page = karen.does(correcting[1].removeprefix(karen.address("")), {"text": "Kun for os to."}).text
    assert "Retter en tidligere note" in page
    seen = mia.page(path)
    assert "Deler gerne." in seen
    assert "Kun for os" not in seen + mia.page(f"/sager/{case.enrolment_id}/tidslinje")
    assert mia.page(f"/sager/{case.enrolment_id}").count("Note skrevet") == 1
    assert karen.send(path, {"text": " ", "audience": "caseworkers"}).status_code == 422


def test_a_message_is_read_when_the_other_side_opens_it(case: Case, sign_in: SignIn) -> None:
    town, path = case.municipality, f"/sager/{case.enrolment_id}/beskeder"
    signe, mia = sign_in(town, town.support_person), sign_in(town, case.citizen)
    assert "ikke læst endnu" in mia.does(path, {"text": "Er du der?"}).text
    assert "Ny besked fra borgeren" in signe.page("/opgaver")
    assert "Er du der?" in signe.page(path)
    assert "Ny besked fra borgeren" not in signe.page("/opgaver")
    assert "ikke læst endnu" not in mia.page(path)


def test_the_timeline_is_filtered_by_kind(case: Case, sign_in: SignIn) -> None:
    town, path = case.municipality, f"/sager/{case.enrolment_id}/tidslinje"
    requested_purchase(case)
    signe = sign_in(town, town.support_person)
    whole, money = signe.page(path), signe.page(f"{path}?slags=money")
    assert "Køb ønsket" in whole
    assert "Kørekort, lovpakke" in whole
    assert "Delmål tilføjet" in whole
    assert "Køb ønsket" in money
    assert "Delmål tilføjet" not in money
    assert "ikke sket noget" in signe.page(f"{path}?slags=messages")
    assert signe.open(f"{path}?slags=vejr").status_code == 404


def test_a_task_is_written_for_a_colleague_and_done(case: Case, sign_in: SignIn) -> None:
    town = case.municipality
    karen, torben = sign_in(town, town.coordinator), sign_in(town, town.team_leader)
    assert town.team_leader.person_id
    terms = {"due_on": clock.today().isoformat(), "assigned_to": town.team_leader.person_id}
    karen.does("/opgaver", {"title": "Bestil lokale", **terms})
    page = torben.page("/opgaver")
    assert "Bestil lokale" in page
    done = re.search(r'action="([^"]*/loest)"', page)
    assert done is not None
    assert "Bestil lokale" not in torben.does(done[1].removeprefix(torben.address(""))).text
    assert karen.send("/opgaver", {"title": "Uden dag", "assigned_to": "x"}).status_code == 422


def test_a_group_course_is_planned_joined_and_noted(case: Case, sign_in: SignIn) -> None:
    town, yesterday = case.municipality, clock.today() - timedelta(days=1)
    karen = sign_in(town, town.coordinator)
    page = karen.does(
        "/gruppeforloeb",
        {
            "programme": case.programme,
            "title": "Hold 3",
            "title0": "Formøde",
            "held_on0": yesterday.isoformat(),
        },
    ).text
    joining = re.search(r'action="([^"]*/deltagere[^"]*)"', page)
    assert joining is not None
    page = karen.does(
        joining[1].removeprefix(karen.address("")), {"enrolment_id": str(case.enrolment_id)}
    ).text
    assert "møder: 1" in page
    noting = re.search(r'action="([^"]*/fremmoede[^"]*)"', page)
    assert noting is not None
    came = {"enrolment_id": str(case.enrolment_id), "mark": "present"}
    page = karen.does(noting[1].removeprefix(karen.address("")), came).text
    assert "møder: 1" not in page
    assert karen.send("/gruppeforloeb", {"programme": case.programme, "title": ""}).status_code == 422


def test_an_administrator_registers_gives_takes_and_ends(case: Case, sanne: Actor, sign_in: SignIn) -> None:
    town = case.municipality
    anders, sannes = sign_in(town, town.administrator), sign_in(town, sanne)
    assert (
        "Poul Ny"
        in anders.does(
            "/medarbejdere", {"name": "Poul Ny", "email": "poul@k.example", "roles": ["finance_officer"]}
        ).text
    )
    both = {"name": "Per", "email": "per@k.example", "roles": ["finance_officer", "coordinator"]}
    refused = anders.send("/medarbejdere", both)
    assert refused.status_code == 422
    assert "kan ikke være koordinator og økonomimedarbejder" in refused.text
    path = f"/medarbejdere/{sanne.person_id}"
    anders.does(f"{path}/rolle", {"role": "coordinator"})
    anders.does(f"{path}/rolle/tag", {"role": "coordinator"})
    assert anders.send(f"/medarbejdere/{town.support_person.person_id}/hold-op").status_code == 422
    assert sannes.open("/sager").status_code == 200
    assert "holdt op" in anders.does(f"{path}/hold-op").text
    assert sannes.open("/sager").status_code in {302, 303, 401}


def test_the_load_is_for_team_leaders(case: Case, sign_in: SignIn) -> None:
    town = case.municipality
    requested_purchase(case)
    page = sign_in(town, town.team_leader).page("/belastning")
    assert "Signe Støtte" in page
    assert f"/sager?stoetteperson={town.support_person.person_id}" in page
    assert sign_in(town, town.coordinator).open("/belastning").status_code == 403


def test_the_list_is_narrowed_searched_and_handed_over(
    municipality: Municipality, case: Case, sanne: Actor, sign_in: SignIn
) -> None:
    second = case_in_run_in(municipality)
    karen = sign_in(municipality, municipality.coordinator)
    link = ">Mia Mortensen</a>"
    assert karen.page(f"/sager?stoetteperson={sanne.person_id}").count(link) == 0
    assert karen.page(f"/sager?stoetteperson=&ordning={case.programme}").count(link) == 2
    assert "Her er ingen borgere" in karen.page("/sager?over=ja&tilstand=active")
    requested_purchase(case)
    with clock.standing_still_at(clock.now() + timedelta(days=4)):
        later = sign_in(municipality, municipality.coordinator)
        assert later.page("/sager?over=ja&tilstand=active").count(link) == 1
    found = karen.send("/sager/soeg", {"name": "mORTEN"})
    assert (found.status_code, found.text.count(link)) == (200, 2)
    assert karen.send("/sager/soeg", {"name": "m"}).status_code == 422
    both = {"enrolment_ids": [str(case.enrolment_id), str(second.enrolment_id)], "staff_id": sanne.person_id}
    assert karen.does("/sager/overdrag", both).text.count("Sanne Støtte</td>") == 2
    again = karen.send("/sager/overdrag", both)
    assert again.status_code == 422
    assert "Ingen sager er overdraget: 2" in again.text
    assert "allerede borgerens støtteperson" in again.text
    assert karen.send("/sager/overdrag", {"staff_id": sanne.person_id}).status_code == 422


def test_the_pages_of_casework_need_few_queries_however_many_cases(
    case: Case, sign_in: SignIn, counting: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    town = case.municipality
    karen, signe = sign_in(town, town.coordinator), sign_in(town, town.support_person)
    spent: list[Any] = []
    for _ in range(2):
        requested_purchase(case)
        numbers = []
        for browser, path in ((karen, "/opgaver"), (karen, "/sager"), (signe, "/sager"), (signe, "/opgaver")):
            with counting() as statements:
                browser.page(path)
            numbers.append(len(statements))
        spent.append(numbers)
        case_in_run_in(town)
    assert spent[0] == spent[1]
    assert spent[0][2] <= 5
