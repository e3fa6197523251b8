"""Reads bodies and queries for the schemas, and says in two languages what is wrong with them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NoReturn

import marshmallow
from webargs.flaskparser import FlaskParser

from raaderum.kernel.text import Text
from raaderum.web.errors import BodyUnexpected, BodyUnreadable, ContentTypeNotOffered, Fault, FieldsInvalid
from raaderum.web.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Request
    from marshmallow import Schema, ValidationError

    from raaderum.web.fields import Anything

JSON: Final = "application/json"
_OF_MARSHMALLOW: Final = frozenset({"_schema", "key", "value"})
_FIELD_NAME: Final = re.compile("[A-Za-z_]{1,40}")
"""What a refusal repeats of a name that nobody knows: digits could be a CPR number."""


class BodyParser(FlaskParser):
    """As webargs does it, but unknown parameters of a query are refused too."""

    def __init__(self) -> None:
        super().__init__(unknown=marshmallow.RAISE)

    def load_json(self, req: Request, schema: Schema) -> Anything:
        """Return what the body says; nothing at all counts as an empty object."""
        del schema
        content = req.get_data()
        if not content:
            return {}
        if req.mimetype != JSON:
            raise ContentTypeNotOffered(where="Content-Type", offered=JSON)
        return parsed(content)

    def handle_error(
        self,
        error: ValidationError,
        req: Request,
        schema: Schema,
        *,
        error_status_code: int | None,
        error_headers: object,
    ) -> NoReturn:
        """Raise `FieldsInvalid` with every fault that the schema found."""
        del req, schema, error_status_code, error_headers
        [messages] = error.messages_dict.values()
        raise FieldsInvalid(list(_faults(messages))) from None


def refuse_content(content: bytes) -> None:
    """Raise `BodyUnexpected` where an act that takes no body was sent one."""
    if content.strip() not in {b"", b"{}"}:
        raise BodyUnexpected(where="body")


def parsed(content: bytes) -> Anything:
    """Return the JSON in `content`; raise `BodyUnreadable`, also for a number or depth beyond reason."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        # The cause quotes the body, which can hold a CPR number; it must not travel with the error.
        raise BodyUnreadable(where="body") from None


def _faults(messages: object, where: str = "") -> Iterator[Fault]:
    """Go through marshmallow's tree of messages; an inner key of a dictionary field adds nothing."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _faults(inner, _path(where, key))
    elif isinstance(messages, list):
        for inner in messages:
            yield from _faults(inner, where)
    else:
        text = messages.text if isinstance(messages, Message) else Text(str(messages), str(messages))
        yield Fault(where or "body", text)


def _path(where: str, key: object) -> str:
    if isinstance(key, int):
        return f"{where}[{key}]"
    if not _FIELD_NAME.fullmatch(str(key)) or key in _OF_MARSHMALLOW:
        return where
    return f"{where}.{key}" if where else str(key)
