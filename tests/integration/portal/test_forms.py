"""A form counts only if it stood on a page that was shown to this very browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.portal.form_guard import FIELD, form_token
from raaderum.testing.cases import case_in_run_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

_SAFE = {"GET", "HEAD", "OPTIONS"}
_NOWHERE = "01900000-0000-7000-8000-000000000000"


def test_every_unsafe_route_refuses_a_form_without_its_token(
    app: Flask, municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    slug = municipality.tenant.slug
    browsers = [
        sign_in(municipality, getattr(municipality, role)) for role in ("coordinator", "finance_officer")
    ]
    answers = {}
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("portal.") or rule.endpoint == "portal.page_not_found":
            continue
        for method in (rule.methods or set()) - _SAFE:
            with app.test_request_context():
                values: dict[str, Any] = {name: _NOWHERE for name in rule.arguments if name != "tenant"}
                address = app.url_for(rule.endpoint, tenant=slug, **values)
            for browser in browsers:
                answer = browser.client.open(address, method=method)
                answers[rule.endpoint, method, browser.token] = (
                    answer.status_code,
                    "form_not_ours" in answer.text,
                )
    assert len(answers) > 40
    assert set(answers.values()) == {(403, True)}


def test_the_token_of_another_session_is_refused(
    municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    case = case_in_run_in(municipality)
    browser = sign_in(municipality, municipality.coordinator)
    another = sign_in(municipality, municipality.coordinator)
    form = {"words": "Flytte hjemmefra", FIELD: form_token(another.token)}
    assert browser.send(f"/sager/{case.enrolment_id}/delmaal", form).status_code == 403
    assert "Flytte hjemmefra" not in browser.page(f"/sager/{case.enrolment_id}")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://ond.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_from_another_website_is_refused(
    headers: dict[str, str], municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    case = case_in_run_in(municipality)
    browser = sign_in(municipality, municipality.coordinator)
    path, form = f"/sager/{case.enrolment_id}/delmaal", {"words": "Flytte hjemmefra"}
    assert browser.send(path, form, headers=headers).status_code == 403
    assert "Flytte hjemmefra" not in browser.page(f"/sager/{case.enrolment_id}")


def test_a_form_from_our_own_page_goes_through(
    municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    case = case_in_run_in(municipality)
    browser = sign_in(municipality, municipality.coordinator)
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    path, form = f"/sager/{case.enrolment_id}/delmaal", {"words": "Flytte hjemmefra"}
    assert browser.send(path, form, headers=headers).status_code == 303
    assert "Flytte hjemmefra" in browser.page(f"/sager/{case.enrolment_id}")


def test_reading_changes_nothing_even_where_it_is_asked_to(
    municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    case = case_in_run_in(municipality)
    browser = sign_in(municipality, municipality.coordinator)
    browser.open(f"/sager/{case.enrolment_id}/delmaal?words=Smuglet")
    assert "Smuglet" not in browser.page(f"/sager/{case.enrolment_id}")
