"""Spreadsheets over the API: tried out, taken in, refused with every row told, and handed out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.exchange.report import Findings
from raaderum.exchange.sheets import read_file
from raaderum.testing.cases import made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.test import TestResponse

    from raaderum.testing.municipality import Municipality

    Caller = Any

CPR = made_up_cpr(age=27, serial=4_004).digits
GOOD = f"cpr;navn\n{CPR};Mia\n".encode()
FAULTY = b"cpr;navn;alder\n123;Mia;7\n"


@pytest.fixture
def administrator(caller: Callable[..., Caller], municipality: Municipality) -> Caller:
    return caller(municipality, municipality.administrator)


@pytest.fixture
def team_leader(caller: Callable[..., Caller], municipality: Municipality) -> Caller:
    return caller(municipality, municipality.team_leader)


def sent(
    caller: Caller, path: str, content: bytes, *, name: str = "borgere.csv", key: str | None = None
) -> TestResponse:
    response: TestResponse = caller.send("POST", path, key=key, data={"file": (io.BytesIO(content), name)})
    return response


def test_a_file_is_tried_out_and_then_taken_in(administrator: Caller) -> None:
    tried = sent(administrator, "/imports/dry-run", GOOD)
    taken = sent(administrator, "/imports", GOOD)
    again = sent(administrator, "/imports", GOOD)
    assert [response.status_code for response in (tried, taken, again)] == [200, 201, 201]
    assert tried.get_json() == {
        "format": "CSV, UTF-8",
        "dry_run": True,
        "saved": False,
        "counts": [{"kind": "citizens", "new": 1, "already_there": 0, "errors": 0}],
        "errors": [],
        "errors_left_out": 0,
    }
    assert (taken.get_json()["saved"], taken.get_json()["counts"][0]["new"]) == (True, 1)
    assert again.get_json()["counts"][0]["already_there"] == 1


def test_the_same_request_again_is_answered_as_the_first_time(administrator: Caller) -> None:
    first, second = (sent(administrator, "/imports", GOOD, key="k1") for _ in range(2))
    assert first.get_json() == second.get_json()
    assert second.headers["Idempotency-Replayed"] == "true"


def test_a_dry_run_of_a_faulty_file_is_answered_with_its_errors(administrator: Caller) -> None:
    answer = sent(administrator, "/imports/dry-run", FAULTY)
    assert answer.status_code == 200
    errors = answer.get_json()["errors"]
    assert [(error["row"], error["column"]) for error in errors] == [(1, "alder"), (2, ""), (2, "cpr")]
    assert "cpr, navn" in errors[0]["remedy"]
    assert errors[0]["reason_en"] == "The column is unknown."


def test_a_faulty_file_is_refused_with_its_errors_and_nothing_saved(administrator: Caller) -> None:
    refused = sent(administrator, "/imports", FAULTY)
    problem = refused.get_json(force=True)
    assert (refused.status_code, problem["code"]) == (422, "rows_invalid")
    assert [fault["where"] for fault in problem["errors"]] == [
        "borgere.csv:1:alder",
        "borgere.csv:2",
        "borgere.csv:2:cpr",
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_table"),
        ("cpr;navn\n1;Ærø".encode("cp865"), "encoding_unclear"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "old_workbook"),
        (b"cpr;navn\n" + b"1;2\n" * 20_001, "too_many_rows"),
    ],
    ids=["nothing", "encoding", "old workbook", "too many rows"],
)
def test_what_is_no_table_is_refused_by_its_code(administrator: Caller, content: bytes, code: str) -> None:
    refused = sent(administrator, "/imports", content)
    assert (refused.status_code, refused.get_json(force=True)["code"]) == (422, code)


def test_a_table_is_handed_out_with_the_columns_that_were_asked_for(
    administrator: Caller, team_leader: Caller
) -> None:
    sent(administrator, "/imports", GOOD)
    usual = team_leader.get("/exports?kind=citizens&format=csv")
    both = team_leader.get("/exports?kind=citizens&format=csv&columns=cpr,navn")
    assert usual.data.decode("utf-8-sig") == "navn\r\nMia\r\n"
    assert both.data.decode("utf-8-sig") == f"cpr;navn\r\n{CPR[:6]}-{CPR[6:]};Mia\r\n"
    assert "attachment" in both.headers["Content-Disposition"]


def test_an_administrator_takes_tables_in_and_gets_none_out(administrator: Caller) -> None:
    assert administrator.get("/exports?kind=citizens").status_code == 403


def test_a_column_or_table_that_is_not_there_is_told(team_leader: Caller) -> None:
    problem = team_leader.get("/exports?kind=citizens&columns=sko").get_json(force=True)
    assert problem["code"] == "column_not_there"
    assert team_leader.get("/exports?kind=sko").status_code == 422


def test_the_template_has_a_sheet_for_each_kind(administrator: Caller) -> None:
    content = administrator.get("/imports/template").data
    file = read_file(content, kind=None, file_name="x.xlsx", findings=Findings())
    assert len(file.tables) == 6
