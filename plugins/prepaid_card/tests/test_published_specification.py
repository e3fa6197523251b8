"""Every call that we make, sent by the official client to a mock of the published specification.

Others wrote the mock, Prism. It keeps no state: it judges the form of what is sent, and answers in
the form that is published.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import stripe

from raaderum.plugin_api import CardControls, CardForm, CardState, Completed, Oere, ReplacementReason
from raaderum_prepaid_card.client import make_client
from raaderum_prepaid_card.events import TOLD
from raaderum_prepaid_card.issuer import StripeIssuer
from raaderum_prepaid_card.parameters import new_card, new_cardholder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from raaderum.plugin_api import CardOrder
    from raaderum_prepaid_card.settings import IssuerSettings

NODE: Final = Path(sys.prefix) / "bin" / "node"
PRISM: Final = Path(sys.prefix) / "prism" / "node_modules" / ".bin" / "prism"
PATIENCE_SECONDS: Final = 60
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def address(contracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not (NODE.exists() and PRISM.exists()):
        pytest.skip("Prism is not installed: `make test` installs it where npm can fetch it")
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("prism") / "log"
    specification = contracts / "spec3.issuing-prism.json"
    command: list[str | Path] = [NODE, PRISM, "mock", "-h", "127.0.0.1", "-p", str(port), specification]
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as server:
        try:
            _await_port(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _await_port(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(log.read_text(errors="replace")[-2000:])


@pytest.fixture
def settings(address: str, make_settings: Callable[..., IssuerSettings]) -> IssuerSettings:
    return make_settings(api_base=address, currency="usd", rate="6.9")


@pytest.fixture
def client(settings: IssuerSettings) -> stripe.StripeClient:
    return make_client(settings)


@pytest.fixture
def issuer(client: stripe.StripeClient, settings: IssuerSettings) -> StripeIssuer:
    return StripeIssuer(client, settings)


def test_what_changes_something_is_sent_in_the_published_form(
    issuer: StripeIssuer,
    client: stripe.StripeClient,
    settings: IssuerSettings,
    make_order: Callable[..., CardOrder],
) -> None:
    orders = [
        make_order(),
        make_order(form=CardForm.PHYSICAL),
        make_order(replaces="ic_1", replacement_reason=ReplacementReason.DAMAGED),
    ]
    holders = [client.v1.issuing.cardholders.create(new_cardholder(order)) for order in orders]  # type: ignore[arg-type] # made elsewhere
    cards = [client.v1.issuing.cards.create(new_card(order, "ich_1", "key", settings)) for order in orders]  # type: ignore[arg-type] # made elsewhere
    assert {holder.object for holder in holders} == {"issuing.cardholder"}
    assert {card.object for card in cards} == {"issuing.card"}
    for order in orders:
        assert isinstance(issuer.issue(order, "key"), Completed)
    for state in CardState:
        assert issuer.change_state("ic_1", state, "key") == Completed("ic_1")
    for controls in (
        CardControls(Oere(0)),
        CardControls(Oere(500_00), Oere(100_00), ("5733", "3501"), ("5733",)),
        CardControls(Oere(500_00), blocked_categories=("7995", "5813")),
    ):
        assert issuer.set_controls("ic_1", controls, "key") == Completed("ic_1")


def test_what_asks_is_sent_and_read_in_the_published_form(
    issuer: StripeIssuer, client: stripe.StripeClient
) -> None:
    assert issuer.look_up("no card carries this key") is None
    assert issuer.retrieve_card("ic_1").last_four == "4242"
    (movement,) = issuer.movements(SINCE, UNTIL)
    assert movement.amount == 6_90
    assert isinstance(list(issuer.events_since(SINCE)), list)
    listed = client.v1.events.list({"types": list(TOLD), "limit": 100})
    assert [event.object for event in listed.data] == ["event"]


def test_the_mock_refuses_what_is_not_in_the_published_form(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.StripeError):
        client.v1.issuing.cards.create({"currency": "usd", "type": "wooden"})
    with pytest.raises(stripe.StripeError):
        client.v1.issuing.cardholders.create({"name": "A"})  # type: ignore[typeddict-item] # the mistake itself
