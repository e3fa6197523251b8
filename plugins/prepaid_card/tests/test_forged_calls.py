"""Nobody but Stripe can tell us anything, and nothing they send makes us fall over."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from raaderum.plugin_api import Callback, CallbackForged, CardEvent, Mode, ProviderContext
from raaderum_prepaid_card.issuer import StripeIssuer
from raaderum_prepaid_card.settings import read_settings
from raaderum_prepaid_card.signature import HEADER, LARGEST_BODY, TOLERANCE_SECONDS
from raaderum_prepaid_card.testing import samples
from raaderum_prepaid_card.testing.webhooks import signed

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum_prepaid_card.settings import IssuerSettings

    MakeSettings = Callable[..., IssuerSettings]

MUTATIONS = 10_000


@pytest.fixture(name="reader")
def issuer_without_a_network(make_settings: MakeSettings) -> StripeIssuer:
    return StripeIssuer(_NO_CLIENT, make_settings())


class _NoClient:
    class v1:  # noqa: N801 - the client's own name
        issuing = None


_NO_CLIENT: Any = _NoClient()
_USUAL = {"api_key": "sk_test_made_up", "webhook_secret": samples.SECRET, "rate": "7.46"}
_SETTINGS = read_settings(ProviderContext(UUID(int=1), "aarhus", Mode.SANDBOX, _USUAL, Path()))


@pytest.fixture(name="call")
def a_good_call() -> Callback:
    return signed(samples.a_question(), samples.SECRET)


def _is_accepted(reader: StripeIssuer, call: Callback) -> bool:
    try:
        reader.read_callback(call)
    except CallbackForged:
        return False
    return True


def _mutated(call: Callback, random: Random) -> Callback:
    """Change, drop or add a byte of the body or a character of the signature; or put the time elsewhere."""
    which = random.randrange(5)
    body, header = bytearray(call.body), call.headers[HEADER]
    place = random.randrange(len(body))
    at = random.randrange(len(header))
    if which == 0:
        body[place] ^= 1 << random.randrange(8)
    elif which == 1:
        del body[place]
    elif which == 2:
        body.insert(place, random.randrange(256))
    elif which == 3:
        header = (
            header[:at]
            + random.choice([c for c in "0123456789abcdef,=tv" if c != header[at]])
            + header[at + 1 :]
        )
    else:
        stamp = samples.CREATED + random.choice([-1, 1]) * random.randrange(1, TOLERANCE_SECONDS)
        header = header.replace(str(samples.CREATED), str(stamp))
    return replace(call, headers={**call.headers, HEADER: header}, body=bytes(body))


def test_a_good_call_is_accepted(reader: StripeIssuer, call: Callback) -> None:
    assert _is_accepted(reader, call)


def test_of_ten_thousand_forged_calls_none_is_accepted(reader: StripeIssuer, call: Callback) -> None:
    random = Random(20260329)  # noqa: S311 - repeatable, no secret
    forged = [_mutated(call, random) for _ in range(MUTATIONS)]
    assert sum(one != call for one in forged) == MUTATIONS
    assert [one for one in forged if _is_accepted(reader, one)] == []


@pytest.mark.parametrize(
    ("seconds", "accepted"),
    [
        (TOLERANCE_SECONDS, True),
        (-TOLERANCE_SECONDS, True),
        (TOLERANCE_SECONDS + 1, False),
        (-TOLERANCE_SECONDS - 1, False),
        (-3_600, False),
    ],
)
def test_a_stamp_may_be_five_minutes_off_either_way(
    seconds: int,
    accepted: bool,  # noqa: FBT001 - a table
    reader: StripeIssuer,
    call: Callback,
) -> None:
    late = replace(call, received_at=call.received_at + timedelta(seconds=seconds))
    assert _is_accepted(reader, late) is accepted


def test_either_of_two_secrets_may_have_signed(make_settings: MakeSettings) -> None:
    reader = StripeIssuer(_NO_CLIENT, make_settings(webhook_secret_next="whsec_the_next"))
    for secret, accepted in (("whsec_made_up", True), ("whsec_the_next", True), ("whsec_the_last", False)):
        assert _is_accepted(reader, signed(samples.a_question(), secret)) is accepted


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "t=1775000000",
        "v1=00",
        "t=1775000000,v0=00",
        "t=x,v1=00",
        "t=1775000000,t=1775000000,v1=00",
        "t=1775000000,v1=é",
        "t=" + "9" * 5_000 + ",v1=00",
        "t=1775000000," + "v1=00," * 5_000,
    ],
    ids=lambda header: str(header)[:30],
)
def test_a_header_of_another_form_is_refused(
    header: str | None, reader: StripeIssuer, call: Callback
) -> None:
    headers = {} if header is None else {HEADER: header}
    assert not _is_accepted(reader, replace(call, headers=headers))


@pytest.mark.parametrize(
    "event",
    [
        samples.a_question() | {"livemode": True},
        samples.a_question() | {"livemode": None},
        samples.a_question() | {"object": "charge"},
        samples.a_question() | {"id": None},
        samples.a_question() | {"id": "a b"},
        samples.a_question() | {"created": -1},
        samples.a_question() | {"created": True},
        samples.a_question() | {"created": 10**30},
        samples.a_question() | {"data": []},
        samples.a_question() | {"data": {"object": None}},
        samples.a_question(amount="100"),
        samples.a_question(amount=1.5),
        samples.a_question(amount=10**14),
        samples.a_question(merchant_amount=None),
        samples.an_event("issuing_transaction.created", samples.a_transaction(card=7)),
        samples.an_event("issuing_transaction.created", samples.a_transaction(merchant_data=None)),
        samples.an_event("issuing_card.updated", {"id": "ic_1", "status": "melted"}),
    ],
    ids=range(17),
)
def test_a_signed_call_of_another_form_is_refused_as_well(
    event: dict[str, Any], reader: StripeIssuer
) -> None:
    assert not _is_accepted(reader, signed(event, samples.SECRET, samples.CREATED))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[" * 100_000,
        '{"a":' * 100_000,
        "1" * 10_000,
        '{"created": NaN}',
        '{"livemode": Infinity}',
        '"\\ud800"',
        "x" * (LARGEST_BODY + 1),
    ],
    ids=["empty", "null", "deep list", "deep object", "long number", "NaN", "infinity", "surrogate", "huge"],
)
def test_a_signed_body_that_is_no_event_is_refused(body: str, reader: StripeIssuer) -> None:
    assert not _is_accepted(reader, _signed_text(body))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
_PATHS = [
    ["id"],
    ["type"],
    ["created"],
    ["livemode"],
    ["data"],
    ["data", "object"],
    *(["data", "object", name] for name in samples.an_authorisation()),
    *(["data", "object", "pending_request", name] for name in samples.amounts()),
    *(["data", "object", "merchant_data", name] for name in samples.an_authorisation()["merchant_data"]),
]


@given(path=st.sampled_from(_PATHS), value=json_values, kind=st.sampled_from(["request", "updated"]))
def test_any_value_anywhere_is_read_or_refused(path: list[str], value: object, kind: str) -> None:
    event: Any = samples.a_question() | {"type": f"issuing_authorization.{kind}"}
    inner = event
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    read = _read(_signed_text(json.dumps(event)))
    assert read is None or (read.amount >= 0 and "\x00" not in repr(read) and repr(read).isprintable())


@given(st.text())
def test_any_text_is_refused(text: str) -> None:
    assert _read(_signed_text(text.encode(errors="replace").decode())) is None


@given(header=st.text(), body=st.binary(max_size=200))
def test_any_bytes_are_refused(header: str, body: bytes) -> None:
    call = signed(samples.a_question(), samples.SECRET)
    assert _read(replace(call, headers={HEADER: header}, body=body)) is None


def _signed_text(body: str) -> Callback:
    call = signed(samples.a_question(), samples.SECRET)
    signature = _library_signature(body)
    return replace(call, headers={HEADER: signature}, body=body.encode())


def _library_signature(body: str) -> str:
    header: str = stripe.WebhookSignature.generate_signature_header(body, samples.SECRET, samples.CREATED)
    return header


def _read(call: Callback) -> CardEvent | None:
    try:
        return StripeIssuer(_NO_CLIENT, _SETTINGS).read_callback(call)
    except CallbackForged:
        return None
