"""Headers that every page carries: nothing but our own stylesheet and pictures, and nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

_CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: under it a browser sends our own forms with the origin "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def add_security_headers(response: Response) -> None:
    """Set the headers; nothing is ever stored.

    A letter, the citizen's words and a redirect to their case would otherwise stay in a browser that
    others use after them.
    """
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)  # a file that is handed out has stricter ones of its own
    response.headers["Cache-Control"] = "no-store"
