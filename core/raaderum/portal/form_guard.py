"""Was this form ours? A form carries a token that only the page shown to this browser can know."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from raaderum.kernel.errors import NotAllowed
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from flask import Request

FIELD: Final = "form_token"
_OWN_SITES: Final = frozenset({"same-origin", "none"})


class FormNotOurs(NotAllowed):
    """A form without its token, or sent from another website."""

    code = "form_not_ours"
    text = Text(
        "Formularen kom ikke fra en side, du selv har åbnet her. Gå tilbage, genindlæs siden, og prøv igen.",
        "The form did not come from a page that you opened here. Go back, reload the page and try again.",
    )


def form_token(secret: str) -> str:
    """Return the token of the forms shown to the browser that holds the cookie `secret`."""
    return hmac.new(secret.encode(), b"raaderum form", hashlib.sha256).hexdigest()


def check_form(request: Request, *, secret: str) -> None:
    """Raise `FormNotOurs` unless the form was shown to the browser that holds `secret`."""
    given = request.form.get(FIELD, "")
    if not secret or not hmac.compare_digest(given.encode(), form_token(secret).encode()):
        raise FormNotOurs


def check_origin(request: Request) -> None:
    """Raise `FormNotOurs` where the browser says that another website sent the form."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in _OWN_SITES:
        raise FormNotOurs
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise FormNotOurs
