"""Databases for tests: one per process, copied from a template that the real migrations built."""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from psycopg import sql
from sqlalchemy import make_url, text

from raaderum.embedded import Engines
from raaderum.persistence import row_security
from raaderum.persistence.provisioning import (
    Passwords,
    administering,
    migrate,
    migrations_folder,
    prepare_database,
    prepare_server,
    run_with_names,
)
from raaderum.persistence.row_security import APPLICATION, MIGRATOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection

_PASSWORDS: Final = Passwords(migrator="migrator-of-tests", application="application-of-tests")
"""Of throw-away servers only; real installations make their own."""


@dataclass(frozen=True, slots=True)
class EnginesForTests:
    """PostgreSQL and a queue server that tests may do anything to."""

    administrator_url: str
    queue_url: str

    def database(self, name: str, folder: Path) -> str:
        """Return the application's URL of a new empty database `name`, its tables ready."""
        template = f"template_{_digest_of_migrations()}"
        with _one_at_a_time(folder / "template.lock"):
            self._make_template(template)
            with administering(self.administrator_url) as connection:
                _run(connection, "drop database if exists {} with (force)", name)
                _run(connection, "create database {} template {}", name, template)
                _run(connection, "revoke all on database {} from public", name)
                _run(connection, "grant connect on database {} to {}", name, APPLICATION)
                _run(connection, "alter database {} set search_path = raaderum", name)
        return self.url_for(APPLICATION, _PASSWORDS.application, name)

    def url_for(self, role: str, password: str, database: str) -> str:
        """Return the URL under which `role` signs in."""
        url: URL = make_url(self.administrator_url).set(username=role, password=password, database=database)
        return url.render_as_string(hide_password=False)

    def _make_template(self, template: str) -> None:
        with administering(self.administrator_url) as connection:
            known = connection.scalar(
                text("select 1 from pg_database where datname = :name and datistemplate"), {"name": template}
            )
            if known:
                return
            prepare_server(self.administrator_url, _PASSWORDS)
            _run(connection, "drop database if exists {} with (force)", template)
            prepare_database(self.administrator_url, template)
            migrate(self.url_for(MIGRATOR, _PASSWORDS.migrator, template))
            _run(connection, "alter database {} is_template true", template)


def engines_for_tests(folder: Path) -> EnginesForTests:
    """Return the engines that the environment names, else embedded ones below `folder`.

    `RAADERUM_TEST_ADMINISTRATOR_URL` and `RAADERUM_TEST_QUEUE_URL` name real ones: a PostgreSQL
    superuser and a Redis or Valkey that hold nothing worth keeping.
    """
    administrator_url = os.environ.get("RAADERUM_TEST_ADMINISTRATOR_URL")
    queue_url = os.environ.get("RAADERUM_TEST_QUEUE_URL")
    if administrator_url and queue_url:
        return EnginesForTests(administrator_url, queue_url)
    engines = Engines.start(folder / "engines")
    return EnginesForTests(engines.administrator_url, engines.queue_url)


def _run(connection: Connection, statement: str, *names: str) -> None:
    run_with_names(connection, statement, *map(sql.Identifier, names))


def _digest_of_migrations() -> str:
    """Return a hash of all that makes the tables: a changed migration needs a new template."""
    digest = hashlib.sha256()
    for path in (*sorted(migrations_folder().rglob("*")), Path(row_security.__file__)):
        if path.suffix in {".py", ".sql"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
