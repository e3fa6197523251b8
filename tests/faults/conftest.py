"""An installation of these tests' own: its engines are stopped, emptied and restarted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.embedded import Engines
from raaderum.persistence.database import db
from raaderum.testing.cases import Case, case_with_grant
from raaderum.testing.municipality import found_municipality
from raaderum.testing.simulated_installation import (
    LIKE,
    administrator_url_of,
    simulated_app,
    simulated_settings,
)
from raaderum.testing.simulated_payments import SimulatedPayments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from raaderum.settings import Settings
    from raaderum.testing.municipality import Municipality


@pytest.fixture(scope="session")
def own_engines(state_folder: Path, worker_id: str) -> Iterator[Engines]:
    engines = Engines.start(state_folder / f"faults-{worker_id}")
    yield engines
    engines.stop()


@pytest.fixture(scope="session")
def own_settings(own_engines: Engines, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return simulated_settings(
        own_engines.administrator_url,
        own_engines.queue_url,
        tmp_path_factory.mktemp("faults"),
        database="faults",
    )


@pytest.fixture(scope="session")
def own_app(own_settings: Settings) -> Iterator[Flask]:
    app = simulated_app(own_settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(own_app: Flask) -> Iterator[Flask]:
    """Take the place of the application that other tests share."""
    with own_app.app_context():
        yield own_app


@pytest.fixture
def administrator_url(own_engines: Engines, own_settings: Settings) -> str:
    """Return the superuser's way into the database: for letting time pass, and planting faults."""
    return administrator_url_of(own_settings, own_engines.administrator_url)


@pytest.fixture
def new_municipality(app: Flask, own_settings: Settings) -> Callable[..., Municipality]:
    def found(like: str = LIKE) -> Municipality:
        return found_municipality(app, like=like, files=own_settings.files_folder)

    return found


@pytest.fixture
def payments(municipality: Municipality, own_settings: Settings) -> SimulatedPayments:
    return SimulatedPayments(municipality, own_settings.files_folder)


@pytest.fixture
def case(municipality: Municipality) -> Case:
    return case_with_grant(municipality)
