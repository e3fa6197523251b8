"""What Råderum finds by the entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.plugin_api import hookimpl
from raaderum_prepaid_card.kind import StripeIssuerKind
from raaderum_prepaid_card.sandbox import SandboxCardKind

if TYPE_CHECKING:
    from raaderum.plugin_api import CardIssuerKind

WRITTEN_AGAINST = "1.1"


@hookimpl
def raaderum_plugin_api_version() -> str:
    """Return the version of the plugin interface that this plugin was written against."""
    return WRITTEN_AGAINST


@hookimpl
def raaderum_card_issuers() -> tuple[CardIssuerKind, ...]:
    """Return Stripe, and an issuer without any network for demos."""
    return (StripeIssuerKind(), SandboxCardKind())
