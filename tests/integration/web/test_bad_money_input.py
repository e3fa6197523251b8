"""Bad input about money over HTTP: refused with what, where and what to do; the largest of it unread."""

from __future__ import annotations

import tracemalloc
from io import RawIOBase
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import func, select

from raaderum.invoices.tables import InboxInvoice
from raaderum.persistence.unit_of_work import reading
from raaderum.provider_events.tables import ProviderEvent
from raaderum.purchases.tables import Purchase
from raaderum.receipts.tables import Receipt
from raaderum.reconciliation.tables import StatementFile
from raaderum.testing.sample_statements import SampleStatement, statement_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from tests.integration.web.conftest import Caller, Ids
    from werkzeug.test import TestResponse

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

HUNDRED_MEGABYTES: Final = 100_000_000
FORM: Final = "multipart/form-data; boundary=x"
KEPT: Final = (InboxInvoice, ProviderEvent, Receipt, StatementFile)
NUL_NAME = "Ud\x00lejer"
RIGHT_TO_LEFT = "\u202eregnaks"
ACCOUNT = {"registration_number": "0040", "account_number": "440116243"}


class Endless(RawIOBase):
    """A body that counts how much of it was read."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return 0

    def seek(self, *_: int) -> int:
        return 0

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - as the base has it
        self.taken += len(buffer)
        return len(buffer)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/bank-statements", "application/xml"),
        ("/bank-statements", FORM),
        ("/payment-status-files", "application/xml"),
        ("/payment-status-files", FORM),
        ("/invoices", "application/xml"),
        ("/invoices", FORM),
        ("/enrolments/{enrolment_id}/receipts", FORM),
    ],
)
def test_a_hundred_megabytes_are_refused_unread_and_nothing_is_kept(
    path: str,
    content_type: str,
    case: Case,
    app: Flask,
    municipality: Municipality,
    caller: Callable[..., Caller],
) -> None:
    by = case.citizen if "receipts" in path else municipality.finance_officer
    calling = caller(municipality, by)
    address = f"/api/v1/{calling.slug}{path.format(enrolment_id=case.enrolment_id)}"
    headers = {"Authorization": f"Bearer {calling.token}", "Idempotency-Key": "a-large-one"}
    answer = sent_unread(app, address, headers=headers, content_type=content_type)
    assert answer.get_json()["code"] == "body_too_large"
    assert kept(municipality) == [0] * len(KEPT)


@pytest.mark.parametrize("provider", ["sandbox", "nobody"])
def test_a_hundred_megabytes_from_a_provider_are_refused_unread(
    provider: str, app: Flask, municipality: Municipality
) -> None:
    address = f"/webhooks/{municipality.tenant.slug}/{provider}"
    body = Endless()
    answer = app.test_client().post(
        address, input_stream=body, environ_overrides={"CONTENT_LENGTH": str(HUNDRED_MEGABYTES)}
    )
    assert answer.status_code in {404, 413}
    assert body.taken == 0
    assert kept(municipality) == [0] * len(KEPT)


def sent_unread(app: Flask, address: str, **options: Any) -> TestResponse:  # noqa: ANN401 - as the client takes them
    """Send a hundred megabytes that are refused before one byte of them is read."""
    body = Endless()
    tracemalloc.start()
    answer = app.test_client().post(
        address, input_stream=body, environ_overrides={"CONTENT_LENGTH": str(HUNDRED_MEGABYTES)}, **options
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (answer.status_code, body.taken) == (413, 0)
    assert peak < HUNDRED_MEGABYTES // 10
    return answer


def kept(municipality: Municipality) -> list[int | None]:
    """Count what is kept of files and calls."""
    with municipality.at_work(), reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in KEPT]


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        ({"amount_oere": -1}, "fields_invalid", "amount_oere"),
        ({"amount_oere": 1e9}, "fields_invalid", "amount_oere"),
        ({"amount_oere": "1e9"}, "fields_invalid", "amount_oere"),
        ({"amount_oere": 10**9}, "transfer_too_large", "amount_oere"),
        ({"payee_name": NUL_NAME}, "fields_invalid", "payee_name"),
        ({"payee_name": "ø" * 141}, "fields_invalid", "payee_name"),
        ({"payee_name": "  "}, "payee_name_missing", "payee_name"),
        ({"registration_number": "40"}, "account_invalid", "registration_number"),
        ({"account_number": "12345678901"}, "account_invalid", "account_number"),
        ({"iban": "DK5000400440116244"}, "account_invalid", "iban"),
        ({"description": "x" * 501}, "fields_invalid", "description"),
        ({"description": "\x00"}, "fields_invalid", "description"),
    ],
)
def test_a_transfer_that_cannot_be_meant_is_refused_at_its_field(
    changed: dict[str, Any],
    code: str,
    where: str,
    case: Case,
    municipality: Municipality,
    caller: Callable[..., Caller],
) -> None:
    support_person = caller(municipality, municipality.support_person)
    answer = support_person.post(f"/enrolments/{case.enrolment_id}/transfers", wanted(case, **changed))
    assert (answer.status_code, answer.get_json()["code"], answer.get_json()["where"]) == (422, code, where)
    assert "12345678901" not in answer.get_data(as_text=True)
    with municipality.at_work(), reading() as session:
        assert session.scalar(select(func.count()).select_from(Purchase)) == 0


def test_a_name_in_any_script_is_kept_to_the_letter(
    case: Case, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    support_person = caller(municipality, municipality.support_person)
    body = wanted(case, payee_name=f"Ж {RIGHT_TO_LEFT}", description=RIGHT_TO_LEFT)
    asked = support_person.done(f"/enrolments/{case.enrolment_id}/transfers", body)
    assert asked["description"] == RIGHT_TO_LEFT


@pytest.mark.parametrize("count", [0, -1, 1e9, "1", 10**10, True])
def test_a_run_is_not_started_on_a_count_that_cannot_be_meant(
    count: object, case: Case, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    finance = caller(municipality, municipality.finance_officer)
    answer = finance.post("/payment-runs", {"programme": case.programme, "expected_count": count})
    problem = answer.get_json()
    assert (answer.status_code, problem["code"], problem["where"]) == (
        422,
        "fields_invalid",
        "expected_count",
    )
    assert problem["errors"][0]["detail"] != problem["errors"][0]["detail_en"]


@pytest.mark.parametrize(
    "content",
    [b"MZ" + b"\0" * 99, statement_file(SampleStatement([], currency="EUR")), b"<Document"],
    ids=["program", "currency", "cut"],
)
def test_a_statement_that_is_none_is_kept_and_refused_in_both_languages(
    content: bytes, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    finance = caller(municipality, municipality.finance_officer)
    taken = finance.send("POST", "/bank-statements", data=content, content_type="application/xml")
    assert (taken.status_code, taken.get_json()["state"]) == (201, "refused")
    shown = finance.seen(f"/bank-statements/{taken.get_json()['id']}")
    assert shown["explanation"]["danish"] != shown["explanation"]["english"]


@pytest.mark.parametrize("content", [b"MZ\0\0", b"<Document/>", b"\xff\xfe"], ids=["program", "other", "cut"])
def test_a_status_file_that_is_none_is_refused_and_not_kept(
    content: bytes, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    finance = caller(municipality, municipality.finance_officer)
    answer = finance.send("POST", "/payment-status-files", data=content, content_type="application/xml")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "status_file_unknown")
    assert kept(municipality) == [0] * len(KEPT)


def test_a_decision_rests_on_a_reference_of_reasonable_length(
    ids: Ids, municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    finance = caller(municipality, municipality.finance_officer)
    words = {"was_paid": True, "reference": "R" * 101, "because": "Banken svarede."}
    answer = finance.post(f"/payouts/{ids.payout}/decision", words)
    assert (answer.status_code, answer.get_json()["where"]) == (422, "reference")


def wanted(case: Case, **changed: object) -> dict[str, Any]:
    """Return a transfer to an account that would be taken, but for what is changed."""
    body: dict[str, Any] = {
        "plan_item_id": str(case.plan_item_ids[0]),
        "description": "Depositum",
        "amount_oere": 250_00,
        "payee_name": "Udlejer",
        **({} if "iban" in changed else ACCOUNT),
    }
    return body | changed
