"""A table as it stands in a file, before anybody asks what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from raaderum.exchange.rules import MOST_COLUMNS, MOST_ROWS, TooManyColumns, TooManyRows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from raaderum.exchange.values import Cell
    from raaderum.kernel.text import Text


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row with something in it; `number` counts from 1 as the spreadsheet does."""

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class RawFault:
    """Something about a cell or a row that no table of ours may have."""

    row: int
    place: int | str
    """The column's number, or what to call the place."""
    reason: Text
    remedy: Text


@dataclass(slots=True)
class RawSheet:
    """One sheet, or the one table of a text file; the first row holds the headers."""

    name: str
    rows: list[RawRow] = field(default_factory=list)
    faults: list[RawFault] = field(default_factory=list)


@dataclass(slots=True)
class RowBudget:
    """Counts the rows of a file while they are read, so that reading stops at the first one too many."""

    most: int = MOST_ROWS
    taken: int = 0

    def take(self) -> None:
        """Count a row; raise `TooManyRows`."""
        self.taken += 1
        if self.taken > self.most:
            raise TooManyRows(where="file", most=self.most)


def check_width(row: int, width: int) -> None:
    """Raise `TooManyColumns` for a row that is wider than any table."""
    if width > MOST_COLUMNS:
        raise TooManyColumns(where="file", row=row, most=MOST_COLUMNS)
