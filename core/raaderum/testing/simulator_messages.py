"""What the simulated bank tells unasked: signed calls, and files of states."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from raaderum.kernel import clock
from raaderum.plugin_api import (
    Accepted,
    Callback,
    CallbackForged,
    CallbackMessage,
    Completed,
    Outcome,
    Refused,
    StatusUnreadable,
    Text,
    Told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from raaderum.testing.simulated_bank import SimulatedBank

SIGNATURE: Final = "simulator-signature"
REFUSED: Final = Refused("account_closed", Text("Kontoen er lukket.", "The account is closed."))
_HEAD: Final = b"simulated status 1\n"
_LONGEST_LINE: Final = 10_000
_OLDEST: Final = timedelta(minutes=5)
_ACCEPTED, _COMPLETED, _REFUSED = "order.accepted", "order.completed", "order.refused"


def reference_of(key: str) -> str:
    """Return the bank's own reference of an order."""
    return f"bank:{key}"


def callbacks_about(bank: SimulatedBank, key: str, *, secret: str) -> list[Callback]:
    """Return the calls that the bank makes about one order: that it was accepted, and how it ended."""
    kinds = [_ACCEPTED, end] if (end := _end_of(bank, key)) else [_ACCEPTED]
    return [signed({"id": f"{key}:{kind}", "kind": kind, "key": key}, secret=secret) for kind in kinds]


def signed(told: dict[str, str], *, secret: str) -> Callback:
    """Return a call that says `told`, signed as the bank does."""
    body = json.dumps(told, ensure_ascii=False).encode()
    at = clock.now()
    moment = str(int(at.timestamp()))
    signature = f"t={moment},v1={_signature(moment, body, secret)}"
    return Callback({SIGNATURE: signature, "content-type": "application/json"}, body, at)


def read_signed(callback: Callback, *, secret: str) -> CallbackMessage:
    """Prove and read a call of the bank's; raise `CallbackForged`."""
    moment, _, signature = callback.headers.get(SIGNATURE, "").removeprefix("t=").partition(",v1=")
    wanted = _signature(moment, callback.body, secret)
    if not secret or not hmac.compare_digest(wanted.encode(), signature.encode()):
        raise CallbackForged
    sent_at = datetime.fromtimestamp(int(moment), UTC)
    if abs(callback.received_at - sent_at) > _OLDEST:
        raise CallbackForged
    told = json.loads(callback.body)
    outcome = _outcome_of(str(told.get("kind")), str(told.get("key")))
    return CallbackMessage(
        event_id=str(told["id"]),
        kind=str(told["kind"]),
        told=(Told(str(told["key"]), outcome),) if outcome else (),
    )


def status_file_about(bank: SimulatedBank, keys: Sequence[str]) -> bytes:
    """Return a file in which the bank says how these orders stand."""
    lines = [
        json.dumps({"key": key, "kind": _end_of(bank, key) or _ACCEPTED}, ensure_ascii=False) for key in keys
    ]
    return _HEAD + "".join(f"{line}\n" for line in lines).encode() + b"end\n"


def is_status_file(head: bytes) -> bool:
    """Say whether a file begins as the bank's files of states do."""
    return head.startswith(_HEAD)


def read_status_file(content: BinaryIO) -> Iterator[Told]:
    """Go through a file of states; raise `StatusUnreadable` where it breaks off."""
    if content.readline(_LONGEST_LINE) != _HEAD:
        message = "Filen er ikke en statusfil fra simulatoren."
        raise StatusUnreadable(message)
    while (line := content.readline(_LONGEST_LINE)) != b"end\n":
        try:
            told = json.loads(line)
            outcome = _outcome_of(told["kind"], told["key"])
        except (ValueError, KeyError, TypeError) as error:
            message = "Filen holder op midt i det hele."
            raise StatusUnreadable(message) from error
        if outcome is not None:
            yield Told(told["key"], outcome)


def _signature(moment: str, body: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def _end_of(bank: SimulatedBank, key: str) -> str | None:
    if bank.has_refused(key):
        return _REFUSED
    taken_in = bank.find(key)
    return _COMPLETED if taken_in is not None and taken_in.has_moved else None


def _outcome_of(kind: str, key: str) -> Outcome | None:
    """Return what a kind of message says; None for a kind that nobody knows."""
    outcomes: dict[str, Outcome] = {
        _ACCEPTED: Accepted(reference_of(key)),
        _COMPLETED: Completed(reference_of(key)),
        _REFUSED: REFUSED,
    }
    return outcomes.get(kind)
