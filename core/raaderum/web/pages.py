"""Lists come in pages: at most a hundred at a time, each page pointing to the next."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final
from uuid import UUID

from marshmallow import fields

from raaderum.web.fields import LARGEST_WHOLE, Anything, Told, Whole, nothing
from raaderum.web.messages import NOT_A_CURSOR
from raaderum.web.schema import Answer, Body

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST: Final = 100
USUAL: Final = 50
_UUID_BYTES: Final = 16
_SEQUENCE_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Page:
    """Some items, and the cursor of the page after; None on the last one."""

    items: Sequence[Any]
    next: str | None = None


def page_of(rows: Sequence[Any], limit: int, cursor: Callable[[Any], str]) -> Page:
    """Return the page of `limit` rows, of which one more was asked for to see whether there are more."""
    items = rows[:limit]
    return Page(items, cursor(items[-1]) if len(rows) > limit else None)


def page_answer(item: Answer, name: str) -> Answer:
    """Return the schema of a page of `item`; it goes by `name` in the OpenAPI document."""
    shape: dict[str, fields.Field[Any]] = {
        "items": fields.List(fields.Nested(item)),
        "next": fields.String(
            allow_none=True, metadata={"description": "Send it as `after` to get the next page."}
        ),
    }
    page = Answer.from_dict(shape, name=name)()
    assert isinstance(page, Answer)  # noqa: S101 - marshmallow promises a subclass
    return page


def cursor_of_id(item: Anything) -> str:
    """Return the cursor of a row that is ordered by its id."""
    return _encoded(item.id.bytes)


def cursor_of_sequence(item: Anything) -> str:
    """Return the cursor of a row that is ordered by its sequence number."""
    return _encoded(item.sequence.to_bytes(_SEQUENCE_BYTES))


class _Cursor(Told, fields.Field[Any]):
    """An opaque place in a list."""

    refusal = NOT_A_CURSOR
    length: ClassVar[int]

    def __init__(self) -> None:
        description = "The `next` of the page before; leave it out for the first page."
        super().__init__(load_default=nothing, metadata={"type": "string", "description": description})

    def _deserialize(
        self, value: Anything, attr: str | None, data: Anything, **options: Anything
    ) -> UUID | int:
        del attr, data, options
        try:
            content = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise self.make_error("invalid") from error
        if len(content) != self.length:
            raise self.make_error("invalid")
        return self._opened(content)

    def _opened(self, content: bytes) -> UUID | int:
        return UUID(bytes=content)


class IdentifierCursor(_Cursor):
    """A place in a list that is ordered by id."""

    length = _UUID_BYTES


class SequenceCursor(_Cursor):
    """A place in a list that is ordered by sequence number."""

    length = _SEQUENCE_BYTES

    def _opened(self, content: bytes) -> UUID | int:
        return min(int.from_bytes(content), LARGEST_WHOLE)


class PageQuery(Body):
    """Which page of a list that is ordered by id."""

    limit = Whole(least=1, most=MOST, load_default=USUAL)
    after = IdentifierCursor()


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
