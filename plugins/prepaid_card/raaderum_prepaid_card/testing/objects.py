"""The things Stripe answers with, in the form of its published specification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from raaderum_prepaid_card.categories import NAMES_BY_CODE

if TYPE_CHECKING:
    from collections.abc import Mapping

Thing = dict[str, Any]
_TEST_MODE: Final = False
_NO_LIMITS: Final[Mapping[str, Any]] = {
    "allowed_categories": None,
    "blocked_categories": None,
    "spending_limits": [],
    "spending_limits_currency": None,
}


def cardholder(reference: str, created: int, form: Mapping[str, Any]) -> Thing:
    """Return a new cardholder."""
    address = {"line2": None, "state": None, **form["billing"]["address"]}
    return {
        "id": reference,
        "object": "issuing.cardholder",
        "billing": {"address": address},
        "company": None,
        "created": created,
        "email": form.get("email"),
        "individual": None,
        "livemode": _TEST_MODE,
        "metadata": dict(form.get("metadata", {})),
        "name": form["name"],
        "phone_number": form.get("phone_number"),
        "preferred_locales": None,
        "requirements": {"disabled_reason": None, "past_due": []},
        "spending_controls": {**_NO_LIMITS},
        "status": form.get("status", "active"),
        "type": form.get("type", "individual"),
    }


def card(reference: str, created: int, holder: Thing, form: Mapping[str, Any]) -> Thing:
    """Return a new card of `holder`."""
    return {
        "id": reference,
        "object": "issuing.card",
        "brand": "Visa",
        "cancellation_reason": None,
        "cardholder": holder,
        "created": created,
        "currency": form["currency"],
        "exp_month": 11,
        "exp_year": 2029,
        "last4": reference[-4:].rjust(4, "0"),
        "livemode": _TEST_MODE,
        "metadata": dict(form.get("metadata", {})),
        "replaced_by": None,
        "replacement_for": form.get("replacement_for"),
        "replacement_reason": form.get("replacement_reason"),
        "shipping": _shipping(form.get("shipping")),
        "spending_controls": {**_NO_LIMITS},
        "status": form.get("status", "inactive"),
        "type": form["type"],
        "wallets": {
            "apple_pay": {"eligible": True, "ineligible_reason": None},
            "google_pay": {"eligible": True, "ineligible_reason": None},
            "primary_account_identifier": None,
        },
    }


def merchant(form: Mapping[str, Any]) -> Thing:
    """Return the shop of a payment; without anything else, a music shop in Aarhus."""
    category = form.get("category", "music_stores_musical_instruments_pianos_and_sheet_music")
    codes = {name: code for code, name in NAMES_BY_CODE.items()}
    return {
        "category": category,
        "category_code": codes.get(category, "5999"),
        "city": form.get("city", "Aarhus"),
        "country": form.get("country", "DK"),
        "name": form.get("name", "Musikhuset"),
        "network_id": form.get("network_id", "1234567890"),
        "postal_code": form.get("postal_code", "8000"),
        "state": None,
    }


def request(created: int, *, approved: bool, reason: str, asked: Mapping[str, Any]) -> Thing:
    """Return one line of an authorisation's history."""
    return {
        "amount": asked["amount"],
        "amount_details": None,
        "approved": approved,
        "created": created,
        "currency": asked["currency"],
        "merchant_amount": asked["merchant_amount"],
        "merchant_currency": asked["merchant_currency"],
        "reason": reason,
        "reason_message": None,
    }


def authorisation(reference: str, created: int, of: Thing, form: Mapping[str, Any]) -> Thing:
    """Return a new authorisation of the card `of` that holds nothing yet."""
    return {
        "id": reference,
        "object": "issuing.authorization",
        "amount": 0,
        "amount_details": None,
        "approved": False,
        "authorization_method": form.get("authorization_method", "online"),
        "balance_transactions": [],
        "card": of,
        "cardholder": of["cardholder"]["id"],
        "created": created,
        "currency": of["currency"],
        "livemode": _TEST_MODE,
        "merchant_amount": 0,
        "merchant_currency": form.get("merchant_currency", of["currency"]),
        "merchant_data": merchant(form.get("merchant_data", {})),
        "metadata": {},
        "network_data": None,
        "pending_request": None,
        "request_history": [],
        "status": "closed",
        "transactions": [],
        "verification_data": dict.fromkeys(
            ("address_line1_check", "address_postal_code_check", "cvc_check", "expiry_check"), "not_provided"
        ),
        "wallet": None,
    }


def pending(form: Mapping[str, Any], currency: str) -> Thing:
    """Return what a shop asks for, in both currencies."""
    amount = int(form["amount"])
    return {
        "amount": amount,
        "amount_details": None,
        "currency": currency,
        "is_amount_controllable": form.get("is_amount_controllable") == "true",
        "merchant_amount": int(form.get("merchant_amount", amount)),
        "merchant_currency": form.get("merchant_currency", currency),
    }


def transaction(reference: str, created: int, of: Thing, amounts: Mapping[str, Any], shop: Thing) -> Thing:
    """Return a movement on the card `of`: below 0 the money left, above it came back."""
    return {
        "id": reference,
        "object": "issuing.transaction",
        "amount": amounts["amount"],
        "amount_details": None,
        "authorization": amounts.get("authorization"),
        "balance_transaction": f"txn_{reference}",
        "card": of["id"],
        "cardholder": of["cardholder"]["id"],
        "created": created,
        "currency": of["currency"],
        "dispute": None,
        "livemode": _TEST_MODE,
        "merchant_amount": amounts["merchant_amount"],
        "merchant_currency": amounts["merchant_currency"],
        "merchant_data": shop,
        "metadata": {},
        "type": "capture" if amounts["amount"] < 0 else "refund",
        "wallet": None,
    }


def dispute(reference: str, created: int, of: Thing, status: str) -> Thing:
    """Return a dispute of the capture `of`."""
    return {
        "id": reference,
        "object": "issuing.dispute",
        "amount": -of["amount"],
        "balance_transactions": [],
        "created": created,
        "currency": of["currency"],
        "evidence": {"reason": "other"},
        "livemode": _TEST_MODE,
        "metadata": {},
        "status": status,
        "transaction": of["id"],
    }


def event(reference: str, created: int, kind: str, thing: Thing) -> Thing:
    """Return the account of something that happened to `thing`."""
    return {
        "id": reference,
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": created,
        "data": {"object": thing},
        "livemode": _TEST_MODE,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }


def _shipping(form: Mapping[str, Any] | None) -> Thing | None:
    if form is None:
        return None
    return {
        "address": {"line2": None, "state": None, **form["address"]},
        "carrier": None,
        "customs": None,
        "eta": None,
        "name": form["name"],
        "phone_number": None,
        "require_signature": None,
        "service": form.get("service", "standard"),
        "status": "pending",
        "tracking_number": None,
        "tracking_url": None,
        "type": form.get("type", "individual"),
    }
