"""An installation whose municipality pays through the simulator: for tests that kill and stop anything."""

from __future__ import annotations

import os
import re
import shutil
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url

from raaderum.bootstrap import create_worker
from raaderum.persistence.sealing import MasterKey
from raaderum.plugin_api import ENTRY_POINT_GROUP
from raaderum.plugin_host.registry import PluginRegistry
from raaderum.settings import Settings
from raaderum.testing import provider_simulator
from raaderum.testing.engines_for_tests import EnginesForTests
from raaderum.testing.provider_simulator import IDENTIFIER

if TYPE_CHECKING:
    from flask import Flask

LIKE: Final = "halsnaes"
CALLBACK_SECRET: Final = "made-up-secret-of-the-simulator"  # noqa: S105 - a made-up one
_SECRET_VARIABLE: Final = "RAADERUM_SIMULATOR_CALLBACK_SECRET"  # noqa: S105 - the name of a variable
_TENANT: Final = f"""
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
settings = {{ hang_seconds = "HANG", callback_secret = "{_SECRET_VARIABLE}" }}
"""
_METHODS: Final = re.compile(r"^payout_methods = .*$", re.MULTILINE)


def simulated_settings(
    administrator_url: str, queue_url: str, folder: Path, *, database: str, hang_seconds: float = 1.5
) -> Settings:
    """Return settings over a new database, with everything else in `folder`."""
    (folder / "master.key").write_text(MasterKey.new_text())
    return Settings(
        database_url=EnginesForTests(administrator_url, queue_url).database(database, folder),
        queue_url=queue_url,
        master_key_file=folder / "master.key",
        tenants_folder=tenants_that_pay_by_simulator(folder / "tenants", hang_seconds=hang_seconds),
        files_folder=folder / "files",
    )


def tenants_that_pay_by_simulator(folder: Path, *, hang_seconds: float = 1.5) -> Path:
    """Write one municipality with the programmes of one of ours, that pays through the simulator."""
    ours = Path("tenants")
    shutil.copytree(ours / LIKE / "programmes", folder / LIKE / "programmes")
    shutil.copy(ours / "_defaults.toml", folder)
    (folder / LIKE / "tenant.toml").write_text(_TENANT.replace("HANG", str(hang_seconds)))
    for file in (folder / LIKE / "programmes").iterdir():
        file.write_text(_METHODS.sub(f'payout_methods = ["{IDENTIFIER}"]', file.read_text()))
    return folder


def simulated_app(settings: Settings) -> Flask:
    """Return a worker's application in which the simulator is the only way of paying."""
    os.environ[_SECRET_VARIABLE] = CALLBACK_SECRET
    installed = [(point.name, point.load()) for point in entry_points(group=ENTRY_POINT_GROUP)]
    not_paying = [one for one in installed if not hasattr(one[1], "raaderum_payout_providers")]
    registry = PluginRegistry.collect([*not_paying, ("simulator", provider_simulator)])
    return create_worker(settings, registry=registry)


def administrator_url_of(settings: Settings, administrator_url: str) -> str:
    """Return the superuser's way into the database: for letting time pass, and planting faults."""
    database = make_url(settings.database_url).database
    return make_url(administrator_url).set(database=database).render_as_string(hide_password=False)
