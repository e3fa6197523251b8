"""Stripe Issuing as something that a tenant can switch on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Text
from raaderum_prepaid_card.client import make_client
from raaderum_prepaid_card.issuer import StripeIssuer
from raaderum_prepaid_card.settings import SETTINGS, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.plugin_api import CardIssuer, ProviderContext, Setting


class StripeIssuerKind:
    """Prepaid cards through Stripe Issuing. The sandbox is Stripe's own test mode."""

    identifier: Final = "stripe_issuing"
    name: Final = Text("Forudbetalt kort (Stripe Issuing)", "Prepaid card (Stripe Issuing)")
    settings: Sequence[Setting] = SETTINGS

    def configure(self, context: ProviderContext) -> CardIssuer:
        """Return the tenant's issuer; raise `SettingsInvalid`. Nothing is sent."""
        settings = read_settings(context)
        return StripeIssuer(make_client(settings), settings)
