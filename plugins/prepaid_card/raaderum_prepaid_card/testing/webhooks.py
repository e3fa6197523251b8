"""Stripe's calls to us, signed: once, twice, late or in any order."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http.client import HTTPConnection
from random import Random
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import stripe

from raaderum.plugin_api import Callback, CallbackAnswer
from raaderum_prepaid_card.signature import HEADER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SECONDS: Final = 2.0
"""So long Stripe waits for the answer to a shop's question."""


def signed(event: Mapping[str, Any], secret: str, at: int | None = None) -> Callback:
    """Return `event` as a call that is sent, and received, at `at` (seconds since 1970)."""
    moment = int(event["created"]) if at is None else at
    body = json.dumps(event, separators=(",", ":"))
    header = stripe.WebhookSignature.generate_signature_header(body, secret, moment)
    return Callback(
        {HEADER: header, "content-type": "application/json"},
        body.encode(),
        datetime.fromtimestamp(moment, UTC),
    )


def shuffled(calls: Sequence[Callback], seed: int, *, copies: int = 1) -> list[Callback]:
    """Return the calls in some order, each `copies` times: the network promises neither order nor once."""
    mixed = [*calls] * copies
    Random(seed).shuffle(mixed)  # noqa: S311 - repeatable disorder, no secret
    return mixed


def post(address: str, call: Callback) -> CallbackAnswer | None:
    """Send a call to `address`; None where no answer came in the time that Stripe waits."""
    there = urlsplit(address)
    connection = HTTPConnection(there.hostname or "", there.port, timeout=_SECONDS)
    try:
        connection.request("POST", there.path, call.body, dict(call.headers))
        response = connection.getresponse()
        return CallbackAnswer(response.status, dict(response.getheaders()), response.read())
    except OSError:
        return None
    finally:
        connection.close()
