"""The list of cases: what it shows, page by page, and what it costs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from raaderum.kernel.money import Oere
from raaderum.plans.service import draft_plan, propose_plan
from raaderum.portal import caseload
from raaderum.testing.cases import case_in_run_in, case_with_grant, licence_item, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    import pytest
    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


def test_a_row_tells_who_where_how_much_and_what_waits(
    municipality: Municipality, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    case = case_with_grant(municipality)
    requested_purchase(case)
    requested_purchase(case)
    items = [licence_item(case, Oere(20_000_00))]
    plan = act(draft_plan, case.enrolment_id, motivation="", items=items, by=municipality.support_person)
    act(propose_plan, plan.id, by=municipality.support_person)
    page = sign_in(municipality, municipality.coordinator).page("/sager")
    row = page[page.index("<tbody") : page.index("</tbody>")]
    for words in ("Mia Mortensen", "Mit liv – min styring", "i gang", "Signe Støtte", "20.000,00 kr."):
        assert words in row
    assert ">budgetplan</span>" in row
    assert ">køb: 2</span>" in row
    assert 'aria-label="Tilbage: 20.000,00 kr."' in row


def test_the_list_is_filtered_by_state(municipality: Municipality, sign_in: SignIn) -> None:
    case_with_grant(municipality)
    case_in_run_in(municipality)
    browser = sign_in(municipality, municipality.coordinator)
    assert browser.page("/sager").count(">Mia Mortensen</a>") == 2
    assert browser.page("/sager?tilstand=active").count(">Mia Mortensen</a>") == 1
    assert "Her er ingen borgere" in browser.page("/sager?tilstand=ended")
    assert browser.open("/sager?tilstand=nonsense").status_code == 404


def test_a_long_list_has_pages_without_gap_or_overlap(
    municipality: Municipality, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caseload, "_ROWS_A_PAGE", 2)
    cases = [case_in_run_in(municipality) for _ in range(5)]
    browser = sign_in(municipality, municipality.coordinator)
    path, seen, pages = "/sager?tilstand=run_in", [], 0
    while path:
        page = browser.page(path)
        seen += re.findall(r'/sager/([0-9a-f-]{36})"', page)
        pages += 1
        older = re.search(r'href="([^"]*)">Vis ældre', page)
        path = older[1].replace("&amp;", "&").removeprefix(browser.address("")) if older else ""
    assert seen == [str(case.enrolment_id) for case in reversed(cases)]
    assert pages == 3


def test_more_cases_cost_no_more_queries(
    municipality: Municipality, sign_in: SignIn, counting: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    browser = sign_in(municipality, municipality.coordinator)
    case_with_grant(municipality)
    with counting() as for_one:
        browser.page("/sager")
    for _ in range(3):
        requested_purchase(case_with_grant(municipality))
    with counting() as for_four:
        browser.page("/sager")
    assert len(for_one) == len(for_four) <= 5


def test_no_page_needs_many_queries(
    municipality: Municipality, sign_in: SignIn, counting: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    case = case_with_grant(municipality)
    for _ in range(3):
        requested_purchase(case)
    most = {
        "/sager": (municipality.coordinator, 5),
        f"/sager/{case.enrolment_id}": (municipality.support_person, 12),
        f"/sager/{case.enrolment_id}/plan": (municipality.support_person, 9),
        f"/sager/{case.enrolment_id}/koeb": (municipality.support_person, 9),
        "/indstilling": (municipality.coordinator, 4),
        "/fakturaer": (municipality.finance_officer, 5),
        "/regnskab": (municipality.finance_officer, 6),
        f"/regnskab/{case.enrolment_id}": (municipality.finance_officer, 12),
        "/udbetalinger": (municipality.finance_officer, 10),
        "/haendelser": (municipality.administrator, 4),
    }
    spent = {}
    for path, (actor, _) in most.items():
        browser = sign_in(municipality, actor)
        with counting() as queries:
            browser.page(path)
        spent[path] = len(queries)
    assert not {path: number for path, number in spent.items() if number > most[path][1]}
