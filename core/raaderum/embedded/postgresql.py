"""PostgreSQL as a private server: a socket only, SCRAM passwords always, full durability."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess
from typing import Self

import psycopg
from sqlalchemy import URL

from raaderum.embedded import outside
from raaderum.embedded.accounts import Account, hand_over
from raaderum.embedded.errors import PasswordLost
from raaderum.embedded.postgresql_data import (
    begin_unfinished,
    create_in,
    demand_same_version,
    forget_dead_process,
)
from raaderum.embedded.processes import demand_success, run_as, seen_from_within
from raaderum.embedded.programs import Programs, in_use, locate_postgresql, within_reach
from raaderum.embedded.sockets import reachable_folder
from raaderum.embedded.state_folder import keep_password

_ADMINISTRATOR = "administrator"
_PORT = 5432
"""Only a part of the socket's name; no port is opened."""
_SOCKET = f".s.PGSQL.{_PORT}"
_ANSWER_SECONDS = 5

_SETTINGS = {
    "listen_addresses": "",
    "port": str(_PORT),
    "unix_socket_directories": ".",  # the data folder, which nobody else can enter
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A message may quote what a citizen wrote. Whoever sent the statement gets the message;
    # the log gets none of them (`log` leaves out errors), no details and no parameters.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""Given on the command line at every start: they hold for old data too, and nobody can alter them by SQL."""


@dataclass(frozen=True, slots=True)
class Postgresql:
    """The PostgreSQL server whose data lies in `folder`; a `lifecycle.Server`."""

    folder: Path
    password: str = field(repr=False)
    name: str = "PostgreSQL"

    @classmethod
    def below(cls, state_folder: Path) -> Self:
        """Return the server of a state folder, running or not. Raises `PasswordLost`."""
        folder = state_folder / "postgresql"
        password = state_folder / "postgresql.password"
        if folder.exists() and not password.exists():
            raise PasswordLost(file=password, folder=state_folder)
        return cls(folder, keep_password(password))

    @property
    def lifeline(self) -> Path:
        """The lock that every process of the server holds."""
        return self.folder.with_suffix(".alive")

    @property
    def log(self) -> Path:
        """The file that the server logs to."""
        return self.folder / "server.log"

    @property
    def administrator_url(self) -> str:
        """The URL of the superuser."""
        return self.url_for(_ADMINISTRATOR, self.password, "postgres")

    def url_for(self, role: str, password: str, database: str) -> str:
        """Return an SQLAlchemy URL, password included."""
        return URL.create(
            "postgresql+psycopg",
            username=role,
            password=password,
            database=database,
            # The port too: a PGPORT in the environment must not lead to another server.
            query={"host": str(self._socket_folder()), "port": str(_PORT)},
        ).render_as_string(hide_password=False)

    def launch(self, lifeline: int) -> None:
        """Start the server detached from us, on data made now if there is none."""
        new = not self.folder.exists()
        home = begin_unfinished(self.folder) if new else self.folder
        account = hand_over(home)
        programs = within_reach(locate_postgresql(), "initdb", account, record=self._programs_record)
        if new:
            create_in(
                home,
                account=account,
                programs=programs,
                administrator=_ADMINISTRATOR,
                password=self.password,
                lifeline=lifeline,
            )
        demand_same_version(self.folder)
        forget_dead_process(self.folder)
        settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
        command = ["start", "--no-wait", f"--log={self.log.name}", f"--options={shlex.join(settings)}"]
        outcome = self._control(command, account=account, programs=programs, inherited=[lifeline])
        demand_success(outcome, engine=self.name, log=self.log)

    def find_obstacle(self) -> str | None:
        """Return None when the server lets our administrator in, else why not."""
        try:
            psycopg.connect(
                host=str(self._socket_folder()),
                port=_PORT,
                user=_ADMINISTRATOR,
                password=self.password,
                dbname="postgres",
                connect_timeout=_ANSWER_SECONDS,
            ).close()
        except psycopg.Error as problem:
            return str(problem)
        return None

    def request_stop(self) -> None:
        """Ask the server to end its sessions, write everything to disk and end."""
        account = hand_over(self.folder)
        programs = in_use(locate_postgresql(), "initdb", account, record=self._programs_record)
        # It fails when the server is going already; the lifeline tells when it has gone.
        self._control(["stop", "--mode=fast", "--no-wait"], account=account, programs=programs)

    def tidy_up(self) -> None:
        """Remove what lies outside the state folder."""
        outside.remove(self._programs_record)
        outside.remove(self._socket_record)

    @property
    def _programs_record(self) -> Path:
        return self.folder.with_suffix(".programs")

    @property
    def _socket_record(self) -> Path:
        return self.folder.with_suffix(".short")

    def _socket_folder(self) -> Path:
        return reachable_folder(self.folder, _SOCKET, record=self._socket_record)

    def _control(
        self, command: list[str], *, account: Account, programs: Programs, inherited: Sequence[int] = ()
    ) -> CompletedProcess[bytes]:
        where = f"--pgdata={seen_from_within(self.folder, account)}"
        pg_ctl = programs.path_to("pg_ctl")
        return run_as(account, [pg_ctl, *command, where], folder=self.folder, inherited=inherited)
