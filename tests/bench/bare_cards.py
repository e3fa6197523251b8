"""The limits of a card decision: a bare endpoint with one query, and the library's event with one call."""

from __future__ import annotations

import json
import os
from datetime import datetime
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

import stripe
from flask import Flask, Response, request
from sqlalchemy import create_engine

_ONE_QUERY: Final = "select id from raaderum.card where reference = %(card)s"
_DECIDE: Final = (
    "select approved, reason from raaderum.decide_card_authorisation(%(tenant)s, 'stripe_issuing', %(event)s,"
    " %(card)s, %(payment)s, %(amount)s, false, %(shop)s, %(category)s, %(city)s, now(), %(today)s,"
    " %(ids)s)"
)
_DANISH: Final = ZoneInfo("Europe/Copenhagen")
_HEADERS: Final = {"Stripe-Version": stripe.api_version}


def application() -> Flask:
    """Return the application; database, tenant and secret stand in the environment."""
    app = Flask(__name__)
    engine = create_engine(os.environ["BENCH_BARE_URL"], pool_size=10)
    tenant, secret = os.environ["BENCH_TENANT"], os.environ["BENCH_STRIPE_SECRET"]

    def asked_of_the_database(statement: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - a row
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(statement, parameters)
            row = cursor.fetchone()
            connection.commit()
        finally:
            connection.close()
        return row

    def decided(event: str, payment: str, card: str, amount: int, shop: Any) -> bool:  # noqa: ANN401 - either form
        parameters = {
            "tenant": tenant,
            "event": event,
            "card": card,
            "payment": payment,
            "amount": amount,
            "shop": shop["name"],
            "category": shop["category_code"],
            "city": shop["city"],
            "today": datetime.now(_DANISH).date(),
            "ids": [uuid4() for _ in range(5)],
        }
        approved: int = asked_of_the_database(_DECIDE, parameters)[0]
        return approved > 0

    def answered(*, approved: bool) -> Response:
        return Response(json.dumps({"approved": approved}), headers=_HEADERS, mimetype="application/json")

    @app.post("/one")
    def one() -> Response:
        body = request.get_data()
        stripe.WebhookSignature.verify_header(body, request.headers["Stripe-Signature"], secret, 300)
        told = json.loads(body)["data"]["object"]
        return answered(approved=bool(asked_of_the_database(_ONE_QUERY, {"card": told["card"]["id"]})))

    @app.post("/function")
    def function() -> Response:
        body = request.get_data()
        stripe.WebhookSignature.verify_header(body, request.headers["Stripe-Signature"], secret, 300)
        event = json.loads(body)
        asked = event["data"]["object"]
        amount, shop = asked["pending_request"]["merchant_amount"], asked["merchant_data"]
        return answered(approved=decided(event["id"], asked["id"], asked["card"]["id"], amount, shop))

    @app.post("/event")
    def event() -> Response:
        body, signature = request.get_data(), request.headers["Stripe-Signature"]
        event = stripe.Webhook.construct_event(body, signature, secret, api_key="sk_test_made_up")
        asked: Any = event.data.object
        amount, shop = asked.pending_request.merchant_amount, asked.merchant_data
        return answered(approved=decided(event.id, asked.id, asked.card.id, amount, shop))

    @app.get("/")
    def alive() -> str:
        return ""

    return app
