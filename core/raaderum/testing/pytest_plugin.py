"""Fixtures on real engines: an application over a database of its own, and municipalities within it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from raaderum.bootstrap import create_app
from raaderum.embedded import Engines
from raaderum.persistence.database import db
from raaderum.persistence.sealing import MasterKey
from raaderum.settings import Settings
from raaderum.testing.engines_for_tests import EnginesForTests, engines_for_tests
from raaderum.testing.municipality import Municipality, found_municipality

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

_STATE = Path(os.environ.get("RAADERUM_TEST_STATE", ".state/tests"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop the embedded engines once the whole run is over, if any were started."""
    if hasattr(session.config, "workerinput") or not (_STATE / "engines").exists():
        return
    Engines.start(_STATE / "engines").stop()


@pytest.fixture(scope="session")
def state_folder() -> Path:
    """Return the folder for engines that the processes of one run share."""
    _STATE.mkdir(parents=True, exist_ok=True)
    return _STATE.resolve()


@pytest.fixture(scope="session")
def test_engines(state_folder: Path) -> EnginesForTests:
    """Return running engines: the environment's, else embedded ones."""
    return engines_for_tests(state_folder)


@pytest.fixture(scope="session")
def settings(
    test_engines: EnginesForTests,
    state_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Settings:
    """Return settings over a new database, which the application uses as its own role."""
    folder = tmp_path_factory.mktemp("installation")
    master_key_file = folder / "master.key"
    master_key_file.write_text(MasterKey.new_text())
    return Settings(
        database_url=test_engines.database(f"test_{worker_id}", state_folder),
        queue_url=test_engines.queue_url,
        master_key_file=master_key_file,
        tenants_folder=Path("tenants"),
        files_folder=folder / "files",
        demo=True,
    )


@pytest.fixture(scope="session")
def whole_app(settings: Settings) -> Iterator[Flask]:
    """Return the whole application, made once per process."""
    app = create_app(settings)
    app.testing = True
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(whole_app: Flask) -> Iterator[Flask]:
    """Return the application, within its context."""
    with whole_app.app_context():
        yield whole_app


@pytest.fixture
def new_municipality(app: Flask, settings: Settings) -> Callable[..., Municipality]:
    """Return a function that adds a municipality with the rules of one of the four (`like`)."""

    def found(like: str = "halsnaes") -> Municipality:
        return found_municipality(app, like=like, files=settings.files_folder)

    return found


@pytest.fixture
def municipality(new_municipality: Callable[..., Municipality]) -> Municipality:
    """Return a municipality of this test's own, with the rules of Halsnæs."""
    return new_municipality()
