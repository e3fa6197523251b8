"""Work on a batch: in one transaction for speed, piece by piece where one of them spoils it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from raaderum.persistence.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
Piece = TypeVar("Piece")
Result = TypeVar("Result")


def together_or_apart(
    pieces: Sequence[Piece],
    act: Callable[[Session, Sequence[Piece]], list[Result]],
    *,
    put_off: Callable[[Session, Piece, str], None],
) -> list[Result]:
    """Do `act` on all `pieces` in one transaction; where that fails, on each in one of its own.

    A piece that fails alone too is handed to `put_off`, with the kind of its error and in a
    transaction of its own, and the others are done. Raises only what `put_off` raises.
    """
    if not pieces:
        return []
    try:
        with unit_of_work() as session:
            return act(session, pieces)
    except Exception as error:  # noqa: BLE001 - one bad piece must not stop the others, whatever is wrong with it
        log.warning("a batch of %s failed (%s); its pieces are done apart", len(pieces), _kind(error))
    return [result for piece in pieces for result in _apart(piece, act, put_off)]


def _apart(
    piece: Piece,
    act: Callable[[Session, Sequence[Piece]], list[Result]],
    put_off: Callable[[Session, Piece, str], None],
) -> list[Result]:
    try:
        with unit_of_work() as session:
            return act(session, [piece])
    except Exception as error:  # noqa: BLE001 - the same
        log.warning("a piece of work failed (%s) and is put off", _kind(error))
        with unit_of_work() as session:
            put_off(session, piece, _kind(error))
        return []


def _kind(error: Exception) -> str:
    """Return what may be written down of an error: its text may quote a row."""
    return type(error).__name__
