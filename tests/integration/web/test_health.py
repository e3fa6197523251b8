"""What load balancers are told, and what callers are told while the database is away."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from psycopg import OperationalError
from sqlalchemy import event

from raaderum.persistence.database import db
from raaderum.persistence.doorbell import install_doorbell
from raaderum.worker.queue import QueueDoorbell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest
    from flask import Flask
    from tests.integration.web.conftest import Caller

    from raaderum.settings import Settings
    from raaderum.testing.municipality import Municipality


@contextmanager
def database_away() -> Iterator[None]:
    """Let no new connection to the database succeed."""

    def refuse(*_arguments: object) -> None:
        raise OperationalError

    db.engine.dispose()
    event.listen(db.engine, "do_connect", refuse)
    try:
        yield
    finally:
        event.remove(db.engine, "do_connect", refuse)


def test_a_process_that_answers_is_alive_and_ready(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").get_json() == {"status": "alive"}
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.get_json() == {"status": "ready", "database": "ready", "queue": "reachable"}


def test_without_the_database_it_is_alive_and_not_ready(app: Flask) -> None:
    client = app.test_client()
    with database_away():
        assert client.get("/healthz").status_code == 200
        response = client.get("/readyz")
    assert (response.status_code, response.get_json()["database"]) == (503, "away")
    assert client.get("/readyz").status_code == 200


def test_without_the_queue_it_is_ready_all_the_same(app: Flask, settings: Settings) -> None:
    install_doorbell(app, QueueDoorbell("redis://127.0.0.1:1/0"))
    try:
        response = app.test_client().get("/readyz")
    finally:
        install_doorbell(app, QueueDoorbell(settings.queue_url))
    assert response.status_code == 200
    assert response.get_json() == {"status": "ready", "database": "ready", "queue": "away"}


def test_without_the_database_every_caller_is_told_to_come_back(
    municipality: Municipality, caller: Callable[..., Caller], caplog: pytest.LogCaptureFixture
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    with database_away():
        for response in (coordinator.get("/enrolments"), coordinator.post("/citizens", {"name": "Mia"})):
            assert (response.status_code, response.get_json()["code"]) == (503, "unavailable")
            assert response.mimetype == "application/problem+json"
            assert int(response.headers["Retry-After"]) > 0
    assert [record.levelname for record in caplog.records if "raaderum.web" in record.name] == ["WARNING"] * 2
    assert coordinator.get("/enrolments").status_code == 200


def test_every_answer_of_the_api_is_private_and_has_an_id(
    municipality: Municipality, caller: Callable[..., Caller], app: Flask
) -> None:
    coordinator = caller(municipality, municipality.coordinator)
    answers = [
        coordinator.get("/me"),
        coordinator.get("/nothing"),
        coordinator.send("OPTIONS", "/me"),
        app.test_client().get("/api/v1/openapi.json"),
        app.test_client().get("/healthz"),
    ]
    for response in answers:
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert len({response.headers["X-Request-Id"] for response in answers}) == len(answers)
