"""Statements, lines and proofs by the API."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from raaderum.kernel import clock
from raaderum.reconciliation.matching import match_lines
from raaderum.testing.sample_statements import SampleEntry, SampleStatement, statement_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.web.conftest import Caller

    from raaderum.testing.municipality import Municipality


def test_a_statement_is_taken_in_shown_given_back_and_its_line_put_aside(
    municipality: Municipality, caller: Callable[..., Caller]
) -> None:
    finance = caller(municipality, municipality.finance_officer)
    content = statement_file(SampleStatement([SampleEntry(-5_00, "A1", text="Gebyr")]))
    taken = finance.send("POST", "/bank-statements", data=content, content_type="application/xml")
    assert taken.status_code == 201
    file = taken.get_json()
    assert (file["state"], file["line_count"], file["fault_count"]) == ("taken_in", 1, 0)
    with municipality.at_work():
        match_lines(file["id"])
    (statement,) = finance.seen(f"/bank-statements/{file['id']}")["statements"]
    assert (statement["line_sum_oere"], statement["difference_oere"]) == (-5_00, 0)
    assert finance.get(f"/bank-statements/{file['id']}/original").data == content
    (line,) = finance.seen("/bank-lines?outcome=unmatched")["items"]
    assert finance.seen(f"/bank-lines/{line['id']}")["text"] == "Gebyr"
    done = finance.done(f"/bank-lines/{line['id']}/dismiss", {"because": "Gebyr"})
    assert done["outcome"] == "not_ours"
    again = finance.send("POST", "/bank-statements", data={"file": (BytesIO(content), "igen.xml")})
    assert again.get_json()["state"] == "duplicate"
    assert [one["state"] for one in finance.seen("/bank-statements")["items"]] == ["duplicate", "taken_in"]


@pytest.mark.parametrize(("first", "status"), [("2026-01-02", 422), ("1999-01-01", 422)])
def test_days_that_cannot_be_proven_are_refused(
    municipality: Municipality, caller: Callable[..., Caller], first: str, status: int
) -> None:
    finance = caller(municipality, municipality.finance_officer)
    response = finance.post("/proofs", {"first_day": first, "last_day": "2026-01-01"})
    assert response.status_code == status
    assert "days_wrong" in response.get_data(as_text=True)


def test_a_proof_is_made_and_shown(municipality: Municipality, caller: Callable[..., Caller]) -> None:
    today = clock.today().isoformat()
    made = caller(municipality, municipality.finance_officer).done(
        "/proofs", {"first_day": today, "last_day": today}
    )
    leader = caller(municipality, municipality.team_leader)
    shown = leader.seen(f"/proofs/{made['id']}")
    assert shown == made
    assert (shown["holds"], shown["remainders"], shown["silent_providers"]) == (True, [], [])
    assert leader.seen("/proofs")["items"][0]["id"] == made["id"]
    assert leader.get("/bank-lines").status_code == 403
