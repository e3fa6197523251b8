"""Receipts in the browser: from the phone, by each role, in words."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.kernel import clock
from raaderum.persistence.disk_files import DiskFiles
from raaderum.persistence.file_store import FilesUnavailable
from raaderum.testing.cases import case_with_grant
from raaderum.testing.receipt_cases import paid_by_card, paid_transfer, paper, photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


@pytest.fixture
def case(municipality: Municipality) -> Case:
    return case_with_grant(municipality)


@pytest.fixture
def citizen(case: Case, sign_in: SignIn) -> Browser:
    return sign_in(case.municipality, case.citizen)


def picture(field: str = "photo", content: bytes | None = None) -> dict[str, Any]:
    return {field: (BytesIO(content or photo()), "bon.jpg")}


def test_a_citizen_sends_a_photo_from_the_phone_and_finance_accepts_it(
    case: Case, citizen: Browser, sign_in: SignIn
) -> None:
    due_id, path = paid_by_card(case), f"/sager/{case.enrolment_id}/kvitteringer"
    page = citizen.page(path)
    assert "Kommer den ikke, lukker kortet" in page
    assert 'capture="environment"' in page
    assert "Tak, kvitteringen er her." in citizen.does(f"{path}/krav/{due_id}", picture()).text
    finance = sign_in(case.municipality, case.municipality.finance_officer)
    assert "Skobutikken" in finance.page("/kvitteringer")
    assert "Kvitteringen er godkendt." in finance.does(f"{path}/krav/{due_id}/godkend").text
    assert "Der mangler ingen." in finance.page("/kvitteringer")


def test_a_pdf_is_taken_and_handed_out_as_a_file(case: Case, citizen: Browser) -> None:
    path = f"/sager/{case.enrolment_id}/kvitteringer"
    due_id = paid_transfer(case)
    page = citizen.does(path, {**picture("file", paper()), "amount": "250,00", "bought_on": ""}).text
    [receipt_id] = set(re.findall(rf"{path}/([0-9a-f-]{{36}})", page))
    file = citizen.open(f"{path}/{receipt_id}")
    assert file.data == paper()
    assert file.headers["Content-Disposition"] == "attachment; filename=bon.jpg.pdf"
    assert "sandbox" in file.headers["Content-Security-Policy"]
    page = citizen.does(f"{path}/{receipt_id}", {"receipt_due_id": str(due_id)}).text
    assert "sendt, bliver set efter" in page


def test_what_cannot_be_used_is_told_at_the_field_and_nothing_else_changes(
    case: Case, citizen: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/sager/{case.enrolment_id}/kvitteringer/krav/{paid_by_card(case)}"
    refused = citizen.send(path, picture(content=b"MZ" + b"\0" * 99))
    assert refused.status_code == 422
    assert "hverken PDF eller et billede" in refused.text
    assert "der er ikke valgt nogen" in citizen.send(path).text

    def full(*_: object) -> None:
        raise FilesUnavailable(where="disk")

    monkeypatch.setattr(DiskFiles, "put", full)
    away = citizen.send(path, picture())
    assert away.status_code == 503
    assert "Filer kan ikke gemmes eller hentes lige nu" in away.text


def test_lost_and_outings_are_told_and_staff_answer(case: Case, citizen: Browser, sign_in: SignIn) -> None:
    path, town = f"/sager/{case.enrolment_id}/kvitteringer", case.municipality
    lost, outing = paid_transfer(case), paid_transfer(case, what="Biograf", activity_on=clock.today())
    digest = citizen.page(path).split('name="digest" value="')[1][:64]
    form = {"words": "Bonen blev vasket.", "digest": digest}
    assert "Erklæringen er gemt." in citizen.does(f"{path}/krav/{lost}/vaek", form).text
    told = citizen.does(f"{path}/krav/{outing}/aktivitet", {"answer": "yes", "words": ""})
    assert "Tak for svaret." in told.text
    coordinator = sign_in(town, town.coordinator)
    reason = {"because": "Skriv, hvad der blev købt."}
    assert "nye dage" in coordinator.does(f"{path}/krav/{lost}/afvis", reason).text
    assert "Skriv, hvad der blev købt." in citizen.page(path)
    leader = sign_in(town, town.team_leader)
    assert "eftergivet" in leader.does(f"{path}/krav/{lost}/eftergiv", reason).text
