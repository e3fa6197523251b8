"""What came of a file: how many rows of each kind, and every row that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from raaderum.exchange.rules import MOST_ERRORS, Kind, shown

if TYPE_CHECKING:
    from raaderum.kernel.text import Text


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing that is wrong: where it stands, why, and how to mend it.

    `row` counts as the spreadsheet does, the headers being row 1; `column` is '' for a whole row.
    Neither text ever repeats a CPR number, a name or what a citizen said.
    """

    sheet: str
    row: int
    column: str
    reason: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class KindCount:
    """How the rows of one kind came out."""

    kind: Kind
    new: int
    already_there: int
    errors: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of a file, or would have come of it: nothing is saved of a dry run or of a faulty file."""

    file_name: str
    format: str
    dry_run: bool
    saved: bool
    counts: tuple[KindCount, ...]
    errors: tuple[RowError, ...]
    errors_left_out: int

    @property
    def is_faulty(self) -> bool:
        """Whether anything in the file is wrong."""
        return bool(self.errors)


@dataclass(slots=True)
class Findings:
    """Collects what is found while a file is taken in."""

    errors: list[RowError] = field(default_factory=list)
    left_out: int = 0
    new: dict[Kind, int] = field(default_factory=dict)
    already_there: dict[Kind, int] = field(default_factory=dict)
    faulty_rows: dict[Kind, set[int]] = field(default_factory=dict)

    def wrong(self, kind: Kind, sheet: str, row: int, column: str, reason: Text, remedy: Text) -> None:
        """Note something wrong; beyond the limit only its number."""
        self.faulty_rows.setdefault(kind, set()).add(row)
        if len(self.errors) >= MOST_ERRORS:
            self.left_out += 1
            return
        self.errors.append(RowError(sheet, row, shown(column), reason, remedy))

    def count_new(self, kind: Kind) -> None:
        """Count a row that was taken in."""
        self.new[kind] = self.new.get(kind, 0) + 1

    def count_known(self, kind: Kind) -> None:
        """Count a row that is there already, the same."""
        self.already_there[kind] = self.already_there.get(kind, 0) + 1

    @property
    def is_faulty(self) -> bool:
        """Whether anything wrong has been noted."""
        return bool(self.errors)

    def counts(self, kinds: tuple[Kind, ...]) -> tuple[KindCount, ...]:
        """Return how the rows of each of `kinds` came out."""
        return tuple(
            KindCount(
                kind,
                self.new.get(kind, 0),
                self.already_there.get(kind, 0),
                len(self.faulty_rows.get(kind, ())),
            )
            for kind in kinds
        )
