"""The same write sent twice happens once, whatever races, and is answered the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from raaderum.kernel import clock
from raaderum.ledger.tables import LedgerTransaction
from raaderum.people.tables import Citizen
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.purchases.tables import Purchase
from raaderum.testing.cases import case_with_grant, made_up_cpr
from raaderum.web.idempotency import KEPT, forget_old_writes
from raaderum.web.tables import RememberedWrite

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller

    from raaderum.persistence.database import Base
    from raaderum.testing.municipality import Municipality

REPLAYED = "Idempotency-Replayed"


def how_many(municipality: Municipality, table: type[Base]) -> int:
    with municipality.at_work(), reading() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_same_write_twice_happens_once_and_is_answered_to_the_byte(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    body = {"name": "Mia Mortensen 🌱", "cpr": made_up_cpr().digits}
    first, second = (coordinator.post("/citizens", body, key="the-same") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    assert (REPLAYED in first.headers, second.headers[REPLAYED]) == (False, "true")
    assert how_many(municipality, Citizen) == 1


def test_the_same_key_with_another_content_is_refused(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    body = {"name": "Mia Mortensen", "cpr": made_up_cpr(serial=1).digits}
    coordinator.post("/citizens", body, key="the-same")
    for response in (
        coordinator.post("/citizens", {**body, "name": "Mona"}, key="the-same"),
        coordinator.post("/enrolments", body, key="the-same"),
    ):
        assert (response.status_code, response.get_json()["code"]) == (422, "idempotency_key_reused")
    assert how_many(municipality, Citizen) == 1


def test_the_same_key_of_another_person_is_another_key(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    for number, actor in enumerate((municipality.coordinator, municipality.team_leader)):
        body = {"name": "Mia Mortensen", "cpr": made_up_cpr(serial=number).digits}
        assert caller(municipality, actor).post("/citizens", body, key="the-same").status_code == 201
    assert how_many(municipality, Citizen) == 2


def test_a_refusal_is_not_remembered(municipality: Municipality, caller: Callable[..., Caller]) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    cpr = made_up_cpr().digits
    assert coordinator.post("/citizens", {"name": "", "cpr": cpr}, key="the-same").status_code == 422
    assert coordinator.post("/citizens", {"name": "Mia", "cpr": cpr}, key="the-same").status_code == 201
    assert how_many(municipality, RememberedWrite) == 1


def test_a_write_without_a_usable_key_is_refused(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    body = {"name": "Mia", "cpr": made_up_cpr().digits}
    for headers in ({}, {"Idempotency-Key": "x" * 256}, {"Idempotency-Key": "two words"}):
        response = coordinator.send("POST", "/citizens", body, key="", headers=headers)
        assert (response.status_code, response.get_json()["code"]) == (400, "idempotency_key_missing")
    assert how_many(municipality, Citizen) == 0


def test_fifty_at_once_have_one_effect_and_one_answer(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    case = case_with_grant(municipality)
    support_person = caller(municipality, municipality.support_person)
    wish = {
        "plan_item_id": str(case.plan_item_ids[0]),
        "description": "Kørekort",
        "supplier_name": "Svendborg Køreskole ApS",
        "amount_oere": 1_000_00,
    }
    with ThreadPoolExecutor(20) as threads:
        sent = [
            threads.submit(support_person.post, f"/enrolments/{case.enrolment_id}/purchases", wish, key="one")
            for _ in range(50)
        ]
    responses = [one.result() for one in sent]
    assert {response.status_code for response in responses} == {201}
    assert len({response.data for response in responses}) == 1
    assert sum(REPLAYED in response.headers for response in responses) == 49
    assert how_many(municipality, Purchase) == 1


def test_money_is_set_aside_once_however_often_it_is_sent(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    finance_officer = caller(municipality, municipality.finance_officer)
    [programme] = finance_officer.seen("/programmes")["items"]
    path = f"/ledger/pools/{programme['slug']}/funding"
    with ThreadPoolExecutor(10) as threads:
        sent = [
            threads.submit(finance_officer.post, path, {"amount_oere": 100}, key="once") for _ in range(20)
        ]
    assert {one.result().get_json()["transaction_id"] for one in sent}.__len__() == 1
    assert how_many(municipality, LedgerTransaction) == 1
    assert finance_officer.post(path, {"amount_oere": 100}).status_code == 201
    assert how_many(municipality, LedgerTransaction) == 2


def test_a_file_sent_again_as_a_form_is_the_same_write(
    municipality: Municipality, caller: Callable[..., Caller], invoice_file: Callable[..., bytes]
) -> None:
    finance_officer = caller(municipality, municipality.finance_officer)

    def send(boundary: str) -> dict[str, str]:
        parts = {"file": (BytesIO(invoice_file("RD-")), "faktura.xml")}
        content_type = f"multipart/form-data; boundary={boundary}"
        response = finance_officer.send("POST", "/invoices", key="f", data=parts, content_type=content_type)
        assert response.status_code == 201, response.get_data(as_text=True)
        answer: dict[str, str] = response.get_json()
        return answer

    assert send("first")["id"] == send("second")["id"]


def test_what_is_remembered_can_be_read_by_nobody_without_the_key_of_the_municipality(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator, cpr = caller(municipality, municipality.coordinator), made_up_cpr().digits
    coordinator.done("/citizens", {"name": "Mia Mortensen", "cpr": cpr})
    with municipality.at_work(), reading() as session:
        [row] = session.scalars(select(RememberedWrite))
        stored = b"".join([row.request_hash, row.answer_sealed or b""])
    assert row.answer_sealed
    assert b"Mia" not in stored
    assert cpr.encode() not in stored


def test_old_writes_are_forgotten_and_young_ones_kept(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    long_ago = clock.now() - KEPT - timedelta(minutes=1)
    with clock.standing_still_at(long_ago):
        coordinator.done("/citizens", {"name": "Mia", "cpr": made_up_cpr(serial=1).digits})
    coordinator.done("/citizens", {"name": "Mona", "cpr": made_up_cpr(serial=2).digits})
    assert timedelta(hours=24) < KEPT
    with municipality.at_work(), unit_of_work() as session:
        assert forget_old_writes(session) == 1
    assert how_many(municipality, RememberedWrite) == 1
