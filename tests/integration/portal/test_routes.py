"""Who gets to which page and deed: the whole table, and nobody else's things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import pytest

from raaderum.audit.actor import Actor
from raaderum.people.roles import PERMISSIONS, Role
from raaderum.portal.blueprint import OPEN_TO_EVERYONE
from raaderum.portal.routes import DEEDS, PAGES
from raaderum.testing.cases import case_with_grant, requested_purchase
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from tests.integration.portal.conftest import Browser

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

_CASE: Final = {
    "show_evidence", "show_plan_comparison", "show_item_follow_ups",
    "show_case", "show_look_ups", "show_plan_form", "show_wishes", "show_words",
    "show_conversations", "show_messages", "show_notes", "show_support", "show_timeline",
    "show_conditions", "download_letter", "show_card", "show_clocks", "show_ending",
    "show_receipts", "show_transfers",
}  # fmt: skip
_WAY_IN: Final = {
    "show_referral_form", "show_known_citizen", "show_duplicates", "show_screening_form",
    "show_screening_talk", "show_waiting_lists", "show_draws",
}  # fmt: skip
_IMPORT: Final = {"show_import_form", "download_template"}
_EVERYBODY: Final = {"show_programmes", "show_guidelines", "show_notices"}
_STAFF: Final = _EVERYBODY | {"show_precedents"}
_TEAM: Final = _STAFF | {"show_team", "show_controls", "show_calibration", "show_precedent_form"}
ALLOWED: Final[dict[Role, set[str]]] = {
    Role.CITIZEN: _EVERYBODY | _CASE | {"show_goal_form", "show_shield"},
    Role.SUPPORT_PERSON: _STAFF
    | _CASE
    | {"show_caseload", "show_deadlines", "show_purchase_form", "show_taking_down_form", "show_tasks"}
    | {"show_missing_receipts"},
    Role.COORDINATOR: _TEAM
    | {"show_missing_receipts"}
    | _CASE
    | _WAY_IN
    | _IMPORT
    | {"show_caseload", "show_deadlines", "show_inbox", "show_taking_down_form", "show_tasks"}
    | {"show_courses"},
    Role.TEAM_LEADER: _TEAM
    | {"show_missing_receipts"}
    | {"download_precedents", "show_export_form"}
    | (_CASE - {"show_plan_form"})
    | _WAY_IN
    | {"show_caseload", "show_deadlines", "show_tasks", "show_courses", "show_load"}
    | {"show_inbox", "show_ledger", "show_trail", "show_payouts", "show_audit", "show_proofs"},
    Role.FINANCE_OFFICER: _STAFF
    | {"show_missing_receipts", "show_receipts"}
    | {"show_bank", "show_proofs", "show_bulk_approval", "show_runs"}
    | {
        "show_tasks",
        "show_inbox",
        "show_ledger",
        "show_trail",
        "show_payouts",
        "show_parked_work",
        "show_jobs",
    },
    Role.ADMINISTRATOR: _STAFF | {"show_audit", "show_staff", "show_parked_work", "show_jobs"} | _IMPORT,
    Role.CITIZEN_REPRESENTATIVE: _STAFF,
}
"""Every page but the start page and those of one thing within a case, which have their own tests."""


def actor_of(case: Case, role: Role) -> Actor:
    """Return somebody who has the case's role: its own citizen, or staff."""
    if role is Role.CITIZEN:
        return Actor(case.citizen_id, role)
    if role is Role.CITIZEN_REPRESENTATIVE:
        with case.municipality.at_work():
            return hire("Rie Repræsentant", role)
    found: Actor = getattr(case.municipality, role.value)
    return found


def filled(path: str, case: Case) -> str:
    """Return a path with the case's own ids, and ids of nothing for the rest."""
    own = path.replace("<uuid:enrolment_id>", str(case.enrolment_id))
    return re.sub(r"<uuid:\w+>", lambda _: str(uuid4()), own)


def test_every_route_says_which_act_it_asks_for_or_is_open_on_purpose(app: Flask) -> None:
    declared = {page.name for page in PAGES} | {deed.name for deed in DEEDS}
    served = {
        rule.endpoint.removeprefix("portal.")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("portal.")
    }
    assert served == declared | OPEN_TO_EVERYONE
    assert len(declared) == len(PAGES) + len(DEEDS)


def test_only_deeds_take_anything_but_reading(app: Flask) -> None:
    unsafe = {
        rule.endpoint.removeprefix("portal.")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("portal.") and (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    }
    assert unsafe == {deed.name for deed in DEEDS} | {"sign_in_as", "page_not_found"}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_sees_its_pages_and_no_other(
    role: Role, municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    case = case_with_grant(municipality)
    browser = sign_in(municipality, actor_of(case, role))
    statuses = {
        page.name: browser.open(filled(page.path, case)).status_code
        for page in PAGES
        if page.path != "/" and re.findall(r"<uuid:(\w+)>", page.path) in ([], ["enrolment_id"])
    }
    assert statuses == {name: 200 if name in ALLOWED[role] else 403 for name in statuses}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_refused_every_deed_that_is_not_its_own(
    role: Role, municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    case = case_with_grant(municipality)
    browser = sign_in(municipality, actor_of(case, role))
    others = [deed for deed in DEEDS if role not in PERMISSIONS[deed.act]]
    answers = {deed.name: browser.send(filled(deed.path, case)) for deed in others}
    assert len(answers) >= 6
    assert {answer.status_code for answer in answers.values()} == {403}
    assert all("role_may_not" in answer.text for answer in answers.values())


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FINANCE_OFFICER, Role.TEAM_LEADER])
def test_another_municipalitys_things_do_not_exist(
    role: Role,
    new_municipality: Callable[[], Municipality],
    sign_in: Callable[[Municipality, Actor], Browser],
) -> None:
    theirs = case_with_grant(new_municipality())
    purchase_id = requested_purchase(theirs)
    ours = case_with_grant(new_municipality())
    browser = sign_in(ours.municipality, actor_of(ours, role))
    reachable = [page for page in PAGES if role in PERMISSIONS[page.act] and "<uuid:" in page.path]
    pages = {page.name: browser.open(filled(page.path, theirs)).status_code for page in reachable}
    assert set(pages.values()) == {404}
    deeds = [deed for deed in DEEDS if role in PERMISSIONS[deed.act] and "<uuid:" in deed.path]
    answers = {
        deed.name: browser.send(
            filled(deed.path.replace("<uuid:purchase_id>", str(purchase_id)), theirs)
        ).status_code
        for deed in deeds
    }
    assert set(answers.values()) == {404}


def test_a_support_person_sees_only_those_they_support(
    municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    case = case_with_grant(municipality)
    with municipality.at_work():
        somebody_else = hire("Sofus Støtte", Role.SUPPORT_PERSON)
    browser = sign_in(municipality, somebody_else)
    assert "Mia Mortensen" not in browser.page("/sager")
    assert browser.open(f"/sager/{case.enrolment_id}").status_code == 404
    assert browser.send(f"/sager/{case.enrolment_id}/delmaal", {"words": "Noget"}).status_code == 404


def test_a_citizen_sees_only_their_own_case(
    municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    mine, somebody_elses = case_with_grant(municipality), case_with_grant(municipality)
    browser = sign_in(municipality, Actor(mine.citizen_id, Role.CITIZEN))
    assert browser.open("/").headers["Location"].endswith(f"/sager/{mine.enrolment_id}")
    assert browser.open(f"/sager/{somebody_elses.enrolment_id}").status_code == 404
