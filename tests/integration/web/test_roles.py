"""Who may call what: every route, every role, every wrong token."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from raaderum.kernel import clock
from raaderum.people.access import Purpose, check_token, issue_token, revoke_token
from raaderum.people.roles import PERMISSIONS, Act, Role
from raaderum.persistence.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from tests.integration.web.conftest import Caller, Ids
    from werkzeug.routing import Rule

    from raaderum.testing.municipality import Municipality

WITHOUT_SIGN_IN = {"/api/v1/openapi.json"}


def routes_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]


def operations_of(app: Flask) -> Iterator[tuple[str, str, Act]]:
    """Go through the method, the path below the tenant, and the act of every operation."""
    for rule in routes_of(app):
        if rule.rule in WITHOUT_SIGN_IN:
            continue
        path = rule.rule.removeprefix("/api/v1/<tenant>")
        for argument in rule.arguments - {"tenant"}:
            path = path.replace(f"<uuid:{argument}>", str(uuid4())).replace(f"<{argument}>", "unheard-of")
        view = app.view_functions[rule.endpoint]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield method, path, vars(view)["raaderum_act"]


def test_every_route_has_an_act(app: Flask) -> None:
    routes = [rule for rule in routes_of(app) if rule.rule not in WITHOUT_SIGN_IN]
    assert len(routes) > 30
    for rule in routes:
        assert isinstance(getattr(app.view_functions[rule.endpoint], "raaderum_act", None), Act), rule.rule


def test_every_act_of_the_roles_is_reached_by_some_route(app: Flask) -> None:
    assert {act for _, _, act in operations_of(app)} == set(Act)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reaches_exactly_the_acts_that_are_its_own(
    role: Role, app: Flask, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    calling = caller(municipality, municipality.administrator, role=role)
    for method, path, act in operations_of(app):
        response = calling.send(method, path)
        if role in PERMISSIONS[act]:
            assert response.status_code not in {401, 403, 405, 500}, (path, response.get_data(as_text=True))
        else:
            assert (response.status_code, response.get_json()["code"]) == (403, "role_may_not"), path


def test_no_route_answers_without_a_token_or_with_a_made_up_one(
    app: Flask, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    real = caller(municipality, municipality.coordinator)
    made_up = replace(real, token=f"{uuid4().hex}.secret")
    wrong_secret = replace(real, token=real.token.partition(".")[0] + ".secret")
    for method, path, _ in operations_of(app):
        for calling in (made_up, wrong_secret, replace(real, token="")):
            response = calling.send(method, path)
            assert (response.status_code, response.get_json()["code"]) == (401, "not_signed_in"), path
            assert response.headers["WWW-Authenticate"] == "Bearer"


def test_no_route_takes_the_token_of_another_municipality(
    app: Flask,
    municipality: Municipality,
    new_municipality: Callable[..., Municipality],
    caller: Callable[..., Caller],
) -> None:
    other = new_municipality()
    for actor in (municipality.team_leader, municipality.finance_officer, municipality.administrator):
        stranger = replace(caller(municipality, actor), slug=other.tenant.slug)
        for method, path, _ in operations_of(app):
            assert stranger.send(method, path).status_code == 401, path


def test_an_unknown_municipality_is_not_found(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    calling = replace(caller(municipality, municipality.coordinator), slug="atlantis")
    response = calling.get("/me")
    assert (response.status_code, response.get_json()["code"]) == (404, "unknown_tenant")


def test_another_scheme_than_bearer_is_not_signed_in(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    calling = caller(municipality, municipality.coordinator)
    assert calling.send("GET", "/me", headers={"Authorization": f"Basic {calling.token}"}).status_code == 401
    assert calling.send("GET", "/me", headers={"Authorization": f"bearer {calling.token}"}).status_code == 200


def test_a_browsers_token_does_not_open_the_api(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    person_id = municipality.coordinator.person_id
    assert person_id is not None
    with municipality.at_work(), unit_of_work() as session:
        token = issue_token(session, person_id=person_id, role=Role.COORDINATOR, purpose=Purpose.BROWSER)
    browser = replace(caller(municipality, municipality.coordinator), token=token)
    assert browser.get("/me").status_code == 401


def test_a_revoked_and_an_expired_token_are_over(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    calling = caller(municipality, municipality.coordinator)
    with clock.standing_still_at(clock.now() + timedelta(days=91)):
        assert calling.get("/me").status_code == 401
    assert calling.get("/me").status_code == 200
    with municipality.at_work(), unit_of_work() as session:
        revoke_token(session, check_token(session, calling.token, purpose=Purpose.API))
    assert calling.get("/me").status_code == 401


def test_me_says_what_the_role_may_do(municipality: Municipality, caller: Callable[..., Caller]) -> None:
    me = caller(municipality, municipality.administrator).seen("/me")
    assert me["role"] == "administrator"
    assert me["municipality"] == {"slug": municipality.tenant.slug, "name": municipality.tenant.name}
    assert set(me["acts"]) == {act for act in Act if Role.ADMINISTRATOR in PERMISSIONS[act]}


def test_what_belongs_to_another_municipality_is_not_found_and_not_shown(
    municipality: Municipality,
    new_municipality: Callable[..., Municipality],
    make_ids: Callable[[Municipality], Ids],
    caller: Callable[..., Caller],
) -> None:
    theirs, own = make_ids(municipality), new_municipality()
    for method, path, body, role in acts_on(theirs):
        calling = caller(own, own.administrator, role=role)
        response = calling.send(method, path, body)
        assert response.status_code == 404, (path, response.get_data(as_text=True))
        shown = response.get_data(as_text=True)
        assert "Mia" not in shown
        assert "Svendborg" not in shown


def test_another_support_persons_citizen_is_not_found(
    ids: Ids, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    stranger = caller(municipality, municipality.administrator, role=Role.SUPPORT_PERSON)
    paths = [(method, path, body) for method, path, body, role in acts_on(ids) if role is Role.SUPPORT_PERSON]
    assert len(paths) >= 8
    for method, path, body in paths:
        assert stranger.send(method, path, body).status_code == 404, path
    assert stranger.seen("/enrolments")["items"] == []


def test_a_citizen_sees_their_own_case_only(
    ids: Ids,
    make_ids: Callable[[Municipality], Ids],
    municipality: Municipality,
    caller: Callable[..., Caller],
) -> None:
    somebody_else = make_ids(municipality)
    me = replace(municipality.administrator, person_id=ids.case.citizen_id)
    citizen = caller(municipality, me, role=Role.CITIZEN)
    assert citizen.seen(f"/enrolments/{ids.case.enrolment_id}")["citizen_id"] == str(ids.case.citizen_id)
    assert citizen.get(f"/enrolments/{somebody_else.case.enrolment_id}").status_code == 404


TALK = {
    "topics": [{"topic": "not_too_complex", "fit": "fits", "words": "Ja."}],
    "conclusion": "suitable",
    "reason": "Ja.",
}


def acts_on(ids: Ids) -> list[tuple[str, str, object, Role]]:
    """Return one well-formed request for every operation that names something, and who may ask it."""
    enrolment, plan = f"/enrolments/{ids.case.enrolment_id}", f"/plans/{ids.plan}"
    purchase, invoice = f"/purchases/{ids.purchase}", f"/invoices/{ids.invoice}"
    support_person, coordinator, finance = Role.SUPPORT_PERSON, Role.COORDINATOR, Role.FINANCE_OFFICER
    item = {
        "sub_goal_id": str(ids.case.sub_goal_id),
        "description": "Cykel",
        "category": "transport",
        "amount_oere": 100,
        "theory_of_change": "Så kan jeg komme på arbejde.",
    }
    wish = {
        "plan_item_id": str(ids.case.plan_item_ids[0]),
        "description": "Cykel",
        "supplier_name": "Loppemarked",
        "amount_oere": 100,
    }
    because = {"because": "Derfor."}
    on_paper = {"moment": "start", "respondent": "citizen"}
    outcome = {"moment": "end", "outcomes": [{"parameter": "network", "outcome": "better"}]}
    pause = {"from_on": "2026-11-01", "until_on": "2026-11-07", "ground": "illness"}
    return [
        ("GET", enrolment, None, support_person),
        ("GET", f"{enrolment}/payouts", None, support_person),
        ("GET", f"{enrolment}/questionnaires", None, support_person),
        ("GET", f"{enrolment}/outcomes", None, support_person),
        ("GET", f"{enrolment}/interviews", None, support_person),
        ("POST", f"{enrolment}/questionnaires/answers", {"moment": "start", "rating": "low"}, support_person),
        ("POST", f"{enrolment}/questionnaires/declines", {"moment": "start"}, support_person),
        ("POST", f"{enrolment}/questionnaires/paper-declines", on_paper, coordinator),
        ("POST", f"{enrolment}/questionnaires/paper-answers", {**on_paper, "rating": "far"}, coordinator),
        ("POST", f"{enrolment}/outcomes", outcome, support_person),
        ("POST", f"{enrolment}/interviews", {"kind": "before", "held_on": "2026-11-01"}, coordinator),
        ("POST", f"{enrolment}/interviews/declines", {"kind": "before"}, support_person),
        ("POST", f"{enrolment}/interviews/{uuid4()}/summaries", {"words": "Godt."}, coordinator),
        ("POST", f"{enrolment}/follow-up-consent", {"says": "yes"}, coordinator),
        ("GET", f"{enrolment}/conditions", None, support_person),
        ("GET", f"{enrolment}/letter", None, support_person),
        ("GET", f"{enrolment}/clocks", None, support_person),
        ("GET", f"{enrolment}/ending", None, support_person),
        ("POST", f"{enrolment}/decline", {}, support_person),
        ("POST", f"{enrolment}/accept-on-paper", {"signed_on": "2026-11-01"}, coordinator),
        ("POST", f"{enrolment}/pauses", pause, coordinator),
        ("POST", f"{enrolment}/resume", {"back_on": "2026-11-01"}, coordinator),
        ("POST", f"{enrolment}/extensions", {"days": 7, "ground": "illness"}, coordinator),
        ("POST", f"{enrolment}/wishes", {"words": "Et hjem"}, support_person),
        ("POST", f"{enrolment}/sub-goals", {"words": "Tage kørekort"}, support_person),
        ("POST", f"{enrolment}/plans", {"motivation": "Jeg vil videre.", "items": [item]}, support_person),
        ("GET", f"{enrolment}/plans/difference?before=1&after=1", None, support_person),
        ("GET", f"{enrolment}/item-follow-ups", None, support_person),
        ("POST", f"/plan-items/{ids.case.plan_item_ids[0]}/follow-ups", {"outcome": "yes"}, support_person),
        ("POST", f"{enrolment}/purchases", wish, support_person),
        ("POST", f"{plan}/propose", None, support_person),
        ("POST", f"{enrolment}/screenings", {"answers": {}}, coordinator),
        ("POST", f"{enrolment}/conversations", TALK, coordinator),
        ("POST", f"{enrolment}/appointment", {}, coordinator),
        ("POST", f"{enrolment}/wait", None, coordinator),
        ("GET", f"{enrolment}/admission", None, coordinator),
        ("POST", f"{enrolment}/offer", {}, coordinator),
        ("POST", f"{enrolment}/reject", None, coordinator),
        ("POST", f"{enrolment}/end", {"because": "moved_away"}, coordinator),
        ("POST", f"{plan}/approve", {"colour": "green"}, coordinator),
        ("POST", f"{plan}/return", {"comment": "Mere."}, coordinator),
        ("POST", f"{purchase}/approve", None, coordinator),
        ("POST", f"{purchase}/refuse", because, coordinator),
        ("POST", f"{purchase}/release", None, coordinator),
        ("GET", invoice, None, finance),
        ("GET", f"{invoice}/original", None, finance),
        ("GET", f"{invoice}/standing", None, finance),
        ("GET", f"{invoice}/responses", None, finance),
        ("POST", f"{invoice}/fee", None, finance),
        ("POST", f"{invoice}/match", {"purchase_id": str(ids.purchase)}, finance),
        ("POST", f"{invoice}/approve", None, finance),
        ("POST", f"{invoice}/dismiss", because, finance),
        ("POST", f"/payouts/{ids.payout}/retry", None, finance),
        ("GET", f"/ledger{enrolment}/statement", None, finance),
        ("GET", f"/ledger/subjects/{ids.payout}/transactions", None, finance),
    ]
