"""One call of a database function in a transaction of its own, without mapped rows, and revocable."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from raaderum.persistence.connections import opening_with

if TYPE_CHECKING:
    from collections.abc import Mapping
    from threading import Event

    from sqlalchemy import Engine


def call_swiftly(
    engine: Engine, *, opening: bytes, statement: str, parameters: Mapping[str, Any], given_up: Event
) -> tuple[Any, ...] | None:
    """Run `statement` in a transaction begun by `opening`, commit it and return its only row.

    Where `given_up` is set before the commit, nothing is committed and None is returned. Raises the
    driver's errors.
    """
    if given_up.is_set():
        return None
    with opening_with(opening):
        connection = engine.raw_connection()
    with closing(connection):
        cursor = connection.cursor()
        cursor.execute(statement, parameters)
        row: tuple[Any, ...] | None = cursor.fetchone()
        if given_up.is_set():
            connection.rollback()
            return None
        connection.commit()
        return row
