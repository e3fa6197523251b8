"""The far side of the simulator: a bank that keeps its money in a file, whoever dies during a call."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel import clock
from raaderum.kernel.money import Oere

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from uuid import UUID

    from raaderum.plugin_api import PaymentOrder

_FILE: Final = "bank.sqlite"
_AWAY: Final = "bank.away"
_MOOD: Final = "bank.mood"
_TABLES: Final = """
create table if not exists taken_in
  (key text primary key, payout text, amount integer, mood integer, code text);
create table if not exists movement (key text, payout text, amount integer, moved_at text, code text);
create index if not exists movement_key on movement (key);
create table if not exists refusal (key text primary key);
create table if not exists call (number integer primary key, key text, what text, due_on text);
create index if not exists call_key on call (key, what);
create table if not exists payee (payout text primary key, name text);
"""


class Behaviour(IntEnum):
    """What the simulator does with an order whose amount ends in these two digits of øre."""

    COMPLETES = 0
    REFUSES = 1
    MOVES_THEN_RAISES = 2
    MOVES_THEN_HANGS = 3
    RAISES_FIRST = 4
    """The first call raises and moves nothing; a second one completes."""
    ACCEPTS = 5
    """Moves, says that it will tell later, and tells at the second look-up."""
    LOOKS_UP_BADLY = 6
    """Moves and raises; the first look-up raises too."""
    FORGETS_KEYS = 7
    """Moves and raises, and would move again for the same key: only a look-up saves the money."""
    TALKS_NONSENSE = 8
    """Moves, and answers with what is no outcome."""
    EXITS = 9
    """Moves, and tries to end the process."""
    SLOW = 10
    """Completes after some time, well within the time-out."""
    TELLS_BY_CALL = 11
    """Moves and raises; a look-up says only `Accepted` for long, a callback tells at once."""
    ACCEPTS_THEN_REFUSES = 12
    """Says that it will tell later, and refuses at the second look-up; nothing moves."""
    MOVEMENT_LEFT_OUT = 13
    """Completes; the list of movements does not have it."""
    MOVEMENT_CHANGED = 14
    """Completes; the list of movements has one øre more."""
    MOVEMENT_TWICE = 15
    """Completes; the list of movements has it twice, under two references."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that has moved: `amount` in øre, below 0 for what came back."""

    key: str
    payout: str
    amount: Oere
    moved_at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """An order that the bank has got: how it behaves with it, and whether its money has moved."""

    key: str
    mood: Behaviour
    has_moved: bool


class SimulatedBank:
    """What the simulator has done for one tenant; several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def movements(self) -> list[Movement]:
        """Return everything that moved, in order."""
        with self._file() as file:
            rows = file.execute("select key, payout, amount, moved_at, code from movement order by rowid")
            return [
                Movement(key, payout, Oere(amount), datetime.fromisoformat(moved_at), code)
                for key, payout, amount, moved_at, code in rows.fetchall()
            ]

    def calls(self, key: str) -> list[str]:
        """Return what was asked about one key, in order: `send`, `take_back`, `look_up`."""
        with self._file() as file:
            rows = file.execute("select what from call where key = ? order by number", (key,)).fetchall()
        return [what for (what,) in rows]

    def due_dates(self) -> list[str]:
        """Return the date that each order came with, in order of the calls."""
        with self._file() as file:
            rows = file.execute("select due_on from call where due_on <> '' order by number").fetchall()
        return [due_on for (due_on,) in rows]

    def keys(self) -> list[str]:
        """Return the keys of all orders that were taken in or refused, in order."""
        with self._file() as file:
            rows = file.execute("select key from taken_in union select key from refusal order by key")
            return [key for (key,) in rows.fetchall()]

    def note_call(self, key: str, what: str, due_on: str = "") -> int:
        """Note a call; return how many such there have been for the key."""
        with self._file() as file:
            file.execute("insert into call (key, what, due_on) values (?, ?, ?)", (key, what, due_on))
            counted = file.execute("select count(*) from call where key = ? and what = ?", (key, what))
            return int(counted.fetchone()[0])

    def find(self, key: str) -> TakenIn | None:
        """Return what was taken in under this key."""
        with self._file() as file:
            taken = file.execute("select mood from taken_in where key = ?", (key,)).fetchone()
            moved = file.execute("select 1 from movement where key = ?", (key,)).fetchone()
        return TakenIn(key, Behaviour(taken[0]), moved is not None) if taken else None

    def take_in(self, key: str, order: PaymentOrder, mood: Behaviour) -> None:
        """Remember an order without moving anything yet."""
        with self._file() as file:
            _take_in(file, key, order, order.amount, mood)

    def move(
        self, key: str, order: PaymentOrder, amount: int, mood: Behaviour, *, even_again: bool = False
    ) -> None:
        """Move money for `key`: once, or as often as asked."""
        with self._file() as file:
            file.execute("begin immediate")
            known = file.execute("select 1 from movement where key = ?", (key,)).fetchone()
            if known is None or even_again:
                _take_in(file, key, order, amount, mood)
                row = (key, str(order.payout_id), amount, clock.now().isoformat(), order.code)
                file.execute("insert into movement values (?, ?, ?, ?, ?)", row)
            file.execute("commit")

    def refuse(self, key: str) -> None:
        """Remember that `key` was refused."""
        with self._file() as file:
            file.execute("insert or ignore into refusal values (?)", (key,))

    def has_refused(self, key: str) -> bool:
        """Say whether `key` was refused."""
        with self._file() as file:
            return file.execute("select 1 from refusal where key = ?", (key,)).fetchone() is not None

    def erase(self, payout_ids: Sequence[UUID]) -> None:
        """Forget the payees' names; what moved stays."""
        with self._file() as file:
            rows = [(str(one),) for one in payout_ids]
            file.executemany("delete from payee where payout = ?", rows)
            file.execute("vacuum")

    @contextmanager
    def behaving(self, *moods: Behaviour) -> Iterator[None]:
        """Behave so with every order, whatever its amount; several moods share the orders between them."""
        file = self._folder / _MOOD
        self._folder.mkdir(parents=True, exist_ok=True)
        file.write_text(" ".join(str(int(mood)) for mood in moods))
        yield
        file.unlink()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Be out of reach: nothing arrives, nothing is answered."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / _AWAY).touch()
        yield
        (self._folder / _AWAY).unlink()

    def is_away(self) -> bool:
        """Say whether the bank is out of reach."""
        return (self._folder / _AWAY).exists()

    def mood_for(self, order: PaymentOrder) -> Behaviour:
        """Return how to behave with an order: as the amount asks for, unless the bank is in a mood."""
        try:
            moods = (self._folder / _MOOD).read_text().split()
        except FileNotFoundError:
            digits = order.amount % 100
            return Behaviour(digits) if digits in set(Behaviour) else Behaviour.COMPLETES
        return Behaviour(int(moods[order.payout_id.int % len(moods)]))

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        self._folder.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._folder / _FILE, timeout=30, isolation_level=None)
        try:
            file.execute("pragma synchronous = off")  # it outlives processes, not the machine
            file.execute("pragma secure_delete = on")
            file.executescript(_TABLES)
            yield file
        finally:
            file.close()


def _take_in(file: sqlite3.Connection, key: str, order: PaymentOrder, amount: int, mood: Behaviour) -> None:
    payout = str(order.payout_id)
    row = (key, payout, amount, int(mood), order.code)
    file.execute("insert or ignore into taken_in values (?, ?, ?, ?, ?)", row)
    file.execute("insert or ignore into payee values (?, ?)", (payout, order.payee.name))
