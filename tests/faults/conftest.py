"""An installation of these tests' own: its engines are stopped, emptied and restarted."""

from __future__ import annotations

import shutil
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url

from raaderum.bootstrap import create_worker
from raaderum.embedded import Engines
from raaderum.persistence.database import db
from raaderum.persistence.sealing import MasterKey
from raaderum.plugin_api import ENTRY_POINT_GROUP
from raaderum.plugin_host.registry import PluginRegistry
from raaderum.settings import Settings
from raaderum.testing import provider_simulator
from raaderum.testing.cases import Case, case_with_grant
from raaderum.testing.engines_for_tests import EnginesForTests
from raaderum.testing.municipality import found_municipality
from raaderum.testing.provider_simulator import IDENTIFIER
from raaderum.testing.simulated_payments import SimulatedPayments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from raaderum.testing.municipality import Municipality

LIKE = "halsnaes"
TENANT = f"""
id = "5c1f0a52-7d0e-4b69-9a55-0d5f6e0b0999"
name = "Prøve Kommune"
municipality_code = 999
invoices_paid_by = "{IDENTIFIER}"
[ledger_export]
identifier = "file"
mode = "sandbox"
[[payout_providers]]
identifier = "{IDENTIFIER}"
mode = "sandbox"
settings = {{ hang_seconds = "1.5" }}
"""


@pytest.fixture(scope="session")
def own_engines(state_folder: Path, worker_id: str) -> Iterator[Engines]:
    engines = Engines.start(state_folder / f"faults-{worker_id}")
    yield engines
    engines.stop()


@pytest.fixture(scope="session")
def own_settings(own_engines: Engines, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("faults")
    (folder / "master.key").write_text(MasterKey.new_text())
    engines = EnginesForTests(own_engines.administrator_url, own_engines.queue_url)
    return Settings(
        database_url=engines.database("faults", folder),
        queue_url=own_engines.queue_url,
        master_key_file=folder / "master.key",
        tenants_folder=tenants_that_pay_by_simulator(folder / "tenants"),
        files_folder=folder / "files",
    )


def tenants_that_pay_by_simulator(folder: Path) -> Path:
    """Write one municipality with the programmes of one of ours, that pays through the simulator."""
    ours = Path("tenants")
    shutil.copytree(ours / LIKE / "programmes", folder / LIKE / "programmes")
    shutil.copy(ours / "_defaults.toml", folder)
    (folder / LIKE / "tenant.toml").write_text(TENANT)
    for file in (folder / LIKE / "programmes").iterdir():
        file.write_text(file.read_text().replace("supplier_invoice", IDENTIFIER))
    return folder


@pytest.fixture(scope="session")
def own_app(own_settings: Settings) -> Iterator[Flask]:
    installed = [(point.name, point.load()) for point in entry_points(group=ENTRY_POINT_GROUP)]
    not_paying = [one for one in installed if not hasattr(one[1], "raaderum_payout_providers")]
    registry = PluginRegistry.collect([*not_paying, ("simulator", provider_simulator)])
    app = create_worker(own_settings, registry=registry)
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
    database = make_url(own_settings.database_url).database
    url = make_url(own_engines.administrator_url).set(database=database)
    return url.render_as_string(hide_password=False)


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
