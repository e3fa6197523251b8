"""The two kinds of schemas: what a program may send, and what it is answered."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from marshmallow import RAISE, Schema

from raaderum.web.messages import NOT_AN_OBJECT, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from marshmallow.fields import Field

    from raaderum.web.fields import Anything


class ApiSchema(Schema):
    """Base of every schema of the API: a field that nobody knows is refused, never passed over."""

    class Meta:
        """Options of marshmallow."""

        unknown = RAISE

    error_messages = {"unknown": UNKNOWN, "type": NOT_AN_OBJECT}  # noqa: RUF012 - marshmallow declares it so


class Body(ApiSchema):
    """What a program may send."""


class Answer(ApiSchema):
    """What a program is answered: every field is always there, though it may be null."""

    def on_bind_field(self, _field_name: str, field_obj: Field[Any]) -> None:
        """Document each field as always there."""
        field_obj.required = True

    def dump(self, obj: Anything, *, many: bool | None = None) -> Anything:
        """Return `obj`, a dictionary or an object, as JSON can hold it.

        As marshmallow does it, but without hooks, dotted names and missing values, of which answers
        have none: lists take a third of the time.
        """
        if many:
            return [self.dump(one) for one in obj]
        if isinstance(obj, dict):
            return {key: write(obj[name], name, obj) for key, name, write in self._plan}
        return {key: write(getattr(obj, name), name, obj) for key, name, write in self._plan}

    @cached_property
    def _plan(self) -> list[tuple[str, str, Callable[..., Any]]]:
        """For each field its key in the answer, the attribute that holds it, and how it is written."""
        return [
            (field.data_key or name, field.attribute or name, field._serialize)  # noqa: SLF001 - what a field is made to override
            for name, field in self.dump_fields.items()
        ]
