"""A visit to a made-up shop, from the till to the capture."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.plugin_api import CallbackAnswer, CardControls, CardState, Completed, Oere
from raaderum_prepaid_card import visit
from raaderum_prepaid_card.sandbox import SandboxCardIssuer, SandboxCardKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.plugin_api import Callback, CardOrder, ProviderContext

ADDRESS = "http://127.0.0.1:1/webhooks/aarhus/sandbox_card"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the shop sends; the municipality approves up to 100 kroner."""
    sent: list[dict[str, Any]] = []

    def answer(_address: str, call: Callback) -> CallbackAnswer:
        sent.append(json.loads(call.body))
        asked = sent[-1]["amount"]
        return CallbackAnswer(200, {}, json.dumps({"approved": asked if asked <= 100_00 else 0}).encode())

    monkeypatch.setattr(visit, "post", answer)
    return sent


@pytest.mark.parametrize(
    ("kroner", "shown", "kinds"),
    [
        ("99,50", "99,50 kr. er betalt.", ["asked", "authorised", "captured", "authorised"]),
        ("101", "Afvist: webhook_declined.", ["asked", "authorised"]),
        ("501", "Afvist: spending_controls.", ["authorised"]),
    ],
)
def test_the_till_says_what_became_of_it(
    kroner: str,
    shown: str,
    kinds: list[str],
    sent: list[dict[str, Any]],
    make_context: Callable[..., ProviderContext],
    make_order: Callable[..., CardOrder],
    capsys: pytest.CaptureFixture[str],
) -> None:
    context = make_context()
    issuer = SandboxCardKind().configure(context)
    assert isinstance(issuer, SandboxCardIssuer)
    card = issuer.issue(make_order(), "key")
    assert isinstance(card, Completed)
    issuer.set_controls(card.reference, CardControls(Oere(500_00)), "key")
    issuer.change_state(card.reference, CardState.ACTIVE, "key")
    visit.main([str(context.files), ADDRESS, card.reference, kroner])
    assert capsys.readouterr().out.strip() == shown
    assert [call["kind"] for call in sent] == kinds
