"""PostgreSQL and Valkey together: started when they are not running, found when they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from raaderum.embedded import state_folder as state
from raaderum.embedded.errors import StateFolderUnusable
from raaderum.embedded.lifecycle import PATIENCE_SECONDS, Server, bring_up, shut_down
from raaderum.embedded.locks import holding
from raaderum.embedded.postgresql import Postgresql
from raaderum.embedded.valkey import Valkey

_PATIENCE_SECONDS = 4 * PATIENCE_SECONDS
"""As long as another process may need to bring both servers up, or down, with some to spare."""


@dataclass(frozen=True, slots=True)
class Engines:
    """Running engines. They belong to the state folder, not to a process: others use the same ones.

    `started` names those that this call of `start` has started; the rest ran already.
    """

    state_folder: Path
    started: frozenset[str]
    _postgresql: Postgresql = field(repr=False)
    _valkey: Valkey = field(repr=False)

    @classmethod
    def start(cls, state_folder: Path) -> Self:
        """Return when both engines answer; start what is not running, also after a crash.

        Processes that do so at once get the same engines. Raises subclasses of `SetupInvalid`.
        """
        folder = state.prepare(state_folder)
        with _exclusively(folder):
            postgresql, valkey = Postgresql.below(folder), Valkey.below(folder)
            started = _bring_up_all(postgresql, valkey)
        return cls(folder, frozenset(started), postgresql, valkey)

    @property
    def administrator_url(self) -> str:
        """The SQLAlchemy URL of PostgreSQL's superuser: for making roles and databases, nothing else."""
        return self._postgresql.administrator_url

    def database_url_for(self, role: str, password: str, database: str) -> str:
        """Return the SQLAlchemy URL by which `role` reaches `database`."""
        return self._postgresql.url_for(role, password, database)

    @property
    def queue_url(self) -> str:
        """The URL of Valkey, for a Redis client."""
        return self._valkey.url

    def stop(self) -> None:
        """Stop both engines in good order, whoever started them; return when they are gone."""
        self._stop({self._postgresql.name, self._valkey.name})

    def stop_started(self) -> None:
        """Stop what this call of `start` has started and leave the rest running."""
        self._stop(self.started)

    def _stop(self, names: set[str] | frozenset[str]) -> None:
        with _exclusively(self.state_folder):
            for server in (self._valkey, self._postgresql):
                if server.name in names:
                    shut_down(server)


@contextmanager
def running_engines(state_folder: Path) -> Iterator[Engines]:
    """Give running engines to the block; at its end stop those that were started for it."""
    engines = Engines.start(state_folder)
    try:
        yield engines
    finally:
        engines.stop_started()


@contextmanager
def _exclusively(folder: Path) -> Iterator[None]:
    """Keep other processes from starting and stopping, and name the folder in what the system refuses."""
    try:
        with holding(folder / state.LOCK, patience_seconds=_PATIENCE_SECONDS):
            yield
    except OSError as problem:
        raise StateFolderUnusable(folder=folder, reason=problem.strerror or problem) from problem


def _bring_up_all(*servers: Server) -> list[str]:
    """Return the names of the servers started; if one fails, those before it are stopped again."""
    started: list[Server] = []
    try:
        for server in servers:
            if bring_up(server):
                started.append(server)  # noqa: PERF401 - the list so far is needed when one fails
    except BaseException:
        for server in started:
            shut_down(server)
        raise
    return [server.name for server in started]
