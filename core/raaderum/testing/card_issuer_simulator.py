"""An issuer of cards that keeps what it did in a file, signs what it tells, and misbehaves on request.

The module is a plugin itself. Its signature is a real one: HMAC-SHA256 over time and raw body, good for
five minutes, under either of two secrets, so that a secret can be changed without losing a call.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from raaderum.kernel import clock
from raaderum.kernel.identifiers import timeless_id
from raaderum.plugin_api import (
    API_VERSION,
    Callback,
    CallbackAnswer,
    CallbackForged,
    CardControls,
    CardDecision,
    CardEvent,
    CardEventKind,
    CardIssuer,
    CardIssuerKind,
    CardOrder,
    CardState,
    Completed,
    IssuedCard,
    Merchant,
    Oere,
    Outcome,
    ProviderContext,
    Refused,
    Setting,
    Text,
    Unknown,
    hookimpl,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

IDENTIFIER: Final = "card_simulator"
SIGNATURE: Final = "x-simulator-signature"
GOOD_FOR: Final = timedelta(minutes=5)
REFUSED_NAME: Final = "Refuse Mig"
"""A holder of this name gets no card."""
_FILE: Final = "issuer.sqlite"
_TABLES: Final = """
create table if not exists card (reference text primary key, key text unique, state text, form text,
    replaces text, holder text, allowed_total integer, controls text);
