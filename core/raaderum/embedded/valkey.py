"""Valkey as a private server: a socket only, a password always, every write logged to disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from raaderum.embedded import outside
from raaderum.embedded.accounts import hand_over
from raaderum.embedded.processes import demand_success, run_as
from raaderum.embedded.programs import locate_valkey, within_reach
from raaderum.embedded.sockets import reachable_folder
from raaderum.embedded.state_folder import keep_password

_SOCKET = "valkey.sock"
_ANSWER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Valkey:
    """The Valkey server whose data lies in `folder`; a `lifecycle.Server`."""

    folder: Path
    password: str = field(repr=False)
    name: str = "Valkey"

    @classmethod
    def below(cls, state_folder: Path) -> Self:
        """Return the server of a state folder, running or not."""
        return cls(state_folder / "valkey", keep_password(state_folder / "valkey.password"))

    @property
    def lifeline(self) -> Path:
        """The lock that every process of the server holds."""
        return self.folder.with_suffix(".alive")

    @property
    def log(self) -> Path:
        """The file that the server logs to."""
        return self.folder / "server.log"

    @property
    def url(self) -> str:
        """The URL, password included, of database 0."""
        return f"unix://:{quote(self.password, safe='')}@{quote(str(self._socket()))}?db=0"

    def launch(self, lifeline: int) -> None:
        """Start the server detached from us; the settings go in by standard input, where nobody sees them."""
        account = hand_over(self.folder)
        programs = within_reach(locate_valkey(), "valkey-server", account, record=self._programs_record)
        outcome = run_as(
            account,
            [programs.path_to("valkey-server"), "-"],
            folder=self.folder,
            standard_input=self._settings().encode(),
            inherited=[lifeline],
        )
        demand_success(outcome, engine=self.name, log=self.log)

    def find_obstacle(self) -> str | None:
        """Return None when the server answers to our password, else why not."""
        try:
            with self._client() as client:
                client.ping()
        except redis.RedisError as problem:
            return str(problem)
        return None

    def request_stop(self) -> None:
        """Ask the server to write everything to disk and end."""
        try:
            with self._client() as client:
                client.shutdown()
        except redis.RedisError:
            # It has just gone, or is going: the lifeline tells whoever waits.
            return

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

    def _socket(self) -> Path:
        return reachable_folder(self.folder, _SOCKET, record=self._socket_record) / _SOCKET

    def _client(self) -> redis.Redis:
        return redis.Redis(
            unix_socket_path=str(self._socket()),
            password=self.password,
            socket_timeout=_ANSWER_SECONDS,
            socket_connect_timeout=_ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )

    def _settings(self) -> str:
        """Paths are relative: the server is started in its folder and stays there."""
        return "\n".join(
            (
                "port 0",
                f"unixsocket {_SOCKET}",
                "unixsocketperm 700",
                f"requirepass {self.password}",
                "daemonize yes",
                "pidfile valkey.pid",
                "logfile server.log",
                "appendonly yes",
                "appendfsync everysec",
                'save ""',
                "",
            )
        )
