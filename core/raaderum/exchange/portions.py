"""Questions about many things, asked some thousands at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Thing = TypeVar("Thing")
_PORTION: Final = 5_000
"""A statement of PostgreSQL's protocol takes at most 65,535 parameters."""


def in_portions(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """Go through `things` in portions that one query can take."""
    for start in range(0, len(things), _PORTION):
        yield things[start : start + _PORTION]
