"""A CPR number goes in and is seen nowhere after: no answer, no problem, no log, no stored answer."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from psycopg import OperationalError
from sqlalchemy import event

from raaderum.persistence.database import db
from raaderum.testing.cases import made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest
    from tests.integration.web.conftest import Caller

    from raaderum.testing.municipality import Municipality


@contextmanager
def failing_statements(error: Exception) -> Iterator[None]:
    """Let every statement of the database fail with `error`."""

    def fail(*_arguments: object) -> None:
        raise error

    event.listen(db.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", fail)


def test_no_answer_and_no_log_holds_a_cpr_number(
    municipality: Municipality, caller: Callable[..., Caller], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    coordinator = caller(municipality, municipality.coordinator)
    team_leader = caller(municipality, municipality.team_leader)
    cpr = made_up_cpr().digits
    dashed = f"{cpr[:6]}-{cpr[6:]}"
    good = {"name": "Mia Mortensen", "cpr": dashed}
    said = [
        coordinator.post("/citizens", good, key="k"),
        coordinator.post("/citizens", good, key="k"),
        coordinator.post("/citizens", good),
        coordinator.post("/citizens", {**good, "cpr": cpr + "1"}),
        coordinator.post("/citizens", {**good, "cpr": [cpr]}),
        coordinator.post("/citizens", {**good, "name": ""}),
        coordinator.post("/citizens", {**good, cpr: "", f"cpr{dashed}": ""}),
        coordinator.send("POST", "/citizens", data=f'{{"cpr": {cpr}', content_type="application/json"),
        coordinator.send("POST", "/citizens", data=f"cpr={cpr}", content_type="text/plain"),
        coordinator.get("/enrolments"),
        team_leader.get("/audit"),
    ]
    with failing_statements(ValueError(f"Key (cpr)=({cpr})")):
        said.append(coordinator.post("/citizens", good))
    with failing_statements(OperationalError(f"connection lost while writing {cpr}")):
        said.append(coordinator.post("/citizens", good))
    assert [response.status_code for response in said] == [
        201, 201, 409, 422, 422, 422, 422, 400, 415, 200, 200, 500, 503,
    ]  # fmt: skip
    everything = "\n".join([*(response.get_data(as_text=True) for response in said), caplog.text])
    assert [record for record in caplog.records if record.name == "raaderum.web.problems"]
    for written in (cpr, dashed, cpr[:6]):
        assert written not in everything


def test_a_fault_of_ours_is_logged_by_kind_and_place_under_the_requests_id(
    municipality: Municipality, caller: Callable[..., Caller], caplog: pytest.LogCaptureFixture
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    with failing_statements(ZeroDivisionError("the secret of the row")):
        response = coordinator.get("/me")
    problem = response.get_json()
    assert (response.status_code, problem["code"]) == (500, "unforeseen")
    [record] = [record for record in caplog.records if record.name == "raaderum.web.problems"]
    assert problem["request_id"] in record.getMessage()
    assert "ZeroDivisionError" in record.getMessage()
    assert "secret" not in caplog.text + response.get_data(as_text=True)
