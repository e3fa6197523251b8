"""Where the sandbox issuer keeps its cards and payments: one small database in the tenant's folder."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILE: Final = "cards.sqlite3"
_PATIENCE_SECONDS: Final = 10
_TABLES: Final = """
create table if not exists secret (value text not null);
create table if not exists card (
    reference text primary key, order_key text not null unique, state text not null, last_four text not null,
    expires_on text not null, all_time integer not null default 0, per_payment integer,
    allowed text not null default '', blocked text not null default ''
);
create table if not exists done (key text primary key, reference text not null);
create table if not exists authorisation (
    reference text primary key, card text not null references card, asked integer not null,
    held integer not null default 0, is_open integer not null default 0, merchant text not null
);
create table if not exists movement (
    reference text primary key, card text not null references card, authorisation text,
    amount integer not null, moved_at text not null
);
create table if not exists event (number integer primary key, occurred_at text not null, body blob not null);
"""


class SandboxStore:
    """Safe for threads and processes: each act is one transaction that takes the write lock at its start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / _FILE

    def prepare(self) -> None:
        """Make the folder and the tables; raise `OSError` or `sqlite3.Error` where that cannot be."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as database:
            database.executescript(_TABLES)
        with self.act() as database:
            if database.execute("select 1 from secret").fetchone() is None:
                # It signs what the made-up shop sends to our own door, and opens nothing else.
                database.execute("insert into secret values (?)", (secrets.token_urlsafe(32),))

    @contextmanager
    def act(self) -> Iterator[sqlite3.Connection]:
        """Give the database for one act; what it did stands when the block ends without an exception."""
        with closing(self._connect()) as database:
            database.execute("begin immediate")
            try:
                yield database
            except BaseException:
                database.execute("rollback")
                raise
            database.execute("commit")

    def secret(self) -> str:
        """Return what calls are signed with."""
        with self.act() as database:
            return str(database.execute("select value from secret").fetchone()["value"])

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=_PATIENCE_SECONDS, isolation_level=None)
        database.row_factory = sqlite3.Row
        return database
