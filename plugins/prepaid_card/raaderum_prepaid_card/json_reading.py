"""Reads JSON that a stranger may have written: whatever it holds, the answer is a value or one error."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping

_REFERENCE: Final = re.compile(r"[A-Za-z0-9_.:-]{1,255}", re.ASCII)
_UNWRITABLE: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LARGEST: Final = 10**13
"""In the smallest unit: beyond any payment, and what is made of it still fits a bigint."""
_LATEST: Final = 253_402_300_799
"""The last second of the year 9999."""


class NotReadable(ValueError):
    """The content is no JSON, or not of the expected form."""


def _refuse(constant: str) -> NoReturn:
    raise NotReadable(constant)


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse)


def read_object(content: bytes) -> Mapping[str, object]:
    """Return the JSON object that `content` is; raise `NotReadable` for everything else."""
    try:
        read = _DECODER.decode(content.decode())
    except (ValueError, RecursionError) as error:
        raise NotReadable(type(error).__name__) from None
    return as_object(read)


def as_object(value: object) -> Mapping[str, object]:
    """Return `value` if it is an object; raise `NotReadable`."""
    if not isinstance(value, dict):
        raise NotReadable("not an object")
    return value


def object_in(of: Mapping[str, object], name: str) -> Mapping[str, object]:
    """Return the object under `name`; raise `NotReadable`."""
    return as_object(of.get(name))


def whole_in(of: Mapping[str, object], name: str) -> int:
    """Return the whole number under `name`, of a size that money has; raise `NotReadable`."""
    value = of.get(name)
    if type(value) is not int or abs(value) > _LARGEST:
        raise NotReadable(f"{name} is no amount")
    return value


def moment_in(of: Mapping[str, object], name: str) -> int:
    """Return the seconds since 1970 under `name`; raise `NotReadable`."""
    value = of.get(name)
    if type(value) is not int or not 0 <= value <= _LATEST:
        raise NotReadable(f"{name} is no moment")
    return value


def flag_in(of: Mapping[str, object], name: str) -> bool:
    """Return the yes or no under `name`; raise `NotReadable`."""
    value = of.get(name)
    if not isinstance(value, bool):
        raise NotReadable(f"{name} is neither yes nor no")
    return value


def word_in(of: Mapping[str, object], name: str) -> str:
    """Return the reference or code under `name`; raise `NotReadable`."""
    value = of.get(name)
    if not isinstance(value, str) or not _REFERENCE.fullmatch(value):
        raise NotReadable(f"{name} is no reference")
    return value


def reference_in(of: Mapping[str, object], name: str) -> str:
    """Return the reference under `name`, which may stand alone or in the object it belongs to."""
    value = of.get(name)
    return word_in(value, "id") if isinstance(value, dict) else word_in(of, name)


def maybe_reference_in(of: Mapping[str, object], name: str) -> str | None:
    """Return the reference under `name`, or None where there is none."""
    return None if of.get(name) is None else reference_in(of, name)


def text_in(of: Mapping[str, object], name: str, *, longest: int) -> str:
    """Return the text under `name`, cut and without what no database takes; "" where there is none."""
    value = of.get(name)
    return _UNWRITABLE.sub(" ", value).strip()[:longest] if isinstance(value, str) else ""
