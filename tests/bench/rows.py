"""Figures side by side: ours, the limit or a peer, and the target that their ratio is held to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Effort:
    """How long and how often each figure is measured."""

    seconds: int
    repeats: int

    def __str__(self) -> str:
        return f"{self.repeats} x {self.seconds} s"


class Unit(StrEnum):
    """What a figure counts."""

    PER_SECOND = "/s"
    MILLISECONDS = "ms"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured several times; the middle of the samples is what counts."""

    name: str
    samples: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median of the samples."""
        return median(self.samples)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. A target is the least ratio to the other, or the least or most of ours."""

    part: str
    what: str
    ours: Figure
    settings: str
    other: Figure | None = None
    least_ratio: float | None = None
    most: float | None = None
    least: float | None = None
    unit: Unit = Unit.PER_SECOND

    @property
    def ratio(self) -> float | None:
        """Ours by the other; None where ours stands alone."""
        return self.ours.middle / self.other.middle if self.other else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.most is not None:
            return self.ours.middle <= self.most
        if self.least is not None:
            return self.ours.middle >= self.least
        if self.least_ratio is not None and self.ratio is not None:
            return self.ratio >= self.least_ratio
        return None

    @property
    def target(self) -> str:
        """The target in words; empty where there is none."""
        if self.most is not None:
            return f"<= {self.most:g} {self.unit}"
        if self.least is not None:
            return f">= {self.least:g}{self.unit}"
        return f">= {self.least_ratio:g}" if self.least_ratio is not None else ""


def measure_in_turn(measures: Mapping[str, Callable[[], float]], effort: Effort) -> dict[str, Figure]:
    """Measure each thing once, then each once more, and so on: what disturbs one disturbs its neighbours."""
    samples: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(effort.repeats):
        for name, measure in measures.items():
            samples[name].append(measure())
    return {name: Figure(name, tuple(values)) for name, values in samples.items()}
