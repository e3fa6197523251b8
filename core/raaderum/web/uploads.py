"""A file sent as the one part of a multipart form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Response, request

from raaderum.web.errors import ContentTypeNotOffered, Fault, FieldsInvalid
from raaderum.web.fields import is_storable
from raaderum.web.idempotency import MULTIPART
from raaderum.web.messages import NOT_STORABLE, REQUIRED, UNKNOWN

if TYPE_CHECKING:
    from raaderum.web.messages import Message

FILE: Final = "file"
ANY_FILE: Final = "application/octet-stream"
FORM_CONTENT: Final[dict[str, Any]] = {
    MULTIPART: {
        "schema": {
            "type": "object",
            "required": [FILE],
            "additionalProperties": False,
            "properties": {FILE: {"type": "string", "contentMediaType": ANY_FILE}},
        }
    },
}
"""How such a form is documented."""
ORIGINAL: Final[dict[str, Any]] = {
    "description": "The file to the byte, as an attachment.",
    "content": {ANY_FILE: {"schema": {"type": "string", "contentMediaType": ANY_FILE}}},
}
"""How a file that is handed out is documented."""


def uploaded_file() -> tuple[bytes, str]:
    """Return the content and the name of the only part of the form that was sent."""
    if request.mimetype != MULTIPART:
        raise ContentTypeNotOffered(where="Content-Type", offered=MULTIPART)
    return file_of_form(unnamed=FILE)


def file_of_form(*, unnamed: str) -> tuple[bytes, str]:
    """Return the content and the name of the part `file` of a form that holds nothing else."""
    unknown = [name for name in (*request.files, *request.form) if name != FILE]
    if unknown:
        raise fault(unknown[0] if is_storable(unknown[0]) else "body", UNKNOWN)
    file = request.files.get(FILE)
    if file is None:
        raise fault(FILE, REQUIRED)
    name = file.filename or unnamed
    if not is_storable(name):
        raise fault(FILE, NOT_STORABLE)
    return file.stream.read(), name


def attachment(content: bytes, *, file_name: str) -> Response:
    """Return somebody else's file, to be saved and never opened as a page."""
    response = Response(content, mimetype=ANY_FILE)
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def fault(where: str, message: Message) -> FieldsInvalid:
    """Return the error that says what is wrong with one part."""
    return FieldsInvalid([Fault(where, message.text)])
