"""The bench's answer: a table for people, a file for machines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.bench.rows import Row, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.bench.rows import Figure

_HEADINGS = ("what", "ours", "", "beside", "", "ratio", "target", "met")
_VERDICTS = {True: "yes", False: "NO", None: ""}


@dataclass(frozen=True, slots=True)
class Report:
    """All rows of one run, the machine and server they hold for, and what was not run."""

    conditions: Sequence[str]
    rows: Sequence[Row]
    not_run: Sequence[str]

    def as_text(self) -> str:
        """Return the table, a part at a time, each row followed by its settings."""
        cells = [_cells(row) for row in self.rows]
        widths = [max(map(len, column)) for column in zip(_HEADINGS, *cells, strict=True)]
        lines = [*self.conditions, "", _line(_HEADINGS, widths)]
        part = ""
        for row, row_cells in zip(self.rows, cells, strict=True):
            if row.part != part:
                part = row.part
                lines += ["", part]
            lines += [_line(row_cells, widths), f"    {row.settings}"]
        return "\n".join([*lines, "", *self._closing()])

    def as_json(self) -> str:
        """Return everything, every single sample too."""
        return json.dumps(
            {
                "conditions": list(self.conditions),
                "rows": [_as_object(row) for row in self.rows],
                "not_run": list(self.not_run),
            },
            indent=2,
        )

    def _closing(self) -> Iterable[str]:
        held = [row.met for row in self.rows if row.met is not None]
        yield f"targets met: {sum(held)} of {len(held)}"
        yield from (f"not run: {reason}" for reason in self.not_run)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        _shown(row.ours, row.unit),
        row.ours.name,
        _shown(row.other, row.unit) if row.other else "",
        row.other.name if row.other else "",
        f"{row.ratio:.2f}" if row.ratio is not None else "",
        row.target,
        _VERDICTS[row.met],
    )


def _shown(figure: Figure, unit: Unit) -> str:
    if unit is Unit.MILLISECONDS:
        return f"{figure.middle:.1f} ms"
    return f"{figure.middle:,.0f}/s"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _as_object(row: Row) -> dict[str, Any]:
    return {
        "part": row.part,
        "what": row.what,
        "unit": row.unit,
        "ours": _figure(row.ours),
        "other": _figure(row.other) if row.other else None,
        "ratio": row.ratio,
        "target": row.target,
        "met": row.met,
        "settings": row.settings,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"name": figure.name, "median": figure.middle, "samples": list(figure.samples)}
