"""What an address asks for besides its path: a filter, or where a page of a list begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import request

from raaderum.kernel.errors import NotFound

if TYPE_CHECKING:
    from enum import StrEnum
    from typing import TypeVar

    Member = TypeVar("Member", bound=StrEnum)

_LARGEST_NUMBER: Final = 2**63 - 1


def asked_id(name: str) -> UUID | None:
    """Return an id that the address asks for, None where it does not; raise `NotFound` for nonsense."""
    asked = request.args.get(name)
    if not asked:
        return None
    try:
        return UUID(asked)
    except ValueError as error:
        raise NotFound(where=name) from error


def asked_number(name: str) -> int | None:
    """Return a number that the address asks for, None where it does not; raise `NotFound` for nonsense."""
    asked = request.args.get(name)
    if asked is None:
        return None
    number = (
        int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= len(str(_LARGEST_NUMBER)) else -1
    )
    if not 0 <= number <= _LARGEST_NUMBER:
        raise NotFound(where=name)
    return number


def asked_member(name: str, members: type[Member]) -> Member | None:
    """Return one of `members` that the address asks for, None for none; raise `NotFound` for others."""
    asked = request.args.get(name)
    if not asked:
        return None
    try:
        return members(asked)
    except ValueError as error:
        raise NotFound(where=name) from error
