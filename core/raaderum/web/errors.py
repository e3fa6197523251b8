"""Errors that only HTTP knows. All other errors come from the rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence


class WebError(RaaderumError):
    """An error that carries its HTTP status itself."""

    status: ClassVar[int]


class PathUnknown(WebError):
    """Nothing answers at this path."""

    code, status = "path_unknown", 404
    text = Text(
        "Adressen findes ikke. Se /api/v1/openapi.json.", "There is no such path. See /api/v1/openapi.json."
    )


class MethodNotOffered(WebError):
    """The path exists, but not for this method."""

    code, status = "method_not_offered", 405
    text = Text("Adressen kan ikke bruges med {method}.", "The path does not take {method}.")


class BodyUnreadable(WebError):
    """The body is no JSON, or was cut off on its way."""

    code, status = "body_unreadable", 400
    text = Text(
        "Indholdet kan ikke læses som JSON. Ret det, og send igen.",
        "The body cannot be read as JSON. Correct it and send it again.",
    )


class BodyUnexpected(WebError):
    """A body was sent to an act that takes none: it might mean something that would not happen."""

    code, status = "body_unexpected", 422
    text = Text("Denne handling tager intet indhold. Udelad det.", "This act takes no body. Leave it out.")


class BodyTooLarge(WebError):
    """More was sent than is taken in."""

    code, status = "body_too_large", 413
    text = Text("Indholdet er for stort.", "The body is too large.")


class ContentTypeNotOffered(WebError):
    """The body is of a kind that the act does not read."""

    code, status = "content_type_not_offered", 415
    text = Text(
        "Indholdstypen kan ikke bruges her. Send {offered}.",
        "The content type cannot be used here. Send {offered}.",
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """One field and what is wrong with it."""

    where: str
    message: Text


class FieldsInvalid(WebError):
    """Fields that lack something or hold what they cannot hold; `faults` lists each of them."""

    code, status = "fields_invalid", 422
    text = Text("{count} felt(er) kan ikke bruges: {names}.", "{count} field(s) cannot be used: {names}.")

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        names = ", ".join(dict.fromkeys(fault.where for fault in faults))
        super().__init__(where=self.faults[0].where, count=len(faults), names=names)


class KeyMissing(WebError):
    """A write without a usable `Idempotency-Key`."""

    code, status = "idempotency_key_missing", 400
    text = Text(
        "Send headeren Idempotency-Key med 1–255 synlige tegn, en ny for hver handling.",
        "Send the header Idempotency-Key of 1–255 visible characters, a new one for each act.",
    )


class KeyReused(WebError):
    """The same `Idempotency-Key` came with another content."""

    code, status = "idempotency_key_reused", 422
    text = Text(
        "Nøglen er allerede brugt til noget andet. Brug en ny Idempotency-Key.",
        "The key has been used for something else. Use a new Idempotency-Key.",
    )


class WriteInFlight(WebError):
    """The same write is still being worked on."""

    code, status = "write_in_flight", 409
    text = Text(
        "Den samme handling er stadig i gang. Send den igen om lidt med samme nøgle.",
        "The same act is still under way. Send it again shortly with the same key.",
    )


class Overtaken(WebError):
    """The database holds the same thing already: somebody else was first by a moment."""

    code, status = "overtaken", 409
    text = Text(
        "En anden nåede det først. Hent det igen, og se, hvad der mangler.",
        "Somebody else was first. Read it again and see what is missing.",
    )


class DatabaseRefused(WebError):
    """The database's own rules refuse what was about to be written."""

    code, status = "database_refused", 422
    text = Text(
        "Det strider mod en regel, som databasen holder. Intet er ændret.",
        "It breaks a rule that the database holds. Nothing was changed.",
    )


class ContentUnstorable(WebError):
    """A value that the database cannot hold."""

    code, status = "content_unstorable", 422
    text = Text(
        "En værdi kan ikke gemmes. Intet er ændret.", "A value cannot be stored. Nothing was changed."
    )


class Unavailable(WebError):
    """The database is away or too busy; nothing was changed."""

    code, status = "unavailable", 503
    text = Text(
        "Systemet er ikke klar lige nu. Prøv igen om lidt.",
        "The system is not available right now. Try again shortly.",
    )


class Unforeseen(WebError):
    """A fault of ours. Details are in the log under the request's id, never in the answer."""

    code, status = "unforeseen", 500
    text = Text(
        "Der er sket en fejl hos os. Henvis til request_id, når du skriver til driften.",
        "Something failed on our side. Quote the request_id when you write to operations.",
    )
