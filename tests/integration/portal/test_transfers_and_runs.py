"""Small transfers and payment runs in the browser."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from raaderum.kernel import clock
from raaderum.testing.small_transfers import Transfers, bank_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


def test_a_citizen_asks_for_pocket_money_and_it_is_approved_by_rule(case: Case, sign_in: SignIn) -> None:
    browser = sign_in(case.municipality, case.citizen)
    address = f"/sager/{case.enrolment_id}/overfoersler"
    assert "300,00" in browser.page(address)
    form = {
        "plan_item_id": str(case.plan_item_ids[0]),
        "description": "I biografen",
        "amount": "120",
        "activity": "biograf",
        "activity_on": clock.today().isoformat(),
    }
    page = browser.does(f"{address}/egne", form).text
    assert "Du har bedt om pengene" in page
    assert "480,00" in page
    too_much = browser.send(f"{address}/egne", form | {"amount": "301"}).text
    assert "Højst 300,00" in too_much


def test_a_support_person_asks_for_a_transfer_to_an_account(case: Case, sign_in: SignIn) -> None:
    browser = sign_in(case.municipality, case.municipality.support_person)
    address = f"/sager/{case.enrolment_id}/overfoersler"
    form = {
        "plan_item_id": str(case.plan_item_ids[0]),
        "description": "Buskort",
        "amount": "250",
        "payee_kind": "account",
        "payee_name": "Udlejer",
        "registration_number": "40",
        "account_number": "440116243",
    }
    assert "fire cifre" in browser.send(address, form).text
    assert "er ønsket" in browser.does(address, form | {"registration_number": "0040"}).text


def test_a_finance_officer_looks_through_starts_and_reads_the_banks_answer(
    case: Case, sign_in: SignIn, settings: Settings
) -> None:
    town = case.municipality
    transfers = Transfers(town, settings.files_folder)
    transfers.approved(case, 250)
    browser = sign_in(town, town.finance_officer)
    page = browser.page("/betalingskoersler")
    assert "Klar til at blive sendt: 1, i alt 250,00" in page
    form = {"programme": case.programme, "expected_count": "1", "expected_total": "250,00"}
    started = browser.does("/betalingskoersler", form).text
    assert "Klar, endnu ikke sendt" in started
    transfers.work()
    (file,) = transfers.sent_files()
    answer = {"file": (BytesIO(bank_answer(file.stem, "ACSC")), "svar.xml")}
    assert "Svarfilen er læst" in browser.does("/betalingskoersler/svar", answer).text
    assert "Vælg mindst én fil" in browser.send("/betalingskoersler/svar", {}).text


def test_a_run_that_was_not_shown_is_not_started(case: Case, sign_in: SignIn, settings: Settings) -> None:
    Transfers(case.municipality, settings.files_folder).approved(case, 250)
    browser = sign_in(case.municipality, case.municipality.finance_officer)
    form = {"programme": case.programme, "expected_count": "2", "expected_total": "500,00"}
    assert "Se dem igennem" in browser.send("/betalingskoersler", form).text
