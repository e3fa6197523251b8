"""Proves that a call comes from Stripe: by the library's own check, and by what it leaves out.

The library refuses a stamp that is too old, by the clock of the machine; one from the future it
lets pass. So the age is judged here, both ways, by the moment at which the call was received.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import stripe

from raaderum.plugin_api import CallbackForged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.plugin_api import Callback

HEADER: Final = "stripe-signature"
TOLERANCE_SECONDS: Final = 300
LARGEST_BODY: Final = 1_000_000
"""Bytes. An event of Stripe's is some kilobytes."""
_LONGEST_HEADER: Final = 4_096
_SHAPE: Final = re.compile(r"(?:[A-Za-z0-9]+=[0-9a-zA-Z]+,)*[A-Za-z0-9]+=[0-9a-zA-Z]+", re.ASCII)
_STAMP: Final = re.compile(r"(?:^|,)t=(\d{1,12})(?=,|$)", re.ASCII)


def verify(callback: Callback, secrets: Sequence[str], header_name: str = HEADER) -> None:
    """Raise `CallbackForged` unless one of `secrets` has signed the body just now.

    There are two while a secret is being changed.
    """
    header = callback.headers.get(header_name, "")
    if len(callback.body) > LARGEST_BODY or len(header) > _LONGEST_HEADER or not _SHAPE.fullmatch(header):
        raise CallbackForged
    stamps = _STAMP.findall(header)
    if len(stamps) != 1:
        raise CallbackForged
    if abs(int(stamps[0]) - callback.received_at.timestamp()) > TOLERANCE_SECONDS:
        raise CallbackForged
    if not any(_has_signed(secret, header, callback.body) for secret in secrets):
        raise CallbackForged


def _has_signed(secret: str, header: str, body: bytes) -> bool:
    try:
        stripe.WebhookSignature.verify_header(body, header, secret)
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        # Both carry the body; nothing of it goes on from here.
        return False
    return True
