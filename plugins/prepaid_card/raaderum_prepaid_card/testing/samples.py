"""Events in the form that Stripe sends, with no more in them than is read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

CREATED = 1_775_000_000
MOMENT = datetime.fromtimestamp(CREATED, UTC)
SECRET = "whsec_made_up"  # noqa: S105 - it opens nothing


def an_event(kind: str, thing: dict[str, Any], **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """Return an event about `thing`."""
    return {
        "id": "evt_1",
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": CREATED,
        "data": {"object": thing},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    } | changed


def amounts(units: int = 1340, oere: int = 100_00, currency: str = "dkk") -> dict[str, Any]:
    """Return what was billed in cents, and what the shop asked for in its own currency."""
    return {"amount": units, "currency": "eur", "merchant_amount": oere, "merchant_currency": currency}


def an_authorisation(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    """Return an approved authorisation."""
    return {
        "id": "iauth_1",
        "object": "issuing.authorization",
        **amounts(),
        "approved": True,
        "status": "pending",
        "card": {"id": "ic_1", "object": "issuing.card"},
        "merchant_data": {
            "category": "book_stores",
            "category_code": "5942",
            "city": "Lejre",
            "country": "DK",
            "name": "Boghandlen",
            "network_id": "1234567890",
        },
        "pending_request": None,
        "request_history": [{"approved": True, "reason": "webhook_approved"}],
        "transactions": [],
    } | changed


def a_question(*, partly: bool = False, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    """Return the event in which a shop asks for the first time; `partly` where it takes less as well."""
    pending = amounts() | {"is_amount_controllable": partly} | changed
    nothing_yet = {"amount": 0, "merchant_amount": 0, "approved": False, "request_history": []}
    return an_event("issuing_authorization.request", an_authorisation(**nothing_yet, pending_request=pending))


def a_transaction(units: int = -1340, oere: int = -100_00, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    """Return a capture, or a refund where the amounts are above 0."""
    return {
        "id": "ipi_1",
        "object": "issuing.transaction",
        **amounts(units, oere),
        "authorization": "iauth_1",
        "card": "ic_1",
        "merchant_data": an_authorisation()["merchant_data"],
        "type": "capture" if units < 0 else "refund",
    } | changed
