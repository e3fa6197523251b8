"""What a person reads when something cannot be done, and that nothing they typed is lost."""

from __future__ import annotations

import logging
from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy.exc import OperationalError

from raaderum.audit.actor import Actor
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end
from raaderum.goals import service as goals
from raaderum.kernel.money import Oere
from raaderum.people.service import register_citizen
from raaderum.plans.service import draft_plan, propose_plan
from raaderum.portal import caseload
from raaderum.portal.form_guard import FIELD, form_token
from raaderum.testing.cases import (
    case_in_run_in,
    case_with_grant,
    licence_item,
    made_up_cpr,
    requested_purchase,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from tests.integration.portal.conftest import Browser

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


def test_a_referral_that_fails_keeps_all_that_was_typed(
    municipality: Municipality, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    cpr = made_up_cpr(age=50)
    act(register_citizen, name="Nogen", cpr=cpr, by=municipality.coordinator)
    form = {
        "name": 'Åse "Æ" <Ø>',
        "cpr": cpr.digits,
        "programme": "mit-liv-min-styring",
        "support_person_id": str(municipality.support_person.person_id),
        "ceiling": "12.000",
    }
    answer = sign_in(municipality, municipality.coordinator).send("/indstilling", form)
    assert answer.status_code == 409
    page = unescape(answer.text)
    assert "Borgeren er allerede oprettet" in page
    for typed in ('value="Åse "Æ" <Ø>"', f'value="{cpr.digits}"', 'value="12.000"'):
        assert typed in page
    assert f'value="{form["support_person_id"]}" selected' in page


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("cpr", "3113991234", "CPR-nummeret kan ikke findes"),
        ("cpr", "", "CPR-nummeret kan ikke findes"),
        ("name", "  ", "Skriv personens navn"),
        ("ceiling", "mange penge", "er ikke et beløb"),
        ("ceiling", "50.000,01", "skal ligge mellem"),
        ("support_person_id", "mig", "Vælg en af mulighederne"),
        ("support_person_id", str(UUID(int=7)), "Personen er ikke støtteperson"),
        ("name", "Bo\x00", "usynligt tegn"),
    ],
)
def test_the_field_at_fault_says_so(
    field: str, typed: str, told: str, municipality: Municipality, sign_in: SignIn
) -> None:
    cpr = made_up_cpr()
    form = {
        "name": "Bo",
        "cpr": cpr.digits,
        "programme": "mit-liv-min-styring",
        "support_person_id": str(municipality.support_person.person_id),
        field: typed,
    }
    answer = sign_in(municipality, municipality.coordinator).send("/indstilling", form)
    assert answer.status_code == 422
    assert told in answer.text
    if told != "Personen er ikke støtteperson":
        at_fault = answer.text.index('aria-invalid="true"')
        assert f'name="{field}"' in answer.text[at_fault - 150 : at_fault]


def test_a_plan_that_is_too_dear_keeps_its_rows_in_order(case: Case, sign_in: SignIn) -> None:
    row = {"sub_goal_id": str(case.sub_goal_id), "category": "housing", "theory_of_change": "Så bor jeg."}
    form = {"motivation": "Det er nu.\nEller aldrig."}
    for number, (description, amount) in {2: ("Depositum", "45.000"), 5: ("Sofa", "9.000")}.items():
        typed = {**row, "description": description, "amount": amount, "needed_on": "2027-01-15"}
        form |= {f"items[{number}].{name}": value for name, value in typed.items()}
    browser = sign_in(case.municipality, case.municipality.support_person)
    answer = browser.send(f"/sager/{case.enrolment_id}/plan", form)
    assert answer.status_code == 422
    assert "Tag 4.000,00 kr. ud" in answer.text
    for kept in (
        'name="items[0].description" type="text" inputmode="text" class="" value="Depositum"',
        'name="items[1].description" type="text" inputmode="text" class="" value="Sofa"',
        'value="45.000"',
        'value="2027-01-15"',
        "Det er nu.\nEller aldrig.",
        "Så bor jeg.",
    ):
        assert kept in answer.text


def test_a_bad_row_of_a_plan_is_pointed_out_where_it_stands(case: Case, sign_in: SignIn) -> None:
    good = {"description": "Seng", "amount": "1.000", "theory_of_change": "Søvn.", "category": "housing"}
    form = {f"items[1].{name}": value for name, value in good.items()}
    form |= {f"items[3].{name}": value for name, value in {**good, "amount": "0"}.items()}
    form |= {f"items[{row}].sub_goal_id": str(case.sub_goal_id) for row in range(5)}
    browser = sign_in(case.municipality, case.municipality.support_person)
    answer = browser.send(f"/sager/{case.enrolment_id}/plan", form)
    assert answer.status_code == 422
    assert "beløbet skal være over 0 kr." in answer.text
    at_fault = answer.text.index('aria-invalid="true"')
    assert 'name="items[1].amount"' in answer.text[at_fault - 150 : at_fault]


