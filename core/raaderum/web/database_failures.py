"""Turns what the database driver raises into errors that can be shown."""

from __future__ import annotations

from typing import Final

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from raaderum.kernel.errors import RaaderumError
from raaderum.web.errors import ContentUnstorable, DatabaseRefused, Overtaken, Unavailable, Unforeseen

_UNIQUE_VIOLATION: Final = "23505"


def as_house_error(error: Exception) -> RaaderumError:
    """Return the error to show for `error`. Nothing of the driver's text gets through: it can hold data."""
    if isinstance(error, RaaderumError):
        return error
    if isinstance(error, OperationalError | InterfaceError | PoolExhausted):
        return Unavailable()
    if isinstance(error, IntegrityError):
        return Overtaken() if sqlstate(error) == _UNIQUE_VIOLATION else DatabaseRefused()
    if isinstance(error, DataError):
        return ContentUnstorable()
    return Unforeseen()


def sqlstate(error: Exception) -> str | None:
    """Return the five characters by which PostgreSQL names what happened."""
    return getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