create table if not exists done (key text primary key, what text);
create table if not exists mood (name text primary key, left integer);
create table if not exists told (number integer primary key, occurred_at text, event text);
"""
_VALID_FOR: Final = timedelta(days=3 * 365)


class SimulatedIssuer:
    """What the issuer has done for one tenant; several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def cards(self) -> list[dict[str, Any]]:
        """Return every card that was made, in order."""
        with self.file() as file:
            rows = file.execute("select * from card order by rowid").fetchall()
        return [dict(row) for row in rows]

    def calls(self, what: str) -> list[str]:
        """Return the keys under which `what` had its effect, in order."""
        with self.file() as file:
            rows = file.execute("select key from done where what = ? order by rowid", (what,)).fetchall()
        return [row["key"] for row in rows]

    def set_mood(self, name: str, times: int = 1) -> None:
        """Misbehave the next `times`: `hang` (acts, then times out), `fail` (acts not), `nonsense`."""
        with self.file() as file:
            file.execute("insert or replace into mood values (?, ?)", (name, times))

    def takes_mood(self, name: str) -> bool:
        """Say whether to misbehave so now; it wears off."""
        with self.file() as file:
            worn = file.execute("update mood set left = left - 1 where name = ? and left > 0", (name,))
            return worn.rowcount > 0

    def tell(self, event: CardEvent) -> None:
        """Let the event stand in the list of what was told, for who asks for what they missed."""
        with self.file() as file:
            row = (event.occurred_at.isoformat(), written(event).decode())
            file.execute("insert into told (occurred_at, event) values (?, ?)", row)

    def told_since(self, since: datetime) -> list[CardEvent]:
        """Return everything told since then, oldest first."""
        with self.file() as file:
            rows = file.execute("select event from told order by occurred_at, number").fetchall()
        events = [read(row["event"].encode()) for row in rows]
        return [event for event in events if event.occurred_at >= since]

    @contextmanager
    def file(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one act."""
        self._folder.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._folder / _FILE, timeout=30, isolation_level=None)
        file.row_factory = sqlite3.Row
        try:
            file.execute("pragma synchronous = off")  # it outlives processes, not the machine
            file.executescript(_TABLES)
            yield file
        finally:
            file.close()


class Simulator:
    """The simulated issuer, configured for one tenant."""

    def __init__(self, issuer: SimulatedIssuer, secrets: tuple[str, ...]) -> None:
        self._issuer = issuer
        self._secrets = secrets

    def issue(self, order: CardOrder, idempotency_key: str) -> Outcome:
        """Make a card, once for a key."""
        if order.holder_name == REFUSED_NAME:
            return Refused("holder_refused", Text("Navnet kan ikke bruges.", "The name cannot be used."))
        if self._issuer.takes_mood("fail"):
            raise ConnectionRefusedError
        if self._issuer.takes_mood("nonsense"):
            return Completed(reference="\x00")
        with self._issuer.file() as file:
            row = (
                f"sim_{timeless_id().hex}",
                idempotency_key,
                CardState.INACTIVE,
                order.form,
                order.replaces,
            )
            file.execute(
                "insert or ignore into card (reference, key, state, form, replaces, holder)"
                " values (?, ?, ?, ?, ?, ?)",
                (*row, str(order.holder_id)),
            )
        if self._issuer.takes_mood("hang"):
            raise TimeoutError
        return self.look_up(idempotency_key) or Unknown("lost")

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say what became of an order."""
        with self._issuer.file() as file:
            found = file.execute("select reference from card where key = ?", (idempotency_key,)).fetchone()
        return Completed(found["reference"]) if found else None

    def retrieve_card(self, reference: str) -> IssuedCard:
        """Say how a card stands."""
        with self._issuer.file() as file:
            row = file.execute("select * from card where reference = ?", (reference,)).fetchone()
        state = CardState(row["state"])
        return IssuedCard(reference, state, "4242", clock.today() + _VALID_FOR, "DKK")

    def set_controls(self, reference: str, controls: CardControls, idempotency_key: str) -> Outcome:
        """Keep to new limits."""
        if self._issuer.takes_mood("hang"):
            raise TimeoutError
        with self._issuer.file() as file:
            first = file.execute("insert or ignore into done values (?, 'controls')", (idempotency_key,))
            if first.rowcount:
                file.execute(
                    "update card set allowed_total = ?, controls = ? where reference = ?",
                    (controls.limit, json.dumps(asdict(controls)), reference),
                )
        return Completed(reference)

    def change_state(self, reference: str, state: CardState, idempotency_key: str) -> Outcome:
        """Change a card's state; a closed one stays closed."""
        with self._issuer.file() as file:
            first = file.execute("insert or ignore into done values (?, 'state')", (idempotency_key,))
            if first.rowcount:
                file.execute(
                    "update card set state = ? where reference = ? and state <> 'closed'", (state, reference)
                )
        if self._issuer.takes_mood("hang"):
            raise TimeoutError
        return Completed(reference)

    def read_callback(self, callback: Callback) -> CardEvent:
        """Prove and read a call."""
        stamp, _, digest = callback.headers.get(SIGNATURE, "").partition(".")
        genuine = [signature(secret, stamp, callback.body) for secret in self._secrets]
        matches = [hmac.compare_digest(digest.encode(), one.encode()) for one in genuine]
        if not any(matches) or not stamp.isdecimal():
            raise CallbackForged
        age = callback.received_at - datetime.fromtimestamp(int(stamp), UTC)
        if abs(age) > GOOD_FOR:
            raise CallbackForged
        return read(callback.body)

    def answer(self, event: CardEvent, decision: CardDecision | None) -> CallbackAnswer:
        """Answer in the issuer's own words."""
        told = {"id": event.event_id} if decision is None else asdict(decision)
        return CallbackAnswer(200, {"content-type": "application/json"}, json.dumps(told).encode())

    def events_since(self, since: datetime) -> Iterator[CardEvent]:
        """Go through what was told since then."""
        yield from self._issuer.told_since(since)


class SimulatorKind:
    """The simulator as an issuer that a tenant can switch on."""

    identifier = IDENTIFIER
    name = Text("kortsimulator", "card simulator")
    settings: Sequence[Setting] = (
        Setting("secrets", Text("hemmeligheder, med mellemrum", "secrets, with a space between")),
    )

    def configure(self, context: ProviderContext) -> CardIssuer:
        """Return the simulator for one tenant, with its file in the tenant's folder."""
        return Simulator(SimulatedIssuer(context.files), tuple(context.settings["secrets"].split()))


@hookimpl
def raaderum_plugin_api_version() -> str:
    """Answer with the version this was written against."""
    return API_VERSION


@hookimpl
def raaderum_card_issuers() -> Sequence[CardIssuerKind]:
    """Offer the simulator."""
    return [SimulatorKind()]


def signature(secret: str, stamp: str, body: bytes) -> str:
    """Return the signature of a body sent at `stamp` (seconds since 1970)."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signed(secret: str, event: CardEvent, *, at: float | None = None) -> tuple[dict[str, str], bytes]:
    """Return headers and body of a call that tells `event`."""
    body, stamp = written(event), str(int(clock.now().timestamp() if at is None else at))
    return {SIGNATURE: f"{stamp}.{signature(secret, stamp, body)}"}, body


def written(event: CardEvent) -> bytes:
    """Return an event as the body of a call."""
    told = asdict(replace(event, occurred_at=event.occurred_at))
    return json.dumps({**told, "occurred_at": event.occurred_at.isoformat()}).encode()


def read(body: bytes) -> CardEvent:
    """Return the event that a body tells."""
    told = json.loads(body)
    merchant, state = told["merchant"], told["card_state"]
    changed = {
        "kind": CardEventKind(told["kind"]),
        "occurred_at": datetime.fromisoformat(told["occurred_at"]),
        "amount": Oere(told["amount"]),
        "cost": Oere(told["cost"]),
        "merchant": Merchant(**merchant) if merchant else None,
        "card_state": CardState(state) if state else None,
    }
    return CardEvent(**{**told, **changed})
