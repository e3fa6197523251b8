"""Part 4: what a shop waits for: a card payment decided, beside a bare endpoint and the library's own way."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, replace
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from itertools import count, cycle
from time import time
from typing import TYPE_CHECKING, Final

import stripe
from tests.bench.load import closed_load, open_load, slowest_percent
from tests.bench.rows import Effort, Row, Unit, measure_in_turn
from tests.bench.servers import SERVED_BY, served
from tests.bench.town import SLUG, town_at_work

from raaderum.testing.card_cases import case_with_card, give_cards
from raaderum_prepaid_card.testing import objects, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.bench.load import Asked
    from tests.bench.workbench import Workbench

    from raaderum.settings import Settings

_PART: Final = f"Cards: payments decided per second ({SERVED_BY}; loopback; our own load generator)"
_OURS: Final = "our webhook"
_BARE: Final = "bare Flask, signature, one query"
_FUNCTION: Final = "bare Flask, signature, the same function"
_EVENT: Final = "bare Flask, construct_event, that function"
_CARDS: Final = 20
_CONNECTIONS: Final = 16
_PACE: Final = 200
_MOST_MILLISECONDS: Final = 10.0
_OF_BARE: Final = 0.7
_SECRET: Final = "whsec_of_the_bench"
_ENVIRONMENT: Final = {"BENCH_STRIPE_KEY": "sk_test_of_the_bench", "BENCH_STRIPE_SECRET": _SECRET}
_ISSUER: Final = """
[[card_issuers]]
identifier = "stripe_issuing"
mode = "sandbox"
settings = {api_key = "BENCH_STRIPE_KEY", webhook_secret = "BENCH_STRIPE_SECRET", rate = "7.46"}
"""
_FORM: Final = {"currency": "eur", "type": "virtual", "status": "active"}
_TAKE_OVER: Final = (
    "update raaderum.card set issuer = 'stripe_issuing'",
    "update raaderum.card_account set issuer = 'stripe_issuing'",
)


@dataclass(frozen=True, slots=True)
class _Shop:
    """Asks for one øre at a time, each time under a new authorisation."""

    path: str
    questions: Iterator[tuple[str, str]]

    def requests(self) -> Iterator[bytes]:
        """Return new requests without end, each signed when it is sent."""
        for event, card in self.questions:
            body = json.dumps(_question(event, card))
            signature = stripe.WebhookSignature.generate_signature_header(body, _SECRET, int(time()))
            head = f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            head += f"Stripe-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
            yield (head + body).encode()


def measure_cards(bench: Workbench, effort: Effort) -> list[Row]:
    """Serve ours and the bare application at once, and let the same cards pay at each in turn."""
    settings = _with_stripe(bench)
    os.environ.update(_ENVIRONMENT)
    with town_at_work(settings, cases=1) as town:
        issuer = give_cards(town.app, town.municipality, bench.folder)
        made = [case_with_card(town.municipality, issuer, on_card=1_000_00) for _ in range(_CARDS)]
        tenant = str(town.municipality.id)
        cards = [str(card["reference"]) for card in issuer.cards()]
    assert len(cards) == len(made)
    with bench.administrator.connect() as connection:
        for statement in _TAKE_OVER:
            connection.execute(statement)
    bare_environment = {
        "BENCH_BARE_URL": bench.administrator.as_url(),
        "BENCH_TENANT": tenant,
        **_ENVIRONMENT,
    }
    with (
        served("servers:ours", settings.as_environment() | _ENVIRONMENT) as port,
        served("bare_cards:application", bare_environment) as bare_port,
    ):
        return _measured(cards, port, bare_port, effort)


def _measured(cards: Sequence[str], port: int, bare_port: int, effort: Effort) -> list[Row]:
    questions = ((f"evt_{number}", card) for number, card in zip(count(1), cycle(cards), strict=False))
    paths = {
        _OURS: f"/webhooks/{SLUG}/stripe_issuing",
        _FUNCTION: "/function",
        _EVENT: "/event",
        _BARE: "/one",
    }
    asked: dict[str, tuple[int, Asked]] = {
        name: (port if name == _OURS else bare_port, _Shop(path, questions).requests())
        for name, path in paths.items()
    }
    for server, requests in asked.values():
        _assert_approved(server, requests)
    rates = measure_in_turn({name: _rate(*one, effort) for name, one in asked.items()}, effort)
    settings = f"{_CONNECTIONS} connections, {_CARDS} cards, a new payment each time; {effort}"
    targets = {_FUNCTION: _OF_BARE}
    rows = [
        Row(_PART, "decided", rates[_OURS], settings, rates[other], least_ratio=targets.get(other))
        for other in (_FUNCTION, _EVENT, _BARE)
    ]
    pace = f"open load of {_PACE}/s over {_CONNECTIONS} connections; {effort}"
    for what, percent, most in (("middle answer", 50, None), ("slowest percent", 99, _MOST_MILLISECONDS)):
        measures = {name: _pace(*one, effort, percent=percent) for name, one in asked.items()}
        paces = measure_in_turn(measures, effort)
        rows += [
            Row(_PART, what, paces[_OURS], pace, paces[other], most=most, unit=Unit.MILLISECONDS)
            for other in (_FUNCTION, _EVENT)
        ]
    return rows


def _rate(port: int, requests: Asked, effort: Effort) -> Callable[[], float]:
    return partial(closed_load, port, requests, connections=_CONNECTIONS, seconds=effort.seconds)


def _pace(port: int, requests: Asked, effort: Effort, *, percent: int) -> Callable[[], float]:
    def measure() -> float:
        took = open_load(port, requests, connections=_CONNECTIONS, per_second=_PACE, seconds=effort.seconds)
        return slowest_percent(took) if percent == 99 else took[len(took) // 2]

    return measure


def _assert_approved(port: int, requests: Asked) -> None:
    """A fast no would be no figure."""
    assert not isinstance(requests, bytes)
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.connect()
    connection.sock.sendall(next(requests))
    response = HTTPResponse(connection.sock)
    response.begin()
    answer = response.read()
    connection.close()
    assert b'"approved":true' in answer.replace(b" ", b""), answer


def _with_stripe(bench: Workbench) -> Settings:
    """Return the settings of an installation whose municipality has its cards from Stripe."""
    folder = bench.folder / "tenants-with-cards"
    shutil.copytree(bench.settings.tenants_folder, folder)
    with (folder / SLUG / "tenant.toml").open("a", encoding="utf-8") as file:
        file.write(_ISSUER)
    return replace(bench.settings, tenants_folder=folder)


def _question(event: str, card: str) -> dict[str, object]:
    """Return a question of the size that Stripe's have, with the whole card in it."""
    question = samples.a_question(merchant_amount=1, amount=1)
    asked = question["data"]["object"]
    holder = objects.cardholder("ich_1", samples.CREATED, {"name": "A", "billing": {"address": {}}})
    asked |= {"id": f"iauth_{event}", "card": objects.card(card, samples.CREATED, holder, _FORM)}
    return question | {"id": event, "created": int(time())}
