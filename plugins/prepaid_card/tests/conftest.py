"""An issuer, a stand-in for Stripe that keeps state, and the published specification where there is one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from raaderum.plugin_api import CardForm, CardOrder, Mode, PostalAddress, ProviderContext
from raaderum_prepaid_card.client import make_client
from raaderum_prepaid_card.issuer import StripeIssuer
from raaderum_prepaid_card.settings import read_settings
from raaderum_prepaid_card.testing.server import FakeStripe
from raaderum_prepaid_card.testing.stripe_account import StripeAccount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from raaderum_prepaid_card.settings import IssuerSettings

    MakeSettings = Callable[..., IssuerSettings]
    MakeOrder = Callable[..., CardOrder]

CONTRACTS = Path(__file__).parents[3].parent / "shared" / "contracts" / "stripe"
NOW = 1_775_000_000
HOLDER = UUID("019bd3f6-1c00-7000-8000-000000000001")


@pytest.fixture
def make_context(tmp_path: Path) -> Callable[..., ProviderContext]:
    def make(mode: Mode = Mode.SANDBOX, **settings: str) -> ProviderContext:
        usual = {
            "api_key": "sk_test_made_up" if mode is not Mode.LIVE else "sk_live_made_up",
            "webhook_secret": "whsec_made_up",
            "rate": "7.46",
        }
        return ProviderContext(UUID(int=1), "aarhus", mode, usual | settings, tmp_path / "cards")

    return make


@pytest.fixture
def make_settings(make_context: Callable[..., ProviderContext]) -> MakeSettings:
    def make(mode: Mode = Mode.SANDBOX, **settings: str) -> IssuerSettings:
        return read_settings(make_context(mode, **settings))

    return make


@pytest.fixture
def account() -> StripeAccount:
    """An account whose clock stands still: everything happens within one second."""
    return StripeAccount(now=lambda: NOW)


@pytest.fixture
def fake(account: StripeAccount) -> Iterator[FakeStripe]:
    with FakeStripe(account).running() as running:
        yield running


@pytest.fixture
def settings(fake: FakeStripe, make_settings: MakeSettings) -> IssuerSettings:
    return make_settings(api_base=fake.address, timeout_seconds="1")


@pytest.fixture
def issuer(settings: IssuerSettings) -> StripeIssuer:
    return StripeIssuer(make_client(settings), settings)


@pytest.fixture
def make_order() -> MakeOrder:
    def make(number: int = 1, **changed: Any) -> CardOrder:  # noqa: ANN401 - any field
        usual: dict[str, Any] = {
            "card_id": UUID(f"019bd3f6-1c00-7000-8000-0000000001{number:02}"),
            "holder_id": HOLDER,
            "holder_name": "Åse Bøgh Kjærgaard",
            "address": PostalAddress("Vestergade 1", "8000", "Aarhus C"),
            "form": CardForm.VIRTUAL,
        }
        return CardOrder(**(usual | changed))

    return make


@pytest.fixture(scope="session")
def contracts() -> Path:
    if not CONTRACTS.is_dir():
        pytest.skip("Stripe's published specification is not beside this checkout")
    return CONTRACTS


@pytest.fixture(scope="session")
def specification(contracts: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((contracts / "spec3.issuing-only.json").read_text(encoding="utf-8"))
    return read