def test_a_purchase_that_is_refused_by_a_rule_keeps_what_was_typed(case: Case, sign_in: SignIn) -> None:
    form = {
        "plan_item_id": str(case.plan_item_ids[0]),
        "description": "Teoribog",
        "supplier_name": "Boghandel",
        "supplier_cvr": "12345678",
        "amount": "100",
    }
    browser = sign_in(case.municipality, case.municipality.support_person)
    answer = browser.send(f"/sager/{case.enrolment_id}/koeb", form)
    assert answer.status_code == 422
    assert "CVR-nummeret er ikke gyldigt" in answer.text
    for typed in ("Teoribog", "Boghandel", "12345678"):
        assert f'value="{typed}"' in answer.text


def test_more_than_there_is_left_is_refused_on_the_case_page(case: Case, sign_in: SignIn) -> None:
    purchase_id = requested_purchase(case, Oere(20_000_01))
    browser = sign_in(case.municipality, case.municipality.coordinator)
    answer = browser.send(f"/sager/{case.enrolment_id}/koeb/{purchase_id}/godkend")
    assert answer.status_code == 422
    assert "Der er ikke penge nok: 20.000,00 kr. tilbage" in answer.text
    assert "venter på godkendelse" in answer.text


def test_a_refusal_needs_a_reason_and_opens_its_form_again(case: Case, sign_in: SignIn) -> None:
    purchase_id = requested_purchase(case)
    browser = sign_in(case.municipality, case.municipality.coordinator)
    path = f"/sager/{case.enrolment_id}/koeb/{purchase_id}/afslaa"
    answer = browser.send(path, {"because": "  "})
    assert answer.status_code == 422
    assert "Skriv hvorfor" in answer.text
    assert "<details open>" in answer.text
    assert "Ikke i år." in browser.does(path, {"because": "Ikke i år."}).text


