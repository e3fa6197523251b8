"""Taking suppliers' files in, and giving them back."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from raaderum.testing.cases import approved_purchase, case_with_grant

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller

    from raaderum.testing.municipality import Municipality

XML = "application/xml"


def test_a_file_sent_as_a_form_keeps_its_name(
    municipality: Municipality, caller: Callable[..., Caller], invoice_file: Callable[..., bytes]
) -> None:
    finance_officer = caller(municipality, municipality.finance_officer)
    parts = {"file": (BytesIO(invoice_file("RD-")), "Blåbær 🫐.xml")}
    response = finance_officer.send("POST", "/invoices", data=parts)
    assert response.status_code == 201
    assert response.get_json()["file_name"] == "Blåbær 🫐.xml"
    assert [finding["rule"] for finding in response.get_json()["findings"]] == ["RD-PLAIN"]


def test_a_file_comes_back_to_the_byte_as_an_attachment_that_no_browser_opens(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    finance_officer = caller(municipality, municipality.finance_officer)
    content = b"<script>alert('\xff\x00')</script>"
    taken_in = finance_officer.send("POST", "/invoices", data=content, content_type=XML).get_json()
    assert (taken_in["outcome"], taken_in["kind"]) == ("rejected", "unreadable")
    response = finance_officer.get(f"/invoices/{taken_in['id']}/original")
    assert response.data == content
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.mimetype == "application/octet-stream"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_suggestion_is_confirmed_by_hand_and_a_duplicate_found(
    municipality: Municipality, caller: Callable[..., Caller], invoice_file: Callable[..., bytes]
) -> None:
    purchase = approved_purchase(case_with_grant(municipality))
    finance_officer = caller(municipality, municipality.finance_officer)
    content = invoice_file("no code of ours")
    first = finance_officer.send("POST", "/invoices", data=content, content_type=XML).get_json()
    assert (first["outcome"], first["purchase_id"]) == ("suggested", str(purchase.id))
    path = f"/invoices/{first['id']}"
    assert finance_officer.post(f"{path}/approve").status_code == 409
    assert finance_officer.done(f"{path}/match", {"purchase_id": str(purchase.id)})["outcome"] == "matched"
    assert finance_officer.done(f"{path}/approve")["payout_id"]
    second = finance_officer.send("POST", "/invoices", data=content, content_type=XML).get_json()
    assert second["outcome"] == "duplicate"


def test_a_file_that_is_put_aside_says_why(
    municipality: Municipality, caller: Callable[..., Caller], invoice_file: Callable[..., bytes]
) -> None:
    finance_officer = caller(municipality, municipality.finance_officer)
    content = invoice_file("RD-")
    taken_in = finance_officer.send("POST", "/invoices", data=content, content_type=XML).get_json()
    dismissed = finance_officer.done(f"/invoices/{taken_in['id']}/dismiss", {"because": "Ikke vores."})
    assert (dismissed["outcome"], dismissed["explanation"]["danish"]) == ("dismissed", "Ikke vores.")
    assert finance_officer.seen(f"/invoices/{taken_in['id']}")["outcome"] == "dismissed"


def test_what_is_no_file_is_refused(municipality: Municipality, caller: Callable[..., Caller]) -> None:
    finance_officer = caller(municipality, municipality.finance_officer)
    for options, status, code in (
        ({"data": b"", "content_type": XML}, 422, "fields_invalid"),
        ({"data": {}, "content_type": "multipart/form-data"}, 422, "fields_invalid"),
        ({"data": {"other": (BytesIO(b"x"), "x.xml")}}, 422, "fields_invalid"),
        (
            {"data": {"file": "text and no file"}, "content_type": "multipart/form-data"},
            422,
            "fields_invalid",
        ),
        ({"data": b"{}", "content_type": "application/json"}, 415, "content_type_not_offered"),
        ({"data": b"--no form", "content_type": "multipart/form-data"}, 422, "fields_invalid"),
    ):
        response = finance_officer.send("POST", "/invoices", **options)
        assert (response.status_code, response.get_json()["code"]) == (status, code), options
    assert finance_officer.seen("/invoices")["items"] == []


def test_a_file_beyond_what_is_taken_in_is_too_large(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    finance_officer = caller(municipality, municipality.finance_officer)
    for size, code in ((10_000_001, "file_too_large"), (11_000_001, "body_too_large")):
        response = finance_officer.send("POST", "/invoices", data=b"x" * size, content_type=XML)
        assert (response.status_code, response.get_json()["code"]) == (413, code)
