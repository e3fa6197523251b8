"""What a provider tells by calling us. It has been proven and kept before it comes here."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from raaderum.payouts.settling import TOLD_BY_CALLBACK, settle_attempt

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.plugin_api import CallbackMessage

log = logging.getLogger(__name__)


def take_in_callback(session: Session, provider_identifier: str, message: CallbackMessage) -> None:
    """Settle what a call tells of our attempts, each as if the worker had been told.

    A provider can only tell of payouts of its own: what it says of others, or of none that is known,
    is left alone and counted in the log.
    """
    # Two calls about the same payouts take their locks in the same order.
    for told in sorted(message.told, key=lambda one: one.idempotency_key):
        settled = settle_attempt(
            session,
            told.idempotency_key,
            told.outcome,
            told_by=TOLD_BY_CALLBACK,
            provider=provider_identifier,
        )
        if not settled:
            log.warning("%s told of a payment that is not one of its own", provider_identifier)
