"""The pages around the plan: evidence of price, writing at the same time, comparing, and following up."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from raaderum.audit.actor import Actor
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role
from raaderum.plans.service import draft_plan, items_of, plans_of
from raaderum.portal.form_guard import FIELD, form_token
from raaderum.testing.cases import Case, approved_purchase, case_in_run_in, licence_item

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from tests.integration.portal.conftest import Browser

    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.fixture
def run_in(municipality: Municipality) -> Case:
    return case_in_run_in(municipality)


@pytest.fixture
def item_id(run_in: Case, act: Callable[..., Any], read: Callable[..., Any]) -> UUID:
    items = [licence_item(run_in, Oere(1_000_00))]
    by = run_in.municipality.support_person
    plan = act(draft_plan, run_in.enrolment_id, motivation="Nu.", items=items, by=by)
    found: UUID = read(items_of, plan.id)[0].id
    return found


def row_of(case: Case, number: int = 0, **typed: str) -> dict[str, str]:
    row = {
        "sub_goal_id": str(case.sub_goal_id),
        "category": "music",
        "description": "Guitar",
        "amount": "3.000",
        "theory_of_change": "Jeg spiller igen.",
        **typed,
    }
    return {f"items[{number}].{name}": value for name, value in row.items()}


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.SUPPORT_PERSON, Role.COORDINATOR])
def test_a_file_is_sent_in_and_fetched_as_an_attachment(
    role: Role, run_in: Case, item_id: UUID, sign_in: SignIn
) -> None:
    actor = run_in.citizen if role is Role.CITIZEN else getattr(run_in.municipality, role.value)
    browser = sign_in(run_in.municipality, actor)
    file = {"file": (BytesIO(PNG), "<b>skærmbillede.exe")}
    page = browser.does(f"/sager/{run_in.enrolment_id}/poster/{item_id}/bilag", file).text
    assert "Bilaget er gemt." in page
    assert "&lt;b&gt;skærmbillede.exe.png</a>" in page
    address = page.split("/bilag/")[1].split('"')[0]
    answer = browser.open(f"/sager/{run_in.enrolment_id}/bilag/{address}")
    assert answer.data == PNG
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-" + b"0" * 11_000_000, "Filen fylder 11,0 MB; der er plads til 10 MB."),
        (b"", "Filen er tom"),
        (b"PK\x03\x04 docx", "hverken PDF, JPEG, PNG eller ren tekst"),
    ],
    ids=["eleven_megabytes", "empty", "another_kind"],
)
def test_a_file_that_cannot_be_taken_is_refused_at_its_item(
    content: bytes, told: str, run_in: Case, item_id: UUID, sign_in: SignIn
) -> None:
    browser = sign_in(run_in.municipality, run_in.municipality.support_person)
    path = f"/sager/{run_in.enrolment_id}/poster/{item_id}/bilag"
    # Encoded here: the test client would leave a file of this size open behind it.
    file = FileStorage(BytesIO(content), filename="tilbud.pdf")
    boundary, form = encode_multipart({FIELD: form_token(browser.token), "file": file})
    multipart = f'multipart/form-data; boundary="{boundary}"'
    answer = browser.client.post(browser.address(path), data=form, content_type=multipart)
    assert answer.status_code == 422
    at_fault = answer.text.index('aria-invalid="true"')
    assert told in answer.text[at_fault - 700 : at_fault]
    assert "Ingen bilag endnu." in browser.page(f"/sager/{run_in.enrolment_id}/bilag")


def test_whoever_writes_on_top_of_another_version_is_told_and_loses_nothing(
    run_in: Case, sign_in: SignIn, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    browser = sign_in(run_in.municipality, run_in.municipality.coordinator)
    path = f"/sager/{run_in.enrolment_id}/plan"
    assert 'name="based_on" value="0"' in browser.page(path)
    items = [licence_item(run_in, Oere(1_000_00))]
    by = run_in.municipality.support_person
    act(draft_plan, run_in.enrolment_id, motivation="Først.", items=items, by=by)
    form = {"motivation": "Min lange tekst", "based_on": "0", **row_of(run_in, who_will_teach="Ole")}
    answer = browser.send(path, form)
    assert answer.status_code == 409
    for kept in ("Version 1 er skrevet, mens du skrev", "Min lange tekst", 'value="Guitar"', 'value="Ole"'):
        assert kept in answer.text
    assert "/plan/sammenlign" in answer.text
    assert 'name="based_on" value="1"' in answer.text
    browser.does(path, {**form, "based_on": "1"})
    assert [plan.version for plan in read(plans_of, run_in.enrolment_id)] == [2, 1]


def test_another_fault_does_not_make_the_form_forget_what_it_was_based_on(
    run_in: Case, item_id: UUID, sign_in: SignIn
) -> None:
    browser = sign_in(run_in.municipality, run_in.municipality.coordinator)
    answer = browser.send(
        f"/sager/{run_in.enrolment_id}/plan", {"based_on": "0", **row_of(run_in, amount="mange")}
    )
    assert item_id
    assert answer.status_code == 422
    assert 'name="based_on" value="0"' in answer.text


def test_a_new_version_takes_the_evidence_of_the_old_one_along(
    run_in: Case, item_id: UUID, sign_in: SignIn
) -> None:
    browser = sign_in(run_in.municipality, run_in.municipality.support_person)
    file = {"file": (BytesIO(PNG), "tilbud.png")}
    browser.does(f"/sager/{run_in.enrolment_id}/poster/{item_id}/bilag", file)
    path = f"/sager/{run_in.enrolment_id}/plan"
    page = browser.page(path)
    assert "Hvem vil vise dig, hvordan det bruges?" in page
    ticked = page.split('name="items[0].evidence" value="')[1].split('"')[0]
    wrong = browser.send(path, row_of(run_in, evidence=ticked, amount="x"))
    assert f'name="items[0].evidence" value="{ticked}" checked' in wrong.text
    case_page = browser.does(path, row_of(run_in, evidence=ticked)).text
    assert "Hvem vil vise, hvordan det bruges?" in case_page
    assert browser.page(f"/sager/{run_in.enrolment_id}/bilag").count("tilbud.png</a>") == 2


def test_a_plan_of_ten_megabytes_is_told_to_be_too_large(run_in: Case, sign_in: SignIn) -> None:
    browser = sign_in(run_in.municipality, run_in.municipality.support_person)
    path = f"/sager/{run_in.enrolment_id}/plan"
    answer = browser.send(path, {"motivation": "a" * 10_000_000, **row_of(run_in)})
    assert answer.status_code == 413
    assert "Skriv kortere" in answer.text
    answer = browser.send(path, {"motivation": "a" * 20_001, **row_of(run_in)})
    assert answer.status_code == 422
    assert "Motivationen fylder 20001 tegn; der er plads til 20000." in answer.text
    assert 'value="Guitar"' in answer.text


def test_two_versions_are_shown_with_what_differs_in_words(
    run_in: Case, item_id: UUID, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    assert item_id
    items = [licence_item(run_in, Oere(1_500_00))]
    by = run_in.municipality.support_person
    act(draft_plan, run_in.enrolment_id, motivation="Senere.", items=items, by=by)
    browser = sign_in(run_in.municipality, run_in.citizen)
    path = f"/sager/{run_in.enrolment_id}/plan/sammenlign"
    page = browser.page(path)
    for shown in ("større ændringer", "1.000,00 kr.", "1.500,00 kr.", "Nu.", "Senere.", "33 procent"):
        assert shown in page
    assert "De to versioner siger det samme." in browser.page(f"{path}?fra=2&til=2")
    assert browser.open(f"{path}?fra=1&til=9").status_code == 404


def test_without_a_plan_there_is_nothing_to_compare_or_to_show_prices_of(
    run_in: Case, sign_in: SignIn
) -> None:
    browser = sign_in(run_in.municipality, run_in.municipality.team_leader)
    case_path = f"/sager/{run_in.enrolment_id}"
    assert "Der er ingen plan at sammenligne endnu." in browser.page(f"{case_path}/plan/sammenlign")
    assert "Skriv planen først." in browser.page(f"{case_path}/bilag")
    assert "Der er ikke købt noget endnu." in browser.page(f"{case_path}/virkede-det")


def test_what_was_bought_stands_beside_the_plan(case: Case, sign_in: SignIn) -> None:
    browser = sign_in(case.municipality, case.citizen)
    path = f"/sager/{case.enrolment_id}/plan/sammenlign"
    assert "købt indtil nu" not in browser.page(path)
    approved_purchase(case)
    assert "Planlagt 20.000,00 kr., købt indtil nu 12.500,00 kr." in browser.page(path)


def test_three_months_later_the_citizen_is_asked_whether_it_worked(case: Case, sign_in: SignIn) -> None:
    approved_purchase(case)
    path = f"/sager/{case.enrolment_id}/virkede-det"
    answer_path = f"/sager/{case.enrolment_id}/poster/{case.plan_item_ids[0]}/virkede-det"
    assert "Vi spørger" in sign_in(case.municipality, case.citizen).page(path)
    with clock.standing_still_at(clock.now() + timedelta(days=93)):
        browser = sign_in(case.municipality, case.citizen)
        page = browser.page(path)
        assert "Gjorde det, hvad du troede?" in page
        assert "Med kørekort kan jeg tage job uden for byen." in page
        wrong = browser.send(answer_path, {"words": "Jeg kom i gang"})
        assert wrong.status_code == 422
        assert "Jeg kom i gang" in wrong.text
        done = browser.does(answer_path, {"outcome": "partly", "words": "Jeg kom i gang"}).text
        assert "Svaret er gemt." in done
        assert "delvist." in done
        assert browser.send(answer_path, {"outcome": "yes"}).status_code == 409
        assert "Gjorde det, hvad du troede?" not in browser.page(path)
