"""What went wrong in a call, as an outcome: "no" only where Stripe has definitely done nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import stripe

from raaderum.plugin_api import Unknown
from raaderum_prepaid_card.refusals import refused

if TYPE_CHECKING:
    from raaderum.plugin_api import Outcome

_UNDECIDED: Final = frozenset({408, 409, 424, 425, 429})
"""Answers below 500 after which the same key may still have an effect: another call holds it, say."""
_REFUSING: Final = range(400, 500)
_WORD: Final = re.compile(r"[A-Za-z0-9_.-]{1,100}", re.ASCII)


def outcome_of(error: Exception) -> Outcome:
    """Return what `error` of a call that changes something means. Nothing that was sent is in it."""
    if not isinstance(error, stripe.StripeError):
        return Unknown(f"the answer could not be read ({type(error).__name__})")
    if isinstance(error, stripe.IdempotencyError) or not _is_definite(error):
        return Unknown(_what_happened(error))
    return refused(_code(error))


def _is_definite(error: stripe.StripeError) -> bool:
    status = error.http_status
    return status in _REFUSING and status not in _UNDECIDED and isinstance(error.json_body, dict)


def _code(error: stripe.StripeError) -> str:
    """Prefer the reason for which a card was declined; a code of Stripe's may be missing altogether."""
    if isinstance(error, stripe.AuthenticationError):
        return "invalid_api_key"
    if isinstance(error, stripe.PermissionError):
        return "not_permitted"
    details = error.error
    named = (getattr(details, name, None) for name in ("decline_code", "code", "type"))
    return next((word for word in named if isinstance(word, str) and _WORD.fullmatch(word)), "refused")


def _what_happened(error: stripe.StripeError) -> str:
    """Say it without the message: it may hold what was sent."""
    request = error.request_id or ""
    parts = [type(error).__name__, str(error.http_status or ""), request if _WORD.fullmatch(request) else ""]
    return " ".join(part for part in parts if part)
