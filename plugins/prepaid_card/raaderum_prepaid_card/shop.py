"""Made-up shops for the sandbox's cards: what they do, as the signed calls that the issuer would send.

A demo or a test posts each call to `/webhooks/<tenant>/sandbox_card` and hands the answer to a
question back. Calls may be posted twice and in any order: that is what real ones do.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from raaderum.plugin_api import CardEvent, CardEventKind, CardState, Merchant, Oere
from raaderum_prepaid_card.json_reading import NotReadable, read_object
from raaderum_prepaid_card.sandbox_store import SandboxStore
from raaderum_prepaid_card.sandbox_wire import read_body, read_merchant, signed, write_body, write_merchant

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

    from raaderum.plugin_api import Callback

A_SHOP: Final = Merchant("Musikhuset", "5733", city="Aarhus", country="DK")


class SandboxShop:
    """Pays with the sandbox cards kept in `folder`. Times come in, so that a story can be told afterwards."""

    def __init__(self, folder: Path) -> None:
        self._store = SandboxStore(folder)

    def ask(
        self,
        card: str,
        amount: int,
        at: datetime,
        *,
        shop: Merchant = A_SHOP,
        partial_allowed: bool = False,
    ) -> Callback:
        """Ask for `amount` øre; return the question, or what is told where the issuer itself declines."""
        event = CardEvent(
            event_id=_new("event"),
            kind=CardEventKind.ASKED,
            raw_kind=CardEventKind.ASKED,
            occurred_at=at,
            card=card,
            authorisation=_new("authorisation"),
            amount=Oere(amount),
            merchant=shop,
            partial_allowed=partial_allowed,
        )
        with self._store.act() as database:
            database.execute(
                "insert into authorisation (reference, card, asked, merchant) values (?, ?, ?, ?)",
                (event.authorisation, card, amount, json.dumps(write_merchant(shop))),
            )
            declined = _declined_because(database, card, amount, shop.category)
            if declined is not None:
                stands = CardEventKind.AUTHORISED
                told = replace(event, kind=stands, amount=Oere(0), is_open=False, status=declined)
                return self._tell(database, told)
        return signed(write_body(event), self._store.secret(), at)

    def hear(self, question: Callback, answer: bytes, at: datetime) -> Callback:
        """Take the answer to a question; return what is told of the authorisation then.

        An answer that cannot be read is a no.
        """
        asked = read_body(question.body)
        approved = min(_approved(answer), asked.amount)
        if approved < asked.amount and not asked.partial_allowed:
            approved = 0
        with self._store.act() as database:
            database.execute(
                "update authorisation set held = ?, is_open = ? where reference = ?",
                (approved, approved > 0, asked.authorisation),
            )
            return self._tell(
                database,
                replace(
                    asked,
                    event_id=_new("event"),
                    kind=CardEventKind.AUTHORISED,
                    occurred_at=at,
                    amount=Oere(approved),
                    is_open=approved > 0,
                    status=None if approved else "webhook_declined",
                ),
            )

    def capture(self, authorisation: str, amount: int, at: datetime) -> list[Callback]:
        """Draw `amount`, which may be more than was held, and close the authorisation."""
        with self._store.act() as database:
            row = database.execute(
                "select * from authorisation where reference = ?", (authorisation,)
            ).fetchone()
            drawn = self._move(database, row["card"], amount, at, authorisation=authorisation)
            return [drawn, self._close(database, row, at)]

    def force_capture(self, card: str, amount: int, at: datetime) -> Callback:
        """Draw `amount` without having asked: no issuer can refuse that."""
        with self._store.act() as database:
            return self._move(database, card, amount, at)

    def refund(self, card: str, amount: int, at: datetime, *, authorisation: str | None = None) -> Callback:
        """Give `amount` back."""
        with self._store.act() as database:
            return self._move(database, card, -amount, at, authorisation=authorisation)

    def give_up(self, authorisation: str, at: datetime) -> Callback:
        """Let a hold go without drawing anything."""
        with self._store.act() as database:
            row = database.execute(
                "select * from authorisation where reference = ?", (authorisation,)
            ).fetchone()
            return self._close(database, row, at)

    def _close(self, database: sqlite3.Connection, row: sqlite3.Row, at: datetime) -> Callback:
        database.execute(
            "update authorisation set held = 0, is_open = 0 where reference = ?", (row["reference"],)
        )
        return self._tell(
            database,
            CardEvent(
                event_id=_new("event"),
                kind=CardEventKind.AUTHORISED,
                raw_kind=CardEventKind.AUTHORISED,
                occurred_at=at,
                card=row["card"],
                authorisation=row["reference"],
                merchant=_merchant_of(row),
                is_open=False,
            ),
        )

    def _move(
        self,
        database: sqlite3.Connection,
        card: str,
        amount: int,
        at: datetime,
        *,
        authorisation: str | None = None,
    ) -> Callback:
        row = database.execute("select * from authorisation where reference = ?", (authorisation,)).fetchone()
        kind = CardEventKind.CAPTURED if amount > 0 else CardEventKind.REFUNDED
        event = CardEvent(
            event_id=_new("event"),
            kind=kind,
            raw_kind=kind,
            occurred_at=at,
            card=card,
            authorisation=authorisation,
            transaction=_new("transaction"),
            amount=Oere(abs(amount)),
            merchant=A_SHOP if row is None else _merchant_of(row),
            is_open=False,
        )
        database.execute(
            "insert into movement values (?, ?, ?, ?, ?)",
            (event.transaction, card, authorisation, amount, at.astimezone(UTC).isoformat()),
        )
        return self._tell(database, event)

    def _tell(self, database: sqlite3.Connection, event: CardEvent) -> Callback:
        """Keep the event for those who ask later, and return it as a call."""
        body = write_body(event)
        database.execute(
            "insert into event (occurred_at, body) values (?, ?)",
            (event.occurred_at.astimezone(UTC).isoformat(), body),
        )
        secret = database.execute("select value from secret").fetchone()["value"]
        return signed(body, secret, event.occurred_at)


def _declined_because(database: sqlite3.Connection, card: str, amount: int, category: str) -> str | None:
    """Return why the issuer says no before anybody is asked, in the words that Stripe uses."""
    row = database.execute("select * from card where reference = ?", (card,)).fetchone()
    if row["state"] != CardState.ACTIVE:
        return "card_inactive"
    spent = database.execute(
        "select (select coalesce(sum(amount), 0) from movement where card = :card)"
        " + (select coalesce(sum(held), 0) from authorisation where card = :card) as amount",
        {"card": card},
    ).fetchone()["amount"]
    too_much = spent + amount > row["all_time"] or (
        row["per_payment"] is not None and amount > row["per_payment"]
    )
    not_allowed = bool(row["allowed"]) and category not in row["allowed"].split()
    if too_much or not_allowed or category in row["blocked"].split():
        return "spending_controls"
    return None


def _approved(answer: bytes) -> int:
    try:
        approved = read_object(answer).get("approved")
    except NotReadable:
        return 0
    return approved if type(approved) is int and approved > 0 else 0


def _merchant_of(row: sqlite3.Row) -> Merchant:
    return read_merchant(json.loads(row["merchant"]))


def _new(kind: str) -> str:
    return f"{kind}-{uuid4()}"
