"""What the bench measures on: engines of its own, made by the real migrations, gone when it ends."""

from __future__ import annotations

import platform
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
from sqlalchemy import URL, make_url

from raaderum.installation import DATABASE, opened_installation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from raaderum.settings import Settings

_SHOWN: Final = (
    "server_version",
    "fsync",
    "synchronous_commit",
    "full_page_writes",
    "shared_buffers",
    "min_wal_size",
)
_WAL_SEGMENTS: Final = 40


@dataclass(frozen=True, slots=True)
class Login:
    """How somebody reaches a database; as keywords for psycopg and as variables for other programs."""

    host: str
    port: str
    user: str
    password: str
    database: str

    @classmethod
    def from_url(cls, url: str, *, database: str | None = None) -> Login:
        """Read an SQLAlchemy URL of a server behind a socket."""
        parts = make_url(url)
        return cls(
            host=str(parts.query["host"]),
            port=str(parts.query["port"]),
            user=parts.username or "",
            password=str(parts.password or ""),
            database=database or parts.database or "",
        )

    def connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        """Open a connection that commits each statement."""
        return psycopg.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password,
            dbname=self.database,
            autocommit=True,
        )

    def as_url(self) -> str:
        """Return the URL that SQLAlchemy takes."""
        return URL.create(
            "postgresql+psycopg",
            self.user,
            self.password,
            database=self.database,
            query={"host": self.host, "port": self.port},
        ).render_as_string(hide_password=False)

    def as_environment(self) -> dict[str, str]:
        """Return the variables that every PostgreSQL client reads."""
        return {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGDATABASE": self.database,
        }


@dataclass(frozen=True, slots=True)
class Workbench:
    """A fresh installation, and who may sign in to its database."""

    folder: Path
    settings: Settings
    application: Login
    administrator: Login

    def conditions(self) -> list[str]:
        """Return the machine and the server's settings, as lines."""
        with self.administrator.connect() as connection:
            shown = {name: connection.execute(f"show {name}").fetchone() for name in _SHOWN}
        values = ", ".join(f"{name} {value[0]}" for name, value in shown.items() if value)
        return [
            f"PostgreSQL: {values}; unix socket, SCRAM",
            f"Python {platform.python_version()}, psycopg {psycopg.__version__}, {platform.machine()}",
        ]


@contextmanager
def workbench() -> Iterator[Workbench]:
    """Give an installation in a temporary folder; stop its engines and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="raaderum-bench-"))
    try:
        with opened_installation(folder, environment={}) as installation:
            engines = installation.engines
            assert engines is not None
            administrator = Login.from_url(engines.administrator_url, database=DATABASE)
            _run_in(administrator)
            yield Workbench(
                folder,
                installation.settings,
                Login.from_url(installation.settings.database_url),
                administrator,
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_in(administrator: Login) -> None:
    """Give the server the log files of one that has run for a day: a new one fills each with zeros."""
    with administrator.connect() as connection:
        connection.execute("alter system set min_wal_size = '1GB'")
        connection.execute("select pg_reload_conf()")
        for _ in range(_WAL_SEGMENTS):
            connection.execute("select pg_logical_emit_message(false, '', ''), pg_switch_wal()")
        connection.execute("checkpoint")