def test_a_yellow_plan_cannot_be_approved(
    municipality: Municipality, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    case = case_in_run_in(municipality)
    items = [licence_item(case, Oere(1_000_00))]
    plan = act(draft_plan, case.enrolment_id, motivation="", items=items, by=municipality.support_person)
    act(propose_plan, plan.id, by=municipality.support_person)
    browser = sign_in(municipality, municipality.coordinator)
    path = f"/sager/{case.enrolment_id}/planer/{plan.id}/godkend"
    assert "ende grøn eller rød" in browser.send(path, {"colour": "yellow"}).text
    assert browser.send(path, {"colour": "lilla"}).status_code == 422
    assert "Vælg en af mulighederne" in browser.send(path).text


def test_what_has_moved_on_is_a_conflict(case: Case, sign_in: SignIn) -> None:
    purchase_id = requested_purchase(case)
    browser = sign_in(case.municipality, case.municipality.coordinator)
    path = f"/sager/{case.enrolment_id}/koeb/{purchase_id}/godkend"
    assert "Købet er godkendt" in browser.does(path).text
    again = browser.send(path)
    assert again.status_code == 409
    assert "så det kan ikke gøres" in again.text


def test_what_was_done_is_said_once_and_never_without_having_been_done(case: Case, sign_in: SignIn) -> None:
    browser = sign_in(case.municipality, case.municipality.coordinator)
    path = f"/sager/{case.enrolment_id}"
    assert "Delmålet er tilføjet." in browser.does(f"{path}/delmaal", {"words": "Ro på"}).text
    assert "Delmålet er tilføjet." not in browser.page(path)
    assert 'role="status"' not in browser.page(f"{path}?done=approve_purchase")
    browser.client.set_cookie("raaderum_done", "<b>nonsense", path=browser.address("/"))
    assert 'role="status"' not in browser.page(path)


def test_nobody_can_plan_in_a_course_that_has_ended(
    case: Case, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    act(end, case.enrolment_id, because=EndingReason.MOVED_AWAY, by=case.municipality.coordinator)
    browser = sign_in(case.municipality, case.municipality.support_person)
    answer = browser.send(f"/sager/{case.enrolment_id}/delmaal", {"words": "Endnu et"})
    assert answer.status_code == 422
    assert "mens forløbet er i gang" in answer.text


def test_the_english_page_tells_the_error_in_english(case: Case, sign_in: SignIn) -> None:
    browser = sign_in(case.municipality, case.municipality.coordinator)
    browser.page("/sager?lang=en")
    answer = browser.send(f"/sager/{case.enrolment_id}/delmaal", {"words": ""})
    assert "Write the goal in the citizen&#39;s own words." in answer.text
    assert "It could not be done" in answer.text


def test_two_at_the_same_moment_are_told_so_and_nothing_is_lost(
    case: Case, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sixth sub-goal is refused by the database itself where the rule has not seen the others."""
    browser = sign_in(case.municipality, case.municipality.coordinator)
    real = goals.add_sub_goal

    def twice(session: Any, enrolment_id: Any, **named: Any) -> None:  # noqa: ANN401 - passed on
        first = real(session, enrolment_id, **named)
        session.flush()
        second = real(session, enrolment_id, **named)
        second.position = first.position

    monkeypatch.setattr(goals, "add_sub_goal", twice)
    answer = browser.send(f"/sager/{case.enrolment_id}/delmaal", {"words": "Samtidig"})
    assert answer.status_code == 409
    assert "En anden nåede det først" in answer.text
    assert "Samtidig</textarea>" in answer.text
    monkeypatch.undo()
    page = browser.page(f"/sager/{case.enrolment_id}")
    assert "Samtidig" not in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nope", 404),
        ("/sager/nope", 404),
        ("/sager/00000000-0000-0000-0000-000000000000", 404),
        ("/sager?foer=nope", 404),
        ("/fakturaer?udfald=nope", 404),
        ("/haendelser?foer=-1", 403),
        ("/sager/%00", 404),
    ],
)
def test_an_address_that_leads_nowhere_says_what_to_do(
    path: str, status: int, municipality: Municipality, sign_in: SignIn
) -> None:
    answer = sign_in(municipality, municipality.coordinator).open(path)
    assert answer.status_code == status
    assert answer.text.count("<h1>") == 1
    assert "Til forsiden" in answer.text


@pytest.mark.parametrize("nonsense", ["-1", "x", "1e3", "9" * 40, "٣", ""])
def test_a_page_of_the_log_that_is_no_number_does_not_exist(
    nonsense: str, municipality: Municipality, sign_in: SignIn
) -> None:
    browser = sign_in(municipality, municipality.administrator)
    assert browser.open(f"/haendelser?foer={nonsense}").status_code == 404


def test_unknown_municipalities_and_addresses_outside_any(app: Flask) -> None:
    client = app.test_client()
    for address in ("/nowhere/", "/nowhere/sager", "/nowhere/log-ind", "/a/b/c"):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (404, "text/html")
        assert "Vælg kommune" in answer.text
    assert client.get("/api/v1/nowhere").mimetype == "application/problem+json"


def test_a_form_beyond_all_measure_is_refused(municipality: Municipality, sign_in: SignIn) -> None:
    browser = sign_in(municipality, municipality.coordinator)
    answer = browser.client.post(browser.address("/indstilling"), data={"name": "x" * 1_100_000})
    assert answer.status_code == 413
    assert "Det fylder for meget" in answer.text


def test_a_fault_of_ours_is_said_plainly_and_logged_without_anybodys_data(
    municipality: Municipality,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object, **__: object) -> None:
        message = "010190-1234 Mia Mortensen"
        raise RuntimeError(message)

    monkeypatch.setattr(caseload, "_rows", broken)
    with caplog.at_level(logging.ERROR):
        answer = sign_in(municipality, municipality.coordinator).open("/sager")
    assert answer.status_code == 500
    assert "Intet er gjort halvt" in answer.text
    assert "RuntimeError" in caplog.text
    assert "Mia" not in answer.text + caplog.text


def test_a_database_that_is_away_is_said_to_be_away(
    municipality: Municipality, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("select", {}, Exception())

    browser = sign_in(municipality, municipality.coordinator)
    monkeypatch.setattr("raaderum.portal.visits.check_token", away)
    answer = browser.open("/sager")
    assert answer.status_code == 503
    assert "Systemet er ikke klar lige nu" in answer.text
    form = {FIELD: form_token(browser.token)}
    assert browser.client.post(browser.address("/log-ud"), data=form).status_code == 503


def test_a_citizen_of_nothing_lands_on_the_programmes(
    municipality: Municipality, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    citizen = act(register_citizen, name="Ny", cpr=made_up_cpr(age=61), by=municipality.coordinator)
    browser = sign_in(municipality, Actor(citizen.id, "citizen"))
    assert browser.open("/").headers["Location"] == browser.address("/ordninger")


def test_a_case_with_a_grant_that_grew_shows_the_new_sum(
    municipality: Municipality, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    case = case_with_grant(municipality)
    items = [licence_item(case, Oere(22_000_00))]
    plan = act(draft_plan, case.enrolment_id, motivation="", items=items, by=municipality.support_person)
    act(propose_plan, plan.id, by=municipality.support_person)
    browser = sign_in(municipality, municipality.coordinator)
    page = browser.does(f"/sager/{case.enrolment_id}/planer/{plan.id}/godkend", {"colour": "green"}).text
    assert "tilbage af 22.000,00 kr." in page
    assert "Version 1" not in page
