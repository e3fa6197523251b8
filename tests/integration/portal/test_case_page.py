"""What the page of a case tells, to whom, and which buttons it offers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from raaderum.audit.actor import Actor
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role
from raaderum.plans.service import draft_plan, propose_plan
from raaderum.purchases.service import release_purchase
from raaderum.testing.cases import (
    approved_purchase,
    case_in_run_in,
    case_with_grant,
    licence_item,
    requested_purchase,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


def page_of(case: Case) -> str:
    return f"/sager/{case.enrolment_id}"


def test_the_dream_stands_there_to_the_letter(case: Case, sign_in: SignIn) -> None:
    page = sign_in(case.municipality, case.municipality.coordinator).page(page_of(case))
    assert "Jeg vil ha&#39; mit eget sted at bo – og et job som gartner 🌱</blockquote>" in page


def test_the_money_is_a_picture_with_words_and_a_table_behind_it(case: Case, sign_in: SignIn) -> None:
    approved_purchase(case, Oere(5_000_00))
    page = sign_in(case.municipality, case.municipality.support_person).page(page_of(case))
    assert 'role="img" aria-label="Godkendt, endnu ikke betalt: 5.000,00 kr.; Tilbage: 15.000,00 kr."' in page
    assert '<rect class="part committed" x="0" y="0" width="250" height="40">' in page
    assert '<rect class="part available" x="250" y="0" width="750" height="40">' in page
    assert "tilbage af 20.000,00 kr." in page


def test_approved_is_not_shown_as_paid(case: Case, sign_in: SignIn) -> None:
    approved_purchase(case)
    page = sign_in(case.municipality, Actor(case.citizen_id, Role.CITIZEN)).page(page_of(case))
    assert "godkendt, endnu ikke betalt</span>" in page
    assert ">betalt</span>" not in page
    assert "faktureret" not in page


def test_a_purchase_that_was_given_up_is_not_shown_as_invoiced(
    case: Case, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    purchase = approved_purchase(case)
    act(release_purchase, purchase.id, by=case.municipality.coordinator)
    page = sign_in(case.municipality, case.municipality.coordinator).page(page_of(case))
    assert "opgivet, pengene er fri igen" in page


def test_how_the_criteria_came_out_is_for_caseworkers(case: Case, sign_in: SignIn) -> None:
    town = case.municipality
    for actor in (town.coordinator, town.team_leader):
        assert "Borgeren kan bære det." in sign_in(town, actor).page(page_of(case))
    for actor in (town.support_person, Actor(case.citizen_id, Role.CITIZEN)):
        page = sign_in(town, actor).page(page_of(case))
        assert "Borgeren kan bære det." not in page
        assert "Screeningens resultat" not in page


def test_only_who_may_is_offered_the_buttons(case: Case, sign_in: SignIn) -> None:
    town = case.municipality
    requested_purchase(case)
    buttons = {
        "coordinator": ["/godkend", "/afslaa", "/delmaal"],
        "team_leader": ["/godkend", "/afslaa"],
        "support_person": ["/delmaal"],
        "citizen": ["/delmaal"],
    }
    for role, own in buttons.items():
        actor = Actor(case.citizen_id, Role.CITIZEN) if role == "citizen" else getattr(town, role)
        page = sign_in(town, actor).page(page_of(case))
        offered = [button for button in buttons["coordinator"] if f'{button}"' in page]
        assert offered == own, role
        assert ("Bed om et køb" in page) is (role == "support_person")


def test_nobody_is_offered_to_approve_what_they_proposed(
    municipality: Municipality, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    case = case_in_run_in(municipality)
    items = [licence_item(case, Oere(10_000_00))]
    plan = act(draft_plan, case.enrolment_id, motivation="", items=items, by=municipality.coordinator)
    act(propose_plan, plan.id, by=municipality.coordinator)
    browser = sign_in(municipality, municipality.coordinator)
    page = browser.page(page_of(case))
    assert "en kollega skal godkende den" in page
    assert "/godkend" not in page
    refused = browser.send(f"{page_of(case)}/planer/{plan.id}/godkend", {"colour": "green"})
    assert refused.status_code == 422
    assert "Bed en kollega om det" in refused.text
    assert "/godkend" in sign_in(municipality, municipality.team_leader).page(page_of(case))


def test_a_person_with_two_roles_cannot_approve_their_own_request(case: Case, sign_in: SignIn) -> None:
    purchase_id = requested_purchase(case)
    in_other_role = replace(case.municipality.support_person, role=Role.COORDINATOR)
    browser = sign_in(case.municipality, in_other_role)
    assert "en kollega skal godkende det" in browser.page(page_of(case))
    assert browser.send(f"{page_of(case)}/koeb/{purchase_id}/godkend").status_code == 422


def test_what_happened_is_told_in_plain_words_with_names(case: Case, sign_in: SignIn) -> None:
    approved_purchase(case)
    page = sign_in(case.municipality, case.municipality.coordinator).page(page_of(case))
    course = page[page.index("Hvad der er sket") :]
    assert course.index("Køb godkendt") < course.index("Køb ønsket") < course.index("Trækningsret bevilget")
    assert "Karen Koordinator, koordinator" in course
    assert "12.500,00 kr." in course
    assert "Borgerens sag åbnet" not in course


def test_every_look_at_a_case_is_written_down_and_the_citizen_can_read_by_whom(
    case: Case, sign_in: SignIn
) -> None:
    town = case.municipality
    for path in ("", "/oensker", "/plan"):
        sign_in(town, town.coordinator).page(f"{page_of(case)}{path}")
    sign_in(town, town.finance_officer).page(f"/regnskab/{case.enrolment_id}")
    page = sign_in(town, Actor(case.citizen_id, Role.CITIZEN)).page(f"{page_of(case)}/indsigt")
    rows = page[page.index("<tbody>") : page.index("</tbody>")]
    assert '<th scope="row">Karen Koordinator</th><td>koordinator</td><td class="amount">3</td>' in rows
    assert '<th scope="row">Frida Finans</th><td>økonomimedarbejder</td><td class="amount">1</td>' in rows
    assert '<th scope="row">Borgeren selv</th>' in rows
    assert "Torben" not in rows


def test_a_look_that_was_refused_leaves_no_trace_in_the_case(case: Case, sign_in: SignIn) -> None:
    town = case.municipality
    assert sign_in(town, town.finance_officer).open(page_of(case)).status_code == 403
    page = sign_in(town, town.coordinator).page(f"{page_of(case)}/indsigt")
    assert "Frida" not in page


def test_a_case_without_anything_yet_says_what_comes_next(
    municipality: Municipality, sign_in: SignIn
) -> None:
    case = case_in_run_in(municipality)
    page = sign_in(municipality, municipality.support_person).page(page_of(case))
    assert "Der er ikke bevilget penge endnu" in page
    assert "Ingen plan endnu" in page
    assert "Køb kommer, når planen er godkendt." in page


def test_the_cpr_number_is_on_no_page(
    municipality: Municipality, sign_in: SignIn, raw: Callable[..., Any]
) -> None:
    case = case_with_grant(municipality)
    born = next(row["born_on"] for row in raw("citizen"))
    for actor in (municipality.coordinator, municipality.team_leader, Actor(case.citizen_id, Role.CITIZEN)):
        page = sign_in(municipality, actor).page(page_of(case))
        assert f"{born.day + 60:02d}{born.month:02d}{born.year % 100:02d}" not in page
