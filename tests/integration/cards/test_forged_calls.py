"""Ten thousand forged calls: none is accepted, none leaves a trace."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from raaderum.kernel import clock
from raaderum.persistence.unit_of_work import reading
from raaderum.plugin_api import Callback, CallbackForged, CardEventKind
from raaderum.plugin_host.providers import tenant_providers
from raaderum.provider_events.tables import ProviderEvent
from raaderum.testing.card_cases import SECRETS
from raaderum.testing.card_issuer_simulator import GOOD_FOR, IDENTIFIER, SIGNATURE, signature, signed

if TYPE_CHECKING:
    from flask import Flask

    from raaderum.testing.card_cases import CardCase

FORGED = 10_000
OVER_THE_WIRE = 300


def forgeries(card: CardCase, count: int) -> list[tuple[dict[str, str], bytes]]:
    """Return calls that differ from a genuine one in signature, body, time or secret."""
    chance = random.Random(26)  # noqa: S311 - the same forgeries each time
    headers, body = signed(SECRETS[1], card.event(CardEventKind.ASKED, 10_00))
    stamp, _, digest = headers[SIGNATURE].partition(".")
    found = []
    for number in range(count):
        kind = number % 6
        if kind == 0:
            place = chance.randrange(len(digest))
            other = chance.choice([one for one in "0123456789abcdef" if one != digest[place]])
            forged = {SIGNATURE: f"{stamp}.{digest[:place]}{other}{digest[place + 1 :]}"}, body
        elif kind == 1:
            place = chance.randrange(len(body))
            changed = body[:place] + bytes([body[place] ^ (1 << chance.randrange(8))]) + body[place + 1 :]
            forged = headers, changed
        elif kind == 2:
            age = chance.choice((-1, 1)) * chance.randint(int(GOOD_FOR.total_seconds()) + 60, 10**6)
            old = str(int(time.time()) + age)
            forged = {SIGNATURE: f"{old}.{signature(SECRETS[0], old, body)}"}, body
        elif kind == 3:
            forged = {SIGNATURE: f"{int(stamp) + chance.randint(1, 100)}.{digest}"}, body
        elif kind == 4:
            secret = f"{chance.choice(SECRETS)}{chance.randrange(100)}"
            forged = {SIGNATURE: f"{stamp}.{signature(secret, stamp, body)}"}, body
        else:
            lost = chance.choice(["", stamp, f"{stamp}.", f".{digest}", digest, "é.ü"])
            forged = ({SIGNATURE: lost} if lost else {}), body
        found.append(forged)
    return found


def test_no_forged_call_is_believed(card: CardCase) -> None:
    believed = 0
    with card.municipality.at_work():
        issuer = tenant_providers().card_issuers[IDENTIFIER]
        for headers, body in forgeries(card, FORGED):
            with pytest.raises(CallbackForged):
                believed += issuer.read_callback(Callback(headers, body, clock.now())) is not None
    assert believed == 0


def test_a_forged_call_is_refused_at_the_door_and_nothing_is_kept(app: Flask, card: CardCase) -> None:
    path = f"/webhooks/{card.municipality.tenant.slug}/{IDENTIFIER}"
    client = app.test_client()
    sent = [(headers, body) for headers, body in forgeries(card, OVER_THE_WIRE) if "é" not in str(headers)]
    statuses = {client.post(path, headers=headers, data=body).status_code for headers, body in sent}
    assert statuses == {403}
    with card.municipality.at_work(), reading() as session:
        assert session.scalar(select(func.count()).select_from(ProviderEvent)) == 0
    assert (card.payments(), card.statement().card_held) == ([], 0)


@pytest.mark.parametrize("path", ["/webhooks/nowhere/card_simulator", "/webhooks/{slug}/nobody"])
def test_a_provider_that_is_not_there_is_not_found(path: str, app: Flask, card: CardCase) -> None:
    headers, body = signed(SECRETS[0], card.event(CardEventKind.ASKED, 10_00))
    address = path.format(slug=card.municipality.tenant.slug)
    assert app.test_client().post(address, headers=headers, data=body).status_code == 404


def test_a_call_that_is_too_large_is_refused_unread(app: Flask, card: CardCase) -> None:
    path = f"/webhooks/{card.municipality.tenant.slug}/{IDENTIFIER}"
    assert app.test_client().post(path, data=b"x" * 300_000).status_code == 413
