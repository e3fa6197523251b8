"""An installation under one folder: engines, keys and database, made ready at the first use.

Where `RAADERUM_DATABASE_URL` is set, the operator's own engines are used and nothing is started.
"""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from raaderum.embedded import Engines
from raaderum.persistence.provisioning import Passwords, migrate, prepare_database, prepare_server
from raaderum.persistence.row_security import APPLICATION, MIGRATOR
from raaderum.persistence.sealing import MasterKey
from raaderum.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DATABASE: Final = "raaderum"


@dataclass(frozen=True, slots=True)
class Installation:
    """Settings that work, and the embedded engines where they are ours."""

    settings: Settings
    engines: Engines | None


@contextmanager
def opened_installation(
    state_folder: Path, *, demo: bool = False, environment: Mapping[str, str] = os.environ
) -> Iterator[Installation]:
    """Give an installation that is ready; at the end stop the engines that were started for it."""
    installation = open_installation(state_folder, demo=demo, environment=environment)
    try:
        yield installation
    finally:
        if installation.engines is not None:
            installation.engines.stop_started()


def open_installation(
    state_folder: Path, *, demo: bool = False, environment: Mapping[str, str] = os.environ
) -> Installation:
    """Return an installation that is ready: the operator's, or an embedded one below `state_folder`."""
    if environment.get("RAADERUM_DATABASE_URL"):
        return Installation(Settings.from_environment(environment), engines=None)
    engines = Engines.start(state_folder / "engines")
    passwords = Passwords(
        migrator=_kept_secret(state_folder / "migrator.password"),
        application=_kept_secret(state_folder / "application.password"),
    )
    prepare_server(engines.administrator_url, passwords)
    prepare_database(engines.administrator_url, DATABASE)
    migrate(engines.database_url_for(MIGRATOR, passwords.migrator, DATABASE))
    master_key_file = state_folder / "master.key"
    _keep(master_key_file, MasterKey.new_text())
    settings = Settings(
        database_url=engines.database_url_for(APPLICATION, passwords.application, DATABASE),
        queue_url=engines.queue_url,
        master_key_file=master_key_file,
        tenants_folder=Path(environment.get("RAADERUM_TENANTS", "tenants")),
        files_folder=state_folder / "files",
        demo=demo,
        file_store=environment.get("RAADERUM_FILE_STORE", "disk"),
    )
    return Installation(settings, engines)


def _kept_secret(path: Path) -> str:
    _keep(path, secrets.token_urlsafe(32))
    return path.read_text()


def _keep(path: Path, content: str) -> None:
    """Write `content` to `path`, for the owner's eyes only, unless something stands there already."""
    if path.exists():
        return
    unfinished = path.with_suffix(".new")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
