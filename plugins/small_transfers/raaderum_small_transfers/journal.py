"""What has been put into which file, and what the bank has said: one database file in the tenant's folder.

Holds keys, amounts, states and the bank's codes; no name, account or CPR number. Whoever writes
stands in line for the file's lock, in threads and processes alike; no connection outlives a call.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_SECONDS_IN_LINE: Final = 20.0
_PAGE: Final = 1_000
_TABLES: Final = """
create table if not exists batch (
    key text primary key, message_id text not null unique, count integer not null,
    total integer not null, content text not null, placed integer not null default 0
) without rowid;
create table if not exists payment (
    instruction_id text not null, key text not null unique, batch_key text not null,
    code text not null, amount integer not null, state text not null, word text not null,
    primary key (batch_key, instruction_id)
) without rowid;
create index if not exists payment_code on payment (code);
"""


class PaymentState(StrEnum):
    """What is known of one payment. The last two are final."""

    ACCEPTED = "accepted"
    UNCLEAR = "unclear"
    COMPLETED = "completed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class KeptBatch:
    """A batch that was written: its file's id, control sums, and a hash of which payments it holds."""

    message_id: str
    count: int
    total: int
    content: str
    is_placed: bool


@dataclass(frozen=True, slots=True)
class KeptPayment:
    """One payment: `word` is the file's id while accepted, else what the bank said of it."""

    instruction_id: str
    key: str
    batch_key: str
    code: str
    amount: int
    state: PaymentState
    word: str


class Journal:
    """The journal of one tenant."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def prepare(self) -> None:
        """Make the tables; raises `sqlite3.Error` where the file cannot be written."""
        with closing(self._connection()) as connection:
            connection.executescript(_TABLES)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Write as one act: all of it stands on the disk afterwards, or none. Others wait meanwhile."""
        with closing(self._connection()) as connection:
            connection.execute("begin immediate")
            try:
                yield Writing(connection)
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    def find_batch(self, key: str) -> KeptBatch | None:
        """Return the batch that was written under `key`."""
        with closing(self._connection()) as connection:
            return _find_batch(connection, key)

    def find_payment(self, key: str) -> KeptPayment | None:
        """Return the payment that was written under `key`."""
        with closing(self._connection()) as connection:
            return _first_payment(connection, "key = ?", key)

    def payments_of(self, batch_key: str, state: PaymentState | None = None) -> Iterator[KeptPayment]:
        """Go through a batch's payments, those in `state` or all; holds a page of them at a time."""
        last, wanted = "", state or "%"
        while True:
            with closing(self._connection()) as connection:
                page = connection.execute(
                    f"{_SELECT} where batch_key = ? and instruction_id > ? and state like ?"
                    " order by instruction_id limit ?",
                    (batch_key, last, wanted, _PAGE),
                ).fetchall()
            if not page:
                return
            yield from map(_as_payment, page)
            last = page[-1][0]

    def unplaced(self) -> list[str]:
        """Return the keys of batches whose files were not seen to stand in the outgoing folder."""
        with closing(self._connection()) as connection:
            return [key for (key,) in connection.execute("select key from batch where not placed")]

    def _connection(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_SECONDS_IN_LINE, isolation_level=None)
        connection.execute("pragma synchronous = full")
        return connection


class Writing:
    """One act of writing, under the lock."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find_batch(self, key: str) -> KeptBatch | None:
        """Return the batch that was written under `key`."""
        return _find_batch(self._connection, key)

    def add_batch(self, key: str, batch: KeptBatch) -> None:
        """Keep a new batch, whose file is not placed yet."""
        values = (key, batch.message_id, batch.count, batch.total, batch.content)
        self._connection.execute(
            "insert into batch (key, message_id, count, total, content) values (?, ?, ?, ?, ?)", values
        )

    def add_payments(self, payments: Iterable[KeptPayment]) -> None:
        """Keep new payments; raises `sqlite3.IntegrityError` for a key that was written before."""
        self._connection.executemany(
            "insert into payment (instruction_id, key, batch_key, code, amount, state, word)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            (
                (one.instruction_id, one.key, one.batch_key, one.code, one.amount, one.state, one.word)
                for one in payments
            ),
        )

    def mark_placed(self, key: str) -> None:
        """Keep that a batch's file stands in the outgoing folder."""
        self._connection.execute("update batch set placed = 1 where key = ?", (key,))

    def key_of_message(self, message_id: str) -> str | None:
        """Return the key of the batch whose file has this id."""
        row = self._connection.execute("select key from batch where message_id = ?", (message_id,)).fetchone()
        return None if row is None else str(row[0])

    def payment_named(self, batch_key: str, *, instruction_id: str, code: str) -> KeptPayment | None:
        """Return a batch's payment by its id, else by its code."""
        return _first_payment(
            self._connection, "batch_key = ? and instruction_id = ?", batch_key, instruction_id
        ) or _first_payment(self._connection, "batch_key = ? and code = ?", batch_key, code)

    def tell(self, key: str, state: PaymentState, word: str) -> None:
        """Keep what the bank said of one payment; a final word stands."""
        self._connection.execute(
            "update payment set state = ?, word = ? where key = ? and state in ('accepted', 'unclear')",
            (state, word, key),
        )

    def tell_all(self, batch_key: str, state: PaymentState, word: str) -> None:
        """Keep what the bank said of a whole batch; a final word stands."""
        self._connection.execute(
            "update payment set state = ?, word = ? where batch_key = ? and state in ('accepted', 'unclear')",
            (state, word, batch_key),
        )


_SELECT: Final = "select instruction_id, key, batch_key, code, amount, state, word from payment"


def _find_batch(connection: sqlite3.Connection, key: str) -> KeptBatch | None:
    row = connection.execute(
        "select message_id, count, total, content, placed from batch where key = ?", (key,)
    ).fetchone()
    return None if row is None else KeptBatch(row[0], row[1], row[2], row[3], is_placed=bool(row[4]))


def _first_payment(connection: sqlite3.Connection, condition: str, *values: str) -> KeptPayment | None:
    row = connection.execute(f"{_SELECT} where {condition} limit 1", values).fetchone()
    return None if row is None else _as_payment(row)


def _as_payment(row: tuple[str, str, str, str, int, str, str]) -> KeptPayment:
    return KeptPayment(*row[:5], PaymentState(row[5]), row[6])
