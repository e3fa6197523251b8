"""Makes the official client: time-outs on every call, no retries of its own, nothing personal in a log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import stripe

if TYPE_CHECKING:
    from raaderum_prepaid_card.settings import IssuerSettings

_CONNECT_SECONDS: Final = 3


def make_client(settings: IssuerSettings) -> stripe.StripeClient:
    """Return a client for one tenant; nothing is sent yet. Safe in several threads.

    It never repeats a call: what to do with an answer that did not come is the core's decision.
    """
    _keep_quiet()
    timeouts = (min(_CONNECT_SECONDS, settings.timeout_seconds), settings.timeout_seconds)
    return stripe.StripeClient(
        settings.api_key,
        http_client=stripe.RequestsClient(timeout=timeouts),
        base_addresses={"api": settings.api_base} if settings.api_base else None,
        max_network_retries=0,
    )


def _keep_quiet() -> None:
    """Drop what the library logs below a warning: it holds names, addresses and whole answers.

    A filter, as a level would be undone by whoever sets up logging later. How long each call took
    is told to nobody.
    """
    logging.getLogger("stripe").addFilter(_only_warnings)
    stripe.enable_telemetry = False


def _only_warnings(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING
