"""What people call a programme and a way of paying, instead of the name that files know them by."""

from __future__ import annotations

from typing import Final

from raaderum.exchange.purchases import BEFORE_RAADERUM
from raaderum.kernel import clock
from raaderum.kernel.text import Text
from raaderum.plugin_host.installed import plugins
from raaderum.programmes.installed import newest_rules

_BEFORE: Final = Text("indlæst fra før Råderum", "imported from before Råderum")


def programme_name(slug: str) -> Text:
    """Return the name of the current tenant's programme."""
    return newest_rules(slug, on=clock.today()).name


def way_name(identifier: str) -> Text:
    """Return the name of a way of paying or of a card issuer; one that is gone keeps its identifier."""
    if identifier == BEFORE_RAADERUM:
        return _BEFORE
    registry = plugins()
    kind = registry.payout_providers.get(identifier) or registry.card_issuers.get(identifier)
    return Text(identifier, identifier) if kind is None else kind.name
