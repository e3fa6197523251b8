"""Receipts by the API: sent, refused in words, and handed out as files and nothing else."""

from __future__ import annotations

import tracemalloc
from io import RawIOBase
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pytest

from raaderum.persistence.disk_files import DiskFiles
from raaderum.persistence.file_store import FilesUnavailable
from raaderum.testing.receipt_cases import paid_by_card, paid_transfer, paper, photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller, Ids
    from werkzeug.test import TestResponse

    from raaderum.testing.municipality import Municipality

_HUNDRED_MEGABYTES: Final = 100_000_000


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


@pytest.fixture
def as_citizen(municipality: Municipality, ids: Ids, caller: Callable[..., Caller]) -> Caller:
    return caller(municipality, ids.case.citizen)


def sent(caller: Caller, path: str, content: bytes, name: str = "bon.jpg") -> TestResponse:
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--x--\r\n"
    return caller.send("POST", path, data=body, content_type="multipart/form-data; boundary=x")


def test_a_receipt_is_sent_seen_accepted_and_handed_out_as_a_file(
    municipality: Municipality, ids: Ids, caller: Callable[..., Caller], as_citizen: Caller
) -> None:
    due_id = paid_by_card(ids.case)
    receipt = sent(as_citizen, f"/receipt-dues/{due_id}/receipts", photo())
    assert receipt.status_code == 201
    assert receipt.get_json()["kind"] == "jpg"
    coordinator = caller(municipality, municipality.coordinator)
    [waiting] = coordinator.seen("/receipt-dues")["items"]
    assert (waiting["id"], waiting["proof"]) == (str(due_id), "received")
    file = coordinator.get(f"/receipts/{receipt.get_json()['id']}")
    assert file.data.startswith(b"\xff\xd8\xff")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert file.headers["Cache-Control"] == "no-store"
    assert coordinator.done(f"/receipt-dues/{due_id}/accept")["proof"] == "accepted"
    assert as_citizen.seen(f"/enrolments/{ids.case.enrolment_id}/receipts")["dues"][0]["proof"] == "accepted"


def test_a_receipt_without_a_payment_is_tied_afterwards_and_others_state_what_happened(
    municipality: Municipality, ids: Ids, caller: Callable[..., Caller], as_citizen: Caller
) -> None:
    path = f"/enrolments/{ids.case.enrolment_id}/receipts"
    first, second, third = (paid_transfer(ids.case) for _ in range(3))
    receipt = sent(as_citizen, path, paper(), "bon.pdf").get_json()
    assert str(first) in receipt["suggested_dues"] or receipt["suggested_dues"] == []
    tied = as_citizen.done(f"/receipts/{receipt['id']}/dues", {"receipt_due_id": str(first)})
    assert tied["id"] == receipt["id"]
    digest = as_citizen.seen(path)["declaration"]["digest"]
    lost = as_citizen.done(f"/receipt-dues/{second}/lost", {"words": "Blev vasket.", "digest": digest})
    assert lost["proof"] == "declared_lost"
    stale = as_citizen.post(f"/receipt-dues/{third}/lost", {"words": "Væk.", "digest": "0" * 64})
    assert (stale.status_code, stale.get_json()["code"]) == (409, "declaration_changed")
    coordinator = caller(municipality, municipality.coordinator)
    because = {"because": "Kan ikke læses. Tag den igen."}
    assert coordinator.done(f"/receipt-dues/{first}/turn-down", because)["proof"] == "rejected"
    leader = caller(municipality, municipality.team_leader)
    assert leader.done(f"/receipt-dues/{third}/waive", because)["words"] == because["because"]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        pytest.param(b"MZ" + b"\0" * 99, "bon.jpg", "receipt_kind_refused", id="program-called-jpg"),
        pytest.param(b"<svg/>", "bon.png", "receipt_kind_refused", id="svg-called-png"),
        pytest.param(b"", "bon.pdf", "receipt_empty", id="empty"),
        pytest.param(b"%PDF-" + b"0" * 10_000_000, "bon.pdf", "receipt_too_large", id="above-10-mb"),
        pytest.param(b"%PDF-1.7 /Launch %%EOF", "bon.pdf", "receipt_pdf_refused", id="pdf-that-starts-one"),
        pytest.param(b"\xff\xd8\xff" + b"\0" * 99, "bon.jpg", "receipt_picture_refused", id="no-picture"),
    ],
)
def test_what_can_be_no_receipt_is_refused_in_words_whatever_it_is_called(
    ids: Ids, as_citizen: Caller, content: bytes, name: str, code: str
) -> None:
    answer = sent(as_citizen, f"/enrolments/{ids.case.enrolment_id}/receipts", content, name)
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)
    assert answer.get_json()["where"] == "file"


def test_a_hundred_megabytes_are_refused_unread_and_take_no_room(ids: Ids, as_citizen: Caller) -> None:
    body, headers = (
        Endless(),
        {"Authorization": f"Bearer {as_citizen.token}", "Idempotency-Key": "a-large-one"},
    )
    path = f"/api/v1/{as_citizen.slug}/enrolments/{ids.case.enrolment_id}/receipts"
    tracemalloc.start()
    answer = as_citizen.app.test_client().post(
        path,
        input_stream=body,
        headers=headers,
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(_HUNDRED_MEGABYTES)},
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (answer.status_code, answer.get_json()["code"]) == (413, "body_too_large")
    assert body.taken == 0
    assert peak < 10_000_000


def test_a_storage_that_is_full_says_so_and_keeps_no_row(
    ids: Ids, as_citizen: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise FilesUnavailable(where="disk")

    path, due_id = f"/enrolments/{ids.case.enrolment_id}/receipts", paid_by_card(ids.case)
    with monkeypatch.context() as broken:
        broken.setattr(DiskFiles, "put", full)
        answer = sent(as_citizen, f"/receipt-dues/{due_id}/receipts", photo())
    assert (answer.status_code, answer.get_json()["code"]) == (503, "files_unavailable")
    [due] = as_citizen.seen(path)["dues"]
    assert (due["proof"], due["receipts"]) == ("due", [])
    assert sent(as_citizen, f"/receipt-dues/{due_id}/receipts", photo()).status_code == 201


def test_another_municipalitys_receipt_answers_like_one_that_is_not_there(
    ids: Ids,
    as_citizen: Caller,
    caller: Callable[..., Caller],
    new_municipality: Callable[..., Municipality],
) -> None:
    receipt = sent(as_citizen, f"/enrolments/{ids.case.enrolment_id}/receipts", photo()).get_json()
    stranger = new_municipality()
    answers = [
        caller(stranger, stranger.coordinator).get(f"/receipts/{one}") for one in (receipt["id"], uuid4())
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    theirs, missing = ({**answer.get_json(), "request_id": ""} for answer in answers)
    assert theirs == missing
