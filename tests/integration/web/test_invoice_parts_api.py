"""Parts, fees, answers and the approval of many, by the API."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest

from raaderum.kernel.money import Oere
from raaderum.testing.cases import approved_purchase, case_with_grant

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller

    from raaderum.testing.municipality import Municipality

XML: Final = "application/xml"


class Unread(BytesIO):
    """A body of which every byte that is read is counted."""

    was_read = 0

    def read(self, size: int | None = -1, /) -> bytes:
        content = b"x" * max(0, min(size or 0, 1_000))
        self.was_read += len(content)
        return content


@pytest.fixture
def finance(municipality: Municipality, caller: Callable[..., Caller]) -> Caller:
    return caller(municipality, municipality.finance_officer)


@pytest.fixture
def taken_in(finance: Caller, invoice_file: Callable[..., bytes]) -> Callable[..., str]:
    def do(code: str, number: str, payable: int) -> str:
        content = invoice_file(code, number=number, payable=payable)
        answer = finance.send("POST", "/invoices", data=content, content_type=XML).get_json()
        assert answer["outcome"] == "matched"
        return str(answer["id"])

    return do


def test_a_purchase_is_paid_in_parts(
    municipality: Municipality, finance: Caller, taken_in: Callable[..., str]
) -> None:
    purchase = approved_purchase(case_with_grant(municipality), Oere(9_000_00))
    first = taken_in(purchase.code, "F-1", 4_000_00)
    standing = finance.seen(f"/invoices/{first}/standing")
    assert standing["part"] == {
        "ordered_oere": 9_000_00,
        "invoiced_oere": 0,
        "this_oere": 4_000_00,
        "left_oere": 5_000_00,
        "is_last": False,
    }
    assert standing["times"]["lies_with"] == "approval"
    finance.done(f"/invoices/{first}/approve")
    second = taken_in(purchase.code, "F-2", 3_000_00)
    assert finance.seen(f"/invoices/{second}/standing")["part"]["invoiced_oere"] == 4_000_00
    finance.done(f"/invoices/{second}/approve", {"last": True})
    assert finance.seen(f"/invoices/{second}/standing")["part"] is None
    refused = finance.send("POST", f"/invoices/{second}/approve", {"last": "perhaps"})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "fields_invalid")


def test_many_are_tried_out_and_approved_once(
    municipality: Municipality, finance: Caller, taken_in: Callable[..., str]
) -> None:
    purchase = approved_purchase(case_with_grant(municipality), Oere(5_000_00))
    ids = [taken_in(purchase.code, number, 3_000_00) for number in ("F-1", "F-2")]
    for path, expected in (("/invoice-approvals/dry-run", 3_000_00), ("/invoice-approvals", 3_000_00)):
        answer = finance.done(path, {"invoice_ids": ids})
        assert answer["total_oere"] == expected
        assert [one["problem_code"] for one in answer["lines"]].count("invoice_above_committed") == 1
        assert sum(one["amount_oere"] for one in answer["by_account"]) == expected
    assert finance.done("/invoice-approvals", {"invoice_ids": ids})["total_oere"] == 0


def test_what_is_not_a_reminder_has_no_fee(
    municipality: Municipality, finance: Caller, taken_in: Callable[..., str]
) -> None:
    purchase = approved_purchase(case_with_grant(municipality))
    invoice = taken_in(purchase.code, "F-1", 1_00)
    refused = finance.send("POST", f"/invoices/{invoice}/fee")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "not_a_reminder")
    assert finance.seen(f"/invoices/{invoice}/responses") == {"items": []}


def test_a_hundred_megabytes_are_refused_by_their_announced_length_alone(finance: Caller) -> None:
    stream = Unread()
    response = finance.send(
        "POST",
        "/invoices",
        input_stream=stream,
        content_type=XML,
        environ_overrides={"CONTENT_LENGTH": "100000000"},
    )
    assert stream.was_read == 0
    assert (response.status_code, response.get_json()["code"]) == (413, "body_too_large")
