"""Signing in and out, and whose cookie opens what."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from raaderum.bootstrap import create_app
from raaderum.kernel import clock
from raaderum.kernel.clock import standing_still_at
from raaderum.people.access import Purpose, issue_token
from raaderum.people.roles import Role
from raaderum.persistence.database import db
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.testing.cases import case_in_run_in
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from tests.integration.portal.conftest import Browser
    from werkzeug.test import TestResponse

    from raaderum.audit.actor import Actor
    from raaderum.settings import Settings
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


def press(client: FlaskClient, slug: str, name: str, **options: str) -> TestResponse:
    """Press the button of one of the made-up people."""
    page = client.get(f"/{slug}/log-ind", **options).text
    token = re.search(r'name="form_token" value="(\w+)"', page)
    button = re.search(
        rf'value="([^"]+)">\s*<input type="hidden" name="role" value="(\w+)">[^/]*{name}', page
    )
    assert token, page
    assert button, page
    form = {"form_token": token[1], "person_id": button[1], "role": button[2]}
    return client.post(f"/{slug}/log-ind", data=form, **options)


def test_a_made_up_person_signs_in_with_one_button(app: Flask, municipality: Municipality) -> None:
    slug, client = municipality.tenant.slug, app.test_client()
    answer = press(client, slug, "Karen Koordinator")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{slug}/")
    page = client.get(f"/{slug}/sager").text
    assert "Karen Koordinator" in page
    assert "koordinator" in page


def test_a_citizen_signs_in_to_their_own_case(app: Flask, municipality: Municipality) -> None:
    case = case_in_run_in(municipality)
    slug, client = municipality.tenant.slug, app.test_client()
    press(client, slug, "Mia Mortensen")
    landed = client.get(f"/{slug}/", follow_redirects=True)
    assert landed.request.path == f"/{slug}/sager/{case.enrolment_id}"
    assert "Jeg vil ha&#39; mit eget sted at bo" in landed.text


def test_the_session_cookie_is_for_this_municipality_alone_and_for_no_script(
    app: Flask, municipality: Municipality
) -> None:
    slug = municipality.tenant.slug
    for base, is_secure in (("http://localhost", False), ("https://localhost", True)):
        answer = press(app.test_client(), slug, "Karen Koordinator", base_url=base)
        cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("raaderum_session="))
        assert f"Path=/{slug}/" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert ("Secure" in cookie) is is_secure


def test_every_sign_in_is_a_new_session(app: Flask, municipality: Municipality) -> None:
    slug, client = municipality.tenant.slug, app.test_client()
    sessions = []
    for _ in range(2):
        press(client, slug, "Karen Koordinator")
        cookie = client.get_cookie("raaderum_session", path=f"/{slug}/")
        assert cookie is not None
        sessions.append(cookie.value)
    assert sessions[0] != sessions[1]


def test_nobody_signs_in_as_somebody_of_another_municipality(
    app: Flask, new_municipality: Callable[[], Municipality]
) -> None:
    ours, theirs = new_municipality(), new_municipality()
    client = app.test_client()
    page = client.get(f"/{ours.tenant.slug}/log-ind").text
    token = re.search(r'name="form_token" value="(\w+)"', page)
    assert token
    form = {"form_token": token[1], "person_id": str(theirs.coordinator.person_id), "role": "coordinator"}
    answer = client.post(f"/{ours.tenant.slug}/log-ind", data=form)
    assert answer.status_code == 422
    assert client.get_cookie("raaderum_session", path=f"/{ours.tenant.slug}/") is None


def test_a_cookie_of_another_municipality_opens_nothing(
    new_municipality: Callable[[], Municipality], sign_in: SignIn
) -> None:
    ours, theirs = new_municipality(), new_municipality()
    browser = sign_in(ours, ours.coordinator)
    browser.client.set_cookie("raaderum_session", browser.token, path=f"/{theirs.tenant.slug}/")
    answer = browser.client.get(f"/{theirs.tenant.slug}/sager")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{theirs.tenant.slug}/log-ind")
    refused = browser.client.post(f"/{theirs.tenant.slug}/log-ud", data={})
    assert refused.status_code == 401


def test_an_api_token_is_no_session(app: Flask, municipality: Municipality) -> None:
    with municipality.at_work(), unit_of_work() as session:
        token = issue_token(
            session,
            person_id=municipality.coordinator.person_id,  # type: ignore[arg-type] # staff are people
            role=Role.COORDINATOR,
            purpose=Purpose.API,
        )
    client, slug = app.test_client(), municipality.tenant.slug
    client.set_cookie("raaderum_session", token, path=f"/{slug}/")
    assert client.get(f"/{slug}/sager").status_code == 303


def test_after_signing_out_the_cookie_is_worth_nothing(municipality: Municipality, sign_in: SignIn) -> None:
    browser = sign_in(municipality, municipality.coordinator)
    answer = browser.send("/log-ud")
    assert (answer.status_code, answer.headers["Location"]) == (303, browser.address("/log-ind"))
    browser.client.set_cookie("raaderum_session", browser.token, path=browser.address("/"))
    assert browser.open("/sager").status_code == 303


def test_a_session_ends_by_itself(municipality: Municipality, sign_in: SignIn) -> None:
    browser = sign_in(municipality, municipality.coordinator)
    with standing_still_at(clock.now() + timedelta(hours=9)):
        assert browser.open("/sager").status_code == 303


def test_without_sign_in_reading_leads_there_and_forms_are_refused(
    app: Flask, municipality: Municipality
) -> None:
    client, slug = app.test_client(), municipality.tenant.slug
    for nonsense in (None, "", "x", "01.x", "ffffffffffffffffffffffffffffffff.x"):
        if nonsense is not None:
            client.set_cookie("raaderum_session", nonsense, path=f"/{slug}/")
        answer = client.get(f"/{slug}/sager")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/{slug}/log-ind")
    assert client.post(f"/{slug}/indstilling", data={"name": "X"}).status_code == 401


def test_who_may_see_nothing_still_lands_somewhere(municipality: Municipality, sign_in: SignIn) -> None:
    with municipality.at_work():
        representative = hire("Rie Repræsentant", Role.CITIZEN_REPRESENTATIVE)
    browser = sign_in(municipality, representative)
    page = browser.client.get(browser.address("/"), follow_redirects=True)
    assert page.request.path == browser.address("/ordninger")
    assert "Mit liv – min styring" in page.text


def test_outside_the_demo_nobody_can_sign_in(settings: Settings) -> None:
    app = create_app(replace(settings, demo=False))
    client = app.test_client()
    page = client.get("/aarhus/log-ind")
    assert page.status_code == 200
    assert "ikke sat log-ind op" in page.text
    assert "<form" not in page.text
    assert client.post("/aarhus/log-ind", data={}).status_code == 404
    with app.app_context():
        db.engine.dispose()
