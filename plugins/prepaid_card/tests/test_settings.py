"""What the operator may say, and that no secret of it is ever shown."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import CardIssuerKind, Mode, SettingsInvalid, TellsMovements
from raaderum_prepaid_card.kind import StripeIssuerKind
from raaderum_prepaid_card.plugin import raaderum_card_issuers, raaderum_plugin_api_version
from raaderum_prepaid_card.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.plugin_api import CardOrder, ProviderContext
    from raaderum_prepaid_card.issuer import StripeIssuer
    from raaderum_prepaid_card.settings import IssuerSettings
    from raaderum_prepaid_card.testing.server import FakeStripe

    MakeContext = Callable[..., ProviderContext]
    MakeSettings = Callable[..., IssuerSettings]

SECRETS = ("sk_test_made_up", "whsec_made_up", "whsec_the_next")


def test_the_plugin_offers_both_issuers() -> None:
    kinds = raaderum_card_issuers()
    assert [kind.identifier for kind in kinds] == ["stripe_issuing", "sandbox_card"]
    assert all(isinstance(kind, CardIssuerKind) for kind in kinds)
    assert raaderum_plugin_api_version() == "1.1"


def test_every_setting_is_described_in_both_languages_and_secrets_are_marked() -> None:
    assert {setting.name for setting in SETTINGS if setting.secret} == {
        "api_key",
        "webhook_secret",
        "webhook_secret_next",
    }
    assert all(setting.description.danish != setting.description.english for setting in SETTINGS)


def test_an_issuer_is_made_without_opening_a_socket(
    make_context: MakeContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "socket", None)
    assert isinstance(StripeIssuerKind().configure(make_context()), TellsMovements)
    assert isinstance(StripeIssuerKind().configure(make_context(Mode.LIVE)), TellsMovements)


@pytest.mark.parametrize(
    ("mode", "setting", "given"),
    [
        (Mode.DISABLED, "mode", {}),
        (Mode.SANDBOX, "api_key", {"api_key": "sk_live_made_up"}),
        (Mode.SANDBOX, "api_key", {"api_key": "pk_test_made_up"}),
        (Mode.SANDBOX, "api_key", {"api_key": "sk_test_made up"}),
        (Mode.LIVE, "api_key", {"api_key": "sk_test_made_up"}),
        (Mode.LIVE, "api_base", {"api_base": "http://127.0.0.1:1"}),
        (Mode.SANDBOX, "api_base", {"api_base": "file:///etc"}),
        (Mode.SANDBOX, "webhook_secret", {"webhook_secret": "made_up"}),
        (Mode.SANDBOX, "webhook_secret_next", {"webhook_secret_next": "made_up"}),
        (Mode.SANDBOX, "currency", {"currency": "dkk"}),
        (Mode.SANDBOX, "rate", {"rate": "0"}),
        (Mode.SANDBOX, "margin_percent", {"margin_percent": "-1"}),
        (Mode.SANDBOX, "timeout_seconds", {"timeout_seconds": "0"}),
        (Mode.SANDBOX, "timeout_seconds", {"timeout_seconds": "21"}),
        (Mode.SANDBOX, "timeout_seconds", {"timeout_seconds": "9" * 5000}),
        (Mode.SANDBOX, "timeout_seconds", {"timeout_seconds": "²"}),
    ],
    ids=lambda value: "" if isinstance(value, dict) else str(value),
)
def test_a_setting_that_cannot_be_used_stops_the_start(
    mode: Mode, setting: str, given: dict[str, str], make_context: MakeContext
) -> None:
    with pytest.raises(SettingsInvalid, match=setting) as refused:
        StripeIssuerKind().configure(make_context(mode, **given))
    assert "made_up" not in str(refused.value)
    assert refused.value.where == "aarhus"


def test_two_webhook_secrets_hold_while_one_is_being_changed(make_settings: MakeSettings) -> None:
    assert make_settings().webhook_secrets == ("whsec_made_up",)
    both = make_settings(webhook_secret_next="whsec_the_next").webhook_secrets
    assert both == ("whsec_made_up", "whsec_the_next")


def test_no_secret_and_no_name_is_printed_or_logged(
    fake: FakeStripe,
    issuer: StripeIssuer,
    make_settings: MakeSettings,
    make_order: Callable[..., CardOrder],
    caplog: pytest.LogCaptureFixture,
) -> None:
    order = make_order()
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="stripe"):
        issuer.issue(order, "key")
        fake.tears = 1
        issuer.issue(make_order(2), "another key")
    shown = (
        caplog.text + repr(make_settings(webhook_secret_next="whsec_the_next")) + repr(issuer) + repr(order)
    )
    assert "urllib3" in caplog.text
    assert [secret for secret in (*SECRETS, "Kjærgaard", "Kjaergaard", "Vestergade") if secret in shown] == []
