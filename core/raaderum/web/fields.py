"""The fields of requests and answers: strict about types, and refusing in two languages."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias

from marshmallow import ValidationError, fields
from marshmallow.validate import Length, Range, Regexp

from raaderum.kernel.money import LARGEST
from raaderum.web import messages

if TYPE_CHECKING:
    from marshmallow import Schema
    from marshmallow.validate import Validator

    from raaderum.web.messages import Message

Anything: TypeAlias = Any
"""What marshmallow itself leaves open: values before they are checked, and its own options."""

OERE_DESCRIPTION: Final = "Whole øre (1/100 krone). The currency is always DKK."
LARGEST_WHOLE: Final = 2**63 - 1
_LONGEST_ANSWER: Final = 200
_COMMON: Final = {"required": messages.REQUIRED, "null": messages.NULL}


class Told:
    """Mixed into a field, so that what it refuses is refused in two languages."""

    refusal: ClassVar[Message]

    def make_error(self, key: str, **values: Anything) -> ValidationError:
        """Return the error to raise; marshmallow asks for each by a key of its own."""
        return ValidationError(_COMMON.get(key, self.refusal).format(**values))


class WrittenText(Told, fields.String):
    """A text of `least` to `most` characters that PostgreSQL can hold: any language, any emoji."""

    refusal = messages.NOT_A_TEXT

    def __init__(self, *, most: int, least: int = 1, pattern: str | None = None, **options: Anything) -> None:
        validators: list[Validator] = [Length(min=least, max=most, error=messages.LENGTH)]
        if pattern is not None:
            validators.append(Regexp(pattern, error=messages.PATTERN))
        super().__init__(validate=validators, **options)

    def _deserialize(self, value: Anything, attr: str | None, data: Anything, **options: Anything) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if not is_storable(text):
            raise ValidationError(messages.NOT_STORABLE)
        return text


class PositiveOere(Told, fields.Integer):
    """An amount that somebody asks for: above zero, whole, never a text or a float."""

    refusal = messages.NOT_OERE

    def __init__(self, **options: Anything) -> None:
        within = Range(min=1, max=LARGEST, error=messages.RANGE)
        super().__init__(strict=True, validate=within, metadata=_money(), **options)


class Oere(fields.Integer):
    """An amount in an answer; `of` is the attribute that holds it."""

    def __init__(self, of: str, **options: Anything) -> None:
        super().__init__(attribute=of, metadata=_money(), **options)


class Whole(Told, fields.Integer):
    """A whole number in a query."""

    refusal = messages.NOT_WHOLE

    def __init__(self, *, least: int, most: int, **options: Anything) -> None:
        super().__init__(validate=Range(min=least, max=most, error=messages.RANGE), **options)


class YesOrNo(Told, fields.Boolean):
    """Yes or no, in a query or a body."""

    refusal = messages.NOT_YES_OR_NO


class Identifier(Told, fields.UUID):
    """The id of something."""

    refusal = messages.NOT_AN_IDENTIFIER


class Day(Told, fields.Date):
    """A date without a time."""

    refusal = messages.NOT_A_DAY


class Choice(Told, fields.Field[StrEnum]):
    """One of the values of an enumeration; an answer may hold it as plain text."""

    refusal = messages.NOT_A_CHOICE

    def __init__(self, kind: type[StrEnum], **options: Anything) -> None:
        self.kind = kind
        values = [one.value for one in kind]
        empty = [None] if options.get("allow_none") else []
        super().__init__(metadata={"enum": [*values, *empty]}, **options)

    def _deserialize(self, value: Anything, attr: str | None, data: Anything, **options: Anything) -> StrEnum:
        del attr, data, options
        try:
            return self.kind(value)
        except ValueError as error:
            raise self.make_error("invalid", choices=", ".join(self.kind)) from error


class ListOf(Told, fields.List[Any]):
    """A list of `least` to `most` of something."""

    refusal = messages.NOT_A_LIST

    def __init__(self, inner: fields.Field[Any], *, least: int, most: int, **options: Anything) -> None:
        super().__init__(inner, validate=Length(min=least, max=most, error=messages.COUNT), **options)


class Part(Told, fields.Nested):
    """A schema inside a schema."""

    refusal = messages.NOT_AN_OBJECT

    def __init__(self, part: Schema, **options: Anything) -> None:
        super().__init__(part, **options)


class ScreeningAnswer(Told, fields.Field[Any]):
    """An answer to a screening question: yes or no, a whole number, one of the choices, or not known."""

    refusal = messages.NOT_AN_ANSWER

    def __init__(self) -> None:
        super().__init__(allow_none=True, metadata={"type": ["boolean", "integer", "string"]})

    def _deserialize(
        self, value: Anything, attr: str | None, data: Anything, **options: Anything
    ) -> bool | int | str:
        del attr, data, options
        if isinstance(value, str) and len(value) <= _LONGEST_ANSWER and is_storable(value):
            return value
        if isinstance(value, int) and abs(value) <= LARGEST_WHOLE:
            return value
        raise self.make_error("invalid")


class ScreeningAnswers(Told, fields.Dict):
    """Answers by the name of their question."""

    refusal = messages.NOT_AN_OBJECT

    def __init__(self, **options: Anything) -> None:
        super().__init__(keys=WrittenText(most=100), values=ScreeningAnswer(), **options)


def nothing() -> None:
    """Fill a field that was left out; as a function, because a plain None would be documented as its type."""


def is_storable(text: str) -> bool:
    """Say whether PostgreSQL can hold `text`: no NUL, and nothing that UTF-8 cannot write."""
    if "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _money() -> dict[str, str]:
    return {"description": OERE_DESCRIPTION, "format": "int64"}
