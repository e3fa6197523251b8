"""Answering a shop that waits: one call to the database, within a time of our own, and no if it fails.

No mapped row is touched. Another thread makes the call, so that a database that does not answer at all
cannot keep the shop waiting; whatever it says too late is rolled back.
"""

from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from os import register_at_fork
from threading import Event
from typing import TYPE_CHECKING, Any, Final

from raaderum.cards.rules import Reason
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.persistence.database import db
from raaderum.persistence.swift_call import call_swiftly
from raaderum.plugin_api import CardDecision
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from raaderum.plugin_api import CardEvent

log = logging.getLogger(__name__)
PATIENCE: Final = 1.2
"""Seconds until a shop is answered, come what may. Issuers wait for two."""
_AT_ONCE: Final = 16
_LIMITS: Final = b"begin; set local statement_timeout = '900ms'; set local lock_timeout = '700ms'"
_DECIDE: Final = (
    "select approved, reason from decide_card_authorisation("
    "%(tenant)s, %(issuer)s, %(event)s, %(card)s, %(payment)s, %(amount)s, %(partial)s, %(merchant)s,"
    " %(category)s, %(city)s, %(asked_at)s, %(today)s, %(ids)s::uuid[])"
)
UNAVAILABLE: Final = CardDecision(Oere(0), Reason.UNAVAILABLE)


def decide(issuer: str, event: CardEvent) -> CardDecision:
    """Answer a shop's question for the current tenant; never raise, never take longer than `PATIENCE`."""
    begun, given_up = time.monotonic(), Event()
    try:
        asked = _threads().submit(
            call_swiftly,
            db.engine,
            opening=_LIMITS,
            statement=_DECIDE,
            parameters=_parameters(issuer, event),
            given_up=given_up,
        )
        row = asked.result(timeout=PATIENCE - (time.monotonic() - begun))
    except Exception as error:  # noqa: BLE001 - whatever is wrong, the shop is answered
        # A commit that is on its way all the same is the issuer's to tell: it knows what it was answered.
        given_up.set()
        log.warning("a card payment was not decided (%s) and is declined", type(error).__name__)
        return UNAVAILABLE
    return UNAVAILABLE if row is None else CardDecision(Oere(row[0]), str(row[1]))


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="card")


# A child has none of its parent's threads.
register_at_fork(after_in_child=_threads.cache_clear)


def _parameters(issuer: str, event: CardEvent) -> dict[str, Any]:
    ids = ",".join(str(new_id()) for _ in range(5))
    merchant = event.merchant
    return {
        "tenant": current_tenant_id(),
        "issuer": issuer,
        "event": event.event_id,
        "card": event.card or "",
        "payment": event.authorisation or event.event_id,
        "amount": event.amount,
        "partial": event.partial_allowed,
        "merchant": merchant.name if merchant else "",
        "category": merchant.category if merchant else "",
        "city": merchant.city if merchant else "",
        "asked_at": event.occurred_at,
        "today": clock.today(),
        "ids": f"{{{ids}}}",
    }
