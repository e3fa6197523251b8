"""A way of paying that keeps its money in a file, and misbehaves where the amount asks for it.

What it has done survives the death of every process that talked to it, so that afterwards the
books can be held against it: `SimulatedBank` reads what moved. The module is a plugin itself.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import (
    API_VERSION,
    Accepted,
    Completed,
    Manifest,
    Oere,
    Outcome,
    PaymentOrder,
    PayoutMethod,
    PayoutProvider,
    PayoutProviderKind,
    ProviderContext,
    RecipientField,
    Refused,
    Setting,
    Text,
    Unknown,
    hookimpl,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

IDENTIFIER: Final = "simulator"
_FILE: Final = "bank.sqlite"
_LOOK_UPS_UNTIL_TOLD: Final = 2
_TABLES: Final = """
create table if not exists movement (key text, payout text, amount integer);
create table if not exists refusal (key text primary key);
create table if not exists call (number integer primary key, key text, what text, due_on text);
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


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that has moved: `amount` in øre, below 0 for what came back."""

    key: str
    payout: str
    amount: Oere


class SimulatedBank:
    """What the simulator has done for one tenant; several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def movements(self) -> list[Movement]:
        """Return everything that moved, in order."""
        with self._file() as file:
            rows = file.execute("select key, payout, amount from movement order by rowid").fetchall()
        return [Movement(key, payout, Oere(amount)) for key, payout, amount in rows]

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

    def note_call(self, key: str, what: str, due_on: str = "") -> int:
        """Note a call; return how many such there have been for the key."""
        with self._file() as file:
            file.execute("insert into call (key, what, due_on) values (?, ?, ?)", (key, what, due_on))
            counted = file.execute("select count(*) from call where key = ? and what = ?", (key, what))
            return int(counted.fetchone()[0])

    def has_moved(self, key: str) -> bool:
        """Say whether money has moved for this key."""
        with self._file() as file:
            return file.execute("select 1 from movement where key = ?", (key,)).fetchone() is not None

    def move(self, key: str, order: PaymentOrder, amount: int, *, even_again: bool) -> None:
        """Move money for `key`: once, or as often as asked."""
        with self._file() as file:
            file.execute("begin immediate")
            known = file.execute("select 1 from movement where key = ?", (key,)).fetchone()
            if known is None or even_again:
                row = (key, str(order.payout_id), amount)
                file.execute("insert into movement values (?, ?, ?)", row)
            file.execute("commit")

    def refuse(self, key: str) -> None:
        """Remember that `key` was refused."""
        with self._file() as file:
            file.execute("insert or ignore into refusal values (?)", (key,))

    def has_refused(self, key: str) -> bool:
        """Say whether `key` was refused."""
        with self._file() as file:
            return file.execute("select 1 from refusal where key = ?", (key,)).fetchone() is not None

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        self._folder.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._folder / _FILE, timeout=30, isolation_level=None)
        try:
            file.execute("pragma synchronous = off")  # it outlives processes, not the machine
            file.executescript(_TABLES)
            yield file
        finally:
            file.close()


class Simulator:
    """The simulator, configured for one tenant: idempotent, unless the amount says otherwise."""

    def __init__(self, bank: SimulatedBank, *, hang_seconds: float) -> None:
        self._bank = bank
        self._hang_seconds = hang_seconds

    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Carry out `order` as its amount asks for."""
        calls = self._bank.note_call(idempotency_key, "send", order.due_on.isoformat())
        return self._carry_out(order, idempotency_key, order.amount, calls)

    def take_back(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        """Book a refund as its amount asks for."""
        calls = self._bank.note_call(idempotency_key, "take_back", order.due_on.isoformat())
        return self._carry_out(order, idempotency_key, -order.amount, calls)

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say what became of an order."""
        calls = self._bank.note_call(idempotency_key, "look_up")
        if self._bank.has_refused(idempotency_key):
            return _refused()
        moved = [one for one in self._bank.movements() if one.key == idempotency_key]
        if not moved:
            return None
        behaviour = Behaviour(abs(moved[0].amount) % 100)
        if behaviour is Behaviour.LOOKS_UP_BADLY and calls == 1:
            raise ConnectionResetError
        if behaviour is Behaviour.ACCEPTS and calls < _LOOK_UPS_UNTIL_TOLD:
            return Accepted(_reference(idempotency_key))
        return Completed(_reference(idempotency_key))

    def _carry_out(self, order: PaymentOrder, key: str, amount: int, calls: int) -> Outcome:
        behaviour = Behaviour(order.amount % 100)
        if behaviour is Behaviour.REFUSES:
            self._bank.refuse(key)
            return _refused()
        if behaviour is Behaviour.RAISES_FIRST and calls == 1:
            raise ConnectionRefusedError
        first_time = not self._bank.has_moved(key)
        self._bank.move(key, order, amount, even_again=behaviour is Behaviour.FORGETS_KEYS)
        return self._answer(behaviour, key) if first_time else Completed(_reference(key))

    def _answer(self, behaviour: Behaviour, key: str) -> Outcome:
        match behaviour:
            case Behaviour.MOVES_THEN_RAISES | Behaviour.LOOKS_UP_BADLY | Behaviour.FORGETS_KEYS:
                raise TimeoutError
            case Behaviour.MOVES_THEN_HANGS:
                time.sleep(self._hang_seconds)
                return Unknown("hung")
            case Behaviour.ACCEPTS:
                return Accepted(_reference(key))
            case Behaviour.TALKS_NONSENSE:
                return Completed(reference="\x00")
            case Behaviour.EXITS:
                raise SystemExit
            case _:
                return Completed(_reference(key))


class SimulatorKind:
    """The simulator as a way of paying that a tenant can switch on."""

    identifier = IDENTIFIER
    name = Text("simulator", "simulator")
    manifest = Manifest(PayoutMethod.INVOICE, frozenset({RecipientField.NAME, RecipientField.CVR}))
    settings: Sequence[Setting] = (
        Setting(
            "hang_seconds",
            Text("hvor længe den hænger, når den hænger", "how long it hangs when it does"),
            required=False,
            default="5",
        ),
    )

    def configure(self, context: ProviderContext) -> PayoutProvider:
        """Return the simulator for one tenant, with its money in the tenant's folder."""
        return Simulator(SimulatedBank(context.files), hang_seconds=float(context.settings["hang_seconds"]))


@hookimpl
def raaderum_plugin_api_version() -> str:
    """Answer with the version this was written against."""
    return API_VERSION


@hookimpl
def raaderum_payout_providers() -> Sequence[PayoutProviderKind]:
    """Offer the simulator."""
    return [SimulatorKind()]


def _reference(key: str) -> str:
    return f"bank:{key}"


def _refused() -> Refused:
    return Refused("account_closed", Text("Kontoen er lukket.", "The account is closed."))
