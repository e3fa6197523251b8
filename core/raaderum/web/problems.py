"""Every refusal is a problem document (RFC 9457) with a stable code, in Danish and English."""

from __future__ import annotations

import json
import logging
import re
import traceback
from typing import TYPE_CHECKING, Final

from flask import Response
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from raaderum.enrolments.support_rules import HandoverRefused
from raaderum.invoices.rules import FileTooLarge
from raaderum.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RaaderumError, RuleBroken
from raaderum.kernel.text import Text
from raaderum.people.access import NotSignedIn
from raaderum.persistence.file_store import FilesUnavailable
from raaderum.web.database_failures import as_house_error, sqlstate
from raaderum.web.errors import BodyTooLarge, BodyUnreadable, FieldsInvalid, Unforeseen, WebError
from raaderum.web.request_ids import request_id

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

PROBLEM_TYPE: Final = "application/problem+json"
RETRY_AFTER_SECONDS: Final = "5"
_INTERNAL: Final = 500
_UNAVAILABLE: Final = 503
_STATUSES: Final[tuple[tuple[type[RaaderumError], int], ...]] = (
    (NotSignedIn, 401),
    (FileTooLarge, 413),
    (FilesUnavailable, 503),
    (InvalidInput, 422),
    (RuleBroken, 422),
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
)
"""The first family that an error belongs to decides."""
TITLES: Final[Mapping[int, Text]] = {
    400: Text("Forespørgslen kan ikke læses", "The request cannot be read"),
    401: Text("Ikke logget ind", "Not signed in"),
    403: Text("Ingen adgang", "Not allowed"),
    404: Text("Findes ikke", "Not found"),
    405: Text("Metoden kan ikke bruges her", "Method not offered"),
    409: Text("Det passer ikke med, hvordan det står nu", "Conflict with how it stands now"),
    413: Text("For stort", "Too large"),
    415: Text("Forkert indholdstype", "Wrong content type"),
    422: Text("Det kan ikke gøres sådan", "It cannot be done like this"),
    500: Text("Fejl hos os", "A fault of ours"),
    503: Text("Ikke klar lige nu", "Not available right now"),
}
_MONEY_IN_A_ROOM: Final = re.compile(r"(?<![a-z_])(amount|ceiling|payable)$")
_HEADERS: Final[Mapping[int, Mapping[str, str]]] = {
    401: {"WWW-Authenticate": "Bearer"},
    _UNAVAILABLE: {"Retry-After": RETRY_AFTER_SECONDS},
}


def problem_of(error: Exception) -> Response:
    """Return the answer for whatever was raised; faults of ours are logged, without anybody's data."""
    shown = _shown(error)
    status = status_of(shown)
    if status >= _INTERNAL:
        _log(error, status)
    document = {
        "type": f"/problems/{shown.code}",
        "title": TITLES[status].danish,
        "title_en": TITLES[status].english,
        "status": status,
        "detail": shown.message.danish,
        "detail_en": shown.message.english,
        "code": shown.code,
        "where": _as_the_api_calls_it(shown.where),
        "errors": _faults(shown),
        "request_id": request_id(),
    }
    body = json.dumps(document, ensure_ascii=False)
    return Response(body, status, headers=_HEADERS.get(status), mimetype=PROBLEM_TYPE)


def status_of(error: RaaderumError) -> int:
    """Return the HTTP status by the family of `error`; what no family is meant for a client is 500."""
    if isinstance(error, WebError):
        return error.status
    return next((status for family, status in _STATUSES if isinstance(error, family)), _INTERNAL)


def _shown(error: Exception) -> RaaderumError:
    if isinstance(error, RequestEntityTooLarge):
        return BodyTooLarge()
    if isinstance(error, HTTPException):
        return BodyUnreadable()
    shown = as_house_error(error)
    return shown if status_of(shown) != _INTERNAL else Unforeseen()


def _faults(error: RaaderumError) -> list[dict[str, str]]:
    if not isinstance(error, FieldsInvalid | HandoverRefused):
        return []
    return [
        {"where": fault.where, "detail": fault.message.danish, "detail_en": fault.message.english}
        for fault in error.faults
    ]


def _as_the_api_calls_it(where: str | None) -> str | None:
    """Rooms say `amount`, the API says `amount_oere`."""
    return where and _MONEY_IN_A_ROOM.sub(r"\1_oere", where)


def _log(error: Exception, status: int) -> None:
    """Log what failed and where in the code; never the error's text, which can hold people's data."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    level = logging.WARNING if status == _UNAVAILABLE else logging.ERROR
    kind = type(error).__name__
    log.log(level, "request %s: %s %s at %s", request_id(), kind, sqlstate(error) or "-", places)
