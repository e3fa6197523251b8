"""A card issuer without any network, for demos. Its cards are in kroner, its shops in `shop.py`."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final, TypeVar

from raaderum.plugin_api import (
    CallbackAnswer,
    CardEventKind,
    CardState,
    Completed,
    IssuedCard,
    Mode,
    Oere,
    ProviderMovement,
    SettingsInvalid,
    Text,
    Unknown,
    today,
)
from raaderum_prepaid_card.refusals import refused
from raaderum_prepaid_card.sandbox_store import SandboxStore
from raaderum_prepaid_card.sandbox_wire import read_body, read_signed
from raaderum_prepaid_card.shop import SandboxShop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from raaderum.plugin_api import (
        Callback,
        CardControls,
        CardDecision,
        CardEvent,
        CardIssuer,
        CardOrder,
        Outcome,
        ProviderContext,
        Setting,
    )

Answer = TypeVar("Answer")
_YEARS_GOOD: Final = 3
_DECEMBER: Final = 12
_LAST_DAY: Final = 31


class SandboxCardIssuer:
    """Issues cards that exist only in the tenant's folder. Never stores a name or an address."""

    def __init__(self, store: SandboxStore) -> None:
        self._store = store

    def issue(self, order: CardOrder, idempotency_key: str) -> Outcome:
        """Make an inactive card, once for the key; the one it replaces is closed when it is activated."""

        def make(database: sqlite3.Connection) -> Outcome:
            reference = f"sandbox-{order.card_id}"
            database.execute(
                "insert into card (reference, order_key, state, last_four, expires_on) values (?, ?, ?, ?, ?)"
                " on conflict do nothing",
                (
                    reference,
                    idempotency_key,
                    CardState.INACTIVE,
                    f"{order.card_id.int % 10_000:04}",
                    _expiry(),
                ),
            )
            return Completed(reference)

        earlier = self._look_up(idempotency_key)
        return self._outcome(make) if earlier is None else earlier

    def look_up(self, idempotency_key: str) -> Outcome | None:
        """Say what became of the card ordered with the key; None: it never arrived."""
        return self._look_up(idempotency_key)

    def retrieve_card(self, reference: str) -> IssuedCard:
        """Return how a card stands; raise `LookupError` where there is none."""
        with self._store.act() as database:
            card = database.execute("select * from card where reference = ?", (reference,)).fetchone()
        if card is None:
            raise LookupError("no such card")
        return IssuedCard(
            reference=reference,
            state=CardState(card["state"]),
            last_four=card["last_four"],
            expires_on=date.fromisoformat(card["expires_on"]),
            currency="dkk",
        )

    def set_controls(self, reference: str, controls: CardControls, idempotency_key: str) -> Outcome:
        """Put the card's limits and categories in place of the earlier ones."""
        return self._change(
            reference,
            f"{idempotency_key}:controls",
            "update card set all_time = ?, per_payment = ?, allowed = ?, blocked = ? where reference = ?",
            controls.limit,
            controls.per_payment,
            " ".join(controls.allowed_categories),
            " ".join(controls.blocked_categories),
        )

    def change_state(self, reference: str, state: CardState, idempotency_key: str) -> Outcome:
        """Activate, pause, resume or close a card; a closed one stays closed."""
        if state is not CardState.CLOSED and self._is_closed(reference):
            return refused("card_canceled")
        return self._change(
            reference, f"{idempotency_key}:state", "update card set state = ? where reference = ?", state
        )

    def read_callback(self, callback: Callback) -> CardEvent:
        """Prove and read one call; raise `CallbackForged`."""
        return read_signed(callback, self._store.secret())

    def answer(self, event: CardEvent, decision: CardDecision | None) -> CallbackAnswer:
        """Return how much is approved, in øre, and why."""
        content: dict[str, object] = {}
        if event.kind is CardEventKind.ASKED:
            content = {
                "approved": decision.approved if decision else 0,
                "reason": decision.reason if decision else "undecided",
            }
        return CallbackAnswer(200, {"Content-Type": "application/json"}, json.dumps(content).encode())

    def events_since(self, since: datetime) -> Iterator[CardEvent]:
        """Go through everything told since then but questions, oldest first."""
        with self._store.act() as database:
            rows = database.execute(
                "select body from event where occurred_at >= ? order by occurred_at, number",
                (since.astimezone(UTC).isoformat(),),
            ).fetchall()
        return iter([read_body(row["body"]) for row in rows])

    def movements(self, since: datetime, until: datetime) -> Iterator[ProviderMovement]:
        """Go through the captures and refunds within the time, oldest first."""
        with self._store.act() as database:
            rows = database.execute(
                "select * from movement where moved_at >= ? and moved_at < ? order by moved_at, reference",
                (since.astimezone(UTC).isoformat(), until.astimezone(UTC).isoformat()),
            ).fetchall()
        return iter(
            [
                ProviderMovement(
                    row["reference"], Oere(row["amount"]), datetime.fromisoformat(row["moved_at"])
                )
                for row in rows
            ]
        )

    def practice_shop(self) -> SandboxShop:
        """Return a shop that takes its cards."""
        return SandboxShop(self._store.folder)

    def _look_up(self, idempotency_key: str) -> Outcome | None:
        def find(database: sqlite3.Connection) -> Outcome | None:
            card = database.execute(
                "select reference from card where order_key = ?", (idempotency_key,)
            ).fetchone()
            return None if card is None else Completed(card["reference"])

        return self._outcome(find)

    def _is_closed(self, reference: str) -> bool:
        with self._store.act() as database:
            card = database.execute("select state from card where reference = ?", (reference,)).fetchone()
        return card is not None and card["state"] == CardState.CLOSED

    def _change(self, reference: str, key: str, statement: str, *values: str | int | None) -> Outcome:
        def change(database: sqlite3.Connection) -> Outcome:
            if database.execute("select 1 from done where key = ?", (key,)).fetchone() is not None:
                return Completed(reference)
            if database.execute(statement, (*values, reference)).rowcount == 0:
                return refused("resource_missing")
            database.execute("insert into done values (?, ?)", (key, reference))
            return Completed(reference)

        return self._outcome(change)

    def _outcome(self, act: Callable[[sqlite3.Connection], Answer]) -> Answer | Unknown:
        try:
            with self._store.act() as database:
                return act(database)
        except (OSError, sqlite3.Error) as error:
            return Unknown(f"the sandbox's database cannot be used ({type(error).__name__})")


class SandboxCardKind:
    """Made-up cards. There is nothing live about it."""

    identifier: Final = "sandbox_card"
    name: Final = Text("Øvekort uden penge", "Practice card without money")
    settings: Sequence[Setting] = ()

    def configure(self, context: ProviderContext) -> CardIssuer:
        """Return the tenant's sandbox; raise `SettingsInvalid` for any other mode, or without its folder."""
        if context.mode is not Mode.SANDBOX:
            raise _invalid(context, "mode", "only sandbox")
        store = SandboxStore(context.files)
        try:
            store.prepare()
        except (OSError, sqlite3.Error) as error:
            raise _invalid(context, "files", type(error).__name__) from None
        return SandboxCardIssuer(store)


def _expiry() -> str:
    return date(today().year + _YEARS_GOOD, _DECEMBER, _LAST_DAY).isoformat()


def _invalid(context: ProviderContext, setting: str, reason: str) -> SettingsInvalid:
    return SettingsInvalid(where=context.tenant_slug, setting=setting, reason=reason)
